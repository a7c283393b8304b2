/**
 * The record in SQLite (`spec/storage.md`, D1–D6): one transaction per append, durable when it returns, guarded by the head's size so that two processes
 * on one file never both append at an index. It knows no rule and decides nothing.
 */
import { parseRange, printRange } from '@matokeo/core/log/compactRange.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { TableName } from '@matokeo/core/rules/rows.ts';
import { hexDecode, hexEncode } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type Database from 'better-sqlite3';
import type { Batch, Counters, Head, KeptOpening, LoggedStatement, Store } from '../ports/store.ts';
import { Trouble } from '../ports/trouble.ts';
import { parseRow } from './rowText.ts';
import { type EventTable, eventReader, eventTable } from './sqliteEvents.ts';
import { openDatabase, troubled } from './sqliteFile.ts';
import { SQL_NAMES } from './sqliteSchema.ts';

interface StatementRow {
	readonly position: number;
	readonly id: Uint8Array;
	readonly leaf_hash: Uint8Array;
	readonly note: Uint8Array;
}

interface HeadRow {
	readonly size: number;
	readonly root: Uint8Array;
	readonly range: string;
}

interface JsonRow {
	readonly key: string;
	readonly json: string;
}

/** `readonly`: for audits; the file must exist and nothing is written. `still`: readonly, and all that is read is as it stood at the first reading, whatever others commit meanwhile. */
export function openSqliteStore(file: string, mode: 'write' | 'readonly' | 'still' = 'write'): Store {
	const db = opened(file, mode);
	const sql = prepared(db, file);
	let sqlStatements = 0;
	let bytesWritten = 0;
	let transactions = 0;

	const head = (): Head => {
		sqlStatements++;
		const row = troubled(file, () => sql.head.get());
		const range = row === undefined ? undefined : parseRange(row.range);
		if (row === undefined || range === undefined || !range.ok)
			throw new Trouble(
				`${file} has no head that can be read: the database was changed by something else; \`matokeo rebuild\` makes it again from what is published`,
			);
		return { size: row.size, root: row.root, range: range.value };
	};
	const write = db.transaction((batch: Batch): 'committed' | 'conflict' => {
		sqlStatements += 1 + batch.statements.length + batch.rows.length + batch.events.length;
		const bytes = writeBatch(sql, batch);
		if (bytes === undefined) return 'conflict';
		bytesWritten += bytes;
		transactions++;
		return 'committed';
	});
	const { keep, drop } = openingWriter(db, sql);
	const within = <T>(begin: 'BEGIN' | 'BEGIN IMMEDIATE', work: () => T): T => {
		troubled(file, () => db.exec(begin));
		try {
			return work();
		} finally {
			if (db.inTransaction) db.exec('ROLLBACK');
		}
	};

	const reading = <T>(work: () => T): T => {
		sqlStatements++;
		return troubled(file, work);
	};

	return {
		head,
		get: (table, key) => {
			const row = reading(() => sql.get[table].get(key));
			return row === undefined ? undefined : parseRow(table, key, row.json);
		},
		indexOf: (id) => reading(() => sql.indexOf.get(blobOf(id)))?.position,
		statements: (from, to) => reading(() => sql.statements.all(from, to)).map(loggedStatement),
		snapshot: (work) => (mode === 'still' ? work() : within('BEGIN', work)),
		commit: (batch) => {
			assert(batch.head.size === batch.expected + batch.statements.length, 'the head grows by the statements');
			return troubled(file, () => write.immediate(batch));
		},
		alone: (work) => within('BEGIN IMMEDIATE', work),
		awaitedBlobs: () => troubled(file, () => sql.awaited.all()).map(({ key }) => key),
		keepOpenings: (openings) => troubled(file, () => keep.immediate(openings)),
		keptOpenings: (capture) =>
			reading(() => (capture === undefined ? sql.openings.all() : sql.openingsOf.all(capture))),
		dropOpenings: (readings) => troubled(file, () => drop.immediate(readings)),
		keysOf: (table) => troubled(file, () => sql.keys[table].all()).map(({ key }) => key),
		rowsOf: (table) => oneByOne(file, sql.all[table]),
		...eventReader(sql.events, reading),
		counters: (): Counters => ({ sqlStatements, bytesWritten, transactions }),
		close: () => db.close(),
	};
}

function opened(file: string, mode: 'write' | 'readonly' | 'still'): Database.Database {
	const db = openDatabase(file, mode === 'write' ? 'write' : 'readonly');
	if (mode === 'still') troubled(file, () => db.exec('BEGIN'));
	return db;
}

function openingWriter(db: Database.Database, sql: Statements) {
	return {
		keep: db.transaction((openings: readonly KeptOpening[]) => {
			for (const { reading, capture, json } of openings) sql.keepOpening.run(reading, capture, json);
		}),
		drop: db.transaction((readings: readonly StatementId[]) => {
			for (const reading of readings) sql.dropOpening.run(reading);
		}),
	};
}

/** Bytes handed to the database; `undefined` when the head is not at the size that the batch was decided at. */
function writeBatch(sql: Statements, { head, expected, statements, rows, events }: Batch): number | undefined {
	let bytes = 0;
	if (sql.setHead.run(head.size, head.root, printRange(head.range), expected).changes !== 1) return undefined;
	for (const { index, id, leafHash, note } of statements) {
		sql.addStatement.run(index, blobOf(id), leafHash, note);
		bytes += note.length + 72;
	}
	for (const { table, key, json } of rows) {
		sql.put[table].run(key, json);
		bytes += key.length + json.length;
	}
	for (const event of events) {
		sql.events.add(event);
		bytes += event.contest.length + event.station.length + event.type.length + event.json.length + 20;
	}
	return bytes;
}

interface Statements {
	readonly events: EventTable;
	readonly head: Database.Statement<[], HeadRow>;
	readonly setHead: Database.Statement<[number, Uint8Array, string, number]>;
	readonly addStatement: Database.Statement<[number, Uint8Array, Uint8Array, Uint8Array]>;
	readonly indexOf: Database.Statement<[Uint8Array], { readonly position: number }>;
	readonly statements: Database.Statement<[number, number], StatementRow>;
	readonly awaited: Database.Statement<[], { readonly key: string }>;
	readonly keepOpening: Database.Statement<[string, string, string]>;
	readonly openings: Database.Statement<[], KeptOpening>;
	readonly openingsOf: Database.Statement<[string], KeptOpening>;
	readonly dropOpening: Database.Statement<[string]>;
	readonly get: Readonly<Record<TableName, Database.Statement<[string], JsonRow>>>;
	readonly put: Readonly<Record<TableName, Database.Statement<[string, string]>>>;
	readonly all: Readonly<Record<TableName, Database.Statement<[], JsonRow>>>;
	readonly keys: Readonly<Record<TableName, Database.Statement<[], { readonly key: string }>>>;
}

/** The rows of a large table are not all in memory at once; a damaged page may be met at any of them. */
function* oneByOne(file: string, rows: Database.Statement<[], JsonRow>): Generator<JsonRow> {
	const all = troubled(file, () => rows.iterate());
	for (let next = troubled(file, () => all.next()); next.done !== true; next = troubled(file, () => all.next()))
		yield next.value;
}

function prepared(db: Database.Database, file: string): Statements {
	try {
		return troubled(file, () => prepare(db));
	} catch (error) {
		db.close();
		throw error;
	}
}

function prepare(db: Database.Database): Statements {
	return {
		events: eventTable(db),
		head: db.prepare('SELECT size, root, range FROM head'),
		setHead: db.prepare('UPDATE head SET size = ?, root = ?, range = ? WHERE size = ?'),
		addStatement: db.prepare('INSERT INTO statement (position, id, leaf_hash, note) VALUES (?, ?, ?, ?)'),
		indexOf: db.prepare('SELECT position FROM statement WHERE id = ?'),
		statements: db.prepare(
			'SELECT position, id, leaf_hash, note FROM statement WHERE position >= ? AND position < ? ORDER BY position',
		),
		awaited: db.prepare('SELECT key FROM blob WHERE held = 0 ORDER BY key'),
		keepOpening: db.prepare('INSERT OR REPLACE INTO opening (reading, capture, json) VALUES (?, ?, ?)'),
		openings: db.prepare('SELECT reading, capture, json FROM opening ORDER BY reading'),
		openingsOf: db.prepare('SELECT reading, capture, json FROM opening WHERE capture = ? ORDER BY reading'),
		dropOpening: db.prepare('DELETE FROM opening WHERE reading = ?'),
		get: forEachTable((name) => db.prepare(`SELECT key, json FROM ${name} WHERE key = ?`)),
		put: forEachTable((name) =>
			db.prepare(`INSERT INTO ${name} (key, json) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET json = excluded.json`),
		),
		all: forEachTable((name) => db.prepare(`SELECT key, json FROM ${name} ORDER BY key`)),
		keys: forEachTable((name) => db.prepare(`SELECT key FROM ${name}`)),
	};
}

function forEachTable<T>(make: (name: string) => T): Readonly<Record<TableName, T>> {
	const one = (table: TableName): T => make(SQL_NAMES[table]);
	return {
		log: one('log'),
		key: one('key'),
		keyUse: one('keyUse'),
		unit: one('unit'),
		return: one('return'),
		capture: one('capture'),
		blob: one('blob'),
		station: one('station'),
		candidate: one('candidate'),
		total: one('total'),
		original: one('original'),
		witness: one('witness'),
		witnessing: one('witnessing'),
		contest: one('contest'),
		collation: one('collation'),
		mark: one('mark'),
		sheet: one('sheet'),
		act: one('act'),
		objection: one('objection'),
		notice: one('notice'),
		order: one('order'),
		clock: one('clock'),
		amended: one('amended'),
		count: one('count'),
		lodger: one('lodger'),
		access: one('access'),
	};
}

function loggedStatement({ position, id, leaf_hash, note }: StatementRow): LoggedStatement {
	return { index: position, id: hexEncode(id), leafHash: leaf_hash, note };
}

function blobOf(id: StatementId): Uint8Array {
	const bytes = hexDecode(id);
	assert(bytes !== undefined, 'a statement id is hex');
	return bytes;
}
