/**
 * The client outside: it holds every receipt and every checkpoint that it was ever given, and asks of whatever is published now that all of them are still true. It knows nothing of how the log is
 * kept; it reads only what everyone can fetch.
 */
import { decodeBundle } from '@matokeo/core/log/bundle.ts';
import { type CheckpointTrust, verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import {
	checkConsistency,
	checkInclusion,
	type HashReader,
	leafHash,
	proveConsistency,
	proveInclusion,
} from '@matokeo/core/log/merkle.ts';
import { tileHashReader } from '@matokeo/core/log/tileReader.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type Folder, folderOf, publishedTiles } from '@matokeo/server/publish/folder.ts';
import { readIfThere } from '@matokeo/server/storage/disk.ts';
import type { Acknowledged } from './script.ts';

export interface Holder {
	/** Takes note of an answer and of the checkpoint that came with it. */
	readonly hold: (receipts: readonly Acknowledged[], checkpoint: Uint8Array) => void;
	/** Looks at the published folder; `all` receipts, or only those that came since the last look. */
	readonly look: (which: 'new' | 'all') => void;
	readonly complain: (complaint: string) => void;
	readonly complaints: readonly string[];
	readonly receipts: () => number;
}

interface Seen {
	readonly size: number;
	readonly root: Uint8Array;
}

export function holder(suite: Suite, trust: CheckpointTrust, dir: string): Holder {
	const folder = folderOf(dir);
	const complaints: string[] = [];
	const receipts: Acknowledged[] = [];
	const roots = new Map<number, Uint8Array>();
	let looked = 0;
	let last: Seen | undefined;

	const see = (note: Uint8Array): Seen | undefined => {
		const verified = verifyCheckpoint(suite, note, trust);
		if (!verified.ok) {
			complaints.push(`a checkpoint that does not verify: ${verified.error}`);
			return undefined;
		}
		const { size, root } = verified.value.checkpoint;
		const known = roots.get(size);
		if (known !== undefined && !bytesEqual(known, root)) complaints.push(`a second root for size ${size}`);
		roots.set(size, root);
		return { size, root };
	};
	const consistent = (read: HashReader, now: Seen): void => {
		if (last !== undefined && last.size > now.size)
			complaints.push(`the checkpoint went back from ${last.size} to ${now.size}`);
		if (last === undefined || last.size < 1 || last.size > now.size) return;
		const proof = proveConsistency(suite, read, last.size, now.size);
		const claim = { oldSize: last.size, oldRoot: last.root, newSize: now.size, newRoot: now.root };
		if (!proof.ok || !checkConsistency(suite, claim, proof.value))
			complaints.push(`size ${now.size} is not consistent with size ${last.size} seen before`);
	};
	const included = (read: HashReader, now: Seen, { id, index, size }: Acknowledged): void => {
		if (now.size < size) return void complaints.push(`acknowledged ${id} at size ${size}, published are ${now.size}`);
		const entry = entryAt(folder, index, now.size);
		const leaf = entry === undefined ? undefined : parseLeaf(suite, entry);
		if (entry === undefined || leaf?.ok !== true || leaf.value.id !== id)
			return void complaints.push(`acknowledged ${id} is not at index ${index}`);
		const proof = proveInclusion(suite, read, index, now.size);
		const claim = { index, size: now.size, leafHash: leafHash(suite, entry), root: now.root };
		if (!proof.ok || !checkInclusion(suite, claim, proof.value))
			complaints.push(`acknowledged ${id} is not proven under size ${now.size}`);
	};

	return {
		hold: (acknowledged, checkpoint) => {
			receipts.push(...acknowledged);
			if (checkpoint.length > 0) see(checkpoint);
		},
		look: (which) => {
			const note = readIfThere(folder.checkpoint);
			const now = note === undefined ? undefined : see(note);
			if (now === undefined) {
				if (receipts.length > 0) complaints.push('receipts are held, and no checkpoint is published');
				return;
			}
			const reader = tileHashReader(suite, publishedTiles(folder), now.size, now.root);
			if (!reader.ok) return void complaints.push(`the published tiles do not give the root: ${reader.error}`);
			consistent(reader.value, now);
			for (const receipt of which === 'all' ? receipts : receipts.slice(looked)) included(reader.value, now, receipt);
			looked = receipts.length;
			last = now;
		},
		complain: (complaint) => complaints.push(complaint),
		complaints,
		receipts: () => receipts.length,
	};
}

function entryAt(folder: Folder, index: number, size: number): Uint8Array | undefined {
	const bundle = Math.floor(index / TILE_WIDTH);
	const width = Math.min(TILE_WIDTH, size - bundle * TILE_WIDTH);
	const bytes = readIfThere(folder.bundle({ index: bundle, width }));
	const entries = bytes === undefined ? undefined : decodeBundle(bytes, width);
	return entries?.ok === true ? entries.value[index % TILE_WIDTH] : undefined;
}
