/** `fsck` of a machine in memory: the rows of its database against what follows from the entries that are published. */
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { replay } from '@matokeo/server/audit/replay.ts';
import type { ReadFile } from '@matokeo/server/ports/disk.ts';
import { printRow, TABLES } from '@matokeo/server/storage/rowText.ts';
import { baseline, context, suite, trust } from './cast.ts';
import { entriesIn } from './entries.ts';
import { leafLine } from './leafLine.ts';
import type { Machine } from './machine.ts';
import { folder } from './treeOf.ts';

/** One difference in words; `undefined` when there is none, or nothing to compare with: what is committed and not published is not looked at. */
export function compareRows({ store }: Machine, read: ReadFile): string | undefined {
	const note = read(folder.checkpoint);
	const verified = note === undefined ? undefined : verifyCheckpoint(suite, note, trust);
	if (verified?.ok !== true || verified.value.checkpoint.size !== store.head().size) return undefined;
	const entries = entriesIn(read, 0, verified.value.checkpoint.size);
	if (entries === undefined) return undefined;
	const line = leafLine();
	// Damaged entries are another matter, and somebody else's.
	if (!bytesEqual(line.grown(entries), store.head().root)) return undefined;
	const taken = replay(context, baseline);
	for (const entry of entries) taken.take(entry);
	for (const table of TABLES) {
		const expected = taken.tables[table];
		for (const [key, row] of expected)
			if (store.text(table, key) !== printRow(row))
				return `the row ${key} of ${table} is not what follows from the log`;
		for (const { key } of store.rowsOf(table))
			if (!expected.has(key)) return `nothing in the log explains the row ${key} of ${table}`;
	}
	return undefined;
}
