/**
 * The Merkle tree of RFC 6962 over SHA-256 (L2, L3), with inclusion and consistency proofs as inverse pairs: what `prove…`
 * builds, `check…` accepts (L4, L5). Proofs are built from the hashes of perfect subtrees, wherever those are kept: tiles,
 * a database, memory. It does not know what an entry says or who signed a root; every size to 2^53 − 1 is handled.
 */
import { bytesEqual } from '../std/bytes.ts';
import type { Result } from '../std/result.ts';
import { err, ok } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import { half, isSize, splitOf } from './decimal.ts';
import { ENTRY_BYTES_MAX } from './limits.ts';

/** A perfect subtree: the leaves from index·2^level up to, but not including, (index+1)·2^level. */
export interface TreeNode {
	readonly level: number;
	readonly index: number;
}

/** The leaves from `start` up to, but not including, `end`. */
export interface LeafRange {
	readonly start: number;
	readonly end: number;
}

/** The hash of a perfect subtree, 32 bytes, or why it cannot be had. */
export type HashReader = (node: TreeNode) => Result<Uint8Array>;

export interface InclusionClaim {
	readonly index: number;
	readonly size: number;
	readonly leafHash: Uint8Array;
	readonly root: Uint8Array;
}

export interface ConsistencyClaim {
	readonly oldSize: number;
	readonly oldRoot: Uint8Array;
	readonly newSize: number;
	readonly newRoot: Uint8Array;
}

/** Reused between calls: hashing is synchronous and nothing keeps a view of them. */
const leafInput = new Uint8Array(1 + ENTRY_BYTES_MAX);
const nodeInput = new Uint8Array(65);
nodeInput[0] = 1;

export function isHash(bytes: Uint8Array): boolean {
	return bytes.length === 32;
}

/** L2: SHA-256 of 0x00 and the entry. */
export function leafHash(suite: Suite, entry: Uint8Array): Uint8Array {
	const input = entry.length <= ENTRY_BYTES_MAX ? leafInput : new Uint8Array(1 + entry.length);
	input.set(entry, 1);
	return suite.sha256(input.subarray(0, 1 + entry.length));
}

/** L2: SHA-256 of 0x01 and both children. */
export function nodeHash(suite: Suite, left: Uint8Array, right: Uint8Array): Uint8Array {
	nodeInput.set(left, 1);
	nodeInput.set(right, 33);
	return suite.sha256(nodeInput);
}

export function emptyRoot(suite: Suite): Uint8Array {
	return suite.sha256(new Uint8Array(0));
}

/** L3 for a list of leaf hashes, or of hashes of equal subtrees of which the last may be a smaller one. */
export function rootOf(suite: Suite, hashes: readonly Uint8Array[]): Uint8Array {
	let row = hashes;
	while (row.length > 1) {
		const above: Uint8Array[] = [];
		for (let i = 0; i + 1 < row.length; i += 2) above.push(nodeHash(suite, at(row, i), at(row, i + 1)));
		if (row.length % 2 === 1) above.push(at(row, row.length - 1));
		row = above;
	}
	return row[0] ?? emptyRoot(suite);
}

/** The perfect subtrees that make up a range, from left to right. The range starts where a subtree as large as it may start. */
export function rangeNodes(range: LeafRange): readonly TreeNode[] {
	const nodes: TreeNode[] = [];
	let start = range.start;
	while (start < range.end) {
		let level = 0;
		let width = 1;
		while (start % (width * 2) === 0 && width * 2 <= range.end - start) {
			width *= 2;
			level++;
		}
		nodes.push({ level, index: start / width });
		start += width;
	}
	return nodes;
}

/** The ranges whose hashes are the inclusion proof of L4, the leaf's sibling first. */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
	const ranges: LeafRange[] = [];
	let start = 0;
	let end = size;
	while (end - start > 1) {
		const middle = start + splitOf(end - start);
		if (index < middle) {
			ranges.push({ start: middle, end });
			end = middle;
		} else {
			ranges.push({ start, end: middle });
			start = middle;
		}
	}
	return ranges.reverse();
}

/** The ranges whose hashes are the consistency proof of L5. */
export function consistencyRanges(oldSize: number, newSize: number): readonly LeafRange[] {
	const ranges: LeafRange[] = [];
	let start = 0;
	let end = newSize;
	while (end !== oldSize) {
		const middle = start + splitOf(end - start);
		if (oldSize <= middle) {
			ranges.push({ start: middle, end });
			end = middle;
		} else {
			ranges.push({ start, end: middle });
			start = middle;
		}
	}
	// What is left is the old tree's own right part; when it is the whole old tree, its root is known already.
	if (start !== 0) ranges.push({ start, end });
	return ranges.reverse();
}

/** The hash of any range that `inclusionRanges` or `consistencyRanges` names, and, from 0, the root of a size. */
export function rangeHash(suite: Suite, read: HashReader, range: LeafRange): Result<Uint8Array> {
	let hash: Uint8Array | undefined;
	for (const node of rangeNodes(range).toReversed()) {
		const left = read(node);
		if (!left.ok) return left;
		hash = hash === undefined ? left.value : nodeHash(suite, left.value, hash);
	}
	return ok(hash ?? emptyRoot(suite));
}

/** L4. */
export function proveInclusion(
	suite: Suite,
	read: HashReader,
	index: number,
	size: number,
): Result<readonly Uint8Array[]> {
	if (!isSize(index) || !isSize(size) || index >= size) return err(`L4: no entry ${index} in a tree of ${size}`);
	return hashesOf(suite, read, inclusionRanges(index, size));
}

/** L4: false for a wrong claim, a wrong proof and anything that is not a proof at all. */
export function checkInclusion(suite: Suite, claim: InclusionClaim, proof: readonly Uint8Array[]): boolean {
	if (!isSize(claim.index) || !isSize(claim.size) || claim.index >= claim.size) return false;
	if (!isHash(claim.leafHash) || !isHash(claim.root)) return false;
	let position = claim.index;
	let last = claim.size - 1;
	let hash = claim.leafHash;
	for (const item of proof) {
		if (last === 0 || !isHash(item)) return false;
		if (position % 2 === 1 || position === last) {
			hash = nodeHash(suite, item, hash);
			while (position % 2 === 0 && position !== 0) {
				position = half(position);
				last = half(last);
			}
		} else {
			hash = nodeHash(suite, hash, item);
		}
		position = half(position);
		last = half(last);
	}
	return last === 0 && bytesEqual(hash, claim.root);
}

/** L5, from a size of at least 1; every tree is consistent with the empty one and there is nothing to prove. */
export function proveConsistency(
	suite: Suite,
	read: HashReader,
	oldSize: number,
	newSize: number,
): Result<readonly Uint8Array[]> {
	if (!isSize(oldSize) || !isSize(newSize) || oldSize < 1 || oldSize > newSize) {
		return err(`L5: no consistency proof from size ${oldSize} to size ${newSize}`);
	}
	return hashesOf(suite, read, consistencyRanges(oldSize, newSize));
}

/** L5: false for a wrong claim, a wrong proof, an old size of 0 and anything that is not a proof at all. */
export function checkConsistency(suite: Suite, claim: ConsistencyClaim, proof: readonly Uint8Array[]): boolean {
	const { oldSize, newSize, oldRoot, newRoot } = claim;
	if (!isSize(oldSize) || !isSize(newSize) || oldSize < 1 || oldSize > newSize) return false;
	if (oldSize === newSize) return proof.length === 0 && bytesEqual(oldRoot, newRoot);
	if (!isHash(oldRoot) || !isHash(newRoot)) return false;
	const items = carriesOldRoot(oldSize) ? proof : [oldRoot, ...proof];
	const roots = proof.length === 0 ? undefined : climb(suite, oldSize, newSize, items);
	return roots !== undefined && bytesEqual(roots.oldRoot, oldRoot) && bytesEqual(roots.newRoot, newRoot);
}

/**
 * The root that a tree of the new size and root has at the old size, where a consistency proof shows it. Whoever brings a proof for other
 * hashes than ours so says what theirs are. `undefined` for what proves nothing, and where the old size is a power of two: there the proof leaves
 * the old root to be brought.
 */
export function provenPrefixRoot(
	suite: Suite,
	{ oldSize, newSize, newRoot }: Omit<ConsistencyClaim, 'oldRoot'>,
	proof: readonly Uint8Array[],
): Uint8Array | undefined {
	if (!isSize(oldSize) || !isSize(newSize) || oldSize < 1 || oldSize >= newSize || !carriesOldRoot(oldSize))
		return undefined;
	const roots = climb(suite, oldSize, newSize, proof);
	return roots !== undefined && bytesEqual(roots.newRoot, newRoot) ? roots.oldRoot : undefined;
}

/** A tree of 2^n leaves is itself a subtree of every later one, and its root is left out of the proof. */
function carriesOldRoot(oldSize: number): boolean {
	let rest = oldSize;
	while (rest % 2 === 0) rest = half(rest);
	return rest > 1;
}

/** Both roots, from a consistency proof that begins with a subtree of the old tree; `undefined` when it does not end at them. */
function climb(
	suite: Suite,
	oldSize: number,
	newSize: number,
	items: readonly Uint8Array[],
): { readonly oldRoot: Uint8Array; readonly newRoot: Uint8Array } | undefined {
	let position = oldSize - 1;
	let last = newSize - 1;
	while (position % 2 === 1) {
		position = half(position);
		last = half(last);
	}
	const [first, ...rest] = items;
	if (first === undefined || !isHash(first)) return undefined;
	let oldRoot = first;
	let newRoot = first;
	for (const item of rest) {
		if (last === 0 || !isHash(item)) return undefined;
		if (position % 2 === 1 || position === last) {
			oldRoot = nodeHash(suite, item, oldRoot);
			newRoot = nodeHash(suite, item, newRoot);
			while (position % 2 === 0 && position !== 0) {
				position = half(position);
				last = half(last);
			}
		} else {
			newRoot = nodeHash(suite, newRoot, item);
		}
		position = half(position);
		last = half(last);
	}
	return last === 0 ? { oldRoot, newRoot } : undefined;
}

function hashesOf(suite: Suite, read: HashReader, ranges: readonly LeafRange[]): Result<readonly Uint8Array[]> {
	const hashes: Uint8Array[] = [];
	for (const range of ranges) {
		const hash = rangeHash(suite, read, range);
		if (!hash.ok) return hash;
		hashes.push(hash.value);
	}
	return ok(hashes);
}

function at(row: readonly Uint8Array[], index: number): Uint8Array {
	const hash = row[index];
	if (hash === undefined) throw new Error(`invariant broken: no hash at ${index}`);
	return hash;
}
