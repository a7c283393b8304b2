/**
 * Tiles of hashes (L20, L21, L23): which a tree of a given size has, what is in them, and how a growing log writes them. At level L the
 * tiles hold, 256 to a tile, the roots of the perfect subtrees of 256^L leaves. It does not know where tiles are kept.
 */
import { base64Encode, bytesEqual, concat } from '../std/bytes.ts';
import type { Result } from '../std/result.ts';
import { assert, err, ok } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import { isSize } from './decimal.ts';
import { TILE_WIDTH } from './limits.ts';
import type { HashReader, TreeNode } from './merkle.ts';
import { rootOf } from './merkle.ts';
import type { Tile } from './tilePath.ts';
import { printTilePath } from './tilePath.ts';

/** A tile and what is in it. */
export interface TileContent {
	readonly tile: Tile;
	readonly bytes: Uint8Array;
}

/**
 * The partial tiles at the right edge, lowest level first, each possibly empty: all that a log must remember to go on writing tiles.
 * `partials.length` is the number of levels that the size has.
 */
export interface TileEdge {
	readonly size: number;
	readonly partials: readonly Uint8Array[];
}

/** Reads the bytes of a tile; `undefined` when there is none. */
export type TileReader = (tile: Tile) => Uint8Array | undefined;

export const EMPTY_EDGE: TileEdge = { size: 0, partials: [] };

/** How many hashes level L has in a tree of this size: floor(size / 256^L), from level 0 to the last that has any. */
export function levelWidths(size: number): readonly number[] {
	const widths: number[] = [];
	for (let rest = size; rest > 0; rest = Math.floor(rest / TILE_WIDTH)) widths.push(rest);
	return widths;
}

/** L21: the tiles that are in the tree of the new size and not in that of the old. */
export function newTiles(oldSize: number, newSize: number): readonly Tile[] {
	return levelWidths(newSize).flatMap((_, level) => [...newTilesOf(level, oldSize, newSize)]);
}

/** The same of one level, in order, one at a time: for a size that somebody claims and nobody has seen. */
export function* newTilesOf(level: number, oldSize: number, newSize: number): Generator<Tile> {
	assert(isSize(oldSize) && isSize(newSize) && oldSize <= newSize, 'a log only grows');
	const old = levelWidths(oldSize)[level] ?? 0;
	const width = levelWidths(newSize)[level] ?? 0;
	if (old === width) return;
	for (let index = Math.floor(old / TILE_WIDTH); index * TILE_WIDTH < width; index++)
		yield { level, index, width: Math.min(TILE_WIDTH, width - index * TILE_WIDTH) };
}

/** L20: what is in a tile, from the hashes of the tree. */
export function tileContent(read: HashReader, tile: Tile): Result<Uint8Array> {
	const hashes: Uint8Array[] = [];
	for (let i = 0; i < tile.width; i++) {
		const hash = read({ level: tile.level * 8, index: tile.index * TILE_WIDTH + i });
		if (!hash.ok) return hash;
		hashes.push(hash.value);
	}
	return ok(concat(...hashes));
}

/** The hashes of a tile as views of it. */
export function tileHashes(bytes: Uint8Array): readonly Uint8Array[] {
	return Array.from({ length: Math.floor(bytes.length / 32) }, (_, i) => bytes.subarray(i * 32, i * 32 + 32));
}

/** The root of the subtree over a tile's hashes: for a full tile, its entry in the tile above. */
export function tileRoot(suite: Suite, bytes: Uint8Array): Uint8Array {
	return rootOf(suite, tileHashes(bytes));
}

/** The tile of a tree of this size that holds what a perfect subtree is made of, and where in it. */
export function tileOfNode(
	node: TreeNode,
	size: number,
): { readonly tile: Tile; readonly at: number; readonly count: number } {
	const level = Math.floor(node.level / 8);
	const count = 2 ** (node.level % 8);
	const first = node.index * count;
	const index = Math.floor(first / TILE_WIDTH);
	const present = Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH;
	return { tile: { level, index, width: Math.min(TILE_WIDTH, present) }, at: first % TILE_WIDTH, count };
}

/** The edge after these leaf hashes, and every tile to be written: full ones as they fill up, then the partial ones (L21). */
export function appendToTiles(
	suite: Suite,
	edge: TileEdge,
	leafHashes: readonly Uint8Array[],
): { readonly edge: TileEdge; readonly tiles: readonly TileContent[] } {
	const size = edge.size + leafHashes.length;
	assert(isSize(size), 'a tree has at most 2^53 − 1 leaves');
	const tiles: TileContent[] = [];
	const partials: Uint8Array[] = [];
	let added = leafHashes;
	let before = edge.size;
	for (let level = 0; level < edge.partials.length || added.length > 0; level++) {
		const waiting = concat(edge.partials[level] ?? new Uint8Array(0), ...added);
		const first = Math.floor(before / TILE_WIDTH);
		const full = Math.floor(waiting.length / 32 / TILE_WIDTH);
		const roots: Uint8Array[] = [];
		for (let i = 0; i < full; i++) {
			const bytes = waiting.slice(i * TILE_WIDTH * 32, (i + 1) * TILE_WIDTH * 32);
			tiles.push({ tile: { level, index: first + i, width: TILE_WIDTH }, bytes });
			roots.push(tileRoot(suite, bytes));
		}
		const partial = waiting.slice(full * TILE_WIDTH * 32);
		if (added.length > 0 && partial.length > 0) {
			tiles.push({ tile: { level, index: first + full, width: partial.length / 32 }, bytes: partial });
		}
		partials.push(partial);
		added = roots;
		before = first;
	}
	return { edge: { size, partials }, tiles };
}

/** L3: the root, from the edge alone. */
export function edgeRoot(suite: Suite, edge: TileEdge): Uint8Array {
	let lower: readonly Uint8Array[] = [];
	for (const partial of edge.partials) {
		const row = [...tileHashes(partial), ...lower];
		lower = row.length === 0 ? [] : [rootOf(suite, row)];
	}
	return rootOf(suite, lower);
}

/**
 * L23: the edge as published, believed only because it gives this root. Where a partial tile is missing, the full one
 * may stand in for it, cut to its width.
 */
export function readEdge(suite: Suite, fetch: TileReader, size: number, root: Uint8Array): Result<TileEdge> {
	if (!isSize(size)) return err(`L1: not a size: ${size}`);
	const partials: Uint8Array[] = [];
	for (const [level, count] of levelWidths(size).entries()) {
		const width = count % TILE_WIDTH;
		const bytes =
			width === 0 ? ok(new Uint8Array(0)) : fetchTile(fetch, { level, index: (count - width) / TILE_WIDTH, width });
		if (!bytes.ok) return bytes;
		partials.push(bytes.value);
	}
	const edge = { size, partials };
	const found = edgeRoot(suite, edge);
	if (bytesEqual(found, root)) return ok(edge);
	const names = partials.flatMap((bytes, level) => (bytes.length === 0 ? [] : [edgePath(level, size)]));
	return err(
		`L23: ${names.join(', ')} give the root ${base64Encode(found)}, the checkpoint says ${base64Encode(root)}`,
	);
}

/** A tile of exactly its width, or why not; a full tile stands in for a missing partial one. */
export function fetchTile(fetch: TileReader, tile: Tile): Result<Uint8Array> {
	const path = printTilePath(tile);
	const exact = fetch(tile);
	const bytes = exact ?? fetch({ ...tile, width: TILE_WIDTH })?.subarray(0, tile.width * 32);
	if (bytes === undefined) return err(`L23: ${path} is missing`);
	if (bytes.length === tile.width * 32) return ok(bytes);
	return err(`L23: ${path} has ${bytes.length} bytes, expected ${tile.width * 32}`);
}

function edgePath(level: number, size: number): string {
	const count = Math.floor(size / TILE_WIDTH ** level);
	const width = count % TILE_WIDTH;
	return printTilePath({ level, index: (count - width) / TILE_WIDTH, width });
}
