/**
 * What publishing must remember of the tree: the partial tiles at its right edge and the notes of the partial bundle (D6). Either believed because it gives the root
 * of a checkpoint, or made again from the statements of the database.
 */

import { encodeBundle } from '@matokeo/core/log/bundle.ts';
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { appendToTiles, EMPTY_EDGE, edgeRoot, type TileContent, type TileEdge } from '@matokeo/core/log/tiles.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { FileContent } from '../ports/disk.ts';
import type { LoggedStatement, Store } from '../ports/store.ts';
import type { Folder } from './folder.ts';

export interface Edge {
	readonly tiles: TileEdge;
	/** The notes of the bundle that is not full yet. */
	readonly notes: readonly Uint8Array[];
}

export const NO_EDGE: Edge = { tiles: EMPTY_EDGE, notes: [] };

/** Statements taken from the database at a time when much has to be made again: bounds the memory of a restart. */
export const STATEMENTS_PER_CHUNK_MAX = 4_096;

export interface Grown {
	readonly edge: Edge;
	/** Full tiles and bundles, never written again. */
	readonly full: readonly FileContent[];
}

export function grow(suite: Suite, folder: Folder, edge: Edge, statements: readonly LoggedStatement[]): Grown {
	const leafHashes = statements.map((statement) => statement.leafHash);
	const grown = appendToTiles(suite, edge.tiles, leafHashes);
	const full = grown.tiles.filter(({ tile }) => tile.width === TILE_WIDTH).map((one) => tileFile(folder, one));
	const notes = [...edge.notes, ...statements.map(({ note }) => note)];
	let index = Math.floor(edge.tiles.size / TILE_WIDTH);
	let at = 0;
	for (; notes.length - at >= TILE_WIDTH; at += TILE_WIDTH) {
		const bytes = encodeBundle(notes.slice(at, at + TILE_WIDTH));
		full.push({ path: folder.bundle({ index: index++, width: TILE_WIDTH }), bytes });
	}
	return { edge: { tiles: grown.edge, notes: notes.slice(at) }, full };
}

/** The partial tiles and the partial bundle that a checkpoint of this size needs and one of the size before did not have. */
export function partials(folder: Folder, { tiles, notes }: Edge, sizeBefore: number): readonly FileContent[] {
	const files: FileContent[] = [];
	for (const [level, bytes] of tiles.partials.entries()) {
		const count = Math.floor(tiles.size / TILE_WIDTH ** level);
		if (bytes.length === 0 || count === Math.floor(sizeBefore / TILE_WIDTH ** level)) continue;
		const width = bytes.length / 32;
		files.push(tileFile(folder, { tile: { level, index: (count - width) / TILE_WIDTH, width }, bytes }));
	}
	if (notes.length > 0 && tiles.size !== sizeBefore) {
		const bundle = { index: Math.floor(tiles.size / TILE_WIDTH), width: notes.length };
		files.push({ path: folder.bundle(bundle), bytes: encodeBundle(notes) });
	}
	return files;
}

/** The edge at a size, from the statements of the database alone. */
export function edgeFromStore(suite: Suite, folder: Folder, store: Store, size: number): Edge {
	let edge = NO_EDGE;
	while (edge.tiles.size < size) {
		const from = edge.tiles.size;
		const statements = store.statements(from, Math.min(size, from + STATEMENTS_PER_CHUNK_MAX));
		if (statements.length === 0) break;
		edge = grow(suite, folder, edge, statements).edge;
	}
	return edge;
}

/** The notes of the partial bundle of a tree of this size. */
export function partialNotes(store: Store, size: number): readonly Uint8Array[] {
	return store.statements(size - (size % TILE_WIDTH), size).map(({ note }) => note);
}

export function hasRoot(suite: Suite, { tiles }: Edge, root: Uint8Array): boolean {
	return bytesEqual(edgeRoot(suite, tiles), root);
}

/** Folders of partial tiles and bundles that are replaced by full ones between two sizes. */
export function replacedPartials(folder: Folder, before: number, after: number): readonly string[] {
	const folders: string[] = [];
	for (let level = 0, width = TILE_WIDTH; width <= after; level++, width *= TILE_WIDTH) {
		const last = Math.floor(after / width);
		for (let index = Math.floor(before / width); index < last; index++) {
			folders.push(`${folder.tile({ level, index, width: TILE_WIDTH })}.p`);
			if (level === 0) folders.push(`${folder.bundle({ index, width: TILE_WIDTH })}.p`);
		}
	}
	return folders;
}

function tileFile(folder: Folder, { tile, bytes }: TileContent): FileContent {
	return { path: folder.tile(tile), bytes };
}
