/** Two histories of one log that part after five entries, checkpoints and proofs of both, and evidence files made of them. */
import { leafHash, proveConsistency, proveInclusion, rangeHash, rootOf } from '@matokeo/core/log/merkle.ts';
import { printProof } from '@matokeo/core/log/proof.ts';
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { err, ok } from '@matokeo/core/std/result.ts';
import { ORIGIN } from '@matokeo/core/testing/smallElection.ts';
import { type EvidenceFile, type Misbehaviour, parseEvidence, printEvidence } from '../../src/evidence/file.ts';
import { judgeEvidence } from '../../src/evidence/judge.ts';
import { checkpointNote, keyBehind, START, small, suite } from './smallLog.ts';

const leafText = (side: string, i: number): Uint8Array => utf8Encode(`entry ${i < 5 ? 'both' : side} ${i}`);
const treeOf = (entries: readonly Uint8Array[]) => {
	const hashes = entries.map((entry) => leafHash(suite, entry));
	const read = ({ level, index }: { readonly level: number; readonly index: number }) => {
		const width = 2 ** level;
		const slice = hashes.slice(index * width, (index + 1) * width);
		return slice.length === width ? ok(rootOf(suite, slice)) : err('beyond the tree');
	};
	const rootAt = (size: number) => rootOf(suite, hashes.slice(0, size));
	return { read, rootAt, size: hashes.length, entries };
};
type Tree = ReturnType<typeof treeOf>;

export const one = treeOf(Array.from({ length: 40 }, (_, i) => leafText('one', i)));
export const two = treeOf(Array.from({ length: 40 }, (_, i) => leafText('two', i)));
export const signed = (tree: Tree, size: number, key = ORIGIN) => checkpointNote(size, tree.rootAt(size), [], key);
export const unwrap = <T>(
	result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T => {
	if (!result.ok) throw new Error(String(result.error));
	return result.value;
};
export const prefix = (tree: Tree, from: number, to: number) => ({
	root: tree.rootAt(from),
	proof: unwrap(proveConsistency(suite, tree.read, from, to)),
});

export const manifest = utf8Decode(small.files.get('manifest.sha256') ?? new Uint8Array()) ?? '';
export const electionJson = utf8Decode(small.files.get('election.json') ?? new Uint8Array()) ?? '';
export const accused = {
	origin: ORIGIN,
	keys: [{ ...keyBehind(ORIGIN), name: ORIGIN }].map(({ name, keyId, algorithm, publicKey }) => ({
		name,
		keyId,
		algorithm,
		publicKey,
	})),
	reporter: 'witness/court',
	time: START,
};

export function fileOf(seen: Misbehaviour, excerpt = false): EvidenceFile {
	return { ...accused, ...(excerpt ? { package: { manifest, election: electionJson } } : {}), ...seen };
}

export function judged(seen: Misbehaviour, excerpt = false, anchor?: string) {
	const file = unwrap(parseEvidence(suite, printEvidence(fileOf(seen, excerpt))));
	return judgeEvidence(suite, file, anchor);
}

export const fork: Misbehaviour = { kind: 'fork', first: signed(one, 20), second: signed(two, 20) };
export const rewritten = (from: number, to: number): Misbehaviour => ({
	kind: 'rewritten',
	older: signed(one, from),
	newer: signed(two, to),
	prefixRoot: prefix(two, from, to).root,
	proof: prefix(two, from, to).proof,
});

/** An entry at index 3 of a small tree, with the proof that the log signed for it. */
export function entryOf(leaf: Uint8Array, index = 3, size = 9) {
	const tree = treeOf(Array.from({ length: size }, (_, i) => (i === index ? leaf : leafText('one', i))));
	const hashes = unwrap(proveInclusion(suite, tree.read, index, size));
	const root = unwrap(rangeHash(suite, tree.read, { start: 0, end: size }));
	return { leaf, proof: printProof({ index, hashes, checkpoint: checkpointNote(size, root) }) };
}
