/**
 * The tree of a log while it is read in order (L2, L3, L6): every perfect subtree of 256 leaves and above is kept, leaf hashes are not. The root of any
 * past size, and any proof, can so be had from a few kB per million entries; leaf hashes of full tiles are asked for again where they are needed, and believed
 * only if they still give the root that was kept.
 */
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { type HashReader, nodeHash, rangeHash, rootOf } from '@matokeo/core/log/merkle.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { assert, err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';

export interface GrowingTree {
	/** The hashes of the next tile or, where the last one is partial, of that tile as it has grown; and the root over them. */
	readonly append: (leafHashes: readonly Uint8Array[], root: Uint8Array) => void;
	readonly size: () => number;
	/** The root at a size, or `undefined` when the tree has not grown so far. */
	readonly rootAt: (size: number) => Uint8Array | undefined;
	readonly read: HashReader;
	/** Hashes of a tile of level 1 or above as far as they are known, in the tree of the present size. */
	readonly tileHashes: (level: number, index: number) => readonly Uint8Array[];
}

const TILE_LEVELS = 8;

/** `leafHashesOf` reads the hashes of a full tile again. */
export function growingTree(suite: Suite, leafHashesOf: (tile: number) => Result<readonly Uint8Array[]>): GrowingTree {
	/** `levels[l]` holds the roots of perfect subtrees of 2^(8 + l) leaves. */
	const levels: Uint8Array[][] = [[]];
	let full = 0;
	let last: readonly Uint8Array[] = [];
	const readTile = lastKept(leafHashesOf, (hashes, tile) => isSame(rootOf(suite, hashes), levels[0]?.[tile]));

	function append(leafHashes: readonly Uint8Array[], root: Uint8Array): void {
		const before = partial();
		assert(
			leafHashes.length > before && last.slice(0, before).every((hash, i) => isSame(hash, leafHashes[i])),
			'only the last tile of a tree is partial, and what is in it stays',
		);
		last = leafHashes;
		if (leafHashes.length < TILE_WIDTH) return;
		full++;
		let hash = root;
		for (let level = 0; ; level++) {
			const row = levels[level] ?? [];
			levels[level] = row;
			row.push(hash);
			const left = row.at(-2);
			if (row.length % 2 === 1 || left === undefined) return;
			hash = nodeHash(suite, left, hash);
		}
	}

	const partial = (): number => (last.length === TILE_WIDTH ? 0 : last.length);
	const size = (): number => full * TILE_WIDTH + partial();

	function leaves(tile: number): Result<readonly Uint8Array[]> {
		const lastTile = Math.floor((size() - 1) / TILE_WIDTH);
		if (tile === lastTile) return ok(last);
		return readTile(tile);
	}

	const read: HashReader = ({ level, index }) => {
		const missing = err(`L23: no subtree ${index} of level ${level} in a tree of ${size()}`);
		if (level >= TILE_LEVELS) {
			const hash = levels[level - TILE_LEVELS]?.[index];
			return hash === undefined ? missing : ok(hash);
		}
		const width = 2 ** level;
		const first = index * width;
		if (first + width > size()) return missing;
		const hashes = leaves(Math.floor(first / TILE_WIDTH));
		return hashes.ok ? ok(rootOf(suite, hashes.value.slice(first % TILE_WIDTH, (first % TILE_WIDTH) + width))) : hashes;
	};

	return {
		append,
		size,
		read,
		rootAt: (at) => {
			if (at > size()) return undefined;
			const root = rangeHash(suite, read, { start: 0, end: at });
			return root.ok ? root.value : undefined;
		},
		tileHashes: (level, index) => {
			const row = levels[(level - 1) * TILE_LEVELS] ?? [];
			return row.slice(index * TILE_WIDTH, (index + 1) * TILE_WIDTH);
		},
	};
}

/** The full tile that was read last is kept: whoever proves statements asks for them in their order, eight times each. */
function lastKept(
	leafHashesOf: (tile: number) => Result<readonly Uint8Array[]>,
	isRight: (hashes: readonly Uint8Array[], tile: number) => boolean,
): (tile: number) => Result<readonly Uint8Array[]> {
	let kept: { readonly tile: number; readonly hashes: readonly Uint8Array[] } | undefined;
	return (tile) => {
		if (kept?.tile === tile) return ok(kept.hashes);
		const hashes = leafHashesOf(tile);
		if (!hashes.ok) return hashes;
		if (!isRight(hashes.value, tile))
			return err(
				`the statements of bundle ${tile} are no longer those that were read before: the file has been changed`,
			);
		kept = { tile, hashes: hashes.value };
		return hashes;
	};
}

function isSame(hash: Uint8Array, other: Uint8Array | undefined): boolean {
	return other !== undefined && bytesEqual(hash, other);
}
