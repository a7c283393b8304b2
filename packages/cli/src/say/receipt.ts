/**
 * Whether what a server answers is worth keeping: a receipt must prove, under a checkpoint signed by one of the package's log keys, that exactly this note is in the log; a refusal must be
 * signed by it. The server's word alone is not taken.
 */
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { checkInclusion, leafHash } from '@matokeo/core/log/merkle.ts';
import { parseProof } from '@matokeo/core/log/proof.ts';
import { parseRefusal } from '@matokeo/core/record/refusalNote.ts';
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

/** A note of the log's key that says: this statement was refused, by this rule. One about another statement is no refusal of this one. */
export function checkRefusal(context: Context, note: string, id: string, rule: string): Result<undefined> {
	const { suite, election } = context;
	const refusal = parseRefusal(suite, utf8Encode(note), trustOf(context).logKeys);
	if (!refusal.ok) return refusal;
	const said = refusal.value;
	const isOurs = said.election === election.id && said.digest === election.digest && said.statement === id;
	if (!isOurs) return err(`it is about another statement (${said.statement} of ${said.election})`);
	return said.rule === rule ? ok(undefined) : err(`it names the rule ${said.rule}, the answer ${rule}`);
}
