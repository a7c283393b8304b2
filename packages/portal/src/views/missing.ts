/** What has not come in: a contest by the areas below its scope, or the stations of one area one by one. */
import type { Contest } from '@matokeo/core/election/types.ts';
import { resultsOfArea } from '@matokeo/core/standings/results.ts';
import type { RecordReader } from '../record.ts';
import { arrivalsOf, linesOf } from './contest.ts';
import { contestHead, stampOf } from './heads.ts';
import { areasBelow, contestArea, stationsIn, stationsUnder } from './places.ts';
import { isMissing, stationLine } from './stationLine.ts';
import type { MissingView } from './types.ts';

/** Without an area, stations that lie directly under the scope are listed one by one, since no area holds them. `undefined` when there is no such list. */
export function missingView(reader: RecordReader, contest: Contest, areaId?: string): MissingView | undefined {
	const area = areaId === undefined ? undefined : contestArea(reader, contest, areaId);
	if (areaId !== undefined && area === undefined) return undefined;
	const at = area?.id ?? contest.scope;
	const stations = area === undefined ? stationsIn(reader, contest, at) : stationsUnder(reader, contest, at);
	return {
		stamp: stampOf(reader),
		contest: contestHead(reader, contest),
		...(area === undefined ? {} : { area: { id: area.id, name: area.name } }),
		results: resultsOfArea(reader, contest, at),
		areas: area === undefined ? linesOf(reader, contest, at) : [],
		stations: stations
			.filter((station) => isMissing(reader, contest, station))
			.map((station) => stationLine(reader, contest, station)),
		...(area === undefined ? arrivalsOf(reader, contest) : { arrivals: [], arrivals_step: 0 }),
	};
}

/** The areas that have a list of their own: those directly below the scope. */
export function missingAreas(reader: RecordReader, contest: Contest): readonly string[] {
	return areasBelow(reader, contest, contest.scope).map(({ id }) => id);
}
