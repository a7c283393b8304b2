/** Every disaster of the simulated world, by what must come of it. */
import type { Disaster } from './disaster.ts';
import { FATAL } from './disasters/fatal.ts';
import { MENDED } from './disasters/mended.ts';
import { SURVIVED } from './disasters/survived.ts';
import { UNSEEN } from './disasters/unseen.ts';

/** Those after which the log goes on. */
export const PASSING: readonly Disaster[] = [...MENDED, ...UNSEEN.filter(({ after }) => after === 'mended')];
/** Those that end it. */
export const LAST: readonly Disaster[] = [...FATAL, ...UNSEEN.filter(({ after }) => after !== 'mended')];
export const DISASTERS: readonly Disaster[] = [...SURVIVED, ...PASSING, ...LAST];
export { SURVIVED };
