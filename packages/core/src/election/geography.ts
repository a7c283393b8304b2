/**
 * Which areas a station belongs to (`spec/package.md`, P60–P64): pure questions over the package's areas and one station's record,
 * so that a station added or moved by an amendment is answered like any other. Chains are memoised per table of areas.
 *
 * A contest's scope follows the geographic hierarchy; its totals follow the contest's own. Does not know totals.
 */
import { LIMITS } from './limits.ts';
import type { Area, CeilingColumn, Contest, Election, Station } from './types.ts';

export const GEOGRAPHIC = 'geographic';

type Areas = ReadonlyMap<string, Area>;

/** The area itself and all above it, lowest first. In a package without problems it ends at the top, at most as many steps up as there are levels. */
export function upwards(areas: Areas, hierarchy: string, areaId: string): readonly string[] {
	const memo = memoOf(upwardsMemo, areas, hierarchy);
	const known = memo.get(areaId);
	if (known !== undefined) return known;
	if (!areas.has(areaId)) return [];
	const chain = new Set<string>();
	for (let id = areaId; areas.has(id) && !chain.has(id); id = parentOf(areas, hierarchy, id)) {
		if (chain.size === LIMITS.levelsMax) break;
		chain.add(id);
	}
	const list = [...chain];
	memo.set(areaId, list);
	return list;
}

export function parentOf(areas: Areas, hierarchy: string, areaId: string): string {
	const parents = areas.get(areaId)?.parents;
	return parents?.[hierarchy] ?? parents?.[GEOGRAPHIC] ?? '';
}

/** The area that a station lies in; '' for a record that names none. */
export function areaOf(station: Station, hierarchy: string): string {
	return station.areas[hierarchy] ?? station.areas[GEOGRAPHIC] ?? '';
}

/** Whether the station votes in the contest: its geographic chain contains the scope. */
export function inScope(election: Election, contest: Contest, station: Station): boolean {
	return upwards(election.areas, GEOGRAPHIC, areaOf(station, GEOGRAPHIC)).includes(contest.scope);
}

/** Whether the station lies in the area, along the contest's hierarchy; without a contest, along the geographic one. */
export function isWithin(election: Election, areaId: string, station: Station, contest?: Contest): boolean {
	const hierarchy = contest?.hierarchy ?? GEOGRAPHIC;
	return upwards(election.areas, hierarchy, areaOf(station, hierarchy)).includes(areaId);
}

/**
 * The areas in whose totals of the contest the station counts, from the scope down. An area may lie directly under one that is several
 * levels higher: there is then no total of the levels between.
 */
export function chainOf(election: Election, contest: Contest, station: Station): readonly string[] {
	const lowest = areaOf(station, contest.hierarchy);
	const memo = memoOf(chainMemo, election.areas, contest);
	const known = memo.get(lowest);
	if (known !== undefined) return known;
	if (!election.areas.has(lowest)) return [];
	const whole = upwards(election.areas, contest.hierarchy, lowest);
	const below = whole.slice(0, whole.indexOf(contest.scope) + 1);
	const chain = below.filter((id) => contest.levels.includes(election.areas.get(id)?.level ?? '')).reverse();
	memo.set(lowest, chain);
	return chain;
}

/** The area and all above it along the contest's hierarchy, lowest first, up to the top. */
export function chainAbove({ areas }: Election, { hierarchy }: Contest, areaId: string): readonly string[] {
	return upwards(areas, hierarchy, areaId);
}

/** The package's stations that vote in the contest, in the order of `stations.csv`. */
export function stationsOf(election: Election, contest: Contest): readonly Station[] {
	return [...election.stations.values()].filter((station) => inScope(election, contest, station));
}

/**
 * The most ballots that the station can hold, or `undefined` if that is not known: then nothing about it is certain.
 * An empty cell is not zero. `overrides` are columns that an amendment has changed.
 */
export function ceilingOf(
	contest: Contest,
	station: Station,
	overrides: Readonly<Partial<Record<CeilingColumn, number>>> = {},
): number | undefined {
	if (contest.form.ceiling.length === 0) return undefined;
	let sum = 0;
	for (const column of contest.form.ceiling) {
		const value = overrides[column] ?? station[column];
		if (value === undefined) return undefined;
		sum += value;
	}
	return Number.isSafeInteger(sum) ? sum : undefined;
}

type Memo<K> = WeakMap<Areas, Map<K, Map<string, readonly string[]>>>;
const upwardsMemo: Memo<string> = new WeakMap();
const chainMemo: Memo<Contest> = new WeakMap();

function memoOf<K>(memo: Memo<K>, areas: Areas, key: K): Map<string, readonly string[]> {
	const known = memo.get(areas)?.get(key);
	if (known !== undefined) return known;
	const fresh = new Map<string, readonly string[]>();
	const tables = memo.get(areas) ?? new Map<K, Map<string, readonly string[]>>();
	memo.set(areas, tables.set(key, fresh));
	return fresh;
}
