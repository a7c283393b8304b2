/**
 * Rows read lately, kept from one append to the next (`spec/storage.md`, D7). They are true only while the head in the database is the one that we wrote ourselves; whoever
 * finds another head there forgets all of them. Bounded: the row that was not asked for longest goes first.
 */
import type { TableName, Tables } from '@matokeo/core/rules/rows.ts';
import { rowMaps } from '../storage/rowText.ts';

export interface RowCache {
	readonly get: <T extends TableName>(table: T, key: string) => Tables[T] | undefined;
	readonly put: <T extends TableName>(table: T, key: string, row: Tables[T]) => void;
	readonly clear: () => void;
	/**
	 * Learns which rows these tables have, so that a row that does not exist is known not to without asking: for whoever is about to ask for a row of every station of a country. Forgotten with the rows.
	 */
	readonly learnKeys: (tables: readonly TableName[], keysOf: (table: TableName) => readonly string[]) => void;
}

/** Rows kept per table: all totals of a country, and the returns that an evening works on. About 100 MB in all. */
const ROWS_PER_TABLE_MAX = 16_384;

/** Also remembers that a row does not exist. */
export function rowCache(
	read: <T extends TableName>(table: T, key: string) => Tables[T] | undefined,
	max: number = ROWS_PER_TABLE_MAX,
): RowCache {
	const kept = rowMaps<undefined>();
	const keys = new Map<TableName, Set<string>>();

	function remember<T extends TableName>(table: T, key: string, row: Tables[T] | undefined): void {
		const rows: Map<string, Tables[T] | undefined> = kept[table];
		rows.delete(key);
		rows.set(key, row);
		if (rows.size <= max) return;
		const [oldest] = rows.keys();
		if (oldest !== undefined) rows.delete(oldest);
	}

	return {
		get: (table, key) => {
			if (keys.get(table)?.has(key) === false) return undefined;
			const rows = kept[table];
			const found = rows.get(key);
			const row = found === undefined && !rows.has(key) ? read(table, key) : found;
			remember(table, key, row);
			return row;
		},
		put: (table, key, row) => {
			keys.get(table)?.add(key);
			remember(table, key, row);
		},
		clear: () => {
			keys.clear();
			for (const rows of Object.values(kept)) rows.clear();
		},
		learnKeys: (tables, keysOf) => {
			for (const table of tables) if (!keys.has(table)) keys.set(table, new Set(keysOf(table)));
		},
	};
}
