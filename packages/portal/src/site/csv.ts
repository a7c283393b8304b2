/**
 * The record as tables (spec/site.md, W8): one row per area, one per station, for everyone who counts with a spreadsheet. RFC 4180 with line feeds, UTF-8 without a mark. A name that a spreadsheet
 * would run as a formula is written with an apostrophe before it, and `datapackage.json` says so. Each row says whether it is of a rehearsal or a parallel count, since tables travel alone.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import { areasOf } from '@matokeo/core/standings/resultInput.ts';
import type { AreaResults } from '@matokeo/core/standings/results.ts';
import { resultsOfArea } from '@matokeo/core/standings/results.ts';
import type { StageResult } from '@matokeo/core/standings/stage.ts';
import type { RecordReader } from '../record.ts';
import { contestHead } from '../views/heads.ts';
import { contestArea, pathTo, stationsUnder } from '../views/places.ts';
import { stationLine } from '../views/stationLine.ts';

type Cell = string | number | undefined;

const FORMULA = /^[=+\-@\t\r]/;
const QUOTED = /[",\n\r]/;

export function csvRow(cells: readonly Cell[]): string {
	return `${cells.map(csvCell).join(',')}\n`;
}

function csvCell(cell: Cell): string {
	if (cell === undefined) return '';
	if (typeof cell === 'number') return String(cell);
	const text = FORMULA.test(cell) ? `'${cell}` : cell;
	return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const COUNTS = [
	'due',
	'missing',
	'no_form_seen',
	'postponed',
	'cancelled',
	'merged',
	'quarantined',
	'disregarded',
	'set_aside',
	'disputed',
	'discrepant',
	'discrepant_open',
	'as_written',
	'flagged',
	'registered',
] as const;

/** Stages of an area in the order of its columns; what is in quarantine is in none of the others. */
export const STAGES = ['reported', 'verified', 'inspected', 'collated', 'quarantine'] as const;

export function areaColumns(contest: Contest): readonly string[] {
	const counted = countedIds(contest);
	const stage = (name: string) => [`${name}_stations`, ...counted.map((id) => `${name}_${id}`)];
	return ['area', 'mode', 'level', 'name', ...COUNTS, ...STAGES.flatMap(stage)];
}

export function* areaRows(reader: RecordReader, contest: Contest): Generator<string> {
	yield csvRow(areaColumns(contest));
	for (const { id, level } of areasOf(reader.election, contest)) {
		const results = resultsOfArea(reader, contest, id);
		const name = reader.election.areas.get(id)?.name ?? id;
		const counts = COUNTS.map((count) => results[count]);
		yield csvRow([id, reader.election.mode, level, name, ...counts, ...stagesOf(contest, results)]);
	}
}

function stagesOf(contest: Contest, { stages, quarantine }: AreaResults): readonly Cell[] {
	const ids = countedIds(contest);
	const cells = ({ stations, votes, categories }: StageResult) => [
		stations,
		...ids.map((id) => votes[id] ?? categories[id]),
	];
	return STAGES.flatMap((name) => cells(name === 'quarantine' ? quarantine : stages[name]));
}

function countedIds(contest: Contest): readonly string[] {
	return contest.fields.filter(({ counted }) => counted).map(({ id }) => id);
}

/** Columns of a station that say yes (1) or no (0). */
export const FLAGS = ['as_written', 'flagged', 'inspected', 'disputed'] as const;

export function stationColumns(reader: RecordReader, contest: Contest): readonly string[] {
	const counted = countedIds(contest);
	const levels = contestHead(reader, contest).levels.map(({ id }) => `area_${id}`);
	const stage = (name: string) => counted.map((id) => `${name}_${id}`);
	return [
		'station',
		'mode',
		'name',
		...levels,
		'registered',
		'poll',
		'status',
		'status_reason',
		'state',
		'differs',
		...FLAGS,
		...stage('reported'),
		...stage('verified'),
	];
}

export function* stationRows(reader: RecordReader, contest: Contest): Generator<string> {
	const { levels } = contestHead(reader, contest);
	const ids = countedIds(contest);
	yield csvRow(stationColumns(reader, contest));
	for (const station of stationsUnder(reader, contest, contest.scope)) {
		const line = stationLine(reader, contest, station);
		const { state, differs, reported, verified } = line.view;
		const flags = FLAGS.map((flag) => (line.view[flag] ? 1 : 0));
		const chain = [...pathTo(reader, contest, line.area.id).map(({ id }) => id), line.area.id];
		const places = levels.map((level) => chain.find((id) => contestArea(reader, contest, id)?.level === level.id));
		const known = [line.registered, line.poll, line.status, line.status_reason?.id, state, differs];
		const votes = [reported, verified].flatMap((figures) => ids.map((_, place) => figures?.[place]));
		yield csvRow([line.id, reader.election.mode, line.name, ...places, ...known, ...flags, ...votes]);
	}
}
