/**
 * The receipt that others have vouched for (`spec/api.md`, A21): asked for until the quorum of the package's witnesses has seen the statement, and believed only by its own proof, under the package's
 * policy. The receipt that came at once stays as it is.
 */

import { setTimeout as wait } from 'node:timers/promises';
import { leafHash } from '@matokeo/core/log/merkle.ts';
import { parsePolicy } from '@matokeo/core/log/policyFile.ts';
import { parseProof, verifyProof } from '@matokeo/core/log/proof.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert, err, ok, type Result } from '@matokeo/core/std/result.ts';
import { wholeText } from '@matokeo/verifier/fetch/body.ts';
import { ANSWER_BYTES_MAX, type Fetch } from './sending.ts';

export interface WitnessedReceipt {
	readonly proof: string;
	readonly size: number;
	/** The policy's names of those who cosigned and belong to the quorum. */
	readonly witnesses: readonly string[];
}

/** From one question to the next. */
const EVERY_MS = 1_000;
/** For one answer. */
const ANSWER_MS_MAX = 10_000;

/** `note`: as it lies in the log; `seconds`: how long to ask for. */
export async function witnessedReceipt(
	context: Context,
	server: URL,
	{ note, index }: { readonly note: Uint8Array; readonly index: number },
	seconds: number,
	fetcher: Fetch = fetch,
): Promise<Result<WitnessedReceipt>> {
	const url = new URL(`api/v1/proofs/${index}?under=witnessed`, server);
	const untilMs = performance.now() + seconds * 1_000;
	for (;;) {
		const text = await ask(url, fetcher);
		if (text.ok) return checkWitnessed(context, note, index, text.value);
		const leftMs = untilMs - performance.now();
		if (leftMs <= 0) return err(`${text.error} (asked for ${seconds} s)`);
		await wait(Math.min(EVERY_MS, leftMs));
	}
}

async function ask(url: URL, fetcher: Fetch): Promise<Result<string>> {
	try {
		const response = await fetcher(url, { redirect: 'error', signal: AbortSignal.timeout(ANSWER_MS_MAX) });
		const text = await wholeText(response, ANSWER_BYTES_MAX);
		if (response.status === 404) return err('no quorum of witnesses has seen the statement yet');
		return response.status === 200 && text !== undefined ? ok(text) : err(`the server answered ${response.status}`);
	} catch {
		return err('the server could not be reached');
	}
}

function checkWitnessed(context: Context, note: Uint8Array, index: number, text: string): Result<WitnessedReceipt> {
	const { suite, election } = context;
	const proof = parseProof(utf8Encode(text));
	if (!proof.ok) return proof;
	const policy = parsePolicy(suite, utf8Encode(election.witnesses.source));
	assert(policy.ok, 'the witness policy was checked with the package');
	// The package's spare key signs for this log too; its policy need not name it.
	const logs = trustOf(context).logKeys.map((key) => ({ key }));
	const verified = verifyProof(suite, proof.value, { ...policy.value, logs }, leafHash(suite, note));
	if (!verified.ok) return verified;
	if (verified.value.index !== index) return err(`it proves another entry, at index ${verified.value.index}`);
	const { checkpoint, quorum } = verified.value;
	return ok({ proof: text, size: checkpoint.checkpoint.size, witnesses: quorum.counted });
}
