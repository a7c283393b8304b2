/** Properties of the tree (L3–L6): every size to 100 and every leaf, every flipped bit; and sizes beyond 2^32. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	appendLeaves,
	appendSubtree,
	EMPTY_RANGE,
	parseRange,
	printRange,
	rangeRoot,
} from '../../src/log/compactRange.ts';
import type { HashReader } from '../../src/log/merkle.ts';
import {
	checkConsistency,
	checkInclusion,
	nodeHash,
	proveConsistency,
	proveInclusion,
	rangeHash,
	rootOf,
} from '../../src/log/merkle.ts';
import { portableSuite as suite } from '../../src/std/portable.ts';
import { ok } from '../../src/std/result.ts';
import { leafOf, leavesTo, memoryReader, present, unwrap } from './support.ts';

const leaves = leavesTo(101);
const read = memoryReader(leaves);
const rootAt = (size: number) => rootOf(suite, leaves.slice(0, size));

/** The proof with one bit of one hash changed. */
function flipped(proof: readonly Uint8Array[], item: number, bit: number): readonly Uint8Array[] {
	return proof.map((hash, i) => (i === item ? flip(hash, bit) : hash));
}

function flip(hash: Uint8Array, bit: number): Uint8Array {
	return hash.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
}

/**
 * A tree of any size in which every leaf is the same but for a few marked ones: a subtree without a mark depends on its
 * level only, so that no more than a path is ever computed.
 */
function sparseReader(marks: readonly number[]): HashReader {
	const plain = [leafOf(-1)];
	const at = (level: number, index: number): Uint8Array => {
		const width = 2 ** level;
		if (!marks.some((mark) => Math.floor(mark / width) === index)) {
			while (plain.length <= level) plain.push(nodeHash(suite, present(plain.at(-1)), present(plain.at(-1))));
			return present(plain[level]);
		}
		return level === 0 ? leafOf(index) : nodeHash(suite, at(level - 1, 2 * index), at(level - 1, 2 * index + 1));
	};
	return ({ level, index }) => ok(at(level, index));
}

describe('L4 inclusion', () => {
	it('L4 proves and accepts every leaf of every size to 100, and no other index', () => {
		for (let size = 1; size <= 100; size++) {
			const root = rootAt(size);
			for (let index = 0; index < size; index++) {
				const proof = unwrap(proveInclusion(suite, read, index, size));
				const claim = { index, size, leafHash: present(leaves[index]), root };
				expect(checkInclusion(suite, claim, proof)).toBe(true);
				expect(checkInclusion(suite, { ...claim, index: (index + 1) % size }, proof)).toBe(size === 1);
			}
		}
	});

	it('L4 refuses every flipped bit of proof, leaf and root, and every proof cut or lengthened', () => {
		for (const [index, size] of [
			[0, 2],
			[6, 7],
			[5, 11],
			[64, 100],
		] as const) {
			const proof = unwrap(proveInclusion(suite, read, index, size));
			const claim = { index, size, leafHash: present(leaves[index]), root: rootAt(size) };
			for (let bit = 0; bit < 256; bit++) {
				for (let item = 0; item < proof.length; item++) {
					expect(checkInclusion(suite, claim, flipped(proof, item, bit))).toBe(false);
				}
				expect(checkInclusion(suite, { ...claim, root: flip(claim.root, bit) }, proof)).toBe(false);
				expect(checkInclusion(suite, { ...claim, leafHash: flip(claim.leafHash, bit) }, proof)).toBe(false);
			}
			expect(checkInclusion(suite, claim, proof.slice(1))).toBe(false);
			expect(checkInclusion(suite, claim, proof.slice(0, -1))).toBe(false);
			expect(checkInclusion(suite, claim, [...proof, claim.root])).toBe(false);
		}
	});
});

describe('L4 length', () => {
	it('L4 refuses a proof that is too long for its size although its hashes lead to the root', () => {
		for (const [index, size] of [
			[0, 1],
			[3, 4],
			[5, 7],
		] as const) {
			const proof = unwrap(proveInclusion(suite, read, index, size));
			const above = leafOf(100);
			for (const root of [nodeHash(suite, above, rootAt(size)), nodeHash(suite, rootAt(size), above)]) {
				const claim = { index, size, leafHash: present(leaves[index]), root };
				expect(checkInclusion(suite, claim, [...proof, above])).toBe(false);
			}
		}
	});
});

describe('L5 consistency', () => {
	it('L5 proves and accepts every pair of sizes to 100, and no other old root', () => {
		const roots = Array.from({ length: 101 }, (_, size) => rootAt(size));
		for (let newSize = 1; newSize <= 100; newSize++) {
			for (let oldSize = 1; oldSize <= newSize; oldSize++) {
				const proof = unwrap(proveConsistency(suite, read, oldSize, newSize));
				const claim = { oldSize, newSize, oldRoot: present(roots[oldSize]), newRoot: present(roots[newSize]) };
				expect(checkConsistency(suite, claim, proof)).toBe(true);
				expect(checkConsistency(suite, { ...claim, oldRoot: present(roots[oldSize - 1]) }, proof)).toBe(false);
			}
		}
	});

	it('L5 refuses every flipped bit of proof and roots, and every proof cut or lengthened', () => {
		for (const [oldSize, newSize] of [
			[1, 2],
			[4, 7],
			[6, 11],
			[63, 100],
		] as const) {
			const proof = unwrap(proveConsistency(suite, read, oldSize, newSize));
			const claim = { oldSize, newSize, oldRoot: rootAt(oldSize), newRoot: rootAt(newSize) };
			for (let bit = 0; bit < 256; bit++) {
				for (let item = 0; item < proof.length; item++) {
					expect(checkConsistency(suite, claim, flipped(proof, item, bit))).toBe(false);
				}
				expect(checkConsistency(suite, { ...claim, oldRoot: flip(claim.oldRoot, bit) }, proof)).toBe(false);
				expect(checkConsistency(suite, { ...claim, newRoot: flip(claim.newRoot, bit) }, proof)).toBe(false);
			}
			expect(checkConsistency(suite, claim, proof.slice(0, -1))).toBe(false);
			expect(checkConsistency(suite, claim, [...proof, claim.newRoot])).toBe(false);
		}
	});
});

describe('L1 sizes beyond 2^32', () => {
	const sizes = fc.oneof(
		fc.integer({ min: 2 ** 32 - 3, max: 2 ** 33 + 3 }),
		fc.maxSafeInteger().map((n) => Math.abs(n) + (n === 0 ? 1 : 0)),
		fc.integer({ min: 32, max: 52 }).chain((power) => fc.integer({ min: -2, max: 2 }).map((off) => 2 ** power + off)),
	);
	const share = fc.nat(999_999).map((n) => n / 1_000_000);

	it('L1 L4 proves and accepts a marked leaf, and not its neighbour 2^32 away', () => {
		fc.assert(
			fc.property(sizes, share, (size, where) => {
				const index = Math.floor(size * where);
				const big = sparseReader([index]);
				const root = unwrap(rangeHash(suite, big, { start: 0, end: size }));
				const claim = { index, size, leafHash: leafOf(index), root };
				const proof = unwrap(proveInclusion(suite, big, index, size));
				expect(proof.length).toBeLessThanOrEqual(53);
				expect(checkInclusion(suite, claim, proof)).toBe(true);
				const away = index >= 2 ** 32 ? index - 2 ** 32 : index + 2 ** 32;
				if (away !== index) expect(checkInclusion(suite, { ...claim, index: away }, proof)).toBe(false);
			}),
			{ numRuns: 60 },
		);
	});

	it('L1 L5 proves and accepts growth beyond 2^32, and refuses a log that changed a leaf', () => {
		fc.assert(
			fc.property(sizes, share, share, (newSize, older, where) => {
				const oldSize = 1 + Math.floor((newSize - 1) * older);
				const index = Math.floor(oldSize * where);
				const honest = sparseReader([]);
				const changed = sparseReader([index]);
				const oldRoot = unwrap(rangeHash(suite, honest, { start: 0, end: oldSize }));
				const prove = (tree: HashReader) => ({
					proof: unwrap(proveConsistency(suite, tree, oldSize, newSize)),
					newRoot: unwrap(rangeHash(suite, tree, { start: 0, end: newSize })),
				});
				const good = prove(honest);
				const bad = prove(changed);
				expect(checkConsistency(suite, { oldSize, newSize, oldRoot, newRoot: good.newRoot }, good.proof)).toBe(true);
				expect(checkConsistency(suite, { oldSize, newSize, oldRoot, newRoot: bad.newRoot }, bad.proof)).toBe(false);
			}),
			{ numRuns: 60 },
		);
	});

	it('L6 a compact range of whole subtrees reaches sizes beyond 2^32 and gives the same root', () => {
		const big = sparseReader([5, 2 ** 33 + 7]);
		let range = EMPTY_RANGE;
		for (const [level, index] of [
			[33, 0],
			[10, 2 ** 23],
			[0, 2 ** 33 + 1024],
		] as const) {
			range = appendSubtree(suite, range, level, unwrap(big({ level, index })));
		}
		expect(range.size).toBe(2 ** 33 + 1025);
		expect(rangeRoot(suite, range)).toEqual(unwrap(rangeHash(suite, big, { start: 0, end: range.size })));
		expect(parseRange(printRange(range))).toEqual(ok(range));
	});
});

describe('L6 compact ranges', () => {
	it('L6 in any portions, read back after each, they give the root of the whole', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 5 }), (portions) => {
				let range = EMPTY_RANGE;
				for (const portion of portions) {
					const next = appendLeaves(suite, range, leaves.slice(range.size, range.size + portion));
					range = unwrap(parseRange(printRange(next)));
				}
				expect(rangeRoot(suite, range)).toEqual(rootAt(range.size));
			}),
		);
	});

	it('L6 refuses a hash too few, too many or too short, and text that is none of ours', () => {
		const text = printRange(appendLeaves(suite, EMPTY_RANGE, leaves.slice(0, 7)));
		const lines = text.split('\n');
		const broken = [
			lines.slice(1),
			lines.slice(0, -1),
			[...lines.slice(0, -2), ''],
			['8', ...lines.slice(1)],
			['07', ...lines.slice(1)],
		];
		for (const one of broken) expect(parseRange(one.join('\n')).ok).toBe(false);
		expect(parseRange(text.replace('=', '')).ok).toBe(false);
		fc.assert(
			fc.property(fc.string(), (other) => {
				expect(parseRange(other).ok).toBe(other === '0\n');
			}),
		);
	});
});
