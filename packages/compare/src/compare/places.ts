/**
 * In which area of a level each row lies (K9). Areas are the base’s where it gives the level. A row that only the other side has lies where most of its neighbours do: in the base’s area that holds most of
 * the matched rows which the other side puts with it, so that two spellings of a name, or a name and a code, need not be told apart.
 */
import { byCodeUnits } from '@matokeo/core/std/canonical.ts';
import type { Side } from '../comparison.ts';
import type { Count, CountAreas } from '../count.ts';
import type { Laid } from './lay.ts';

export interface PlacedArea {
	readonly id?: string;
	/** Names from the top level down. */
	readonly path: readonly string[];
}

export interface PlacedLevel {
	readonly level: string;
	readonly name: string;
	readonly from: Side;
	readonly areas: readonly PlacedArea[];
	/** Row → place in `areas`; -1: none is known. */
	readonly ofA: Int32Array;
	readonly ofB: Int32Array;
	readonly placedDifferently: number;
}

/** One level of one count: its areas told apart by everything above them, since names repeat. */
interface Grouped {
	readonly areas: readonly PlacedArea[];
	readonly of: Int32Array;
}

/** Levels of the base from the top down, then those that only the other side gives. */
export function placedLevels(laid: Laid): readonly PlacedLevel[] {
	const { base } = laid;
	const [own, other] = base === 'a' ? [laid.a, laid.b] : [laid.b, laid.a];
	const ours = groupLevels(own);
	const theirs = groupLevels(other);
	const place = new Map(other.areas.map(({ level }, at): readonly [string, number] => [level, at]));
	const known = own.areas.map((areas, at) =>
		bothSides(laid, areas, ours[at] ?? NOTHING, base, theirs[place.get(areas.level) ?? -1]),
	);
	const levels = new Set(own.areas.map(({ level }) => level));
	const further = other.areas.flatMap((areas, at) =>
		levels.has(areas.level) ? [] : [bothSides(laid, areas, theirs[at] ?? NOTHING, base === 'a' ? 'b' : 'a', undefined)],
	);
	return [...known, ...further];
}

const NOTHING: Grouped = { areas: [], of: new Int32Array(0) };

export function groupLevels({ areas, keys }: Count): readonly Grouped[] {
	let above: Grouped = { areas: [{ path: [] }], of: new Int32Array(keys.length) };
	return areas.map((level) => {
		above = groupOne(level, above, keys.length);
		return above;
	});
}

function groupOne({ values, ids, of }: CountAreas, above: Grouped, rows: number): Grouped {
	const known = new Map<number, number>();
	const areas: PlacedArea[] = [];
	const placed = new Int32Array(rows).fill(-1);
	for (let row = 0; row < rows; row++) {
		const value = of[row] ?? -1;
		if (value < 0) continue;
		const parent = above.of[row] ?? -1;
		const group = (parent + 1) * values.length + value;
		let at = known.get(group);
		if (at === undefined) {
			at = areas.length;
			known.set(group, at);
			const id = ids?.[value];
			const path = [...(above.areas[parent]?.path ?? []), values[value] ?? ''];
			areas.push(id === undefined ? { path } : { id, path });
		}
		placed[row] = at;
	}
	return { areas, of: placed };
}

/** `theirs`: the other side’s areas of the same level, where it gives them. */
function bothSides(
	laid: Laid,
	{ level, name }: CountAreas,
	own: Grouped,
	from: Side,
	theirs: Grouped | undefined,
): PlacedLevel {
	const a = from === 'a';
	const [rowOwn, rowOther] = a ? [laid.rowA, laid.rowB] : [laid.rowB, laid.rowA];
	const [only, size] = a ? [laid.onlyB, laid.b.keys.length] : [laid.onlyA, laid.a.keys.length];
	const ofOther = new Int32Array(size).fill(-1);
	const areas = [...own.areas];
	const homes = theirs === undefined ? [] : homesOf(theirs, own, rowOwn, rowOther, areas);
	let placedDifferently = 0;
	rowOther.forEach((row, pair) => {
		const there = own.of[rowOwn[pair] ?? 0] ?? -1;
		const home = homes[theirs?.of[row] ?? -1] ?? -1;
		ofOther[row] = there < 0 ? home : there;
		if (there >= 0 && home >= 0 && home !== there) placedDifferently++;
	});
	for (const row of only) ofOther[row] = homes[theirs?.of[row] ?? -1] ?? -1;
	const ofOwn = own.of.slice();
	rowOwn.forEach((row, pair) => {
		if ((ofOwn[row] ?? -1) < 0) ofOwn[row] = ofOther[rowOther[pair] ?? 0] ?? -1;
	});
	return { level, name, from, areas, ofA: a ? ofOwn : ofOther, ofB: a ? ofOther : ofOwn, placedDifferently };
}

/** For each of their areas the place of ours: where most matched rows lie, the first by path if several; else the one of the same path; else it is added to `areas`. */
function homesOf(
	theirs: Grouped,
	own: Grouped,
	rowOwn: Int32Array,
	rowOther: Int32Array,
	areas: PlacedArea[],
): readonly number[] {
	const votes = new Map<number, Map<number, number>>();
	rowOther.forEach((row, pair) => {
		const there = theirs.of[row] ?? -1;
		const here = own.of[rowOwn[pair] ?? 0] ?? -1;
		if (there < 0 || here < 0) return;
		const of = votes.get(there) ?? new Map<number, number>();
		votes.set(there, of.set(here, (of.get(here) ?? 0) + 1));
	});
	const byPath = new Map(own.areas.map(({ path }, at): readonly [string, number] => [JSON.stringify(path), at]));
	return theirs.areas.map((area, at) => {
		const home = mostOf(votes.get(at), own.areas) ?? byPath.get(JSON.stringify(area.path));
		return home ?? areas.push({ path: area.path }) - 1;
	});
}

function mostOf(votes: ReadonlyMap<number, number> | undefined, areas: readonly PlacedArea[]): number | undefined {
	const pathOf = (at: number) => JSON.stringify(areas[at]?.path);
	const ranked = [...(votes ?? [])].sort(
		([one, ones], [other, others]) => others - ones || byCodeUnits(pathOf(one), pathOf(other)),
	);
	return ranked[0]?.[0];
}
