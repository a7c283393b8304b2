/** A count added up to a level of areas above its rows, or to one row for the whole (K4): what can be compared with a count that gives no more than that. */
import type { RowLevel } from '../comparison.ts';
import type { Count, CountAreas } from '../count.ts';
import { groupLevels, type PlacedArea } from './places.ts';

/** The key of the one row of a whole. */
const WHOLE = 'whole';

export interface AddedUp {
	readonly count: Count;
	/** Rows that lie in no area of the level, and so in no row of the sum. */
	readonly unplaced: number;
}

/** `keyBy`: keys of the new rows are the areas' ids or their names; names that occur in several areas are told apart by what lies above. `undefined`: the count has no such level. */
export function addUp(count: Count, level: RowLevel, keyBy: 'id' | 'name' = 'id'): AddedUp | undefined {
	if (level === 'station') return undefined;
	if (level === 'whole') return sumRows(count, new Int32Array(count.keys.length), [WHOLE], level, []);
	const at = count.areas.findIndex(({ level: id }) => id === level.area);
	const grouped = groupLevels(count)[at];
	if (grouped === undefined) return undefined;
	const keys = keysOf(grouped.areas, keyBy);
	return sumRows(count, grouped.of, keys, level, count.areas.slice(0, at));
}

function keysOf(areas: readonly PlacedArea[], keyBy: 'id' | 'name'): readonly string[] {
	const names = new Map<string, number>();
	for (const { path } of areas) names.set(path.at(-1) ?? '', (names.get(path.at(-1) ?? '') ?? 0) + 1);
	const keys = areas.map(({ id, path }) => {
		if (keyBy === 'id' && id !== undefined) return id;
		const name = path.at(-1) ?? '';
		return names.get(name) === 1 ? name : path.join(' / ');
	});
	return new Set(keys).size === keys.length ? keys : areas.map(({ path }) => JSON.stringify(path));
}

function sumRows(
	count: Count,
	of: Int32Array,
	keys: readonly string[],
	level: Exclude<RowLevel, 'station'>,
	above: readonly CountAreas[],
): AddedUp {
	const { fields, lines: _lines, absent: _absent, ...rest } = count;
	const size = fields.length;
	const values = new Float64Array(keys.length * size).fill(Number.NaN);
	const first = new Int32Array(keys.length).fill(-1);
	let unplaced = 0;
	of.forEach((place, row) => {
		if (place < 0) {
			unplaced++;
			return;
		}
		if (first[place] === -1) first[place] = row;
		for (let field = 0; field < size; field++) {
			const number = count.values[row * size + field] ?? Number.NaN;
			if (Number.isNaN(number)) continue;
			const sum = values[place * size + field] ?? Number.NaN;
			values[place * size + field] = Number.isNaN(sum) ? number : sum + number;
		}
	});
	const areas = above.map(
		(one): CountAreas => ({ ...one, of: first.map((row) => (row < 0 ? -1 : (one.of[row] ?? -1))) }),
	);
	return {
		count: {
			...rest,
			fields,
			level: level === 'whole' ? { area: WHOLE } : level,
			keys,
			values,
			texts: new Map(),
			areas,
		},
		unplaced,
	};
}
