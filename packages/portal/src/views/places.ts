/**
 * Which areas lie directly below which, and which stations in which, as a contest tallies them: made once per package, with what amendments have added and moved looked up each time.
 */
import { areaOf, chainOf, GEOGRAPHIC, inScope, stationsOf, upwards } from '@matokeo/core/election/geography.ts';
import type { Area, Contest, Election, Station } from '@matokeo/core/election/types.ts';
import { stationOf } from '@matokeo/core/rules/stations.ts';
import { areasOf } from '@matokeo/core/standings/resultInput.ts';
import type { RecordReader } from '../record.ts';
import { namedArea } from './heads.ts';
import type { Named } from './types.ts';

interface Below {
	/** Totalled area → totalled areas directly below, in the order of the package. */
	readonly areas: ReadonlyMap<string, readonly string[]>;
	/** Lowest totalled area → stations of the package in it. */
	readonly stations: ReadonlyMap<string, readonly string[]>;
	readonly all: ReadonlySet<string>;
}

const known = new WeakMap<Election, Map<string, Below>>();

function belowOf(election: Election, contest: Contest): Below {
	const contests = known.get(election) ?? new Map<string, Below>();
	known.set(election, contests);
	const made = contests.get(contest.id) ?? makeBelow(election, contest);
	contests.set(contest.id, made);
	return made;
}

function makeBelow(election: Election, contest: Contest): Below {
	const all = new Set(areasOf(election, contest).map(({ id }) => id));
	const areas = new Map<string, string[]>();
	for (const id of all) {
		const parent = upwards(election.areas, contest.hierarchy, id)
			.slice(1)
			.find((above) => all.has(above));
		if (parent !== undefined && id !== contest.scope) push(areas, parent, id);
	}
	const stations = new Map<string, string[]>();
	for (const station of stationsOf(election, contest)) {
		const lowest = chainOf(election, contest, station).at(-1);
		if (lowest !== undefined) push(stations, lowest, station.id);
	}
	return { areas, stations, all };
}

function push(map: Map<string, string[]>, key: string, value: string): void {
	const list = map.get(key) ?? [];
	list.push(value);
	map.set(key, list);
}

/** The area of this contest with the id, if it is totalled. */
export function contestArea({ election }: RecordReader, contest: Contest, id: string): Area | undefined {
	return belowOf(election, contest).all.has(id) ? election.areas.get(id) : undefined;
}

export function areasBelow({ election }: RecordReader, contest: Contest, area: string): readonly Area[] {
	const ids = belowOf(election, contest).areas.get(area) ?? [];
	return ids.flatMap((id) => election.areas.get(id) ?? []);
}

/** From the scope down to the area, without it. */
export function pathTo({ election }: RecordReader, contest: Contest, area: string): readonly Named[] {
	const { all } = belowOf(election, contest);
	const whole = upwards(election.areas, contest.hierarchy, area);
	const above = whole.slice(1, whole.indexOf(contest.scope) + 1).filter((id) => all.has(id));
	return above.reverse().map((id) => namedArea(election, id));
}

/** Stations that lie directly in the area, as amended: the package's in its order, then those that amendments have brought. */
export function stationsIn(reader: RecordReader, contest: Contest, area: string): readonly Station[] {
	const { context, election, rows } = reader;
	const planned = belowOf(election, contest).stations.get(area) ?? [];
	const amended = reader.amendedStations();
	if (amended.length === 0) return planned.flatMap((id) => election.stations.get(id) ?? []);
	const ids = new Set([...planned, ...amended]);
	return [...ids].flatMap((id) => {
		const station = stationOf(context, rows, id);
		if (station === undefined || !inScope(election, contest, station)) return [];
		return chainOf(election, contest, station).at(-1) === area ? [station] : [];
	});
}

/** All stations in the area and in the areas below it. */
export function stationsUnder(reader: RecordReader, contest: Contest, area: string): readonly Station[] {
	const below = areasBelow(reader, contest, area).flatMap(({ id }) => stationsUnder(reader, contest, id));
	return [...stationsIn(reader, contest, area), ...below];
}

/** From the top down, geographically. */
export function geographicPath({ election }: RecordReader, station: Station): readonly Named[] {
	const path = upwards(election.areas, GEOGRAPHIC, areaOf(station, GEOGRAPHIC));
	return [...path].reverse().map((id) => namedArea(election, id));
}

/** The lowest totalled area of the station in the contest; its own area where none is. */
export function lowestArea({ election }: RecordReader, contest: Contest, station: Station): Named {
	return namedArea(election, chainOf(election, contest, station).at(-1) ?? areaOf(station, GEOGRAPHIC));
}
