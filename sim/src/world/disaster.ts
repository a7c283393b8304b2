/**
 * What a disaster of the simulated world is: what is done, and what must come of it. It is either survived, with nothing lost and nobody alarmed; or detected by somebody within a time; or listed as one that
 * nobody can detect, with the reason, and then nobody may.
 */
import type { Seen } from './alarm.ts';
import type { Chance } from './chance.ts';
import type { World } from './world.ts';

export interface Begun {
	/** Undoes it, or puts right what it left; called once. */
	readonly end: () => void;
	/** Milliseconds after which it ends by itself. */
	readonly lasts: number;
}

interface Common {
	readonly id: string;
	/** What is done, in one sentence. */
	readonly what: string;
	/** What may be seen while it lasts and for a while afterwards, beside what reveals it. */
	readonly explains: readonly Seen[];
	/** `undefined`: it cannot happen now, and nothing was done. */
	readonly begin: (world: World, chance: Chance) => Begun | undefined;
}

export interface Survived extends Common {
	readonly expect: 'survived';
	/** One witness is out: alone it keeps nobody from a quorum, two at a time may. */
	readonly witnessOut?: true;
}

export interface Detected extends Common {
	readonly expect: 'detected';
	/** Who sees it, and through what. */
	readonly by: string;
	/** Any of these is its detection. */
	readonly reveals: readonly Seen[];
	/** Seconds of the world's clock. */
	readonly within: number;
	/** Whether the log can go on afterwards; one that has signed two histories cannot. */
	readonly after: 'mended' | 'the log is lost';
}

export interface Undetectable extends Common {
	readonly expect: 'undetectable';
	/** Why nobody can see it, or nobody but the one whom it harms. */
	readonly because: string;
	readonly after: 'mended' | 'the log is lost';
}

export type Disaster = Survived | Detected | Undetectable;

export interface Happened {
	readonly id: string;
	readonly expect: Disaster['expect'];
	/** Of what was detected: milliseconds of the world's clock, and statements that were logged meanwhile. */
	readonly afterMs?: number;
	readonly statements?: number;
	readonly by?: string;
	readonly seen?: Seen;
}
