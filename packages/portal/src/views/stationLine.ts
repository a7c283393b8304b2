/** One station in a list: its status and the view of its return, from the rows alone. */
import type { Contest, Station } from '@matokeo/core/election/types.ts';
import { countedCapture } from '@matokeo/core/rules/returns.ts';
import { isMerged, returnOf, unitOf } from '@matokeo/core/rules/stations.ts';
import { returnViewOf } from '@matokeo/core/standings/returnView.ts';
import type { RecordReader } from '../record.ts';
import { codeView } from './heads.ts';
import { lowestArea } from './places.ts';
import type { StationLine } from './types.ts';

export function stationLine(reader: RecordReader, contest: Contest, station: Station): StationLine {
	const { rows } = reader;
	const unit = unitOf(rows, contest.id, station.id);
	const row = returnOf(rows, contest.id, station.id, unit.poll);
	return {
		id: station.id,
		name: station.name,
		area: lowestArea(reader, contest, station),
		...(station.registered === undefined ? {} : { registered: station.registered }),
		poll: unit.poll,
		status: unit.status,
		...(unit.reason === '' ? {} : { status_reason: codeView(reader.election.codes, 'status', unit.reason) }),
		view: returnViewOf(contest, unit, row, isMerged(rows, station.id)),
	};
}

/** Due, and no form of it counts (T14), whatever else is true of it. */
export function isMissing(reader: RecordReader, contest: Contest, station: Station): boolean {
	const { rows } = reader;
	const { poll, status } = unitOf(rows, contest.id, station.id);
	if (status === 'merged' || status === 'cancelled' || isMerged(rows, station.id)) return false;
	return countedCapture(returnOf(rows, contest.id, station.id, poll)) === undefined;
}
