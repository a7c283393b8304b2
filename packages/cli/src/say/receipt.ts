/**
 * Whether what a server answers is worth keeping: a receipt must prove, under a checkpoint signed by one of the package's log keys, that exactly this note is in the log; a refusal must be
 * signed by it. The server's word alone is not taken.
 */
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { checkInclusion, leafHash } from '@matokeo/core/log/merkle.ts';
import { parseNote, verifyNote } from '@matokeo/core/log/note.ts';
import { parseProof } from '@matokeo/core/log/proof.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';

export interface Place {
	readonly index: number;
	readonly size: number;
	/** Witnesses of the package that cosigned the checkpoint. */
	readonly witnesses: number;
}

export function checkReceipt(context: Context, note: Uint8Array, proofText: string): Result<Place> {
	const { suite } = context;
	const proof = parseProof(utf8Encode(proofText));
	if (!proof.ok) return proof;
	const seen = verifyCheckpoint(suite, proof.value.checkpoint, trustOf(context));
	if (!seen.ok) return seen;
	const { size, root } = seen.value.checkpoint;
	const { index, hashes } = proof.value;
	if (!checkInclusion(suite, { index, size, leafHash: leafHash(suite, note), root }, hashes))
		return err(`the proof does not lead from this statement at index ${index} to the root of size ${size}`);
	return ok({ index, size, witnesses: seen.value.witnesses.length });
}

export function checkRefusal(context: Context, note: string): Result<string> {
	const parsed = parseNote(utf8Encode(note));
	if (!parsed.ok) return parsed;
	const verified = verifyNote(context.suite, parsed.value, trustOf(context).logKeys);
	return verified.ok ? ok(parsed.value.text) : verified;
}
