/** The files of one large step (V64): a log of more statements than a tile of the second level has, so that all kinds of tiles are in it. What the statements say is not asked here. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeBundle } from '@matokeo/core/log/bundle.ts';
import { leafHash } from '@matokeo/core/log/merkle.ts';
import { printBundlePath, printTilePath } from '@matokeo/core/log/tilePath.ts';
import { appendToTiles, EMPTY_EDGE, edgeRoot } from '@matokeo/core/log/tiles.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { checkStep } from '../src/follow/step.ts';
import { workerPool } from '../src/node/pool.ts';
import { newFolder, put, removeFolders } from './support/publish.ts';
import { suite } from './support/smallLog.ts';

const SIZE = 65_536 + 300;
const entries = Array.from({ length: SIZE }, (_, i) => Buffer.from(String(i)));
const dir = newFolder();
const { edge, tiles } = appendToTiles(
	suite,
	EMPTY_EDGE,
	entries.map((entry) => leafHash(suite, entry)),
);
for (const { tile, bytes } of tiles) put(dir, printTilePath(tile), bytes);
for (let at = 0; at < SIZE; at += 256) {
	const bundle = entries.slice(at, at + 256);
	put(dir, printBundlePath({ index: at / 256, width: bundle.length }), encodeBundle(bundle));
}
const pool = workerPool(suite, dir, 0);
afterAll(removeFolders);

describe('the files of a large step', () => {
	it('give the root, whatever was verified before', async () => {
		for (const from of [0, 1, 256, 65_535, 65_536, 65_700]) {
			const before = appendToTiles(
				suite,
				EMPTY_EDGE,
				entries.slice(0, from).map((entry) => leafHash(suite, entry)),
			).edge;
			const step = await checkStep({ suite, folder: dir, pool, edge: before }, SIZE);
			expect([step.unfit, step.whole, step.root, step.edge]).toEqual([[], true, edgeRoot(suite, edge), edge]);
		}
	});

	it.each(['tile/1/000', 'tile/1/001.p/1', 'tile/2/000.p/1', 'tile/0/100', 'tile/0/257.p/44'])(
		'a byte changed in %s is seen, and that it is there and nowhere else',
		async (path) => {
			const sound = readFileSync(join(dir, path));
			const other = Buffer.from(sound);
			other[9] = (other[9] ?? 0) ^ 1;
			put(dir, path, other);
			const step = await checkStep({ suite, folder: dir, pool, edge: EMPTY_EDGE }, SIZE);
			put(dir, path, sound);
			expect(step.unfit.map(({ file }) => file)).toEqual([path]);
			expect(step.root).toEqual(edgeRoot(suite, edge));
		},
	);
});
