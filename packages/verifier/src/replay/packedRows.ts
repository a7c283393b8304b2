/**
 * The state of an election in little memory: rows in use are objects, rows that nobody has asked for lately are packed (`pack.ts`). A country of 250,000
 * returns so fits beside everything else a verifier holds. It answers exactly as `memoryRows.ts` does.
 *
 * Rows in use are kept in two generations: when the younger one is full the older one is packed, and the younger takes its place.
 */
import type { CaptureRefRow, Rows, TableName, Tables } from '@matokeo/core/rules/rows.ts';
import { idIndex } from './idIndex.ts';
import type { ReplayRows } from './memoryRows.ts';
import { type Packed, type Packer, packer } from './pack.ts';

/**
 * Returns in a generation. Up to 49,152 of them, most elections, stay objects altogether, which is fastest; of a larger one a form is still captured, read
 * and opened within a few thousand statements, and memory matters more.
 */
const HOT_ROWS_MAX = 24_576;
const HOT_ROWS_OF_MANY_MAX = 2_048;

/** `returns`: how many the election has, contests × polling stations. */
export function hotRowsFor(returns: number): number {
	return fitsWhole(returns) ? HOT_ROWS_MAX : HOT_ROWS_OF_MANY_MAX;
}

/** Whether that many returns stay objects altogether. */
export function fitsWhole(returns: number): boolean {
	return returns <= 2 * HOT_ROWS_MAX;
}

interface Store<V> {
	readonly get: (key: string) => V | undefined;
	/** The same, for somebody who passes by all rows once: it does not count as use. */
	readonly peek: (key: string) => V | undefined;
	readonly put: (key: string, row: V) => void;
	readonly entries: () => Iterable<readonly [string, V]>;
}

type Stores = { readonly [T in TableName]: Store<Tables[T]> };

export function packedRows(rootAt: Rows['rootAt'], hotMax = HOT_ROWS_MAX): ReplayRows {
	const rows = packer();
	const stores: Stores = {
		log: plainStore(),
		key: packedStore(rows, hotMax),
		keyUse: digestStore(),
		unit: plainStore(),
		return: remembering(packedStore(rows, hotMax)),
		capture: remembering(digestStore(sharing())),
		blob: remembering(digestStore()),
		station: plainStore(),
		candidate: plainStore(),
		total: plainStore(),
		original: digestStore(),
		witness: plainStore(),
		witnessing: plainStore(),
		contest: plainStore(),
		collation: plainStore(),
		mark: plainStore(),
		sheet: plainStore(),
		act: plainStore(),
		objection: plainStore(),
		notice: plainStore(),
		order: plainStore(),
		clock: plainStore(),
		amended: plainStore(),
		count: plainStore(),
		lodger: plainStore(),
		access: plainStore(),
	};
	const storeOf = <T extends TableName>(table: T): Store<Tables[T]> => stores[table];
	const indexes = idIndex();
	return {
		get: (table, key) => storeOf(table).get(key),
		peek: (table, key) => storeOf(table).peek(key),
		put: (table, key, row) => storeOf(table).put(key, row),
		indexOf: indexes.get,
		remember: indexes.put,
		rootAt,
		entries: (table) => storeOf(table).entries(),
	};
}

/** A statement is decided and then evolved: both ask for the same row, and its key need be looked up once. */
function remembering<V extends object>({ get, peek, put, entries }: Store<V>): Store<V> {
	let last: string | undefined;
	let row: V | undefined;
	return {
		get: (key) => {
			if (key !== last) [last, row] = [key, get(key)];
			return row;
		},
		put: (key, next) => {
			put(key, next);
			[last, row] = [key, next];
		},
		peek,
		entries,
	};
}

/** Rows under digests: the keys as bytes, the rows of two or three members as they are. */
function digestStore<V extends object>(kept: (row: V) => V = (row) => row): Store<V> {
	const places = idIndex();
	const rows: V[] = [];
	const get = (key: string): V | undefined => rows[places.get(key) ?? -1];
	const put = (key: string, row: V): void => {
		const place = places.get(key);
		if (place === undefined) places.put(key, rows.push(kept(row)) - 1);
		else rows[place] = kept(row);
	};
	function* entries(): Iterable<readonly [string, V]> {
		for (const [place, row] of rows.entries()) yield [places.idAt(place), row];
	}
	return { get, peek: get, put, entries };
}

/** Captures of one station name it with one string. */
function sharing(): (row: CaptureRefRow) => CaptureRefRow {
	const texts = new Map<string, string>();
	const shared = (text: string): string => {
		const known = texts.get(text);
		if (known === undefined) texts.set(text, text);
		return known ?? text;
	};
	return ({ contest, station, poll }) => ({ contest: shared(contest), station: shared(station), poll });
}

/** Rows of two or three members are smaller as they are; totals are few and always in use. */
function plainStore<V extends object>(): Store<V> {
	const rows = new Map<string, V>();
	const get = (key: string): V | undefined => rows.get(key);
	return { get, peek: get, put: (key, row) => void rows.set(key, row), entries: () => rows.entries() };
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

	function peek(key: string): V | undefined {
		const row = younger.get(key) ?? older.get(key);
		if (row !== undefined) return row;
		const packed = cold.get(key);
		return packed === undefined ? undefined : unpack(packed);
	}

	function get(key: string): V | undefined {
		const known = younger.get(key) ?? older.get(key);
		if (known !== undefined) return known;
		const row = peek(key);
		if (row !== undefined) put(key, row);
		return row;
	}

	function* entries(): Iterable<readonly [string, V]> {
		yield* younger;
		for (const entry of older) if (!younger.has(entry[0])) yield entry;
		for (const [key, packed] of cold) if (!younger.has(key) && !older.has(key)) yield [key, unpack(packed)];
	}
	return { get, peek, put, entries };
}
