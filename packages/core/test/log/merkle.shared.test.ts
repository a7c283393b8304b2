/** The tree and its proofs against the vectors of others: Go's reference, transparency-dev/merkle, a Tessera log (L2–L6, L19–L22). */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodeBundle, encodeBundle } from '../../src/log/bundle.ts';
import { appendLeaves, EMPTY_RANGE, rangeRoot } from '../../src/log/compactRange.ts';
import {
	checkConsistency,
	checkInclusion,
	leafHash,
	proveConsistency,
	proveInclusion,
	rangeHash,
	rootOf,
} from '../../src/log/merkle.ts';
import { parseBundlePath, parseTilePath, printBundlePath, printTilePath } from '../../src/log/tilePath.ts';
import { appendToTiles, EMPTY_EDGE, edgeRoot, newTiles, tileContent } from '../../src/log/tiles.ts';
import { base64Encode, utf8Encode } from '../../src/std/bytes.ts';
import { portableSuite as suite } from '../../src/std/portable.ts';
import type {
	ConsistencyCase,
	GoConsistency,
	GoInclusion,
	InclusionCase,
	NewTilesCase,
	RootsFile,
	TilePathCase,
	TilesFile,
} from './sharedShapes.ts';
import {
	base64,
	leavesTo,
	memoryReader,
	needsShared,
	present,
	sharedBytes,
	sharedJson,
	sharedPath,
	sharedPresent,
	unwrap,
} from './support.ts';

const SIZE = 70_000;
const leaves = sharedPresent ? leavesTo(SIZE) : [];
const read = memoryReader(leaves);

function filesOf(kind: string): readonly string[] {
	const paths = readdirSync(sharedPath(`merkle-transparency-dev/${kind}`), { recursive: true, encoding: 'utf8' });
	return paths.filter((path) => path.endsWith('.json')).map((path) => join('merkle-transparency-dev', kind, path));
}

describe('L3 roots', () => {
	it.skipIf(!sharedPresent)(
		`L3 L6 the roots of 309 sizes are Go's, from hashes and from a growing edge ${needsShared}`,
		() => {
			const { roots } = sharedJson<RootsFile>('generated-go/roots.json');
			let range = EMPTY_RANGE;
			let edge = EMPTY_EDGE;
			for (const { size, root } of roots) {
				const added = leaves.slice(range.size, size);
				range = appendLeaves(suite, range, added);
				edge = appendToTiles(suite, edge, added).edge;
				expect(base64Encode(unwrap(rangeHash(suite, read, { start: 0, end: size })))).toBe(root);
				expect(base64Encode(rangeRoot(suite, range))).toBe(root);
				expect(base64Encode(edgeRoot(suite, edge))).toBe(root);
				if (size < 600) expect(base64Encode(rootOf(suite, leaves.slice(0, size)))).toBe(root);
			}
			expect(roots).toHaveLength(309);
		},
	);
});

describe('L4 L5 proofs', () => {
	it.skipIf(!sharedPresent)(`L4 builds and accepts Go's inclusion proofs ${needsShared}`, () => {
		for (const { index, size, leafHash, root, proof } of sharedJson<readonly GoInclusion[]>(
			'generated-go/inclusion.json',
		)) {
			expect(unwrap(proveInclusion(suite, read, index, size)).map(base64Encode)).toEqual(proof);
			const claim = { index, size, leafHash: base64(leafHash), root: base64(root) };
			expect(checkInclusion(suite, claim, proof.map(base64))).toBe(true);
		}
	});

	it.skipIf(!sharedPresent)(`L5 builds and accepts Go's consistency proofs ${needsShared}`, () => {
		for (const { size1, size2, root1, root2, proof } of sharedJson<readonly GoConsistency[]>(
			'generated-go/consistency.json',
		)) {
			expect(unwrap(proveConsistency(suite, read, size1, size2)).map(base64Encode)).toEqual(proof);
			const claim = { oldSize: size1, oldRoot: base64(root1), newSize: size2, newRoot: base64(root2) };
			expect(checkConsistency(suite, claim, proof.map(base64))).toBe(true);
		}
	});

	it.skipIf(!sharedPresent)(`L4 judges the 98 inclusion cases of transparency-dev as they say ${needsShared}`, () => {
		const files = filesOf('inclusion');
		expect(files).toHaveLength(98);
		for (const file of files) {
			const { leafIdx, treeSize, root, leafHash, proof, wantErr } = sharedJson<InclusionCase>(file);
			const claim = { index: leafIdx, size: treeSize, leafHash: base64(leafHash ?? ''), root: base64(root ?? '') };
			expect(checkInclusion(suite, claim, (proof ?? []).map(base64)), file).toBe(!wantErr);
		}
	});

	it.skipIf(!sharedPresent)(`L5 judges the 98 consistency cases of transparency-dev as they say ${needsShared}`, () => {
		const files = filesOf('consistency');
		expect(files).toHaveLength(98);
		for (const file of files) {
			const { size1, size2, root1, root2, proof, wantErr } = sharedJson<ConsistencyCase>(file);
			const claim = { oldSize: size1, oldRoot: base64(root1 ?? ''), newSize: size2, newRoot: base64(root2 ?? '') };
			expect(checkConsistency(suite, claim, (proof ?? []).map(base64)), file).toBe(!wantErr);
		}
	});
});

describe('L19–L22 tiles', () => {
	it.skipIf(!sharedPresent)(`L19 tile paths are Go's, both ways ${needsShared}`, () => {
		for (const { full, index, partial17 } of sharedJson<readonly TilePathCase[]>('generated-go/tilepaths.json')) {
			expect(printTilePath({ level: 0, index, width: 256 })).toBe(full);
			expect(printTilePath({ level: 0, index, width: 17 })).toBe(partial17);
			expect(unwrap(parseTilePath(full))).toEqual({ level: 0, index, width: 256 });
			expect(unwrap(parseTilePath(partial17))).toEqual({ level: 0, index, width: 17 });
		}
	});

	it.skipIf(!sharedPresent)(`L21 the new tiles of a step are Go's ${needsShared}`, () => {
		for (const { old, new: size, paths } of sharedJson<readonly NewTilesCase[]>('generated-go/newtiles.json')) {
			expect(newTiles(old, size).map(printTilePath)).toEqual(paths);
			const before = appendToTiles(suite, EMPTY_EDGE, leaves.slice(0, old)).edge;
			const written = appendToTiles(suite, before, leaves.slice(old, size)).tiles;
			expect(written.map(({ tile }) => printTilePath(tile))).toEqual(paths);
		}
	});

	it.skipIf(!sharedPresent)(`L20 L22 tiles and bundles have Go's bytes ${needsShared}`, () => {
		for (const { size, tileCount, tiles } of sharedJson<TilesFile>('generated-go/tiles.json').trees) {
			expect(newTiles(0, size)).toHaveLength(tileCount);
			const written = appendToTiles(suite, EMPTY_EDGE, leaves.slice(0, size)).tiles;
			for (const { path, bytes, sha256, bundlePath, bundleSha256 } of tiles) {
				const tile = unwrap(parseTilePath(path));
				const content = unwrap(tileContent(read, tile));
				expect(content).toHaveLength(bytes);
				expect(suite.sha256Hex(content)).toBe(sha256);
				expect(present(written.find((one) => printTilePath(one.tile) === path)).bytes).toEqual(content);
				if (bundlePath === undefined) continue;
				const { index, width } = unwrap(parseBundlePath(bundlePath));
				const entries = Array.from({ length: width }, (_, i) => utf8Encode(`leaf ${index * 256 + i}`));
				expect(printBundlePath({ index, width })).toBe(bundlePath);
				expect(suite.sha256Hex(encodeBundle(entries))).toBe(bundleSha256);
			}
		}
	});

	it.skipIf(!sharedPresent)(`L22 a Tessera log: bundle, tile and root of every size to 15 agree ${needsShared}`, () => {
		for (let size = 1; size <= 15; size++) {
			const bundle = sharedBytes(`tessera-testdata-log/tile/entries/000.p/${size}`);
			const hashes = unwrap(decodeBundle(bundle, size)).map((entry) => leafHash(suite, entry));
			const [written] = appendToTiles(suite, EMPTY_EDGE, hashes).tiles;
			expect(present(written).bytes).toEqual(sharedBytes(`tessera-testdata-log/tile/0/000.p/${size}`));
			const checkpoint = new TextDecoder().decode(sharedBytes(`tessera-testdata-log/checkpoint.${size}`));
			expect(checkpoint.split('\n')[2]).toBe(base64Encode(rootOf(suite, hashes)));
			expect(decodeBundle(bundle, size + 1).ok).toBe(false);
			expect(decodeBundle(bundle, size - 1).ok).toBe(false);
		}
	});
});
