/**
 * Two signed checkpoints of one log, compared (V72): what follows from them alone, and, with a proof, whether they exclude each other. Witnesses, mirrors, servers and readers that hold a checkpoint all
 * ask this. It fetches nothing: the proof is asked of whoever has the tree.
 */
import { type VerifiedCheckpoint, verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { checkConsistency, provenPrefixRoot } from '@matokeo/core/log/merkle.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Accused, Misbehaviour } from './file.ts';

/** What the newer tree says of the older size. */
export interface Prefix {
	/** The root that the newer tree has at the older size. */
	readonly root: Uint8Array;
	/** The consistency proof from that root to the newer one. */
	readonly proof: readonly Uint8Array[];
}

export type Comparison =
	/** One continues the other. */
	| { readonly kind: 'consistent' }
	/** They exclude each other, and here is why. */
	| { readonly kind: 'evidence'; readonly misbehaviour: Misbehaviour }
	/** Of different sizes, and nothing was brought that shows whether one continues the other. */
	| { readonly kind: 'unknown' };

/** V72. Refused when one of them is not signed by a key of this log. `prefixIn` answers for the tree of the larger checkpoint at the smaller size. */
export function compareCheckpoints(
	suite: Suite,
	accused: Accused,
	one: Uint8Array,
	two: Uint8Array,
	prefixIn: (larger: Uint8Array, oldSize: number) => Prefix | undefined,
): Result<Comparison> {
	const first = signedBy(suite, accused, one);
	if (!first.ok) return first;
	const second = signedBy(suite, accused, two);
	if (!second.ok) return second;
	const a = first.value.checkpoint;
	const b = second.value.checkpoint;
	if (a.size === b.size)
		return ok(
			bytesEqual(a.root, b.root)
				? { kind: 'consistent' }
				: { kind: 'evidence', misbehaviour: { kind: 'fork', first: one, second: two } },
		);
	const [older, newer, olderNote, newerNote] = a.size < b.size ? [a, b, one, two] : [b, a, two, one];
	if (older.size === 0) return ok({ kind: 'consistent' });
	const prefix = prefixIn(newerNote, older.size);
	if (prefix === undefined) return ok({ kind: 'unknown' });
	const claim = { oldSize: older.size, oldRoot: prefix.root, newSize: newer.size, newRoot: newer.root };
	if (!checkConsistency(suite, claim, prefix.proof)) return ok({ kind: 'unknown' });
	if (bytesEqual(prefix.root, older.root)) return ok({ kind: 'consistent' });
	const { root: prefixRoot, proof } = prefix;
	return ok({
		kind: 'evidence',
		misbehaviour: { kind: 'rewritten', older: olderNote, newer: newerNote, prefixRoot, proof },
	});
}

/** For whoever was sent a consistency proof that does not fit: what it says of the sender's own tree. */
export function prefixOfProof(
	suite: Suite,
	newer: { readonly size: number; readonly root: Uint8Array },
	oldSize: number,
	proof: readonly Uint8Array[],
): Prefix | undefined {
	const root = provenPrefixRoot(suite, { oldSize, newSize: newer.size, newRoot: newer.root }, proof);
	return root === undefined ? undefined : { root, proof };
}

export function signedBy(suite: Suite, { origin, keys }: Accused, note: Uint8Array): Result<VerifiedCheckpoint> {
	return verifyCheckpoint(suite, note, { origin, logKeys: keys, witnessKeys: [] });
}
