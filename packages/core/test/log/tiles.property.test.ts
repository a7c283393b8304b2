/** Properties of tiles (L19–L23): a log in portions writes what a log at once has; a proof from tiles is as good as the root. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBundle, encodeBundle } from '../../src/log/bundle.ts';
import {
	checkConsistency,
	checkInclusion,
	consistencyRanges,
	inclusionRanges,
	proveConsistency,
	proveInclusion,
	rangeHash,
	rootOf,
} from '../../src/log/merkle.ts';
import { parseBundlePath, parseTilePath, printTilePath } from '../../src/log/tilePath.ts';
import { tileHashReader, tilesFor } from '../../src/log/tileReader.ts';
import type { TileEdge, TileReader } from '../../src/log/tiles.ts';
import { appendToTiles, EMPTY_EDGE, edgeRoot, newTiles, readEdge, tileContent } from '../../src/log/tiles.ts';
import { portableSuite as suite } from '../../src/std/portable.ts';
import { leavesTo, memoryReader, present, unwrap } from './support.ts';

const SIZE = 66_000;
const leaves = leavesTo(SIZE);
const read = memoryReader(leaves);
const sizes = fc.oneof(
	fc.constantFrom(1, 255, 256, 257, 65_535, 65_536, 65_537, SIZE),
	fc.integer({ min: 1, max: SIZE }),
);

function rootAt(size: number): Uint8Array {
	return unwrap(rangeHash(suite, read, { start: 0, end: size }));
}

/** A folder of tiles, written in these portions. */
function publish(portions: readonly number[]): { readonly edge: TileEdge; readonly files: Map<string, Uint8Array> } {
	const files = new Map<string, Uint8Array>();
	let edge = EMPTY_EDGE;
	for (const size of portions) {
		const step = appendToTiles(suite, edge, leaves.slice(edge.size, size));
		expect(step.tiles.map(({ tile }) => printTilePath(tile)).sort()).toEqual(
			newTiles(edge.size, size).map(printTilePath).sort(),
		);
		for (const { tile, bytes } of step.tiles) files.set(printTilePath(tile), bytes);
		edge = step.edge;
	}
	return { edge, files };
}

function readerOf(files: ReadonlyMap<string, Uint8Array>): TileReader {
	return (tile) => files.get(printTilePath(tile));
}

const whole = publish([SIZE]);

describe('L20 L21 writing', () => {
	it('L20 L21 in any portions, every tile has the content of the tree and the edge gives its root', () => {
		fc.assert(
			fc.property(fc.uniqueArray(sizes, { maxLength: 4 }), (portions) => {
				const { edge, files } = publish(portions.toSorted((a, b) => a - b));
				expect(edgeRoot(suite, edge)).toEqual(rootAt(edge.size));
				for (const [path, bytes] of files) {
					const tile = unwrap(parseTilePath(path));
					if (tile.level > 0 || tile.width < 256) expect(unwrap(tileContent(read, tile))).toEqual(bytes);
				}
			}),
			{ numRuns: 15 },
		);
	});
});

describe('L23 reading', () => {
	it('L23 any inclusion and consistency proof comes out of the tiles that were announced', () => {
		fc.assert(
			fc.property(sizes, sizes, sizes, (a, b, c) => {
				const [oldSize = 1, size = 1] = [a, b].toSorted((x, y) => x - y);
				const index = c % size;
				const files = publish([oldSize, size]).files;
				const ranges = [...inclusionRanges(index, size), ...consistencyRanges(oldSize, size)];
				const announced = new Set(tilesFor(ranges, size).map(printTilePath));
				const fetch: TileReader = (tile) => {
					expect(announced).toContain(printTilePath(tile));
					return files.get(printTilePath(tile));
				};
				const tree = unwrap(tileHashReader(suite, fetch, size, rootAt(size)));
				const claim = { index, size, leafHash: present(leaves[index]), root: rootAt(size) };
				expect(checkInclusion(suite, claim, unwrap(proveInclusion(suite, tree, index, size)))).toBe(true);
				const growth = { oldSize, newSize: size, oldRoot: rootAt(oldSize), newRoot: rootAt(size) };
				expect(checkConsistency(suite, growth, unwrap(proveConsistency(suite, tree, oldSize, size)))).toBe(true);
			}),
			{ numRuns: 15 },
		);
	});

	it('L23 one changed bit in any tile that a proof needs is found and the tile named', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: SIZE - 1 }), fc.nat(), fc.nat(), (index, which, bit) => {
				const needed = tilesFor([{ start: index, end: index + 1 }], SIZE);
				const path = printTilePath(present(needed[which % needed.length]));
				const bytes = present(whole.files.get(path)).slice();
				const at = bit % (bytes.length * 8);
				bytes[at >> 3] = present(bytes[at >> 3]) ^ (1 << (at & 7));
				const files = new Map(whole.files).set(path, bytes);
				const tree = tileHashReader(suite, readerOf(files), SIZE, rootAt(SIZE));
				const hash = tree.ok ? tree.value({ level: 0, index }) : tree;
				expect(hash).toMatchObject({ ok: false, error: expect.stringContaining(path) });
			}),
			{ numRuns: 60 },
		);
	});

	it('L23 a missing partial tile is read from the full one; a missing full one is named', () => {
		const old = 65_700;
		const files = new Map(whole.files);
		expect(unwrap(readEdge(suite, readerOf(files), old, rootAt(old)))).toEqual(publish([old]).edge);
		files.delete('tile/0/003');
		const tree = unwrap(tileHashReader(suite, readerOf(files), SIZE, rootAt(SIZE)));
		expect(tree({ level: 0, index: 3 * 256 })).toEqual({ ok: false, error: 'L23: tile/0/003 is missing' });
		expect(tree({ level: 8, index: 3 }).ok).toBe(true);
		files.set('tile/0/003', new Uint8Array(8191));
		expect(tree({ level: 0, index: 3 * 256 })).toMatchObject({
			ok: false,
			error: expect.stringContaining('8191 bytes'),
		});
		for (const node of [
			{ level: 0, index: SIZE },
			{ level: 60, index: 0 },
			{ level: 0, index: -1 },
			{ level: -1, index: 0 },
		]) {
			expect(tree(node).ok).toBe(false);
		}
	});

	it('L23 another root, another size and no tiles at all are refused', () => {
		const fetch = readerOf(whole.files);
		expect(tileHashReader(suite, fetch, SIZE, rootAt(SIZE - 1)).ok).toBe(false);
		expect(tileHashReader(suite, fetch, SIZE + 1, rootAt(SIZE)).ok).toBe(false);
		expect(tileHashReader(suite, fetch, 2 ** 60, rootAt(SIZE)).ok).toBe(false);
		expect(tileHashReader(suite, () => undefined, SIZE, rootAt(SIZE)).ok).toBe(false);
		expect(tileHashReader(suite, () => undefined, 0, rootOf(suite, [])).ok).toBe(true);
	});
});

describe('L19 L22 names and bundles', () => {
	const index = fc.maxSafeInteger().map(Math.abs);

	it('L19 paths of tiles are read as they were written', () => {
		const tiles = fc.record({ level: fc.nat(63), index, width: fc.integer({ min: 1, max: 256 }) });
		fc.assert(
			fc.property(tiles, (tile) => {
				expect(unwrap(parseTilePath(printTilePath(tile)))).toEqual(tile);
			}),
		);
	});

	it('L19 any text that is read as a path is its only spelling', () => {
		const text = fc.stringMatching(/^tile\/[0-9]{1,2}\/[x0-9/]{0,12}(\.p\/[0-9]{0,4})?$/);
		fc.assert(
			fc.property(fc.oneof(text, fc.string()), (path) => {
				const tile = parseTilePath(path);
				if (tile.ok) expect(printTilePath(tile.value)).toBe(path);
				expect(parseBundlePath(path).ok && tile.ok).toBe(false);
			}),
		);
	});

	it('L22 bundles are read as they were written, as views, and in no other number', () => {
		const entries = fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 256 });
		fc.assert(
			fc.property(entries, (list) => {
				const bytes = encodeBundle(list);
				const decoded = unwrap(decodeBundle(bytes, list.length));
				expect(decoded.map((one) => [...one])).toEqual(list.map((one) => [...one]));
				expect(decoded.every((one) => one.buffer === bytes.buffer)).toBe(true);
				expect(decodeBundle(bytes, list.length + 1).ok).toBe(false);
				expect(decodeBundle(bytes, list.length - 1).ok).toBe(false);
				expect(decodeBundle(bytes.subarray(0, -1), list.length).ok).toBe(false);
			}),
			{ numRuns: 40 },
		);
	});

	it('L22 any bytes that are read as a bundle are its only spelling', () => {
		const bytes = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 24 }).map((list) => Uint8Array.from(list));
		fc.assert(
			fc.property(bytes, fc.nat(8), (list, width) => {
				const entries = decodeBundle(list, width);
				if (entries.ok && width > 0) expect([...encodeBundle(entries.value)]).toEqual([...list]);
			}),
		);
	});
});
