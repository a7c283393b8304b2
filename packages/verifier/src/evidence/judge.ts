/**
 * What an evidence file proves (V73–V77), from itself alone: signatures, roots and proofs are checked again, and nothing that the reporter says is believed. What cannot be shown by a file is said. With
 * the digest of the election package, brought from outside, the log's keys need not be believed either.
 */

import { checkConsistency, checkInclusion, leafHash } from '@matokeo/core/log/merkle.ts';
import { parseProof } from '@matokeo/core/log/proof.ts';
import { base64Encode, bytesEqual, utf8Decode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { judgeBackdated } from './backdated.ts';
import type { Accused, EvidenceFile, LoggedEntry, Misbehaviour } from './file.ts';
import { judgeKeys, type KeysOrigin } from './keys.ts';
import { signedBy } from './pair.ts';
import { judgeVoid } from './voidLeaf.ts';

/**
 * `proved`: the log did what it must never do. `signed`: the log's signatures hold, and what is said of them takes more than this file to show. `nothing`: the file shows nothing; why is in `what`.
 */
export type EvidenceStrength = 'proved' | 'signed' | 'nothing';

export interface Judged {
	readonly strength: EvidenceStrength;
	/** One sentence for a newspaper. */
	readonly what: string;
	/** What was checked and found, one sentence each. */
	readonly shown: readonly string[];
	/** What is not shown by the file. */
	readonly trusted: readonly string[];
	/** Signed checkpoints, verbatim. */
	readonly notes: readonly string[];
	/** Hashes of the proof, in base64. */
	readonly proof: readonly string[];
}

export interface EvidenceVerdict extends Judged {
	readonly keys: KeysOrigin;
}

const WHOSE_HAND =
	'Who signed with the log’s key: whoever runs the log, or somebody who got hold of the key. A signature shows the key, not the hand.';
const WHICH_IS_TRUE =
	'Which of the two records is the true one, and which statements differ: whoever keeps copies of both can show that.';

/** `anchor`: the digest of the election package as the reader knows it, 64 hex digits. */
export function judgeEvidence(suite: Suite, file: EvidenceFile, anchor?: string): EvidenceVerdict {
	const keys = judgeKeys(suite, file, anchor);
	if (keys.kind === 'foreign') return { ...nothing(keys.why), keys };
	// A stranger's excerpt shows which keys a package names, and not that it is this election's: nothing is proved by that package.
	const { package: _, ...stated } = file;
	const judged = judge(suite, keys.kind === 'anchored' ? file : stated, file);
	if (judged.strength === 'nothing') return { ...judged, keys };
	const trusted = keys.kind === 'anchored' ? judged.trusted : [keys.why, ...judged.trusted];
	return { ...judged, trusted: [...trusted, WHOSE_HAND], keys };
}

function judge(suite: Suite, accused: Accused, seen: Misbehaviour): Judged {
	switch (seen.kind) {
		case 'fork':
			return judgeFork(suite, accused, seen);
		case 'rewritten':
			return judgeRewritten(suite, accused, seen);
		case 'rollback':
			return judgeRollback(suite, accused, seen);
		case 'void': {
			const entry = openEntry(suite, accused, seen.entry);
			return entry.ok ? judgeVoid(suite, accused, seen, entry.value) : nothing(entry.error);
		}
		case 'backdated': {
			const tick = openEntry(suite, accused, seen.tick);
			const witnessed = openEntry(suite, accused, seen.witnessed);
			if (!tick.ok) return nothing(tick.error);
			return witnessed.ok
				? judgeBackdated(suite, accused, seen, tick.value, witnessed.value)
				: nothing(witnessed.error);
		}
	}
}

/** V73. */
function judgeFork(suite: Suite, accused: Accused, { first, second }: Of<'fork'>): Judged {
	const [one, two] = [signedBy(suite, accused, first), signedBy(suite, accused, second)];
	if (!one.ok) return nothing(`the first checkpoint: ${one.error}`);
	if (!two.ok) return nothing(`the second checkpoint: ${two.error}`);
	const [a, b] = [one.value.checkpoint, two.value.checkpoint];
	if (a.size !== b.size || bytesEqual(a.root, b.root))
		return nothing('the two checkpoints are not of one size with two roots');
	return {
		strength: 'proved',
		what: `The log ${accused.origin} has signed two different records of ${a.size} statements.`,
		shown: [
			'Both checkpoints carry a valid signature by the log’s key.',
			`At size ${a.size} one says ${base64Encode(a.root)}, the other ${base64Encode(b.root)}: at least one statement differs.`,
		],
		trusted: [WHICH_IS_TRUE],
		notes: notesOf(first, second),
		proof: [],
	};
}

/** V74: the hashes lead from another old root to the newer one, so the newer tree does not contain the older. */
function judgeRewritten(suite: Suite, accused: Accused, seen: Of<'rewritten'>): Judged {
	const [one, two] = [signedBy(suite, accused, seen.older), signedBy(suite, accused, seen.newer)];
	if (!one.ok) return nothing(`the older checkpoint: ${one.error}`);
	if (!two.ok) return nothing(`the newer checkpoint: ${two.error}`);
	const [older, newer] = [one.value.checkpoint, two.value.checkpoint];
	const claim = { oldSize: older.size, oldRoot: seen.prefixRoot, newSize: newer.size, newRoot: newer.root };
	if (older.size >= newer.size || !checkConsistency(suite, claim, seen.proof))
		return nothing('the hashes do not show what the newer tree holds at the older size');
	if (bytesEqual(seen.prefixRoot, older.root))
		return nothing('the newer checkpoint continues the older one: this is how a log grows');
	return {
		strength: 'proved',
		what: `The log ${accused.origin} has signed a record of ${older.size} statements, and one of ${newer.size} that does not begin with them.`,
		shown: [
			'Both checkpoints carry a valid signature by the log’s key.',
			`The first ${older.size} statements of the larger record have the root ${base64Encode(seen.prefixRoot)}; the proof leads from there to its own root.`,
			`The smaller checkpoint says ${base64Encode(older.root)}: at least one of these statements was changed, dropped or replaced.`,
		],
		trusted: [WHICH_IS_TRUE],
		notes: notesOf(seen.older, seen.newer),
		proof: seen.proof.map(base64Encode),
	};
}

/** V75. */
function judgeRollback(suite: Suite, accused: Accused, { seen, served }: Of<'rollback'>): Judged {
	const [one, two] = [signedBy(suite, accused, seen), signedBy(suite, accused, served)];
	if (!one.ok) return nothing(`the checkpoint that was seen: ${one.error}`);
	if (!two.ok) return nothing(`the checkpoint that was served: ${two.error}`);
	const [a, b] = [one.value.checkpoint, two.value.checkpoint];
	if (b.size >= a.size) return nothing('the checkpoint that was served is not smaller than the one that was seen');
	return {
		strength: 'signed',
		what: `The log ${accused.origin} has signed ${a.size} statements; a record of only ${b.size} was served.`,
		shown: [
			'Both checkpoints carry a valid signature by the log’s key.',
			`Whoever shows only ${b.size} statements leaves out at least ${a.size - b.size} that the log has committed to.`,
		],
		trusted: [
			'That the smaller one was served after the larger: every log that grows has signed both. It is the reporter’s word.',
			'Why: an old copy on the way, or a server restored from a backup. If the log signs on from there, the next pair of checkpoints proves it.',
		],
		notes: notesOf(seen, served),
		proof: [],
	};
}

type Of<K extends Misbehaviour['kind']> = Extract<Misbehaviour, { readonly kind: K }>;

/** A leaf that the log has signed for. */
export interface ProvenEntry {
	readonly leaf: Uint8Array;
	readonly index: number;
	readonly note: string;
	readonly hashes: readonly string[];
}

function openEntry(suite: Suite, accused: Accused, { leaf, proof }: LoggedEntry): Result<ProvenEntry> {
	const parsed = parseProof(proof);
	if (!parsed.ok) return parsed;
	const { index, hashes, checkpoint } = parsed.value;
	const signed = signedBy(suite, accused, checkpoint);
	if (!signed.ok) return signed;
	const { size, root } = signed.value.checkpoint;
	const claim = { index, size, leafHash: leafHash(suite, leaf), root };
	if (!checkInclusion(suite, claim, hashes))
		return err(`the hashes do not lead from the entry at index ${index} to the signed root of size ${size}`);
	return ok({ leaf, index, note: utf8Decode(checkpoint) ?? '', hashes: hashes.map(base64Encode) });
}

function notesOf(...notes: readonly Uint8Array[]): readonly string[] {
	return notes.map((note) => utf8Decode(note) ?? '');
}

function nothing(why: string): Judged {
	return {
		strength: 'nothing',
		what: `This file shows nothing: ${why}.`,
		shown: [],
		trusted: [],
		notes: [],
		proof: [],
	};
}
