/**
 * The tables of a log in SQLite (`spec/storage.md`, D1–D4). Rows are a key and canonical JSON; the other columns are computed from these two by SQLite itself, so that
 * lists and queues can ask for them and no second truth exists.
 */
import type { TableName } from '@matokeo/core/rules/rows.ts';
import { EVENT_SCHEMA } from './sqliteEvents.ts';

/** `MTKO`: says to tools, and to us, whose file this is. */
export const APPLICATION_ID = 0x4d_54_4b_4f;
/** Raised by every change of the tables; there is no migration but `matokeo rebuild`. */
export const SCHEMA_VERSION = 4;

export const SQL_NAMES: Readonly<Record<TableName, string>> = {
	log: 'log_state',
	key: 'key',
	keyUse: 'key_use',
	unit: 'unit',
	return: '"return"',
	capture: 'capture',
	blob: 'blob',
	station: 'station',
	candidate: 'candidate',
	total: 'area_total',
	original: 'original',
	witness: 'witness',
	witnessing: 'witnessing',
	contest: 'contest',
	collation: 'collation',
	mark: 'mark',
	sheet: 'sheet',
	act: 'act',
	objection: 'objection',
	notice: 'notice',
	order: '"order"',
	clock: 'clock',
	amended: 'amended',
	count: 'comparison_count',
	lodger: 'lodger',
	access: 'access',
};

/** Parts of a key, which stand between upright bars. */
const FIRST = `substr(key, 1, instr(key, '|') - 1)`;
const REST = `substr(key, instr(key, '|') + 1)`;
const SECOND = `substr(${REST}, 1, instr(${REST}, '|') - 1)`;
const THIRD = `substr(${REST}, instr(${REST}, '|') + 1)`;

const part = (name: string, expression: string) => `${name} TEXT AS (${expression}) VIRTUAL`;
const flag = (name: string, path: string) => `${name} INTEGER AS (json_extract(json, '${path}') IS NOT NULL) VIRTUAL`;

const COLUMNS: Readonly<Partial<Record<TableName, readonly string[]>>> = {
	key: [part('role', `json_extract(json, '$.role')`), part('holder', `json_extract(json, '$.holder')`)],
	unit: [part('contest', FIRST), part('station', REST), part('status', `json_extract(json, '$.status')`)],
	return: [
		part('contest', FIRST),
		part('station', SECOND),
		part('poll', THIRD),
		flag('quarantined', '$.quarantine'),
		flag('disregarded', '$.disregard'),
		flag('discrepant', '$.differences'),
	],
	blob: [flag('held', '$.held'), flag('withheld', '$.withheld')],
	total: [part('contest', FIRST), part('area', REST)],
};

/** Returns can be a few kilobytes and sheets a few megabytes; a table without row ids would carry them through the inner pages of its tree. */
const WITH_ROWID = new Set<TableName>(['return', 'sheet']);

function rowTable(table: TableName, name: string): string {
	const columns = ['key TEXT NOT NULL PRIMARY KEY', 'json TEXT NOT NULL', ...(COLUMNS[table] ?? [])];
	const options = WITH_ROWID.has(table) ? 'STRICT' : 'STRICT, WITHOUT ROWID';
	return `CREATE TABLE ${name} (${columns.join(', ')}) ${options};`;
}

export function schema(tables: readonly TableName[]): string {
	return [
		'CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), size INTEGER NOT NULL, root BLOB NOT NULL, range TEXT NOT NULL) STRICT;',
		'CREATE TABLE statement (position INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, leaf_hash BLOB NOT NULL, note BLOB NOT NULL) STRICT;',
		'CREATE TABLE opening (reading TEXT NOT NULL PRIMARY KEY, capture TEXT NOT NULL, json TEXT NOT NULL) STRICT, WITHOUT ROWID;',
		...tables.map((table) => rowTable(table, SQL_NAMES[table])),
		'CREATE INDEX opening_capture ON opening (capture);',
		EVENT_SCHEMA,
		'CREATE INDEX blob_awaited ON blob (key) WHERE held = 0;',
		`PRAGMA application_id = ${APPLICATION_ID};`,
		`PRAGMA user_version = ${SCHEMA_VERSION};`,
	].join('\n');
}

/**
 * `synchronous=FULL` makes a commit durable before it is answered; WAL lets readers read meanwhile. The cache (in KiB, hence negative) holds the index of statement
 * ids of a country, whose lookups are random. A schema that came from elsewhere gets no say in what functions run.
 */
export const PRAGMAS: readonly string[] = [
	'journal_mode = WAL',
	'synchronous = FULL',
	'trusted_schema = OFF',
	'cell_size_check = ON',
	'cache_size = -131072',
	'temp_store = MEMORY',
	'journal_size_limit = 67108864',
	'wal_autocheckpoint = 4000',
];
