/**
 * Every row of every table against the rows that the log gives, byte for byte (D2). What differs is named with its station and the statement that last changed it.
 */
import type { RowReader, TableName } from '@matokeo/core/rules/rows.ts';
import type { Store } from '../ports/store.ts';
import { printRow, TABLES } from '../storage/rowText.ts';
import { type Finding, type Findings, stationOfKey } from './finding.ts';
import type { Replay } from './replay.ts';

/** Rows compared. */
export function compareRows(store: Store, { tables, rows }: Replay, found: Findings): number {
	let compared = 0;
	for (const table of TABLES) {
		const seen = new Set<string>();
		for (const { key, json } of store.rowsOf(table)) {
			seen.add(key);
			compared++;
			const row = tables[table].get(key);
			const expected = row === undefined ? undefined : printRow(row);
			if (expected === json) continue;
			const problem =
				expected === undefined
					? 'the database has a row that the log does not give'
					: `the database says ${excerpt(json, expected)}, the log gives ${excerpt(expected, json)}`;
			found.add(named(rows, table, key, problem));
		}
		for (const key of tables[table].keys()) {
			if (seen.has(key)) continue;
			compared++;
			found.add(named(rows, table, key, 'the log gives a row that the database does not have'));
		}
	}
	return compared;
}

/** Tables whose keys are ids of statements. */
const BY_STATEMENT: ReadonlySet<TableName> = new Set([
	'capture',
	'original',
	'mark',
	'sheet',
	'act',
	'objection',
	'notice',
	'order',
	'count',
	'access',
]);

function named(rows: RowReader, table: TableName, key: string, problem: string): Finding {
	const station = stationIn(rows, table, key) ?? stationOfKey(table, key);
	const statement = BY_STATEMENT.has(table) ? key : table === 'return' ? rows.get('return', key)?.last : undefined;
	return {
		where: `table ${table}, row "${key}"`,
		problem,
		...(station === undefined ? {} : { station }),
		...(statement === undefined ? {} : { statement }),
	};
}

/** The station that the row which the log gives is about. */
function stationIn(rows: RowReader, table: TableName, key: string): string | undefined {
	switch (table) {
		case 'capture':
		case 'original':
		case 'objection':
			return rows.get(table, key)?.station;
		case 'order': {
			const order = rows.get('order', key)?.order;
			return order !== undefined && 'station' in order ? order.station : undefined;
		}
		default:
			return undefined;
	}
}

const EXCERPT_MAX = 160;

/** The part of a long text around the first character in which it differs from another. */
function excerpt(text: string, other: string): string {
	if (text.length <= EXCERPT_MAX) return text;
	let at = 0;
	while (at < text.length && text[at] === other[at]) at++;
	const from = Math.max(0, at - EXCERPT_MAX / 4);
	return `${from > 0 ? '…' : ''}${text.slice(from, from + EXCERPT_MAX)}…`;
}
