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
		]);
}

function onlyRow({ form }: Report, side: Side, { key, areas, line, other }: OnlyRow): string {
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
		form?.(key)?.path,
	]);
}

function csvRow(cells: readonly (string | number | undefined)[]): string {
	return `${cells.map(csvCell).join(',')}\n`;
}
