/**
 * Hashes of a tree out of published tiles (L23), each tile believed only after its root was found in the tile above it and the right
 * edge gave the root of a checkpoint. So a proof built from tiles is as good as the checkpoint, whoever served them.
 * It does not know how tiles are fetched: whoever must wait for them asks `tilesFor` and fetches those first.
 */
import { bytesEqual } from '../std/bytes.ts';
import type { Result } from '../std/result.ts';
import { err, ok } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import { TILE_WIDTH, TILES_KEPT_MAX } from './limits.ts';
import type { HashReader, LeafRange } from './merkle.ts';
import { rangeNodes, rootOf } from './merkle.ts';
import type { Tile } from './tilePath.ts';
import { printTilePath } from './tilePath.ts';
import type { TileReader } from './tiles.ts';
import { fetchTile, levelWidths, readEdge, tileHashes, tileOfNode, tileRoot } from './tiles.ts';

/** A reader of the tree of this size and root, or why the edge does not give that root. */
export function tileHashReader(suite: Suite, fetch: TileReader, size: number, root: Uint8Array): Result<HashReader> {
	const edge = readEdge(suite, fetch, size, root);
	if (!edge.ok) return edge;
	const { partials } = edge.value;
	const kept = new Map<string, Uint8Array>();

	function read(tile: Tile): Result<Uint8Array> {
		if (tile.width < TILE_WIDTH) return ok(partials[tile.level] ?? new Uint8Array(0));
		const path = printTilePath(tile);
		const known = kept.get(path);
		if (known !== undefined) return ok(known);
		const bytes = fetchTile(fetch, tile);
		if (!bytes.ok) return bytes;
		const parent = read(parentOf(tile, size));
		if (!parent.ok) return parent;
		const said = tileHashes(parent.value)[tile.index % TILE_WIDTH];
		if (said === undefined || !bytesEqual(said, tileRoot(suite, bytes.value))) {
			return err(`L23: ${path} does not hash to its entry in the tile above it`);
		}
		if (kept.size >= TILES_KEPT_MAX) kept.clear();
		kept.set(path, bytes.value);
		return bytes;
	}

	return ok((node) => {
		const end = (node.index + 1) * 2 ** node.level;
		if (!Number.isSafeInteger(end) || end > size || node.index < 0 || node.level < 0) {
			return err(`L23: no subtree ${node.index} of level ${node.level} in a tree of ${size}`);
		}
		const place = tileOfNode(node, size);
		const bytes = read(place.tile);
		return bytes.ok ? ok(rootOf(suite, tileHashes(bytes.value).slice(place.at, place.at + place.count))) : bytes;
	});
}

/** Every tile that `tileHashReader` asks for when these ranges are read from a tree of this size. */
export function tilesFor(ranges: readonly LeafRange[], size: number): readonly Tile[] {
	const tiles = new Map<string, Tile>();
	for (const [level, count] of levelWidths(size).entries()) {
		const width = count % TILE_WIDTH;
		if (width > 0) keep(tiles, { level, index: (count - width) / TILE_WIDTH, width });
	}
	for (const node of ranges.flatMap(rangeNodes)) {
		let tile = tileOfNode(node, size).tile;
		while (keep(tiles, tile) && tile.width === TILE_WIDTH) tile = parentOf(tile, size);
	}
	return [...tiles.values()];
}

/** Whether the tile was not there yet. */
function keep(tiles: Map<string, Tile>, tile: Tile): boolean {
	const path = printTilePath(tile);
	if (tiles.has(path)) return false;
	tiles.set(path, tile);
	return true;
}

/** The tile that holds a full tile's root. */
function parentOf(tile: Tile, size: number): Tile {
	return tileOfNode({ level: (tile.level + 1) * 8, index: tile.index }, size).tile;
}
