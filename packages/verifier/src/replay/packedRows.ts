/**
 * The state of an election in little memory: rows in use are objects, rows that nobody has asked for lately are packed (`pack.ts`). A country of 250,000
 * returns so fits beside everything else a verifier holds. It answers exactly as `memoryRows.ts` does.
 *
 * Rows in use are kept in two generations: when the younger one is full the older one is packed, and the younger takes its place.
 */
import type { Rows, TableName, Tables } from '@matokeo/core/rules/rows.ts';
import { idIndex } from './idIndex.ts';
import type { ReplayRows } from './memoryRows.ts';
import { type Packed, type Packer, packer } from './pack.ts';

/** Rows of one table in a generation. A station's form is captured, read and opened within a few thousand statements of most logs. */
const HOT_ROWS_MAX = 24_576;

interface Store<V> {
	readonly get: (key: string) => V | undefined;
	readonly put: (key: string, row: V) => void;
	readonly entries: () => Iterable<readonly [string, V]>;
}

type Stores = { readonly [T in TableName]: Store<Tables[T]> };

export function packedRows(rootAt: Rows['rootAt'], hotMax = HOT_ROWS_MAX): ReplayRows {
	const rows = packer();
	const stores: Stores = {
		log: plainStore(),
		key: packedStore(rows, 2 * hotMax),
		keyUse: plainStore(),
		unit: plainStore(),
		return: packedStore(rows, hotMax),
		capture: plainStore(),
		blob: plainStore(),
		station: plainStore(),
		candidate: plainStore(),
		total: plainStore(),
	};
	const storeOf = <T extends TableName>(table: T): Store<Tables[T]> => stores[table];
	const indexes = idIndex();
	return {
		get: (table, key) => storeOf(table).get(key),
		put: (table, key, row) => storeOf(table).put(key, row),
		indexOf: indexes.get,
		remember: indexes.put,
		rootAt,
		entries: (table) => storeOf(table).entries(),
	};
}

/** Rows of two or three members are smaller as they are; totals are few and always in use. */
function plainStore<V extends object>(): Store<V> {
	const rows = new Map<string, V>();
	return { get: (key) => rows.get(key), put: (key, row) => void rows.set(key, row), entries: () => rows.entries() };
}

function packedStore<V extends object>({ pack, unpack }: Packer, hotMax: number): Store<V> {
	const cold = new Map<string, Packed<V>>();
	let older = new Map<string, V>();
	let younger = new Map<string, V>();

	function put(key: string, row: V): void {
		if (younger.size >= hotMax && !younger.has(key)) {
			for (const [name, old] of older) if (!younger.has(name)) cold.set(name, pack(old));
			older = younger;
			younger = new Map();
		}
		younger.set(key, row);
	}

	function get(key: string): V | undefined {
		const young = younger.get(key);
		if (young !== undefined) return young;
		const old = older.get(key);
		if (old !== undefined) return old;
		const packed = cold.get(key);
		if (packed === undefined) return undefined;
		const row = unpack(packed);
		put(key, row);
		return row;
	}

	function* entries(): Iterable<readonly [string, V]> {
		yield* younger;
		for (const entry of older) if (!younger.has(entry[0])) yield entry;
		for (const [key, packed] of cold) if (!younger.has(key) && !older.has(key)) yield [key, unpack(packed)];
	}
	return { get, put, entries };
}
