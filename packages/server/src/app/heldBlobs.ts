/**
 * Holding blobs (`spec/storage.md`, D15): files named by their SHA-256, synced before the sender hears of it, announced in the log by the log's key once a capture names
 * them.
 */
import { existsSync, statSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BLOB_BYTES_MAX, BLOBS_PER_STATEMENT_MAX } from '@matokeo/core/record/limits.ts';
import type { Digest } from '@matokeo/core/record/statement.ts';
import type { BlobRow } from '@matokeo/core/rules/rows.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { Trouble } from '../ports/trouble.ts';
import type { Folder } from '../publish/folder.ts';
import { type Disk, messageOf } from '../storage/disk.ts';
import type { Faults } from './crashPoint.ts';

export interface HeldBlobs {
	readonly hold: (blobs: readonly Uint8Array[]) => Promise<readonly Digest[]>;
	/** A blob that was held before it was named, perhaps by another process or before a restart. */
	readonly noticed: (digest: Digest) => void;
	/** Held and not announced, in digest order, in lists that fit one statement. */
	readonly unannounced: (
		which: 'named' | 'all',
		rowOf: (digest: Digest) => BlobRow | undefined,
	) => readonly (readonly Announcement[])[];
	readonly announced: (blobs: readonly Announcement[]) => void;
}

export interface Announcement {
	readonly sha256: Digest;
	readonly size: number;
}

interface Staged {
	readonly digest: Digest;
	readonly path: string;
	/** The temporary name, or the path itself when the blob is there already. */
	readonly name: string;
	readonly file: FileHandle;
}

/** Files open at once: enough to share the disk's syncs, few enough for any limit on open files. */
const PARALLEL_MAX = 128;

export function heldBlobs(suite: Suite, folder: Folder, disk: Disk, faults: Faults): HeldBlobs {
	/** Digest → size. */
	const waiting = new Map<Digest, number>();

	const stage = async (bytes: Uint8Array): Promise<Staged> => {
		const digest = suite.sha256Hex(bytes);
		const path = folder.heldBlob(digest);
		const there = existsSync(path) && statSync(path).size === bytes.length;
		const name = there ? path : disk.temporary(digest.slice(0, 2));
		const file = await open(name, there ? 'r' : 'wx');
		if (!there) await file.writeFile(bytes);
		return { digest, path, name, file };
	};
	/** All are written before the first is synced: the file system then syncs them together, at half the cost. */
	const holdGroup = async (blobs: readonly Uint8Array[]): Promise<readonly Digest[]> => {
		for (const bytes of blobs) disk.folder(dirname(folder.heldBlob(suite.sha256Hex(bytes))));
		const settled = await Promise.allSettled(blobs.map(stage));
		const staged = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
		try {
			for (const one of settled) if (one.status === 'rejected') throw new Error(messageOf(one.reason));
			await Promise.all(staged.map(({ file }) => file.sync()));
		} finally {
			await Promise.all(staged.map(({ file }) => file.close()));
		}
		faults('blob-temp');
		const moved = staged.filter(({ name, path }) => name !== path);
		await Promise.all(moved.map(({ name, path }) => rename(name, path)));
		faults('blob-renamed');
		return staged.map(({ digest }) => digest);
	};

	return {
		hold: async (blobs) => {
			for (const { length } of blobs) {
				if (length === 0 || length > BLOB_BYTES_MAX)
					throw new Trouble(`a blob has 1 to ${BLOB_BYTES_MAX} bytes, one here has ${length}; none of these was kept`);
			}
			const digests: Digest[] = [];
			for (let at = 0; at < blobs.length; at += PARALLEL_MAX)
				digests.push(...(await troubled(holdGroup(blobs.slice(at, at + PARALLEL_MAX)))));
			await syncFolders(new Set(digests.map((digest) => dirname(folder.heldBlob(digest)))));
			for (const [i, digest] of digests.entries()) waiting.set(digest, blobs[i]?.length ?? 0);
			return digests;
		},
		noticed: (digest) => {
			const path = folder.heldBlob(digest);
			if (waiting.has(digest) || !existsSync(path)) return;
			disk.syncFolders([dirname(path)]);
			waiting.set(digest, statSync(path).size);
		},
		unannounced: (which, rowOf) => {
			const ready: Announcement[] = [];
			for (const [sha256, size] of waiting) {
				const row = rowOf(sha256);
				if (row?.held !== undefined) waiting.delete(sha256);
				else if (row === undefined ? which === 'all' : row.withheld === undefined) ready.push({ sha256, size });
			}
			ready.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
			return inGroups(ready, BLOBS_PER_STATEMENT_MAX);
		},
		announced: (blobs) => {
			for (const { sha256 } of blobs) waiting.delete(sha256);
		},
	};
}

async function syncFolders(folders: ReadonlySet<string>): Promise<void> {
	const sync = async (path: string): Promise<void> => {
		const folder = await open(path, 'r');
		try {
			await folder.sync();
		} finally {
			await folder.close();
		}
	};
	await troubled(Promise.all([...folders].map(sync)));
}

async function troubled<T>(work: Promise<T>): Promise<T> {
	try {
		return await work;
	} catch (error) {
		if (error instanceof Trouble) throw error;
		throw new Trouble(
			`cannot keep a blob: ${messageOf(error)}; it was not acknowledged, mend the disk and send it again`,
		);
	}
}

function inGroups<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
	assert(size > 0, 'a group has room');
	const groups: (readonly T[])[] = [];
	for (let at = 0; at < list.length; at += size) groups.push(list.slice(at, at + size));
	return groups;
}
