/**
 * Time as witnesses prove it (T27): intervals have the true time in them whatever a minority of witnesses says, deadlines that run from an entry are intervals themselves, and nothing is called in time or late that
 * was not. Each property is shown a fault. The world is a list of entries with their true times, and of checkpoints that honest witnesses sign at once and lying ones at any time they like.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Clock } from '../../src/election/types.ts';
import { type Cosigned, policyOf, quorumTimes } from '../../src/rules/coverage.ts';
import { intervalOf, timelinessOf } from '../../src/standings/lateness.ts';
import { type MemoryRows, memoryRows } from '../rules/support/memory.ts';
import { context } from '../rules/support/world.ts';

/** Two of court, news and the parties' group: whoever is alone is no quorum, and every two have an honest one if one of the three lies. */
const POLICY = policyOf(context);
const HONEST = ['witness/court', 'witness/sun', 'witness/news'] as const;

interface Moment {
	/** Seconds since the one before. */
	readonly pause: number;
	/** Entries that come then, before the checkpoint. */
	readonly entries: number;
	readonly honest: readonly string[];
	/** What the liar claims; absent: it says nothing. */
	readonly lie: number | undefined;
}

const MOMENTS = fc.array(
	fc.record({
		pause: fc.integer({ min: 1, max: 1000 }),
		entries: fc.integer({ min: 0, max: 3 }),
		honest: fc.subarray([...HONEST]),
		lie: fc.option(fc.integer({ min: 1, max: 30_000 }), { nil: undefined }),
	}),
	{ minLength: 1, maxLength: 12 },
);

interface Made {
	readonly rows: MemoryRows;
	/** Index → the true time at which the entry came. */
	readonly times: readonly number[];
}

type Times = typeof quorumTimes;

/** One of the honest three is the liar instead. */
function made(moments: readonly Moment[], liar: string, times: Times = quorumTimes): Made {
	const rows = memoryRows();
	const entries: number[] = [];
	let [now, witnessings] = [10_000, 0];
	for (const { pause, entries: count, honest, lie } of moments) {
		now += pause;
		for (let i = 0; i < count; i++) entries.push(now);
		now += 1;
		const cosigned: Cosigned[] = honest.filter((name) => name !== liar).map((name) => ({ name, seconds: now }));
		if (lie !== undefined) cosigned.push({ name: liar, seconds: lie });
		rows.put('witnessing', `${witnessings++}`, { size: entries.length, ...times(POLICY, cosigned) });
	}
	rows.put('log', '', { opened: true, captured: true, time: now, witnessed: entries.length, witnessings });
	return { rows, times: entries };
}

const LIAR = fc.constantFrom(...HONEST);

function wrongInterval({ rows, times }: Made): string {
	for (const [index, time] of times.entries()) {
		const { after, before } = intervalOf(rows, index);
		if (after !== undefined && after > time) return `entry ${index} came at ${time}, not after ${after}`;
		if (before !== undefined && before < time) return `entry ${index} came at ${time}, not before ${before}`;
	}
	return '';
}

const clockOf = (starts: Clock['starts'], seconds: number): Clock => ({
	id: 'clock',
	text: {},
	citation: 'assumption',
	starts,
	seconds,
});

describe('intervals', () => {
	it('T27 the true time lies in the interval, whatever one witness of three says of its clock', () => {
		fc.assert(
			fc.property(MOMENTS, LIAR, (moments, liar) => {
				expect(wrongInterval(made(moments, liar))).toBe('');
			}),
			{ numRuns: 500 },
		);
	});

	const faults: readonly (readonly [string, Times])[] = [
		['takes the earliest clock as that of the quorum', (policy, all) => shifted(policy, all, 'before', Math.min)],
		['takes the latest clock as that of the quorum', (policy, all) => shifted(policy, all, 'after', Math.max)],
	];
	it.each(faults)('T27 the property sees one that %s', (_name, times) => {
		const found = fc.sample(fc.tuple(MOMENTS, LIAR), { numRuns: 300, seed: 5 });
		expect(found.some(([moments, liar]) => wrongInterval(made(moments, liar, times)) !== '')).toBe(true);
	});

	it('T27 a quorum that does not come to be proves nothing', () => {
		expect(quorumTimes(POLICY, [{ name: 'witness/court', seconds: 5 }])).toBe(undefined);
		const parties = ['witness/sun', 'witness/moon'].map((name) => ({ name, seconds: 5 }));
		expect(quorumTimes(POLICY, parties)).toBe(undefined);
		expect(quorumTimes(POLICY, [...parties, { name: 'witness/news', seconds: 9 }])).toEqual({ after: 5, before: 9 });
	});

	it('T27 every entry between two witnessed checkpoints has the same interval, and later ones never an earlier one while clocks are right', () => {
		fc.assert(
			fc.property(MOMENTS, (moments) => {
				const right = moments.map((moment) => ({ ...moment, lie: undefined }));
				const { rows, times } = made(right, 'witness/moon');
				const intervals = times.map((_, index) => intervalOf(rows, index));
				for (const [index, { after, before }] of intervals.entries()) {
					const next = intervals[index + 1];
					if (next === undefined) continue;
					if (after !== undefined) expect(next.after).toBeGreaterThanOrEqual(after);
					if (next.before !== undefined) expect(before).toBeLessThanOrEqual(next.before);
				}
			}),
			{ numRuns: 300 },
		);
	});
});

function shifted(
	policy: typeof POLICY,
	all: readonly Cosigned[],
	member: 'after' | 'before',
	pick: (...times: readonly number[]) => number,
) {
	const times = quorumTimes(policy, all);
	return times === undefined ? undefined : { ...times, [member]: pick(...all.map(({ seconds }) => seconds)) };
}

describe('deadlines', () => {
	const SECONDS = fc.integer({ min: 0, max: 6000 });
	const PLACES = fc.tuple(fc.nat(30), fc.nat(30));

	/** The verdict on one entry by a clock from another, and the truth. */
	function judged(moments: readonly Moment[], liar: string, seconds: number, [of, from]: readonly [number, number]) {
		const { rows, times } = made(moments, liar);
		if (times.length === 0) return undefined;
		const entry = (place: number) => ({ index: place % times.length, time: times[place % times.length] ?? 0 });
		const timed = timelinessOf(rows, clockOf({ on: 'declaration' }, seconds), entry(of), entry(from));
		return { timed, truth: entry(of).time <= entry(from).time + seconds ? 'in-time' : 'late' };
	}

	it('T27 nothing is called in time or late that was not, and by honest ticks the answer is the truth', () => {
		const said = { 'in-time': 0, late: 0, 'not-provable': 0 };
		fc.assert(
			fc.property(MOMENTS, LIAR, SECONDS, PLACES, (moments, liar, seconds, places) => {
				const one = judged(moments, liar, seconds, places);
				if (one?.timed === undefined) return;
				said[one.timed.provable]++;
				expect(['not-provable', one.truth]).toContain(one.timed.provable);
				expect(one.timed.by_log).toBe(one.truth);
			}),
			{ numRuns: 5000 },
		);
		expect(said['in-time']).toBeGreaterThan(20);
		expect(said.late).toBeGreaterThan(20);
		expect(said['not-provable']).toBeGreaterThan(20);
	});

	it('T27 an entry at the very deadline is in time where its latest moment is the deadline, and across it nothing is provable', () => {
		const rows = memoryRows();
		rows.put('witnessing', '0', { size: 1, after: 100, before: 110 });
		rows.put('witnessing', '1', { size: 2, after: 200, before: 210 });
		rows.put('log', '', { opened: true, captured: true, time: 210, witnessed: 2, witnessings: 2 });
		const at = (deadline: number) =>
			timelinessOf(rows, clockOf({ at: deadline }, 0), { index: 1, time: 150 }, undefined)?.provable;
		expect([at(99), at(100), at(150), at(209), at(210)]).toEqual([
			'late',
			'not-provable',
			'not-provable',
			'not-provable',
			'in-time',
		]);
	});

	it('T27 a clock does not run before what it runs from, and an amendment sets any clock to a time', () => {
		const { rows } = made([{ pause: 1, entries: 1, honest: [...HONEST], lie: undefined }], 'witness/moon');
		const clock = clockOf({ on: 'answer' }, 60);
		expect(timelinessOf(rows, clock, { index: 0, time: 1 }, undefined)).toBe(undefined);
		rows.put('clock', 'clock', { time: 5 });
		expect(timelinessOf(rows, clock, { index: 0, time: 6 }, undefined)).toMatchObject({
			deadline: { after: 5, before: 5 },
			by_log: 'late',
			provable: 'not-provable',
		});
	});
});
