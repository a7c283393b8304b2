/**
 * Comparing checkpoints (M33–M35): what somebody else was shown against what was verified here. This is how a log is caught that tells two audiences two things: neither of them can see it alone. A
 * checkpoint that reaches further than ours is kept until ours does; where whoever brought it also has the tree, the proof is asked for at once.
 */
import { consistencyRanges } from '@matokeo/core/log/merkle.ts';
import { parseProof } from '@matokeo/core/log/proof.ts';
import { printTilePath, type Tile } from '@matokeo/core/log/tilePath.ts';
import { tileHashReader, tilesFor } from '@matokeo/core/log/tileReader.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Accused, Misbehaviour } from '@matokeo/verifier/evidence/file.ts';
import { compareCheckpoints, type Prefix, signedBy } from '@matokeo/verifier/evidence/pair.ts';
import { prefixFrom } from '@matokeo/verifier/follow/disagreement.ts';
import type { Follower } from '@matokeo/verifier/follow/follower.ts';

export type Compared =
	/** No key of this log signed it, or it cannot be read: it says nothing about the log. */
	| { readonly kind: 'refused'; readonly why: string }
	/** It is of our own past or present. */
	| { readonly kind: 'consistent'; readonly size: number }
	/** It reaches beyond what is verified here; nothing follows yet. */
	| { readonly kind: 'ahead'; readonly size: number; readonly note: Uint8Array }
	| { readonly kind: 'evidence'; readonly size: number; readonly misbehaviour: Misbehaviour };

export type Held = Pick<Follower, 'checkpoint' | 'tree' | 'size'>;

/** The checkpoint in a receipt, or the bytes themselves. */
export function checkpointIn(bytes: Uint8Array): Uint8Array {
	const proof = parseProof(bytes);
	return proof.ok ? proof.value.checkpoint : bytes;
}

/** `theirs`: what the tree of their checkpoint says at our size, where that is known. */
export function compareWith(suite: Suite, accused: Accused, held: Held, note: Uint8Array, theirs?: Prefix): Compared {
	const signed = signedBy(suite, accused, note);
	if (!signed.ok) return { kind: 'refused', why: signed.error };
	const { size } = signed.value.checkpoint;
	const own = held.checkpoint();
	if (own === undefined) return { kind: 'ahead', size, note };
	const prefixIn = (larger: Uint8Array, oldSize: number): Prefix | undefined =>
		larger === own ? prefixFrom(suite, held.tree.read, oldSize, held.size()) : theirs;
	const compared = compareCheckpoints(suite, accused, own, note, prefixIn);
	if (!compared.ok) return { kind: 'refused', why: compared.error };
	switch (compared.value.kind) {
		case 'consistent':
			return size > held.size() ? { kind: 'ahead', size, note } : { kind: 'consistent', size };
		case 'evidence':
			return { kind: 'evidence', size, misbehaviour: compared.value.misbehaviour };
		case 'unknown':
			return { kind: 'ahead', size, note };
	}
}

/** A file of a log by its path, no larger than so many bytes; nothing when it cannot be had. */
export type GetFile = (path: string) => Promise<Uint8Array | undefined>;

/** What the tree of this checkpoint says at an earlier size, out of tiles that its owner serves; believed only as far as they lead to its root. */
export async function remotePrefix(
	suite: Suite,
	get: GetFile,
	{ size, root }: { readonly size: number; readonly root: Uint8Array },
	oldSize: number,
): Promise<Prefix | undefined> {
	if (oldSize <= 0 || oldSize >= size) return undefined;
	const ranges = [{ start: 0, end: oldSize }, ...consistencyRanges(oldSize, size)];
	const tiles = new Map<string, Uint8Array>();
	for (const tile of tilesFor(ranges, size)) {
		const bytes = await tileFrom(get, tile);
		if (bytes === undefined) return undefined;
		tiles.set(printTilePath(tile), bytes);
	}
	const reader = tileHashReader(suite, (tile) => tiles.get(printTilePath(tile)), size, root);
	return reader.ok ? prefixFrom(suite, reader.value, oldSize, size) : undefined;
}

/** A partial tile may have given way to the full one, of which it is the beginning. */
async function tileFrom(get: GetFile, tile: Tile): Promise<Uint8Array | undefined> {
	const exact = await get(printTilePath(tile));
	if (exact !== undefined || tile.width === 256) return exact;
	const full = await get(printTilePath({ ...tile, width: 256 }));
	return full?.subarray(0, tile.width * 32);
}
