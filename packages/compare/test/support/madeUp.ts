/** A made-up election of any size from a seed, and copies of its count with one thing done to it: what a comparison must then find. */
import type { Count } from '@matokeo/compare/count.ts';
import { areasOf } from './smallCount.ts';

/** Numbers from a seed, the same on every machine: a linear congruence is random enough to make up votes. */
export function numbersFrom(seed: number): (below: number) => number {
	let state = (seed * 2_654_435_761) >>> 0;
	return (below) => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return Math.floor((state / 2 ** 32) * below);
	};
}

const FIELDS = ['p', 'q', 'r', 's', 'blank', 'valid'] as const;

/** Stations of a hundred regions; candidates of unlike strength, blank votes, and the stated sum of the candidates. */
export function madeUp(rows: number, seed = 1): Count {
	const draw = numbersFrom(seed);
	const keys = Array.from({ length: rows }, (_, row) => String(100_000 + 7 * row));
	const values = keys.flatMap(() => {
		const votes = [draw(300), draw(250), draw(60), draw(25)];
		return [...votes, draw(9), votes.reduce((sum, one) => sum + one, 0)];
	});
	const regions = keys.map((_, row) => `Region ${Math.floor((row * 100) / rows)}`);
	return {
		title: 'made up',
		level: 'station',
		fields: FIELDS.map((id) => ({
			id,
			name: id,
			kind: id === 'valid' ? 'total' : id === 'blank' ? 'other' : 'candidate',
		})),
		keys,
		values: Float64Array.from(values),
		texts: new Map(),
		lines: Uint32Array.from(keys, (_, row) => row + 2),
		areas: [areasOf('region', regions)],
		leftOut: [],
		filtered: 0,
		source: { digest: '0'.repeat(64) },
	};
}

export type Row = readonly number[];

/** `change` gets the numbers of every row and answers with others, or with the same. */
export function withRows(count: Count, change: (numbers: Row, row: number) => Row): Count {
	const size = count.fields.length;
	const values = count.keys.flatMap((_, row) => change([...count.values.subarray(row * size, (row + 1) * size)], row));
	return { ...count, values: Float64Array.from(values) };
}

export function rowOf({ values, fields: { length } }: Count, row: number): Row {
	return [...values.subarray(row * length, (row + 1) * length)];
}

/** The same rows in another order: `order[place]` is the row that comes there. */
export function inOrder(count: Count, order: readonly number[]): Count {
	const { lines, ...rest } = count;
	return {
		...rest,
		keys: order.map((row) => count.keys[row] ?? ''),
		values: Float64Array.from(order.flatMap((row) => rowOf(count, row))),
		...(lines === undefined ? {} : { lines: Uint32Array.from(order, (row) => lines[row] ?? 0) }),
		areas: count.areas.map((level) => ({ ...level, of: Int32Array.from(order, (row) => level.of[row] ?? -1) })),
	};
}

/** The same columns in another order. */
export function withColumns(count: Count, order: readonly number[]): Count {
	const fields = order.flatMap((column) => count.fields[column] ?? []);
	const values = count.keys.flatMap((_, row) => order.map((column) => rowOf(count, row)[column] ?? Number.NaN));
	return { ...count, fields, values: Float64Array.from(values) };
}

export function shuffled(size: number, draw: (below: number) => number): readonly number[] {
	const order = Array.from({ length: size }, (_, place) => place);
	for (let place = size - 1; place > 0; place--) {
		const other = draw(place + 1);
		[order[place], order[other]] = [order[other] ?? 0, order[place] ?? 0];
	}
	return order;
}
