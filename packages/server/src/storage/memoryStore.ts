/**
 * The memory twin of the database: the same contract, nothing durable. It is what tests and audits run on, and what shows that nothing above the port depends on
 * SQL. Rows are kept as their text, as a database keeps them, so that nobody can change a row that somebody else holds.
 */
import { EMPTY_RANGE } from '@matokeo/core/log/compactRange.ts';
import { emptyRoot } from '@matokeo/core/log/merkle.ts';
import type { TableName } from '@matokeo/core/rules/rows.ts';
import { portableSuite } from '@matokeo/core/std/portable.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type {
	Arrivals,
	Batch,
	EventReader,
	EventRecord,
	Head,
	KeptOpening,
	LoggedStatement,
	Store,
} from '../ports/store.ts';
import { parseRow, TABLES } from './rowText.ts';

/** Everything that a store held at one moment; later commits do not reach it. */
export interface StoreContent {
	readonly head: Head;
	readonly statements: readonly LoggedStatement[];
	readonly tables: ReadonlyMap<TableName, ReadonlyMap<string, string>>;
	readonly openings: ReadonlyMap<string, KeptOpening>;
	readonly events: readonly EventRecord[];
}

export interface MemoryStore extends Store {
	readonly copy: () => StoreContent;
	/** What is held now is what was copied then: a backup put back, a machine's snapshot. */
	readonly restore: (content: StoreContent) => void;
	/** A row as its text stands. */
	readonly text: (table: TableName, key: string) => string | undefined;
	/** Somebody edits a row behind the back of the rules, or removes it. */
	readonly tamper: (table: TableName, key: string, json: string | undefined) => void;
}

/** What is held, as it stands; `indexes` follows from the statements. */
interface Held {
	head: Head;
	readonly statements: LoggedStatement[];
	readonly indexes: Map<string, number>;
	readonly tables: Map<TableName, Map<string, string>>;
	readonly openings: Map<string, KeptOpening>;
	readonly events: EventRecord[];
}

export function memoryStore(): MemoryStore {
	const held: Held = {
		head: { size: 0, root: emptyRoot(portableSuite), range: EMPTY_RANGE },
		statements: [],
		indexes: new Map(),
		tables: new Map(TABLES.map((table) => [table, new Map<string, string>()])),
		openings: new Map(),
		events: [],
	};
	const { statements, openings, events } = held;
	let transactions = 0;
	let bytesWritten = 0;
	let alone = false;

	return {
		head: () => held.head,
		get: (table, key) => {
			const json = tableOf(held, table).get(key);
			return json === undefined ? undefined : parseRow(table, key, json);
		},
		indexOf: (id) => held.indexes.get(id),
		statements: (from, to) => statements.slice(from, to),
		snapshot: (work) => work(),
		commit: (batch) => {
			assert(!alone, 'nothing is committed while somebody is alone');
			if (batch.expected !== held.head.size) return 'conflict';
			bytesWritten += write(held, batch);
			transactions++;
			return 'committed';
		},
		alone: (work) => {
			alone = true;
			try {
				return work();
			} finally {
				alone = false;
			}
		},
		awaitedBlobs: () => awaited(tableOf(held, 'blob')),
		keepOpenings: (kept) => {
			for (const opening of kept) openings.set(opening.reading, opening);
		},
		keptOpenings: (capture) =>
			[...openings.values()].filter((kept) => capture === undefined || kept.capture === capture),
		dropOpenings: (readings) => {
			for (const reading of readings) openings.delete(reading);
		},
		keysOf: (table) => [...tableOf(held, table).keys()],
		rowsOf: (table) => [...tableOf(held, table)].map(([key, json]) => ({ key, json })),
		...readerOf(events),
		counters: () => ({ sqlStatements: 0, bytesWritten, transactions }),
		close: () => undefined,
		copy: () => copyOf(held),
		restore: (content) => putBack(held, content),
		text: (table, key) => tableOf(held, table).get(key),
		tamper: (table, key, json) => {
			if (json === undefined) tableOf(held, table).delete(key);
			else tableOf(held, table).set(key, json);
		},
	};
}

function tableOf({ tables }: Held, table: TableName): Map<string, string> {
	const rows = tables.get(table);
	assert(rows !== undefined, 'every table of the rules is kept');
	return rows;
}

/** Answers how many bytes that were. */
function write(held: Held, batch: Batch): number {
	let bytes = 0;
	assert(batch.head.size === held.head.size + batch.statements.length, 'the head grows by the statements of the batch');
	for (const statement of batch.statements) {
		assert(!held.indexes.has(statement.id), 'a text is logged once');
		held.indexes.set(statement.id, statement.index);
		held.statements.push(statement);
		bytes += statement.note.length;
	}
	for (const { table, key, json } of batch.rows) {
		tableOf(held, table).set(key, json);
		bytes += key.length + json.length;
	}
	held.events.push(...[...batch.events].sort(inOrder));
	held.head = batch.head;
	return bytes;
}

function copyOf({ head, statements, tables, openings, events }: Held): StoreContent {
	return {
		head,
		statements: [...statements],
		tables: new Map([...tables].map(([table, rows]) => [table, new Map(rows)])),
		openings: new Map(openings),
		events: [...events],
	};
}

function putBack(held: Held, content: StoreContent): void {
	held.head = content.head;
	refill(held.statements, content.statements);
	refill(held.events, content.events);
	held.indexes.clear();
	for (const { id, index } of content.statements) held.indexes.set(id, index);
	for (const [table, rows] of content.tables) held.tables.set(table, new Map(rows));
	held.openings.clear();
	for (const [reading, kept] of content.openings) held.openings.set(reading, kept);
}

function refill<T>(list: T[], content: readonly T[]): void {
	list.length = 0;
	for (const one of content) list.push(one);
}

function awaited(blobs: ReadonlyMap<string, string>): readonly string[] {
	const rows = [...blobs].map(([key, json]) => ({ key, row: parseRow('blob', key, json) }));
	return rows.filter(({ row }) => row.held === undefined).map(({ key }) => key);
}

function inOrder(a: EventRecord, b: EventRecord): number {
	if (a.index !== b.index) return a.index - b.index;
	if (a.contest !== b.contest) return a.contest < b.contest ? -1 : 1;
	return a.station < b.station ? -1 : 1;
}

function readerOf(events: readonly EventRecord[]): EventReader {
	return {
		events: (from, to) => events.filter(({ index }) => index >= from && index < to),
		eventsOf: (wanted) => events.filter(({ station }) => station === wanted),
		changes: (contest, from, count) => changesOf(events, contest).slice(from, from + count),
		changeCount: (contest) => changesOf(events, contest).length,
		latestChanges: (count) =>
			events
				.filter(({ changed }) => changed)
				.slice(-count)
				.reverse(),
		arrivals: (contest, step) => arrivalsOf(events, contest, step),
	};
}

function changesOf(events: readonly EventRecord[], wanted: string): readonly EventRecord[] {
	return events.filter(({ changed, contest }) => changed && (contest === wanted || contest === ''));
}

function arrivalsOf(events: readonly EventRecord[], wanted: string, step: number): readonly Arrivals[] {
	const forms = new Map<number, number>();
	for (const { contest, arrived, time } of events) {
		if (contest !== wanted || !arrived) continue;
		const begins = Math.floor(time / step) * step;
		forms.set(begins, (forms.get(begins) ?? 0) + 1);
	}
	return [...forms].map(([time, count]) => ({ time, forms: count })).sort((a, b) => a.time - b.time);
}
