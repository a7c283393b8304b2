/**
 * The log replayed from zero into memory: the same `decide` and `fold` as when it was appended, and nothing taken from the database. A leaf that is refused is void: it is in the
 * tree, it changes nothing, and whoever replays is told why (S5–S10).
 */
import { appendLeaves, type CompactRange, EMPTY_RANGE, rangeRoot } from '@matokeo/core/log/compactRange.ts';
import { leafHash } from '@matokeo/core/log/merkle.ts';
import { type Leaf, parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { decide, signedBy } from '@matokeo/core/rules/decide.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import type { RowReader, Rows, TableName, Tables } from '@matokeo/core/rules/rows.ts';
import type { Baseline } from '@matokeo/core/standings/baseline.ts';
import { fold } from '@matokeo/core/standings/fold.ts';
import { concat, utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { EventRecord } from '../ports/store.ts';
import { eventRecord } from '../storage/eventText.ts';
import { type RowMaps, rowMaps } from '../storage/rowText.ts';

export interface Replayed {
	readonly index: number;
	readonly leafHash: Uint8Array;
	/** What a database keeps it under. */
	readonly id: StatementId;
	/** Absent when the entry is no leaf. */
	readonly leaf?: Leaf;
	/** Why the leaf is without effect. */
	readonly void?: string;
}

export interface Replay {
	/** Takes the next entry. */
	readonly take: (entry: Uint8Array) => Replayed;
	readonly range: () => CompactRange;
	readonly rows: RowReader;
	/** Every row as it stands. */
	readonly tables: RowMaps;
	/** Rows that were written since this was asked last. */
	readonly written: () => readonly { readonly table: TableName; readonly key: string }[];
	/** What the statements taken since this was asked last did, in order. */
	readonly events: () => readonly EventRecord[];
}

export function replay(context: Context, baseline: Baseline): Replay {
	const { suite } = context;
	const tables = rowMaps();
	const indexes = new Map<string, number>();
	const leafHashes: Uint8Array[] = [];
	const touched = new Map<string, { readonly table: TableName; readonly key: string }>();
	const rootAt = pastRoots(context, leafHashes);
	const signed = signedBy(context);
	let range = EMPTY_RANGE;
	let events: EventRecord[] = [];

	function put<T extends TableName>(table: T, key: string, row: Tables[T]): void {
		const rows: Map<string, Tables[T]> = tables[table];
		rows.set(key, row);
		touched.set(`${table} ${key}`, { table, key });
	}

	const rows: Rows = { get: (table, key) => tables[table].get(key), put, indexOf: (id) => indexes.get(id), rootAt };

	return {
		take: (entry) => {
			const index = leafHashes.length;
			const hash = leafHash(suite, entry);
			const leaf = parseLeaf(suite, entry);
			const decided = leaf.ok ? decide(context, rows, leaf.value, index, signed) : leaf;
			leafHashes.push(hash);
			range = appendLeaves(suite, range, [hash]);
			if (leaf.ok && decided.ok) {
				fold(context, baseline, rows, decided.value, (event) => {
					events.push(eventRecord(index, logRow(rows).time, event));
				});
				indexes.set(leaf.value.id, index);
				return { index, leafHash: hash, id: leaf.value.id, leaf: leaf.value };
			}
			const why = decided.ok ? '' : `${decided.error.rule}: ${decided.error.why}`;
			const id = voidId(suite, index, entry);
			return { index, leafHash: hash, id, void: why, ...(leaf.ok ? { leaf: leaf.value } : {}) };
		},
		range: () => range,
		rows,
		tables,
		written: () => {
			const written = [...touched.values()];
			touched.clear();
			return written;
		},
		events: () => {
			const told = events;
			events = [];
			return told;
		},
	};
}

/**
 * A void leaf does not count as logged: the same text may be said again, rightly. So it is kept under an id of its own, which no text can have at another place.
 */
function voidId(suite: Suite, index: number, entry: Uint8Array): StatementId {
	return suite.sha256Hex(concat(utf8Encode(`void ${index}\n`), entry));
}

/** Roots at earlier sizes. They are asked for in rising order (S25), so that a second right edge follows behind the first. */
function pastRoots({ suite }: Context, leafHashes: readonly Uint8Array[]): (size: number) => Uint8Array | undefined {
	let behind = EMPTY_RANGE;
	return (size) => {
		if (size > leafHashes.length) return undefined;
		if (size < behind.size) behind = EMPTY_RANGE;
		behind = appendLeaves(suite, behind, leafHashes.slice(behind.size, size));
		return rangeRoot(suite, behind);
	};
}
