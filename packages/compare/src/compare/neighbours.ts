/**
 * Whether the votes of one side’s row are those of a row next to it in the other source (K6.2): as when a clerk takes the line below. “Next” is the line before or after in the source, and the code before or after.
 */
import type { DifferingStation, Side } from '../comparison.ts';
import type { Count } from '../count.ts';
import { type Laid, NOT_GIVEN, numberAt } from './lay.ts';
import { hasVotes, type Numbers, sameVotes } from './patterns.ts';
import type { Shape } from './shape.ts';

export type Neighbour = NonNullable<DifferingStation['neighbour']>;

/** One side as neighbours are looked for in it. */
interface Rows {
	readonly count: Count;
	readonly byCode: Int32Array;
	/** Row → its place by code. */
	readonly placeOf: Int32Array;
	readonly columns: readonly number[];
}

export interface Neighbourhood {
	readonly a: Rows;
	readonly b: Rows;
	readonly shape: Shape;
}

export function neighbourhoodOf(laid: Laid, shape: Shape): Neighbourhood {
	const rows = (count: Count, byCode: Int32Array, side: Side): Rows => {
		const placeOf = new Int32Array(byCode.length);
		byCode.forEach((row, place) => {
			placeOf[row] = place;
		});
		return { count, byCode, placeOf, columns: laid.fields.map((field) => field[side]) };
	};
	return { a: rows(laid.a, laid.byCodeA, 'a'), b: rows(laid.b, laid.byCodeB, 'b'), shape };
}

/** `x` and `y` are the numbers of the station on both sides, at `rowA` and `rowB`. */
export function neighbourOf(
	{ a, b, shape }: Neighbourhood,
	x: Numbers,
	y: Numbers,
	rowA: number,
	rowB: number,
): Neighbour | undefined {
	if (sameVotes(x, y, shape)) return undefined;
	return beside('a', x, b, rowB, shape) ?? beside('b', y, a, rowA, shape);
}

/** Whether votes are those of a row next to `row`. */
export function isBeside(numbers: Numbers, { a, b, shape }: Neighbourhood, of: Side, row: number): boolean {
	return beside('a', numbers, of === 'a' ? a : b, row, shape) !== undefined;
}

function beside(rowOf: Side, numbers: Numbers, rows: Rows, row: number, shape: Shape): Neighbour | undefined {
	if (!hasVotes(numbers, shape)) return undefined;
	const place = rows.placeOf[row] ?? 0;
	const near = [
		['source', row - 1],
		['source', row + 1],
		['code', rows.byCode[place - 1] ?? -1],
		['code', rows.byCode[place + 1] ?? -1],
	] as const;
	for (const [by, next] of near) {
		const equals = rows.count.keys[next];
		if (equals !== undefined && hasTheseVotes(numbers, rows, next, shape)) return { row_of: rowOf, equals, by };
	}
	return undefined;
}

function hasTheseVotes(numbers: Numbers, { count, columns }: Rows, row: number, { votes }: Shape): boolean {
	return votes.every((field) => (numbers[field] ?? NOT_GIVEN) === numberAt(count, row, columns[field] ?? 0));
}
