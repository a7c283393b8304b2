/**
 * The manifest of forms (Y9): one row for every sheet that was ever captured, one for every image of it, one for every paper original that was seen; with what the log says of each, its attributes as they were observed, and how its return stands
 * at the end of this log. Two sets of "the same" forms can be compared by digests.
 */
import type { FormOriginal } from '@matokeo/core/record/acts.ts';
import type { FormCapture } from '@matokeo/core/record/statement.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { countedCapture } from '@matokeo/core/rules/returns.ts';
import { type CaptureRow, type ReturnRow, returnKey, unitKey } from '@matokeo/core/rules/rows.ts';
import { isMerged } from '@matokeo/core/rules/stations.ts';
import { returnViewOf } from '@matokeo/core/standings/returnView.ts';
import { type Cell, list, MOMENT, members, moment, table } from './cells.ts';
import type { PackFile } from './packFile.ts';
import { contestOf, type SaidAt, type ScrutinyRecord } from './record.ts';

export interface FormBook {
	readonly visit: (said: SaidAt) => void;
	readonly files: (record: ScrutinyRecord) => readonly PackFile[];
	readonly captures: () => readonly Captured[];
}

export interface Captured extends SaidAt {
	readonly statement: FormCapture;
}

interface Seen extends SaidAt {
	readonly statement: FormOriginal;
}

export function formBook(context: Context): FormBook {
	const captures: Captured[] = [];
	const originals: Seen[] = [];
	return {
		captures: () => captures,
		visit: ({ statement, ...at }) => {
			if (statement.type === 'form/capture') captures.push({ ...at, statement });
			if (statement.type === 'form/original') originals.push({ ...at, statement });
		},
		files: (record) => {
			const stateOf = statesOf(context, record);
			const images = captures.flatMap((one) => imageLines(context, record, one));
			return [
				{
					path: 'forms/manifest.csv',
					content: table(
						COLUMNS,
						lazily(captures, (one) => captureLine(record, one, stateOf)),
					),
				},
				{ path: 'forms/images.csv', content: table(IMAGE_COLUMNS, images) },
				{
					path: 'forms/originals.csv',
					content: table(
						ORIGINAL_COLUMNS,
						lazily(originals, (one) => originalLine(record, one)),
					),
				},
			];
		},
	};
}

const COLUMNS = [
	'contest',
	'station',
	'area',
	'poll',
	'capture',
	'kind',
	'route',
	'serial',
	'index',
	...MOMENT('time'),
	'signer',
	'images',
	'held_index',
	...MOMENT('held'),
	'counted',
	'readings',
	'accepted_reading',
	'accepted_by',
	'fails',
	'agents',
	'attributes',
	'replaces',
	'replaces_reason',
	'originals_seen',
	'return_state',
	'return_differs',
];
const IMAGE_COLUMNS = ['sha256', 'size', 'kind', 'state', 'contest', 'station', 'poll', 'capture', 'index'];
const ORIGINAL_COLUMNS = [
	'contest',
	'station',
	'poll',
	'original',
	'index',
	...MOMENT('time'),
	'signer',
	'custody_from',
	'seal',
	'serial',
	'attributes',
	'reading',
	'differs',
	'late',
];

function* lazily<T>(items: readonly T[], line: (item: T) => readonly Cell[]): Generator<readonly Cell[]> {
	for (const item of items) yield line(item);
}

function returnOf(
	{ tables }: ScrutinyRecord,
	{ contest, station, poll }: FormCapture | FormOriginal,
): ReturnRow | undefined {
	return station === undefined ? undefined : tables.return.get(returnKey(contest, station, poll));
}

function captureLine(
	record: ScrutinyRecord,
	{ index, time, id, statement }: Captured,
	stateOf: (statement: FormCapture) => readonly [Cell, Cell],
): readonly Cell[] {
	const { contest, station, area, poll, kind, route, serial, by, images, agents, attributes, replaces } = statement;
	const row = returnOf(record, statement);
	const own = row?.captures.find((one) => one.id === id);
	const counted = row === undefined ? undefined : countedCapture(row);
	const originals = (row?.originals ?? []).map((one) => one.id);
	return [
		contest,
		station,
		area,
		poll,
		id,
		kind,
		route,
		serial,
		index,
		...moment(time),
		list(by),
		list(images.map(({ sha256 }) => sha256)),
		own?.held,
		...moment(own?.held === undefined ? undefined : record.timeOf(own.held)),
		row === undefined ? undefined : counted?.id === id ? 'yes' : 'no',
		...readingCells(own),
		list((agents ?? []).map(({ party, mark }) => `${party}=${mark}`)),
		members(attributes ?? {}),
		replaces?.capture,
		replaces?.reason,
		list(originals),
		...stateOf(statement),
	];
}

function readingCells(own: CaptureRow | undefined): readonly Cell[] {
	const readings = (own?.readings ?? []).map(({ id, clerk }) => `${id} ${clerk}`);
	return [list(readings), own?.accepted?.reading, own?.accepted?.by, list(own?.accepted?.fails ?? [])];
}

/** How the return of a capture stands at the end of this log. */
function statesOf(context: Context, record: ScrutinyRecord): (statement: FormCapture) => readonly [Cell, Cell] {
	const { tables, rows } = record;
	return (statement) => {
		const { contest, station } = statement;
		const row = returnOf(record, statement);
		const known = contestOf(context, contest);
		if (station === undefined || row === undefined || known === undefined) return [undefined, undefined];
		const unit = tables.unit.get(unitKey(contest, station)) ?? { poll: 1, status: 'planned', reason: '' };
		const { state, differs } = returnViewOf(known, unit, row, isMerged(rows, station));
		return [state, differs];
	};
}

function imageLines(
	{ election }: Context,
	{ tables }: ScrutinyRecord,
	{ index, id, statement }: Captured,
): readonly (readonly Cell[])[] {
	const { contest, station, poll, images } = statement;
	return images.map(({ sha256, size, kind }) => {
		const blob = tables.blob.get(sha256);
		const open = election.publicImages.includes(kind);
		const held = blob?.held === undefined ? 'not held' : open ? 'held, public' : 'held, sealed';
		return [sha256, size, kind, blob?.withheld === undefined ? held : 'withheld', contest, station, poll, id, index];
	});
}

function originalLine(record: ScrutinyRecord, { index, time, id, statement }: Seen): readonly Cell[] {
	const { contest, station, poll, by, custody, serial, attributes, reading, differs } = statement;
	const row = returnOf(record, statement)?.originals?.find((one) => one.id === id);
	return [
		contest,
		station,
		poll,
		id,
		index,
		...moment(time),
		list(by),
		custody.from,
		custody.seal,
		serial,
		members(attributes ?? {}),
		reading,
		list(differs),
		row?.late === true ? 'yes' : 'no',
	];
}
