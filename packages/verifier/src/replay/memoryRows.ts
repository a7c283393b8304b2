/**
 * The state of an election in plain tables, as `decide` and `fold` ask for it: one `Map` per table. For tests, small elections and browsers; what must
 * hold a country uses `packedRows.ts`, which answers the same.
 */
import type { Rows, TableName, Tables } from '@matokeo/core/rules/rows.ts';

/** Rows that also remember which statements stand in the log. */
export interface ReplayRows extends Rows {
	/** From here on `indexOf` knows this statement. */
	readonly remember: (id: string, index: number) => void;
	/** `get` for somebody who passes by all rows once. */
	readonly peek: Rows['get'];
	/** Every row of a table with its key, in no promised order. */
	readonly entries: <T extends TableName>(table: T) => Iterable<readonly [string, Tables[T]]>;
}

type Stores = { readonly [T in TableName]: Map<string, Tables[T]> };

/** `rootAt` answers for the log that is being replayed. */
export function memoryRows(rootAt: Rows['rootAt']): ReplayRows {
	const stores: Stores = {
		log: new Map(),
		key: new Map(),
		keyUse: new Map(),
		unit: new Map(),
		return: new Map(),
		capture: new Map(),
		blob: new Map(),
		station: new Map(),
		candidate: new Map(),
		total: new Map(),
		original: new Map(),
		witness: new Map(),
		witnessing: new Map(),
		contest: new Map(),
		collation: new Map(),
		mark: new Map(),
		sheet: new Map(),
		act: new Map(),
		objection: new Map(),
		notice: new Map(),
		order: new Map(),
		clock: new Map(),
		amended: new Map(),
		count: new Map(),
		lodger: new Map(),
		access: new Map(),
	};
	const storeOf = <T extends TableName>(table: T): Map<string, Tables[T]> => stores[table];
	const indexes = new Map<string, number>();
	return {
		get: (table, key) => storeOf(table).get(key),
		peek: (table, key) => storeOf(table).get(key),
		put: (table, key, row) => void storeOf(table).set(key, row),
		indexOf: (id) => indexes.get(id),
		remember: (id, index) => void indexes.set(id, index),
		rootAt,
		entries: (table) => storeOf(table).entries(),
	};
}
