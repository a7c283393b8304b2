/**
 * A machine's database made again from a list of entries, as `matokeo rebuild` makes it from what is published: what an honest operator does after a loss, and a dishonest one with another list.
 */
import { appendLeaves, EMPTY_RANGE, rangeRoot } from '@matokeo/core/log/compactRange.ts';
import { replay } from '@matokeo/server/audit/replay.ts';
import type { EventRecord, KeptOpening, LoggedStatement } from '@matokeo/server/ports/store.ts';
import type { StoreContent } from '@matokeo/server/storage/memoryStore.ts';
import { printRow, TABLES } from '@matokeo/server/storage/rowText.ts';
import { baseline, context, suite } from './cast.ts';
import type { Machine } from './machine.ts';

export function notesOf({ store }: Machine): readonly Uint8Array[] {
	return store.statements(0, store.head().size).map(({ note }) => note);
}

/** Entries that are no leaves, or that the rules refuse, are kept and change nothing. */
export function contentOf(notes: readonly Uint8Array[], openings: readonly KeptOpening[] = []): StoreContent {
	const taken = replay(context, baseline);
	const statements: LoggedStatement[] = [];
	const events: EventRecord[] = [];
	for (const note of notes) {
		const { index, id, leafHash } = taken.take(note);
		statements.push({ index, id, leafHash, note });
		events.push(...taken.events());
	}
	const range = appendLeaves(
		suite,
		EMPTY_RANGE,
		statements.map(({ leafHash }) => leafHash),
	);
	return {
		head: { size: range.size, root: rangeRoot(suite, range), range },
		statements,
		tables: new Map(
			TABLES.map((table) => [table, new Map([...taken.tables[table]].map(([key, row]) => [key, printRow(row)]))]),
		),
		openings: new Map(openings.map((one) => [one.reading, one])),
		events,
	};
}
