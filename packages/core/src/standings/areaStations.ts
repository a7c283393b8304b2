/**
 * Which stations lie in an area of a contest as it stands: those of the package by the lowest area that is totalled, worked out once, with what amendments have added and
 * moved put in its place.
 */
import { chainOf, inScope, stationsOf } from '../election/geography.ts';
import type { Contest, Election, Station } from '../election/types.ts';
import type { Context } from '../rules/context.ts';
import type { RowReader } from '../rules/rows.ts';
import { stationOf } from '../rules/stations.ts';

/** Stations that have the same chain of areas, in the order of the package. */
interface Cell {
	readonly chain: readonly string[];
	readonly stations: readonly Station[];
}

const cellsOf = new WeakMap<Election, Map<string, readonly Cell[]>>();

export interface StationsOfCell {
	/** From the scope down to the lowest area that is totalled. */
	readonly chain: readonly string[];
	readonly stations: readonly Station[];
}

/** The stations of the area in groups of one chain each, in the order of the package; those that amendments have added or moved come last. */
export function cellsIn(context: Context, rows: RowReader, contest: Contest, area: string): readonly StationsOfCell[] {
	const { election } = context;
	const amended = placedStations(rows);
	const aside = new Set(amended);
	const planned = plannedCells(election, contest).filter(({ chain }) => chain.includes(area));
	const kept =
		aside.size === 0
			? planned
			: planned.map(({ chain, stations }) => ({ chain, stations: stations.filter(({ id }) => !aside.has(id)) }));
	const moved = amended.flatMap((id): readonly StationsOfCell[] => {
		const station = stationOf(context, rows, id);
		if (station === undefined || !inScope(election, contest, station)) return [];
		const chain = chainOf(election, contest, station);
		return chain.includes(area) ? [{ chain, stations: [station] }] : [];
	});
	return [...kept, ...moved];
}

/** Stations that amendments have added or moved, each once, in the order of the log. */
function placedStations(rows: RowReader): readonly string[] {
	const found: string[] = [];
	let id = rows.get('amended', '')?.last ?? '';
	for (; id !== ''; id = rows.get('station', id)?.placed ?? '') found.push(id);
	return found.reverse();
}

function plannedCells(election: Election, contest: Contest): readonly Cell[] {
	const known = cellsOf.get(election) ?? new Map<string, readonly Cell[]>();
	cellsOf.set(election, known);
	const cells = known.get(contest.id) ?? groupByChain(election, contest);
	known.set(contest.id, cells);
	return cells;
}

function groupByChain(election: Election, contest: Contest): readonly Cell[] {
	const groups = new Map<string, { readonly chain: readonly string[]; readonly stations: Station[] }>();
	for (const station of stationsOf(election, contest)) {
		const chain = chainOf(election, contest, station);
		const key = chain.join('|');
		const group = groups.get(key) ?? { chain, stations: [] };
		group.stations.push(station);
		groups.set(key, group);
	}
	return [...groups.values()];
}
