/**
 * What a service does between appends (`spec/api.md`, A6): announces, opens and brings pages up to date at every pulse, publishes results less often, and says the time where a mark waits for its witnesses. Nothing
 * of it takes more than its share of the processor, and what fails is tried again.
 */
import type { DutyBook } from './dutyBook.ts';
import type { OpenedLog } from './openedLog.ts';
import type { Duty } from './service.ts';

const PULSE_MS = 250;
const DUTIES_OF_PULSE: readonly Duty[] = ['announce', 'open', 'growth'];
const DUTIES_OF_SENDERS: readonly Duty[] = ['append', 'deliver', 'mark'];
/** What fails is tried again, and written down again, every other second. */
const PULSES_PER_RETRY = 8;
/** Results of one contest of a whole country take some 50 ms to compute: contests take turns, and nobody reads them faster than this. */
const PULSES_PER_RESULTS = 8;
const RESULTS_PER_TURN_MAX = 1;
/** Marks that wait for witnesses are looked at so often at the least. */
const PULSES_PER_TICK = 40;
/** A pulse rests four times as long as it took, so that publishing never has more than a fifth of the processor. */
const REST_PER_WORK = 4;

export interface Rhythm {
	/** Something was appended, held or handed in. */
	readonly grown: () => void;
	/** Does at once, and for the last time, what is due. */
	readonly finish: () => void;
}

export function rhythmOf(
	log: OpenedLog,
	{ attempt, failing }: DutyBook,
	listeners: readonly (() => void)[],
	pulseMs: number = PULSE_MS,
): Rhythm {
	const beat = (): void => {
		attempt('announce', () => log.announceHeld('named'));
		attempt('open', () => log.openReadings());
		attempt('growth', () => {
			for (const listener of listeners) listener();
		});
	};
	const results = (most?: number): number => attempt('results', () => log.publishResults(most)) ?? 0;
	const pulse = pacemaker(pulseMs, () => {
		beat();
		if (DUTIES_OF_PULSE.some((duty) => failing.has(duty))) pulse.due(PULSES_PER_RETRY);
	});
	const publishing = pacemaker(pulseMs * PULSES_PER_RESULTS, () => {
		const left = results(RESULTS_PER_TURN_MAX);
		if (failing.has('results')) publishing.due();
		else if (left > 0) publishing.due(1 / PULSES_PER_RESULTS);
		// Results were written and synced: the disk is well. Otherwise a server that nobody sends to would stay ill for ever.
		if (!failing.has('results')) for (const duty of DUTIES_OF_SENDERS) failing.delete(duty);
	});
	const ticking = pacemaker(pulseMs * PULSES_PER_TICK, () => {
		const left = attempt('tick', log.tickForMarks);
		if (left !== undefined || failing.has('tick')) ticking.due();
	});
	ticking.due();
	return {
		grown: () => {
			pulse.due();
			publishing.due();
			ticking.due();
		},
		finish: () => {
			ticking.stop();
			pulse.stop();
			publishing.stop();
			beat();
			results();
		},
	};
}

interface Pacemaker {
	/** In so many of its least intervals, unless it is due already. */
	readonly due: (intervals?: number) => void;
	readonly stop: () => void;
}

function pacemaker(leastMs: number, work: () => void): Pacemaker {
	let timer: NodeJS.Timeout | undefined;
	let restUntil = 0;
	const run = (): void => {
		timer = undefined;
		const start = performance.now();
		work();
		const end = performance.now();
		restUntil = end + (end - start) * REST_PER_WORK;
	};
	return {
		due: (intervals = 1) => {
			timer ??= setTimeout(run, Math.max(leastMs * intervals, restUntil - performance.now()));
		},
		stop: () => clearTimeout(timer),
	};
}
