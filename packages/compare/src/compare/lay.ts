/**
 * Two counts laid beside one another (K1–K3): rows matched by key, fields by id, and the numbers of matched rows side by side in the order of the codes. Nothing is judged here.
 */
import { assert } from '@matokeo/core/std/result.ts';
import type { CompareOptions, Side } from '../comparison.ts';
import type { Count, CountField } from '../count.ts';

/** In the dense tables below: the source gives no number. Counts are never negative. */
export const NOT_GIVEN = -1;

export interface LaidField {
	/** As the base has it. */
	readonly field: CountField;
	/** Columns in the two counts. */
	readonly a: number;
	readonly b: number;
}

export interface Laid {
	readonly a: Count;
	readonly b: Count;
	readonly base: Side;
	readonly fields: readonly LaidField[];
	/** How many keys both have. */
	readonly matched: number;
	/** Matched pairs in the order of the codes: their rows in the two counts. */
	readonly rowA: Int32Array;
	readonly rowB: Int32Array;
	/** Numbers of matched pairs: `x[pair * fields.length + field]` is A's, `y` B's. */
	readonly x: Float64Array;
	readonly y: Float64Array;
	/** Rows that only one side has, in the order of the codes. */
	readonly onlyA: Int32Array;
	readonly onlyB: Int32Array;
	/** All rows of each side in the order of the codes. */
	readonly byCodeA: Int32Array;
	readonly byCodeB: Int32Array;
}

export function lay(a: Count, b: Count, { base = 'b' }: CompareOptions = {}): Laid {
	const fields = commonFields(a, b, base);
	const byCodeA = byCode(a.keys);
	const byCodeB = byCode(b.keys);
	const pairs = matchSorted(a.keys, b.keys, byCodeA, byCodeB);
	return {
		a,
		b,
		base,
		fields,
		...pairs,
		matched: pairs.rowA.length,
		x: dense(
			a,
			pairs.rowA,
			fields.map((field) => field.a),
		),
		y: dense(
			b,
			pairs.rowB,
			fields.map((field) => field.b),
		),
		byCodeA,
		byCodeB,
	};
}

/** Fields of both, in the order of the base. */
function commonFields(a: Count, b: Count, base: Side): readonly LaidField[] {
	const [own, other] = base === 'a' ? [a, b] : [b, a];
	const places = new Map(other.fields.map(({ id }, place): readonly [string, number] => [id, place]));
	return own.fields.flatMap((field, place): readonly LaidField[] => {
		const there = places.get(field.id);
		if (there === undefined) return [];
		return [base === 'a' ? { field, a: place, b: there } : { field, a: there, b: place }];
	});
}

/** Rows in the order of their keys by code units. */
function byCode(keys: readonly string[]): Int32Array {
	const order = new Int32Array(keys.length);
	for (let row = 0; row < order.length; row++) order[row] = row;
	if (isAscending(keys)) return order;
	const rowOf = new Map<string, number>();
	keys.forEach((key, row) => {
		rowOf.set(key, row);
	});
	assert(rowOf.size === keys.length, 'no key stands twice in a count');
	[...keys].sort().forEach((key, place) => {
		order[place] = rowOf.get(key) ?? 0;
	});
	return order;
}

function isAscending(keys: readonly string[]): boolean {
	for (let row = 1; row < keys.length; row++) if (!((keys[row - 1] ?? '') < (keys[row] ?? ''))) return false;
	return true;
}

type Pairs = Pick<Laid, 'rowA' | 'rowB' | 'onlyA' | 'onlyB'>;

function matchSorted(
	keysA: readonly string[],
	keysB: readonly string[],
	byCodeA: Int32Array,
	byCodeB: Int32Array,
): Pairs {
	const most = Math.min(byCodeA.length, byCodeB.length);
	const [rowA, rowB] = [new Int32Array(most), new Int32Array(most)];
	const [onlyA, onlyB] = [new Int32Array(byCodeA.length), new Int32Array(byCodeB.length)];
	let [placeA, placeB, matched, aloneA, aloneB] = [0, 0, 0, 0, 0];
	while (placeA < byCodeA.length || placeB < byCodeB.length) {
		const here = byCodeA[placeA];
		const there = byCodeB[placeB];
		const keyA = here === undefined ? undefined : keysA[here];
		const keyB = there === undefined ? undefined : keysB[there];
		if (keyA !== undefined && keyA === keyB) {
			rowA[matched] = here ?? 0;
			rowB[matched++] = there ?? 0;
			placeA++;
			placeB++;
		} else if (keyB === undefined || (keyA !== undefined && keyA < keyB)) {
			onlyA[aloneA++] = here ?? 0;
			placeA++;
		} else {
			onlyB[aloneB++] = there ?? 0;
			placeB++;
		}
	}
	return {
		rowA: rowA.subarray(0, matched),
		rowB: rowB.subarray(0, matched),
		onlyA: onlyA.subarray(0, aloneA),
		onlyB: onlyB.subarray(0, aloneB),
	};
}

function dense(count: Count, rows: Int32Array, columns: readonly number[]): Float64Array {
	const numbers = new Float64Array(rows.length * columns.length);
	let at = 0;
	for (const row of rows) for (const column of columns) numbers[at++] = numberAt(count, row, column);
	return numbers;
}

/** The number of a cell, or `NOT_GIVEN`. */
export function numberAt({ values, fields }: Count, row: number, column: number): number {
	const value = values[row * fields.length + column] ?? Number.NaN;
	if (Number.isNaN(value)) return NOT_GIVEN;
	assert(Number.isSafeInteger(value) && value >= 0, 'the numbers of a count are safe integers, zero or more');
	return value;
}

/** Whether the two rows of a pair are the same in every compared field. */
export function isSame({ x, y, fields: { length } }: Laid, pair: number): boolean {
	for (let at = pair * length; at < (pair + 1) * length; at++) if (x[at] !== y[at]) return false;
	return true;
}
