/** What holds of every comparison: properties over made-up counts with differences planted in them. */
import { compareCounts } from '@matokeo/compare/compare/compareCounts.ts';
import type { Comparison, Pattern, Side } from '@matokeo/compare/comparison.ts';
import type { Count } from '@matokeo/compare/count.ts';
import {
	inOrder,
	madeUp,
	numbersFrom,
	type Row,
	rowOf,
	shuffled,
	withColumns,
	withRows,
} from '@matokeo/compare/testing/madeUp.ts';
import { describe, expect, it } from 'vitest';

const SEEDS = Array.from({ length: 12 }, (_, seed) => seed + 1);
const ROWS = 240;

/** The other count: some rows are gone, some are new, some differ in some fields. */
function disturbed(count: Count, seed: number): Count {
	const draw = numbersFrom(seed + 1000);
	const changed = withRows(count, (own) =>
		draw(5) > 0 ? own : own.map((number) => (draw(3) > 0 ? number : draw(10) === 0 ? Number.NaN : draw(300))),
	);
	const kept = changed.keys.flatMap((_, row) => (draw(8) === 0 ? [] : [row]));
	const rest = inOrder(changed, kept);
	return { ...rest, keys: rest.keys.map((key) => (draw(15) === 0 ? `${key}9` : key)) };
}

/** Without what follows from the order of a source. */
function withoutOrder(comparison: Comparison): object {
	const { stations, only, patterns } = comparison;
	const bare = (pattern: Pattern) => pattern !== 'neighbouring_row';
	const unlined = { line: 0, line_a: 0, line_b: 0, neighbour: undefined };
	return {
		...comparison,
		stations: stations.map((one) => ({ ...one, ...unlined, patterns: one.patterns.filter(bare) })),
		only: { a: only.a.map((one) => ({ ...one, ...unlined })), b: only.b.map((one) => ({ ...one, ...unlined })) },
		patterns: patterns.filter(({ pattern }) => bare(pattern)),
		without_pattern: 0,
	};
}

/** Members of the two sides exchanged, the sign of differences turned. */
function mirrored(one: Comparison): Comparison {
	const turned = (numbers: readonly number[]) => numbers.map((number) => 0 - number);
	const totals = <T extends Comparison['whole']>(of: T): T => ({
		...of,
		only_in_a: of.only_in_b,
		only_in_b: of.only_in_a,
		a: of.b,
		b: of.a,
		a_matched: of.b_matched,
		b_matched: of.a_matched,
		difference: turned(of.difference),
	});
	const other = (side: Side): Side => (side === 'a' ? 'b' : 'a');
	const only = <T extends { only_in_a: unknown; only_in_b: unknown }>(of: T) => ({
		...of,
		only_in_a: of.only_in_b,
		only_in_b: of.only_in_a,
	});
	return {
		...only(one),
		a: one.b,
		b: one.a,
		only: { a: one.only.b, b: one.only.a },
		only_known: { a: one.only_known.b, b: one.only_known.a },
		fields: {
			...only(one.fields),
			compared: one.fields.compared.map((of) => ({ ...of, given_a: of.given_b, given_b: of.given_a })),
		},
		stations: one.stations.map(({ line_a, line_b, neighbour, ...of }) => ({
			...of,
			...(line_b === undefined ? {} : { line_a: line_b }),
			...(line_a === undefined ? {} : { line_b: line_a }),
			...(neighbour === undefined ? {} : { neighbour: { ...neighbour, row_of: other(neighbour.row_of) } }),
			fields: of.fields.map(({ a, b, difference, ...field }) => ({
				...field,
				...(b === undefined ? {} : { a: b }),
				...(a === undefined ? {} : { b: a }),
				...(difference === undefined ? {} : { difference: 0 - difference }),
			})),
		})),
		whole: totals(one.whole),
		levels: one.levels.map((level) => ({ ...level, from: other(level.from), areas: level.areas.map(totals) })),
	};
}

describe('every comparison', () => {
	it.each(SEEDS)('K2 a count beside itself is the same everywhere (seed %i)', (seed) => {
		const count = disturbed(madeUp(ROWS, seed), seed);
		const rows = count.keys.length;
		expect(compareCounts(count, count)).toMatchObject({
			matched: rows,
			same: rows,
			differing: 0,
			only_in_a: 0,
			only_in_b: 0,
			stations: [],
			without_pattern: 0,
		});
	});

	it.each(SEEDS)('K1 the two sides may change places (seed %i)', (seed) => {
		const [a, b] = [madeUp(ROWS, seed), disturbed(madeUp(ROWS, seed), seed)];
		const one = compareCounts(a, b, { base: 'b' });
		expect(one.differing).toBeGreaterThan(9);
		expect(compareCounts(b, a, { base: 'a' })).toEqual(mirrored(one));
	});

	it.each(SEEDS)('K1 rows and columns may stand in any order (seed %i)', (seed) => {
		const [a, b] = [madeUp(ROWS, seed), disturbed(madeUp(ROWS, seed), seed)];
		const draw = numbersFrom(seed);
		const other = withColumns(inOrder(a, shuffled(a.keys.length, draw)), shuffled(a.fields.length, draw));
		const rows = inOrder(b, shuffled(b.keys.length, draw));
		expect(withoutOrder(compareCounts(other, rows))).toEqual(withoutOrder(compareCounts(a, b)));
	});

	it.each(SEEDS)('K9 areas add up to the whole (seed %i)', (seed) => {
		const { whole, levels, matched, differing } = compareCounts(
			madeUp(ROWS, seed),
			disturbed(madeUp(ROWS, seed), seed),
		);
		expect(levels).toHaveLength(1);
		expect(whole).toMatchObject({ matched, differing, same: matched - differing });
		for (const { areas, unplaced } of levels) {
			expect(unplaced).toBe(0);
			const sum = (of: (area: (typeof areas)[number]) => number) => areas.reduce((all, area) => all + of(area), 0);
			expect(sum((area) => area.differing)).toBe(whole.differing);
			expect(sum((area) => area.only_in_a)).toBe(whole.only_in_a);
			expect(sum((area) => area.only_in_b)).toBe(whole.only_in_b);
			for (const name of ['a', 'b', 'a_matched', 'b_matched', 'difference'] as const)
				whole[name].forEach((total, field) => {
					expect(sum((area) => area[name][field] ?? 0)).toBe(total);
				});
		}
	});

	it('K7 effects never grow down the list, and equal ones stand by key', () => {
		const { stations } = compareCounts(madeUp(ROWS, 3), disturbed(madeUp(ROWS, 3), 3));
		const ranks = stations.map(({ votes, absolute, key }) => [-votes, -absolute, key] as const);
		const sorted = [...ranks].sort(([a, b, c], [x, y, z]) => a - x || b - y || (c < z ? -1 : 1));
		expect(ranks).toEqual(sorted);
	});
});

/** What is planted in one row, with the fields of `madeUp`: p, q, r, s, blank, valid. */
const SLIPS: readonly (readonly [Pattern, (own: Row, next: Row) => Row])[] = [
	['filled_later', () => [0, 0, 0, 0, 0, 0]],
	['neighbouring_row', (_own, next) => next],
	['exchanged_fields', ([p = 0, q = 0, ...rest]) => [q, p, ...rest]],
	['column_slip', ([p = 0, q = 0, r = 0, _s = 0, blank = 0, valid = 0]) => [0, p, q, r, blank, valid]],
	['total_as_candidate', ([p = 0, _q = 0, r = 0, s = 0, blank = 0, valid = 0]) => [p, valid, r, s, blank, valid]],
	['factor_of_ten', ([p = 0, ...rest]) => [p * 10, ...rest]],
	[
		'transposed_digits',
		([p = 0, ...rest]) => [
			Number([...String(p).padStart(3, '0')].map((_, i, d) => d[[1, 0, 2][i] ?? 0]).join('')),
			...rest,
		],
	],
	['one_digit', ([p = 0, ...rest]) => [p + 100, ...rest]],
];

describe('planted slips (K6)', () => {
	it.each(SLIPS)('K6 %s is found at every station where it was planted', (pattern, slip) => {
		const honest = madeUp(ROWS, 4);
		const planted = Array.from({ length: 20 }, (_, place) => place * 12 + 1);
		const faulty = withRows(honest, (own, row) => (planted.includes(row) ? slip(own, rowOf(honest, row + 1)) : own));
		const { stations, patterns, verdict } = compareCounts(faulty, honest);
		const expected = planted.filter((row) =>
			rowOf(faulty, row).some((number, at) => number !== rowOf(honest, row)[at]),
		);
		expect(expected.length).toBeGreaterThan(17);
		expect(stations.map(({ key }) => key).sort()).toEqual(expected.map((row) => honest.keys[row]));
		expect(stations.every((station) => station.patterns.includes(pattern))).toBe(true);
		expect(patterns.find((one) => one.pattern === pattern)?.stations).toBe(expected.length);
		expect(verdict.findings).toEqual([]);
	});

	it('K8 what was planted is far more frequent than by chance', () => {
		const honest = madeUp(ROWS, 4);
		for (const [pattern, slip] of SLIPS) {
			const faulty = withRows(honest, (own, row) => (row % 12 === 1 ? slip(own, rowOf(honest, row + 1)) : own));
			const { chance } = compareCounts(faulty, honest).patterns.find((one) => one.pattern === pattern) ?? {};
			expect(chance?.pairs, pattern).toBeGreaterThan(400);
			expect(10 * (chance?.shown ?? 0), pattern).toBeLessThan(chance?.pairs ?? 0);
		}
	});
});
