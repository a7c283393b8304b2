/** K5: whether two counts can be compared at all, on a made-up count and copies of it to which one thing was done. */
import { compareCounts } from '@matokeo/compare/compare/compareCounts.ts';
import type { Finding, Verdict } from '@matokeo/compare/comparison.ts';
import type { Count } from '@matokeo/compare/count.ts';
import {
	inOrder,
	madeUp,
	numbersFrom,
	rowOf,
	shuffled,
	withColumns,
	withRows,
} from '@matokeo/compare/testing/madeUp.ts';
import { describe, expect, it } from 'vitest';

const ROWS = 400;
const count = madeUp(ROWS);

function verdict(a: Count, b: Count = count): Verdict {
	return compareCounts(a, b).verdict;
}

function found<C extends Finding['code']>({ findings }: Verdict, code: C): Extract<Finding, { code: C }> | undefined {
	return findings.find((one): one is Extract<Finding, { code: C }> => one.code === code);
}

/** Numbers moved so many rows on, while the keys stay. */
function shifted(by: number, of: Count = count): Count {
	return withRows(of, (own, row) => (row - by < 0 || row - by >= of.keys.length ? own : rowOf(of, row - by)));
}

describe('whether two counts can be compared (K5)', () => {
	it('K5 nothing is found in a count beside itself, its rows or columns in any order', () => {
		const draw = numbersFrom(5);
		for (const other of [count, inOrder(count, shuffled(ROWS, draw)), withColumns(count, shuffled(6, draw))])
			expect(verdict(other)).toEqual({ comparable: 'stations', findings: [] });
	});

	it('K5 nothing is found where one row in three differs', () => {
		const draw = numbersFrom(9);
		const other = withRows(count, (own, row) => (row % 3 === 0 ? own.map(() => draw(200)) : own));
		expect(verdict(other)).toEqual({ comparable: 'stations', findings: [] });
	});

	it.each([-3, -1, 1, 2])('K5.2 rows shifted by %i', (by) => {
		const { comparable, findings } = verdict(shifted(by));
		expect(comparable).toBe('no');
		expect(findings).toMatchObject([{ code: 'rows_shifted', order: 'code', by: -by }]);
	});

	it('K5.2 rows shifted in a source that is not in the order of its codes', () => {
		const order = shuffled(ROWS, numbersFrom(3));
		const mixed = inOrder(count, order);
		const faulty = shifted(1, mixed);
		expect(found(verdict(faulty), 'rows_shifted')).toMatchObject({ order: 'a', by: -1 });
		expect(found(compareCounts(count, faulty).verdict, 'rows_shifted')).toMatchObject({ order: 'b', by: 1 });
	});

	it('K5.6 percentages in the place of votes, on either side; small stations and equal sums are none', () => {
		const share = withRows(count, (own) => {
			const all = own.slice(0, 4).reduce((sum, votes) => sum + votes, 0) || 1;
			return own.map((votes, at) => (at < 4 ? Math.round((100 * votes) / all) : votes));
		});
		expect(verdict(share)).toMatchObject({ comparable: 'no', findings: [{ code: 'percentages', side: 'a' }] });
		expect(found(compareCounts(count, share).verdict, 'percentages')).toMatchObject({ side: 'b' });
		expect(verdict(share, share)).toEqual({ comparable: 'stations', findings: [] });
		const some = withRows(count, (own, row) => (row % 5 === 0 ? rowOf(share, row) : own));
		expect(found(verdict(some), 'percentages')).toBeUndefined();
	});

	it('K5.2 a shift of half the rows is no shift of the file', () => {
		const half = withRows(count, (own, row) => (row > ROWS / 2 ? rowOf(count, row - 1) : own));
		expect(verdict(half)).toEqual({ comparable: 'stations', findings: [] });
		const more = withRows(count, (own, row) => (row > ROWS / 3 ? rowOf(count, row - 1) : own));
		expect(verdict(more).comparable).toBe('no');
	});

	it('K5.2 where a third of the rows is shifted, a third is right and a third is neither, the file is not shifted', () => {
		const draw = numbersFrom(8);
		const mixed = withRows(count, (own, row) => {
			if (row % 3 === 0) return own;
			return row % 3 === 1 ? rowOf(count, row - 1) : own.map(() => draw(300));
		});
		expect(verdict(mixed).findings).toEqual([]);
	});

	it('K5.2 rows that are all alike are not shifted', () => {
		const alike = withRows(count, () => [5, 6, 7, 8, 9, 26]);
		expect(verdict(alike, alike).findings).toEqual([]);
	});

	it('K5.4 a tenth of the numbers equal, the others ten times as many: no other scale', () => {
		const above = withRows(count, (own) => own.map((number) => number + 1));
		const most = withRows(above, (own, row) => (row % 10 === 0 ? own : own.map((number) => 10 * number)));
		expect(found(verdict(most, above), 'other_scale')).toBeUndefined();
		const more = withRows(above, (own, row) => (row % 11 === 0 ? own : own.map((number) => 10 * number)));
		expect(found(verdict(more, above), 'other_scale')).toBeDefined();
	});

	it('K5.3 two columns that changed places', () => {
		const swapped = withRows(count, ([p = 0, q = 0, ...rest]) => [q, p, ...rest]);
		expect(verdict(swapped).comparable).toBe('no');
		const finding = found(verdict(swapped), 'fields_exchanged');
		expect(finding?.pairs.map(({ a, b }) => `${a} ${b}`)).toEqual(['p q', 'q p']);
		expect(finding?.pairs.every(({ equal, of, own }) => equal === of && own < of / 10)).toBe(true);
	});

	it('K5.3 fields without counterpart that are alike are told and stand in nobody’s way', () => {
		const renamed = {
			...count,
			fields: count.fields.map((field) => (field.id === 'r' ? { ...field, id: 'x' } : field)),
		};
		const { comparable, findings } = verdict(renamed);
		expect(comparable).toBe('stations');
		expect(findings).toMatchObject([{ code: 'fields_named_otherwise', pairs: [{ a: 'x', b: 'r', own: 0 }] }]);
	});

	it.each([1, 3])('K5.4 every number with %i noughts more', (power) => {
		const scaled = withRows(count, (own) => own.map((number) => number * 10 ** power));
		expect(found(verdict(scaled), 'other_scale')).toMatchObject({ side: 'a', power });
		expect(found(verdict(count, scaled), 'other_scale')).toMatchObject({ side: 'b', power });
		expect(verdict(scaled).comparable).toBe('no');
	});

	it('K5.5 the same stations in another election', () => {
		const { comparable, findings } = verdict(madeUp(ROWS, 77));
		expect(comparable).toBe('no');
		expect(findings).toMatchObject([{ code: 'unrelated_numbers' }]);
	});

	it('K5.5 numbers that are near one another everywhere and equal nowhere are no other election', () => {
		const near = withRows(count, (own) => own.map((number) => number + 1));
		expect(verdict(near)).toEqual({ comparable: 'stations', findings: [] });
	});

	it('K5 fewer than twenty rows prove nothing about a file', () => {
		const [few, other] = [madeUp(19), madeUp(19, 77)];
		expect(verdict(few, other)).toEqual({ comparable: 'stations', findings: [] });
		expect(verdict(madeUp(20), madeUp(20, 77)).comparable).toBe('no');
	});
});
