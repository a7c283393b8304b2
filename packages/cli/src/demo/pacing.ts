/**
 * How fast the demo goes: full waves up to the moment at which it opens to the public, then small ones, so many forms per second, so that a person can watch. A wave that took longer than
 * its time is not made up for.
 */
import type { Pace } from '@matokeo/rehearsal/play/drawnAhead.ts';
import type { Stopping } from '../serve/stopping.ts';

/** As the rehearsal plays when nobody watches. */
const FORMS_PER_WAVE = 500;
/** A page that follows asks every few seconds: a wave in between is news each time. */
const SECONDS_PER_WAVE = 2;
/** Images are drawn for the next wave while this one goes in: more at once would come in jerks. */
const FORMS_PER_LIVE_WAVE_MAX = 250;

export interface Pacing {
	/** Where it opens; `Infinity`: never. */
	readonly opensAt: number;
	readonly formsPerSecond: number;
	readonly stopping: Stopping;
	/** Called once, between two waves; `stop` ends the play there. */
	readonly open: () => Promise<'go' | 'stop'>;
	readonly nowMs?: () => number;
}

export function demoPace({ opensAt, formsPerSecond, stopping, open, nowMs = () => performance.now() }: Pacing): Pace {
	const live = Math.min(FORMS_PER_LIVE_WAVE_MAX, Math.max(1, Math.round(formsPerSecond * SECONDS_PER_WAVE)));
	let opened = false;
	let due = 0;
	return {
		size: (done) => (done >= opensAt ? live : Math.min(FORMS_PER_WAVE, opensAt - done)),
		before: async (done) => {
			if (stopping.isAsked()) return 'stop';
			if (done < opensAt) return 'go';
			if (!opened) {
				opened = true;
				due = nowMs();
				if ((await open()) === 'stop') return 'stop';
			}
			await stopping.orAsked(due - nowMs());
			due = Math.max(due, nowMs()) + (live * 1000) / formsPerSecond;
			return stopping.isAsked() ? 'stop' : 'go';
		},
	};
}
