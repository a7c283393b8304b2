/**
 * When something was said, as far as witnesses can prove it, and whether that was in time (T27). An entry lies between two moments: after the last checkpoint without it that a quorum of witnesses
 * still called the newest, and before the first with it that a quorum had signed. What lies across a deadline is *not provable*, in nobody's favour; beside it stands what the log's
 * own ticks say, which is the operator's word.
 */
import type { Clock, Election } from '../election/types.ts';
import { logRow } from '../rules/opening.ts';
import type { RowReader } from '../rules/rows.ts';

/** UTC seconds; absent: no witness says. */
export interface Interval {
	readonly after?: number;
	readonly before?: number;
}

export type Timeliness = 'in-time' | 'late' | 'not-provable';

/** An entry of the log and the log's own time then. */
export interface Entry {
	readonly index: number;
	readonly time: number;
}

export interface Timed {
	readonly said: Interval;
	/** The deadline itself lies in an interval, where it runs from something in the log. */
	readonly deadline: Interval;
	readonly provable: Timeliness;
	/** By the log's own ticks. */
	readonly by_log: 'in-time' | 'late';
	/** UTC seconds of the deadline by the log's own ticks. */
	readonly deadline_by_log: number;
}

/** Between which moments, by witnesses, the entry at this index came to be. */
export function intervalOf(rows: RowReader, index: number): Interval {
	const { witnessings = 0 } = logRow(rows);
	const first = firstCovering(rows, witnessings, index);
	const after = scan(rows, first - 1, -1, 'after', witnessings);
	const before = scan(rows, first, 1, 'before', witnessings);
	return { ...(after === undefined ? {} : { after }), ...(before === undefined ? {} : { before }) };
}

/** Whether an entry was in time by this clock; `start` is what the clock runs from, where it does not run from a fixed time. */
export function timelinessOf(rows: RowReader, clock: Clock, entry: Entry, start: Entry | undefined): Timed | undefined {
	const deadline = deadlineOf(rows, clock, start);
	if (deadline === undefined) return undefined;
	const said = intervalOf(rows, entry.index);
	const inTime =
		said.before !== undefined && deadline.interval.after !== undefined && said.before <= deadline.interval.after;
	const late =
		said.after !== undefined && deadline.interval.before !== undefined && said.after > deadline.interval.before;
	return {
		said,
		deadline: deadline.interval,
		provable: inTime ? 'in-time' : late ? 'late' : 'not-provable',
		by_log: entry.time <= deadline.byLog ? 'in-time' : 'late',
		deadline_by_log: deadline.byLog,
	};
}

export interface Deadline {
	readonly interval: Interval;
	readonly byLog: number;
}

/** The end of a clock; `undefined` while what it runs from has not happened. An amendment may set it to a fixed time. */
export function deadlineOf(rows: RowReader, clock: Clock, start: Entry | undefined): Deadline | undefined {
	const fixed =
		rows.get('clock', clock.id)?.time ?? ('at' in clock.starts ? clock.starts.at + clock.seconds : undefined);
	if (fixed !== undefined) return { interval: { after: fixed, before: fixed }, byLog: fixed };
	if (start === undefined) return undefined;
	const { after, before } = intervalOf(rows, start.index);
	return {
		interval: {
			...(after === undefined ? {} : { after: after + clock.seconds }),
			...(before === undefined ? {} : { before: before + clock.seconds }),
		},
		byLog: start.time + clock.seconds,
	};
}

export function clockOf({ proceedings }: Election, id: string): Clock | undefined {
	return proceedings.clocks.find((clock) => clock.id === id);
}

/** The place of the first witnessing whose checkpoint contains the entry: sizes ascend. */
function firstCovering(rows: RowReader, witnessings: number, index: number): number {
	let [low, high] = [0, witnessings];
	while (low < high) {
		const middle = Math.floor((low + high) / 2);
		if ((rows.get('witnessing', `${middle}`)?.size ?? 0) > index) high = middle;
		else low = middle + 1;
	}
	return low;
}

/** The nearest witnessing from there on, in one direction, whose cosigners were a quorum. */
function scan(
	rows: RowReader,
	from: number,
	step: 1 | -1,
	member: 'after' | 'before',
	witnessings: number,
): number | undefined {
	for (let at = from; at >= 0 && at < witnessings; at += step) {
		const time = rows.get('witnessing', `${at}`)?.[member];
		if (time !== undefined) return time;
	}
	return undefined;
}
