/**
 * The right edge of a growing tree (L6): the hashes of its perfect subtrees, largest first, one for every binary digit 1 of
 * the size. Adding a leaf costs two hashes on average and the root a handful, so the server and the verifier know the root as
 * they go without keeping the tree. It does not know any leaf again: proofs need a `HashReader`.
 */
import { base64Decode, base64Encode } from '../std/bytes.ts';
import type { Result } from '../std/result.ts';
import { assert, err, ok } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import { half, isSize, parseSize } from './decimal.ts';
import { emptyRoot, isHash, nodeHash } from './merkle.ts';

export interface CompactRange {
	readonly size: number;
	readonly hashes: readonly Uint8Array[];
}

export const EMPTY_RANGE: CompactRange = { size: 0, hashes: [] };

/** The range after these leaf hashes, in order. */
export function appendLeaves(suite: Suite, range: CompactRange, leafHashes: readonly Uint8Array[]): CompactRange {
	const hashes = [...range.hashes];
	let size = range.size;
	for (const leaf of leafHashes) {
		push(suite, hashes, size, leaf);
		size++;
	}
	assert(isSize(size), 'a tree has at most 2^53 − 1 leaves');
	return { size, hashes };
}

/** The range after a whole perfect subtree of 2^level leaves; the size must be a multiple of that. */
export function appendSubtree(suite: Suite, range: CompactRange, level: number, hash: Uint8Array): CompactRange {
	const width = 2 ** level;
	const hashes = [...range.hashes];
	const size = range.size + width;
	assert(range.size % width === 0 && isSize(size), 'a subtree begins at a multiple of its own size');
	push(suite, hashes, range.size / width, hash);
	return { size, hashes };
}

/** L3. */
export function rangeRoot(suite: Suite, range: CompactRange): Uint8Array {
	let root: Uint8Array | undefined;
	for (const hash of range.hashes.toReversed()) root = root === undefined ? hash : nodeHash(suite, hash, root);
	return root ?? emptyRoot(suite);
}

/** The size on a line, then each hash in base64 on a line. */
export function printRange(range: CompactRange): string {
	return [String(range.size), ...range.hashes.map(base64Encode), ''].join('\n');
}

export function parseRange(text: string): Result<CompactRange> {
	const lines = text.split('\n');
	if (lines.pop() !== '') return err('L6: the last line must end in a newline');
	const [first = '', ...rest] = lines;
	const size = parseSize(first);
	if (size === undefined) return err(`L6: expected a size, found ${JSON.stringify(first.slice(0, 40))}`);
	if (rest.length !== subtreeCount(size)) {
		return err(`L6: size ${size} has ${subtreeCount(size)} subtrees, found ${rest.length} hashes`);
	}
	const hashes: Uint8Array[] = [];
	for (const line of rest) {
		const hash = base64Decode(line);
		if (hash === undefined || !isHash(hash)) return err('L6: a line is not the base64 of 32 bytes');
		hashes.push(hash);
	}
	return ok({ size, hashes });
}

/** `count` is how many subtrees of this hash's own size are in the tree already: every trailing binary 1 is a merge. */
function push(suite: Suite, hashes: Uint8Array[], count: number, hash: Uint8Array): void {
	let merged = hash;
	for (let rest = count; rest % 2 === 1; rest = half(rest)) {
		const left = hashes.pop();
		assert(left !== undefined, 'a compact range holds a hash for every binary 1 of its size');
		merged = nodeHash(suite, left, merged);
	}
	hashes.push(merged);
}

function subtreeCount(size: number): number {
	let count = 0;
	for (let rest = size; rest > 0; rest = half(rest)) count += rest % 2;
	return count;
}
