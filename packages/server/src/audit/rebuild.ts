/**
 * `rebuild`: the database made again from what is published (`spec/storage.md`, D21), in a new file that takes the old one's place only when it is complete; the old one is kept beside
 * it. What is published is believed only as far as a key of the log has signed it: entries whose root is not the checkpoint's make nothing.
 */
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { appendLeaves, rangeRoot } from '@matokeo/core/log/compactRange.ts';
import { baselineOf } from '@matokeo/core/standings/baseline.ts';
import { base64Encode, bytesEqual } from '@matokeo/core/std/bytes.ts';
import { assert, err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { checkDelivery } from '../app/openings.ts';
import type { LoggedStatement, Store } from '../ports/store.ts';
import type { Folder } from '../publish/folder.ts';
import { openDisk, readIfThere } from '../storage/disk.ts';
import { parseTranscription, printRow } from '../storage/rowText.ts';
import { openSqliteStore } from '../storage/sqliteStore.ts';
import type { Finding } from './finding.ts';
import { openPublishedLog, type PublishedLog, publishedEntries } from './publishedLog.ts';
import { type Replay, replay } from './replay.ts';

export interface Rebuilt {
	readonly size: number;
	/** Leaves that were refused: in the tree, without effect. */
	readonly voidLeaves: number;
	/** Openings that clerks had handed in and that could be saved out of the old database. */
	readonly openingsKept: number;
	/** Blobs copied back from `public/`. */
	readonly blobsRestored: number;
	/** Blobs that the log says are held and that are not here: sealed ones are published nowhere. */
	readonly blobsMissing: number;
	/** Where the old database lies now; absent when there was none. */
	readonly old?: string;
	/** The anchor that the published package has: compare it with the printed one. */
	readonly digest: string;
}

export async function rebuild(suite: Suite, folder: Folder): Promise<Result<Rebuilt, readonly Finding[]>> {
	const opened = await openPublishedLog(suite, folder);
	if (!opened.ok) return opened;
	const { checkpoint, context, election } = opened.value;
	if (checkpoint === undefined)
		return err([
			{ where: 'public/checkpoint', problem: 'there is none: nothing was published that a database could be made of' },
		]);
	const disk = openDisk(folder.dir);
	const name = disk.temporary();
	const store = openSqliteStore(name);
	const replayed = replay(context, baselineOf(election));
	const filled = fill(folder, opened.value, store, replayed);
	if (!filled.ok) {
		store.close();
		disk.remove([name, `${name}-wal`, `${name}-shm`]);
		return err([filled.error]);
	}
	const openingsKept = saveOpenings(folder, opened.value, store, replayed);
	const { restored: blobsRestored, missing: blobsMissing } = restoreBlobs(suite, folder, replayed);
	store.close();
	const old = takeTheOldAway(folder.database);
	renameSync(name, folder.database);
	disk.syncFolders([folder.dir]);
	const { size } = checkpoint;
	const { digest } = election;
	const rebuilt = { size, voidLeaves: filled.value, openingsKept, blobsRestored, blobsMissing, digest };
	return ok(old === undefined ? rebuilt : { ...rebuilt, old });
}

/** Writes every published entry and the rows that follow from it; answers how many leaves are void. */
function fill(
	folder: Folder,
	{ checkpoint, context }: PublishedLog,
	store: Store,
	replayed: Replay,
): Result<number, Finding> {
	assert(checkpoint !== undefined, 'there is a checkpoint to rebuild to');
	let voidLeaves = 0;
	for (const { file, entries } of publishedEntries(folder, checkpoint.size)) {
		if (!entries.ok)
			return err({ where: file, problem: `${entries.error}; restore it from any mirror, then rebuild again` });
		const statements = entries.value.map((note): LoggedStatement => {
			const { index, id, leafHash, void: refused } = replayed.take(note);
			if (refused !== undefined) voidLeaves++;
			return { index, id, leafHash, note };
		});
		const head = store.head();
		const range = appendLeaves(
			context.suite,
			head.range,
			statements.map((one) => one.leafHash),
		);
		const grown = { size: range.size, root: rangeRoot(context.suite, range), range };
		const rows = replayed.written().flatMap(({ table, key }) => {
			const row = replayed.tables[table].get(key);
			return row === undefined ? [] : [{ table, key, json: printRow(row) }];
		});
		assert(
			store.commit({ expected: head.size, head: grown, statements, rows, events: replayed.events() }) === 'committed',
			'nobody else writes this file',
		);
	}
	const { root } = store.head();
	if (bytesEqual(root, checkpoint.root)) return ok(voidLeaves);
	const problem = `the published entries give the root ${base64Encode(root)}, the signed checkpoint says ${base64Encode(checkpoint.root)}: they are not what was signed; restore them from a mirror`;
	return err({ where: 'public/tile/entries', problem });
}

/** Openings are nowhere but in the old database. Where it can still be read, those that fit are saved; the others their clerks must hand in again. */
function saveOpenings(folder: Folder, { context }: PublishedLog, store: Store, { rows }: Replay): number {
	if (!existsSync(folder.database)) return 0;
	try {
		const old = openSqliteStore(folder.database, 'readonly');
		const kept = old.keptOpenings().flatMap(({ reading, json }) => {
			const checked = checkDelivery(context, store, rows, {
				reading,
				transcription: parseTranscription(reading, json),
			});
			return checked.ok && !checked.value.isOpen ? [checked.value] : [];
		});
		old.close();
		store.keepOpenings(kept);
		return kept.length;
	} catch {
		// The old database cannot be read, which is why it is made again.
		return 0;
	}
}

/** Announced blobs that are missing and lie in `public/`, each believed because of its digest. */
function restoreBlobs(
	suite: Suite,
	folder: Folder,
	{ tables }: Replay,
): { readonly restored: number; readonly missing: number } {
	let restored = 0;
	let missing = 0;
	for (const [digest, { held }] of tables.blob) {
		const path = folder.heldBlob(digest);
		if (held === undefined || existsSync(path)) continue;
		const shown = readIfThere(folder.publicBlob(digest));
		if (shown === undefined || suite.sha256Hex(shown) !== digest) {
			missing++;
			continue;
		}
		mkdirSync(dirname(path), { recursive: true });
		copyFileSync(folder.publicBlob(digest), path);
		restored++;
	}
	return { restored, missing };
}

/** The old database and what SQLite keeps beside it, under a name that is free. */
function takeTheOldAway(database: string): string | undefined {
	if (!existsSync(database)) return undefined;
	let old = `${database}.before-rebuild`;
	for (let n = 2; existsSync(old); n++) old = `${database}.before-rebuild-${n}`;
	for (const part of ['', '-wal', '-shm'])
		if (existsSync(`${database}${part}`)) renameSync(`${database}${part}`, `${old}${part}`);
	return old;
}
