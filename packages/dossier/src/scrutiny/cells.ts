/** Cells of the tables of a pack (Y9): moments twice, for people and for programs; lists and members in one cell, in one spelling. What a spreadsheet would run as a formula, `csvRow` writes as text. */
import { byCodeUnits } from '@matokeo/core/std/canonical.ts';
import { csvRow } from '@matokeo/portal/site/csv.ts';

export type Cell = string | number | undefined;

/** Two cells: ISO 8601 in UTC, and seconds. */
export function moment(seconds: number | undefined): readonly [Cell, Cell] {
	if (seconds === undefined || seconds === 0) return [undefined, undefined];
	return [`${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`, seconds];
}

export const MOMENT = (name: string): readonly string[] => [`${name}_utc`, `${name}_seconds`];

export function list(items: readonly string[]): Cell {
	return items.length === 0 ? undefined : items.join('; ');
}

/** `name=value; …`, by name. */
export function members(values: Readonly<Record<string, string | number>>): Cell {
	return list(
		Object.entries(values)
			.sort(([a], [b]) => byCodeUnits(a, b))
			.map(([name, value]) => `${name}=${value}`),
	);
}

/** A table as text, made row by row when it is written. */
export function* table(columns: readonly string[], rows: Iterable<readonly Cell[]>): Generator<string> {
	yield csvRow(columns);
	for (const row of rows) yield csvRow(row);
}
