/**
 * The rows of one append in the making: what it reads comes from the store, what it writes stays here until the whole append is committed in one
 * transaction (`spec/storage.md`, D5). Thrown away, nothing has happened.
 */
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Rows, TableName, Tables } from '@matokeo/core/rules/rows.ts';
import type { RowChange } from '../ports/store.ts';
import { printRow, type RowMaps, rowMaps, TABLES } from '../storage/rowText.ts';
import type { RowCache } from './rowCache.ts';

export interface Overlay extends Rows {
	readonly logged: (id: StatementId, index: number) => void;
	/** Every row that was written, once, in its last form. */
	readonly changes: () => readonly RowChange[];
	/** Hands the rows to the cache, once they are committed. */
	readonly settle: () => void;
}

export interface Beneath {
	readonly cache: RowCache;
	readonly indexOf: (id: StatementId) => number | undefined;
	readonly rootAt: (size: number) => Uint8Array | undefined;
}

export function overlay({ cache, indexOf, rootAt }: Beneath): Overlay {
	const written: RowMaps = rowMaps();
	/** Asked of the store once per append: the same id is asked for when it is sent, and again by `decide`. */
	const indexes = new Map<StatementId, number | undefined>();

	function put<T extends TableName>(table: T, key: string, row: Tables[T]): void {
		const rows: Map<string, Tables[T]> = written[table];
		rows.set(key, row);
	}

	function settleTable<T extends TableName>(table: T): void {
		const rows: Map<string, Tables[T]> = written[table];
		for (const [key, row] of rows) cache.put(table, key, row);
	}

	return {
		get: (table, key) => written[table].get(key) ?? cache.get(table, key),
		put,
		indexOf: (id) => {
			if (!indexes.has(id)) indexes.set(id, indexOf(id));
			return indexes.get(id);
		},
		rootAt,
		logged: (id, index) => indexes.set(id, index),
		changes: () =>
			TABLES.flatMap((table) => [...written[table]].map(([key, row]) => ({ table, key, json: printRow(row) }))),
		settle: () => {
			for (const table of TABLES) settleTable(table);
		},
	};
}
