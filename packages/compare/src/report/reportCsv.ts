/**
 * What differs, as a table for whoever works with a spreadsheet (K43): one row for each differing figure, then one for each row that only one side has. Cells that a spreadsheet would run as a formula
 * get an apostrophe before them (K44).
 */
import type { DifferingStation, OnlyRow, Side } from '../comparison.ts';
import { type Report, SIDES } from './report.ts';
import { csvCell } from './shown.ts';

const COLUMNS = [
	'kind',
	'key',
	'areas',
	'field',
	'a',
	'b',
	'difference',
	'consistent_with',
	'line_a',
	'line_b',
	'form',
	'mode',
];

export function* reportCsv(report: Report): Generator<string> {
	yield `${COLUMNS.join(',')}\n`;
	for (const station of report.comparison.stations) for (const row of differingRows(report, station)) yield row;
	for (const side of SIDES) for (const row of report.comparison.only[side]) yield onlyRow(report, side, row);
}

function* differingRows(report: Report, station: DifferingStation): Generator<string> {
	const { key, areas, fields, patterns, line_a, line_b } = station;
	for (const { field, a, b, text_a, text_b, difference } of fields)
		yield csvRow([
			'differs',
			key,
			areas.join(' / '),
			field,
			a ?? text_a,
			b ?? text_b,
			difference,
			patterns.join(' '),
			line_a,
			line_b,
			report.form?.(key)?.path,
			modeOf(report),
		]);
}

function onlyRow(report: Report, side: Side, { key, areas, line, other }: OnlyRow): string {
	const lines = side === 'a' ? [line, undefined] : [undefined, line];
	return csvRow([
		`only_in_${side}`,
		key,
		areas.join(' / '),
		undefined,
		undefined,
		undefined,
		undefined,
		other,
		...lines,
		report.form?.(key)?.path,
		modeOf(report),
	]);
}

/** Rehearsal or parallel count, where a side is a log of one: a table travels alone. */
function modeOf({ sources }: Report): string | undefined {
	const modes = SIDES.flatMap((side) => (sources[side].kind === 'log' ? [sources[side].mode] : []));
	const told = modes.filter((mode) => mode !== 'official');
	return told.length === 0 ? undefined : [...new Set(told)].join(' ');
}

function csvRow(cells: readonly (string | number | undefined)[]): string {
	return `${cells.map(csvCell).join(',')}\n`;
}
