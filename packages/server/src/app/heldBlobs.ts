/**
 * Holding blobs (`spec/storage.md`, D15): files named by their SHA-256, synced before the sender hears of it, announced in the log by the log's key once a capture names
 * them.
 */
import { dirname } from 'node:path';
import { BLOB_BYTES_MAX, BLOBS_PER_STATEMENT_MAX } from '@matokeo/core/record/limits.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import type { BlobRow } from '@matokeo/core/rules/rows.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Disk } from '../ports/disk.ts';
import { Trouble } from '../ports/trouble.ts';
import type { Folder } from '../publish/folder.ts';
import { messageOf } from '../storage/disk.ts';
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

/** Files open at once: enough to share the disk's syncs, few enough for any limit on open files. */
const PARALLEL_MAX = 128;

export function heldBlobs(suite: Suite, folder: Folder, disk: Disk, faults: Faults): HeldBlobs {
	/** Digest → size. */
	const waiting = new Map<Digest, number>();

	const keep = async (blobs: readonly Uint8Array[]): Promise<readonly Digest[]> => {
		const digests = blobs.map((bytes) => suite.sha256Hex(bytes));
		const files = blobs.map((bytes, i) => ({ path: folder.heldBlob(digests[i] ?? ''), bytes }));
		await disk.keep(files, { written: () => faults('blob-temp'), renamed: () => faults('blob-renamed') });
		return digests;
	};

	return {
		hold: async (blobs) => {
			for (const { length } of blobs) {
				if (length === 0 || length > BLOB_BYTES_MAX)
					throw new Trouble(`a blob has 1 to ${BLOB_BYTES_MAX} bytes, one here has ${length}; none of these was kept`);
			}
			const digests: Digest[] = [];
			for (let at = 0; at < blobs.length; at += PARALLEL_MAX)
				digests.push(...(await troubled(keep(blobs.slice(at, at + PARALLEL_MAX)))));
			await troubled(disk.syncFoldersLater(digests.map((digest) => dirname(folder.heldBlob(digest)))));
			for (const [i, digest] of digests.entries()) waiting.set(digest, blobs[i]?.length ?? 0);
			return digests;
		},
		noticed: (digest) => {
			const path = folder.heldBlob(digest);
			const size = waiting.has(digest) ? undefined : disk.sizeOf(path);
			if (size === undefined) return;
			disk.syncFolders([dirname(path)]);
			waiting.set(digest, size);
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
