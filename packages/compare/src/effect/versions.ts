/** The counts whose results are set beside one another (K14): both as they are, and the base with what the other says put in its place. */

import { isSame, type Laid, NOT_GIVEN } from '../compare/lay.ts';
import type { Side } from '../comparison.ts';
import type { Count } from '../count.ts';
import type { Basis } from './effect.ts';

export interface Version {
	readonly basis: Basis;
	readonly count: Pick<Count, 'fields' | 'keys' | 'values'>;
}

export function versionsOf(laid: Laid): readonly Version[] {
	const { a, b } = laid;
	const differing = withDiffering(laid);
	return [
		{ basis: 'a', count: a },
		{ basis: 'b', count: b },
		{ basis: 'differing', count: differing },
		{ basis: 'completed', count: withOnly(laid, differing) },
	];
}

/** A field that the other does not give, or no number of, stays as the base has it. */
function withDiffering(laid: Laid): Version['count'] {
	const own = laid[laid.base];
	const size = laid.fields.length;
	const [rows, table, side]: readonly [Int32Array, Float64Array, Side] =
		laid.base === 'a' ? [laid.rowA, laid.y, 'a'] : [laid.rowB, laid.x, 'b'];
	const values = own.values.slice();
	for (let pair = 0; pair < laid.matched; pair++) {
		if (isSame(laid, pair)) continue;
		laid.fields.forEach((field, place) => {
			const number = table[pair * size + place] ?? NOT_GIVEN;
			if (number !== NOT_GIVEN) values[(rows[pair] ?? 0) * own.fields.length + field[side]] = number;
		});
	}
	return { fields: own.fields, keys: own.keys, values };
}

/** Fields that only the base has are not given in the rows that are added. */
function withOnly(laid: Laid, { fields, keys, values }: Version['count']): Version['count'] {
	const [other, only, from, to]: readonly [Count, Int32Array, Side, Side] =
		laid.base === 'a' ? [laid.b, laid.onlyB, 'b', 'a'] : [laid.a, laid.onlyA, 'a', 'b'];
	const all = new Float64Array((keys.length + only.length) * fields.length).fill(Number.NaN);
	all.set(values);
	only.forEach((row, extra) => {
		for (const field of laid.fields) {
			const number = other.values[row * other.fields.length + field[from]] ?? Number.NaN;
			all[(keys.length + extra) * fields.length + field[to]] = number;
		}
	});
	return { fields, keys: [...keys, ...Array.from(only, (row) => other.keys[row] ?? '')], values: all };
}

/** Sum of each field; what is not given counts as nothing. */
export function sumsOf({ fields, keys, values }: Version['count']): readonly number[] {
	const sums = fields.map(() => 0);
	for (let row = 0; row < keys.length; row++) {
		for (let field = 0; field < fields.length; field++) {
			const number = values[row * fields.length + field] ?? NOT_GIVEN;
			if (number > 0) sums[field] = (sums[field] ?? 0) + number;
		}
	}
	return sums;
}
