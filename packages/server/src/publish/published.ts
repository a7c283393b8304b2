/**
 * The checkpoint that lies in the folder, believed only if a key of this log has signed it for this origin (D14).
 */
import { type CheckpointTrust, verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { ReadFile } from '../ports/disk.ts';
import { Trouble } from '../ports/trouble.ts';
import { readIfThere } from '../storage/disk.ts';
import type { Folder } from './folder.ts';

export interface Published {
	readonly size: number;
	/** 32 bytes. */
	readonly root: Uint8Array;
	/** The checkpoint as it lies in the folder. */
	readonly note: Uint8Array;
}

/** A reader that checks a signature only when the file has changed since it looked last. */
export function publishedReader(
	suite: Suite,
	folder: Folder,
	trust: CheckpointTrust,
	read: ReadFile = readIfThere,
): () => Published | undefined {
	let last: Published | undefined;
	return () => {
		const note = read(folder.checkpoint);
		if (note === undefined) return undefined;
		if (last !== undefined && bytesEqual(last.note, note)) return last;
		const verified = verifyCheckpoint(suite, note, trust);
		if (!verified.ok)
			throw new Trouble(
				`${folder.checkpoint} is no checkpoint of this log (${verified.error}). Nothing was signed. Put the right folder or package in place`,
			);
		const { size, root } = verified.value.checkpoint;
		last = { size, root, note };
		return last;
	};
}
