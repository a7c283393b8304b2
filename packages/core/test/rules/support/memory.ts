/** Rows in memory for tests: what a server keeps in its database and a verifier packed, here in plain maps that can be copied. */
import { leafHash, rootOf } from '../../../src/log/merkle.ts';
import type { RowReader, Rows, TableName, Tables } from '../../../src/rules/rows.ts';
import { portableSuite } from '../../../src/std/portable.ts';

export type Contents = Readonly<Record<string, unknown>>;

export interface MemoryRows extends Rows {
	/** The next index. */
	readonly size: () => number;
	/** A leaf that was decided: its text is logged. */
	readonly logged: (id: string, bytes: Uint8Array) => void;
	/** A leaf that was refused and stands in the log nevertheless. */
	readonly voided: (bytes: Uint8Array) => void;
	/** Leaves as they lie in the log, void ones too. */
	readonly notes: () => readonly Uint8Array[];
	/** Every row as `table key` → row, sorted; a deep copy that later changes do not reach. */
	readonly contents: () => Contents;
	/** The same rows and log in new maps, each row through its JSON spelling. */
	readonly copy: () => MemoryRows;
	readonly keysOf: (table: TableName) => readonly string[];
}

interface Parts {
	readonly tables: Map<string, unknown>;
	readonly ids: Map<string, number>;
	readonly leaves: Uint8Array[];
	readonly notes: Uint8Array[];
}

export function memoryRows(
	parts: Parts = { tables: new Map<string, unknown>(), ids: new Map<string, number>(), leaves: [], notes: [] },
): MemoryRows {
	const { tables, ids, leaves, notes } = parts;
	return {
		get: <T extends TableName>(table: T, key: string) => tables.get(`${table} ${key}`) as Tables[T] | undefined,
		put: (table, key, row) => void tables.set(`${table} ${key}`, Object.freeze(row)),
		indexOf: (id) => ids.get(id),
		rootAt: (size) => (size <= leaves.length ? rootOf(portableSuite, leaves.slice(0, size)) : undefined),
		size: () => leaves.length,
		logged: (id, bytes) => {
			ids.set(id, leaves.length);
			leaves.push(leafHash(portableSuite, bytes));
			notes.push(bytes);
		},
		voided: (bytes) => {
			leaves.push(leafHash(portableSuite, bytes));
			notes.push(bytes);
		},
		notes: () => notes,
		contents: () => sortedCopy(tables),
		copy: () =>
			memoryRows({
				tables: new Map(Object.entries(sortedCopy(tables))),
				ids: new Map(ids),
				leaves: [...leaves],
				notes: [...notes],
			}),
		keysOf: (table) =>
			[...tables.keys()].filter((key) => key.startsWith(`${table} `)).map((key) => key.slice(table.length + 1)),
	};
}

/** Rows that may only be read: whoever writes through them fails the test. */
export function readOnly(rows: MemoryRows): RowReader {
	return { get: rows.get, indexOf: rows.indexOf, rootAt: rows.rootAt };
}

function sortedCopy(tables: ReadonlyMap<string, unknown>): Contents {
	const entries = [...tables].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
	return JSON.parse(JSON.stringify(Object.fromEntries(entries))) as Contents;
}
