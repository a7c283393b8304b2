/** Our own vectors of the tree, its tiles and Ed25519 (`vectors/log`): every case accepted or refused by its rule. */
import { describe, expect, it } from 'vitest';
import { decodeBundle, encodeBundle } from '../../src/log/bundle.ts';
import { checkEnrolmentKey, verifySignature } from '../../src/log/ed25519.ts';
import { checkConsistency, checkInclusion, proveConsistency, proveInclusion, rootOf } from '../../src/log/merkle.ts';
import { parseBundlePath, parseTilePath, printBundlePath, printTilePath } from '../../src/log/tilePath.ts';
import { newTiles } from '../../src/log/tiles.ts';
import { base64Encode, concat, hexEncode, utf8Decode, utf8Encode } from '../../src/std/bytes.ts';
import { portableSuite as suite } from '../../src/std/portable.ts';
import type { MerkleFile, SignaturesFile, TilesVectorFile } from './ownShapes.ts';
import { base64, hex, leavesTo, memoryReader, ownJson, present, unwrap } from './support.ts';

describe('merkle.json', () => {
	const { roots, inclusion, consistency } = ownJson<MerkleFile>('merkle.json');
	const leaves = leavesTo(16);
	const read = memoryReader(leaves);
	const rootAt = (size: number) => base64(present(roots[size]));

	it('L2 L3 the roots of sizes 0 to 16', () => {
		expect(roots.map((_, size) => base64Encode(rootOf(suite, leaves.slice(0, size))))).toEqual(roots);
	});

	it.each(inclusion.accepted)('L4 proves entry $index of $size', ({ index, size, proof }) => {
		expect(unwrap(proveInclusion(suite, read, index, size)).map(base64Encode)).toEqual(proof);
		const claim = { index, size, leafHash: present(leaves[index]), root: rootAt(size) };
		expect(checkInclusion(suite, claim, proof.map(base64))).toBe(true);
	});

	it.each(inclusion.refused)('L4 refuses: $title', ({ index, size, leaf, root, proof }) => {
		const claim = { index, size, leafHash: present(leaves[leaf]), root: rootAt(root) };
		expect(checkInclusion(suite, claim, proof.map(base64))).toBe(false);
	});

	it.each(consistency.accepted)('L5 proves $oldSize to $newSize', ({ oldSize, newSize, proof }) => {
		expect(unwrap(proveConsistency(suite, read, oldSize, newSize)).map(base64Encode)).toEqual(proof);
		const claim = { oldSize, newSize, oldRoot: rootAt(oldSize), newRoot: rootAt(newSize) };
		expect(checkConsistency(suite, claim, proof.map(base64))).toBe(true);
	});

	it.each(consistency.refused)('L5 refuses: $title', ({ oldSize, newSize, oldRoot, newRoot, proof }) => {
		const claim = { oldSize, newSize, oldRoot: rootAt(oldRoot), newRoot: rootAt(newRoot) };
		expect(checkConsistency(suite, claim, proof.map(base64))).toBe(false);
	});
});

describe('tiles.json', () => {
	const { paths, bundlePaths, newTiles: steps, bundles } = ownJson<TilesVectorFile>('tiles.json');

	it.each(paths.accepted)('L19 $path is read and written alike', ({ path, ...tile }) => {
		expect(printTilePath(tile)).toBe(path);
		expect(unwrap(parseTilePath(path))).toEqual(tile);
	});

	it.each(bundlePaths.accepted)('L19 $path is read and written alike', ({ path, ...bundle }) => {
		expect(printBundlePath(bundle)).toBe(path);
		expect(unwrap(parseBundlePath(path))).toEqual(bundle);
	});

	it.each(paths.refused)('L19 refuses %j as a tile of hashes', (path: string) => {
		expect(parseTilePath(path).ok).toBe(false);
	});

	it.each(bundlePaths.refused)('L19 refuses %j as a bundle', (path: string) => {
		expect(parseBundlePath(path).ok).toBe(false);
	});

	it.each(steps)('L21 from $old to $new', ({ old, new: size, paths: expected }) => {
		expect(newTiles(old, size).map(printTilePath)).toEqual(expected);
	});

	it.each(bundles.accepted)('L22 a bundle of $title', ({ hex: bytes, entries }) => {
		expect(unwrap(decodeBundle(hex(bytes), entries.length)).map(utf8Decode)).toEqual(entries);
		expect(hexEncode(encodeBundle(entries.map(utf8Encode)))).toBe(bytes);
	});

	it.each(bundles.refused)('L22 refuses a bundle: $title', ({ hex: bytes, width }) => {
		expect(decodeBundle(hex(bytes), width)).toMatchObject({ ok: false, error: expect.stringMatching(/^L22: /) });
	});
});

describe('signatures.json', () => {
	const { message, signatures, enrolment } = ownJson<SignaturesFile>('signatures.json');

	it.each(signatures)('L7 $title: accepted $accepted', ({ publicKey, signature, accepted }) => {
		expect(verifySignature(suite, hex(publicKey), utf8Encode(message), hex(signature))).toBe(accepted);
	});

	it('L7 never asks the suite about S ≥ L, a point of small order or a second spelling', () => {
		const trusting = { ...suite, ed25519: () => true };
		const honest = hex(present(signatures[0]).signature);
		const key = hex(present(signatures[0]).publicKey);
		const judge = (publicKey: Uint8Array, r: Uint8Array, s: Uint8Array) =>
			verifySignature(trusting, publicKey, utf8Encode(message), concat(r, s));
		const [r, s] = [honest.subarray(0, 32), honest.subarray(32)];
		expect(judge(key, r, s)).toBe(true);
		expect(judge(key, r, hex('ecd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010'))).toBe(true);
		expect(judge(key, r, hex('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010'))).toBe(false);
		expect(judge(key, r, hex('0000000000000000000000000000000000000000000000000000000001000010'))).toBe(false);
		expect(judge(key, r, new Uint8Array(32).fill(255))).toBe(false);
		const refused = enrolment.filter(
			({ title }) => !/honest|order 8$|curve|few/.test(title) || title === 'a point of order 8',
		);
		expect(refused).toHaveLength(7);
		for (const { publicKey } of refused) {
			expect(judge(hex(publicKey), r, s)).toBe(false);
			expect(judge(key, hex(publicKey), s)).toBe(false);
		}
	});

	it.each(enrolment)('L8 $title: accepted $accepted', ({ publicKey, accepted }) => {
		expect(checkEnrolmentKey(suite, hex(publicKey)).ok).toBe(accepted);
	});
});
