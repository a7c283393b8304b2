/** One polling station: for every contest it votes in, the documents, the stages, the checks, and the whole history. */
import { ceilingOf, chainOf, inScope } from '@matokeo/core/election/geography.ts';
import type { Contest, Station } from '@matokeo/core/election/types.ts';
import type { ReturnRow } from '@matokeo/core/rules/rows.ts';
import { isMerged, returnOf, stationOf, unitOf } from '@matokeo/core/rules/stations.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import { returnViewOf } from '@matokeo/core/standings/returnView.ts';
import type { RecordReader } from '../record.ts';
import { type Captures, captureViews } from './captures.ts';
import { checkViews } from './checks.ts';
import { codeView, contestHead, namedArea, stampOf } from './heads.ts';
import { historyEntry } from './history.ts';
import { geographicPath } from './places.ts';
import { proceedingsAt } from './stationProceedings.ts';
import type { StationContestView, StationView } from './stationTypes.ts';

/** `undefined` when neither the package nor an amendment knows such a station. */
export function stationView(reader: RecordReader, id: string): StationView | undefined {
	const { context, election, rows } = reader;
	const station = stationOf(context, rows, id);
	if (station === undefined) return undefined;
	const row = rows.get('station', id);
	const events = reader.eventsOf(id);
	const contests = [...election.contests.values()].filter((contest) => inScope(election, contest, station));
	const { name, registered, supplementary, ballots, attributes } = station;
	return {
		stamp: stampOf(reader),
		station: {
			id,
			name,
			...(registered === undefined ? {} : { registered }),
			...(supplementary === undefined ? {} : { supplementary }),
			...(ballots === undefined ? {} : { ballots }),
			attributes,
			added: row?.added === true,
			...(row?.mergedInto === undefined ? {} : { merged_into: row.mergedInto }),
		},
		path: geographicPath(reader, station),
		contests: contests.map((contest) => contestPart(reader, contest, station, events)),
	};
}

function contestPart(
	reader: RecordReader,
	contest: Contest,
	station: Station,
	events: readonly LoggedEvent[],
): StationContestView {
	const { rows, election } = reader;
	const unit = unitOf(rows, contest.id, station.id);
	const row = returnOf(rows, contest.id, station.id, unit.poll);
	const own = events.filter((event) => event.contest === contest.id);
	const times = new Map(own.map(({ index, time }) => [index, time]));
	const captures = captureViews(reader, row, (index) => times.get(index) ?? 0);
	const ceiling = ceilingOf(contest, station);
	return {
		contest: contestHead(reader, contest),
		path: chainOf(election, contest, station).map((id) => namedArea(election, id)),
		poll: unit.poll,
		status: unit.status,
		...(unit.reason === '' ? {} : { status_reason: codeView(election.codes, 'status', unit.reason) }),
		view: returnViewOf(contest, unit, row, isMerged(rows, station.id)),
		...(ceiling === undefined ? {} : { ceiling }),
		captures: captures.views,
		...checkViews({ contest, station }, row),
		...heldBack(reader, row),
		...proceedingsAt(reader, contest, row, own),
		differences: row.differences?.length ?? 0,
		differences_settled: row.settled ?? 0,
		history: historyOf(reader, own, captures),
	};
}

function heldBack(
	{ election: { codes } }: RecordReader,
	{ quarantine, disregard }: ReturnRow,
): Pick<StationContestView, 'quarantine' | 'disregarded'> {
	return {
		...(quarantine === undefined
			? {}
			: { quarantine: { reason: codeView(codes, 'quarantine', quarantine.reason), review: quarantine.review } }),
		...(disregard === undefined ? {} : { disregarded: codeView(codes, 'disregard', disregard) }),
	};
}

function historyOf(reader: RecordReader, events: readonly LoggedEvent[], { images }: Captures) {
	return events.flatMap((event) => historyEntry(reader, event, images) ?? []);
}
