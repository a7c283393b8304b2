/**
 * What a witness answered, as far as it can be believed (D24; L17, L32): a cosignature only if it verifies under the key that the package names, a size only in its one spelling, a checkpoint only if the log's
 * own key has signed it. Everything else is a failure with a reason. It does not know what was answered before.
 */
import { type CheckpointTrust, verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { parseCosignature, verifyCosignature } from '@matokeo/core/log/cosignature.ts';
import { type NoteSignature, parseSignatureLines } from '@matokeo/core/log/note.ts';
import { parseSizeAnswer, SIZE_TYPE } from '@matokeo/core/log/witness.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { KnownWitness } from './roster.ts';

export interface WitnessReply {
	/** HTTP status. */
	readonly status: number;
	/** Content type without parameters, in lower case; '' if there was none. */
	readonly type: string;
	/** At most `WITNESS_ANSWER_BYTES_MAX`. */
	readonly body: Uint8Array;
}

/**
 * One question to one witness: a body is posted to `add-checkpoint`; without one its latest checkpoint of this log is fetched. Rejects with words when no whole answer came within time and size; never
 * follows a redirect.
 */
export type AskWitness = (witness: KnownWitness, body?: Uint8Array) => Promise<WitnessReply>;

/** What came of asking for a cosignature. */
export type Heard =
	| { readonly kind: 'cosigned'; readonly signature: NoteSignature; readonly seconds: number }
	/** It has cosigned this size last, it says. */
	| { readonly kind: 'conflict'; readonly size: number }
	/** It says that what we showed does not continue what it has seen. */
	| { readonly kind: 'inconsistent' }
	| Failed;

/** What came of asking for the latest checkpoint that the witness has cosigned. */
export type Shown =
	| { readonly kind: 'checkpoint'; readonly size: number; readonly root: Uint8Array; readonly note: Uint8Array }
	| { readonly kind: 'nothing' }
	| Failed;

export interface Failed {
	readonly kind: 'failed';
	/** In words, and none of them the witness's own. */
	readonly why: string;
}

export function failed(why: string): Failed {
	return { kind: 'failed', why };
}

/** `checkpointText`: what was to be cosigned. */
export function readAnswer(
	suite: Suite,
	{ key }: KnownWitness,
	checkpointText: Uint8Array,
	reply: WitnessReply,
): Heard {
	const { status, type, body } = reply;
	switch (status) {
		case 200: {
			const lines = parseSignatureLines(utf8Decode(body) ?? '');
			if (!lines.ok) return failed(`it answered 200 without signature lines (${lines.error})`);
			const own = lines.value.find(({ name, keyId }) => name === key.name && keyId === key.keyId);
			if (own === undefined) return failed('it answered 200 without a cosignature by its own key');
			const seconds = parseCosignature(own.signature)?.seconds;
			if (seconds === undefined || !verifyCosignature(suite, key.publicKey, checkpointText, own.signature))
				return failed('its cosignature is not valid');
			return { kind: 'cosigned', signature: own, seconds };
		}
		case 409: {
			const size = type === SIZE_TYPE ? parseSizeAnswer(body) : undefined;
			return size === undefined ? failed('it answered 409 without a size') : { kind: 'conflict', size };
		}
		case 422:
			return { kind: 'inconsistent' };
		case 403:
			return failed("it does not take this log's key (403): it must be given the package");
		case 404:
			return failed('it does not know this log (404): it must be given the package');
		default:
			return failed(`it answered ${status}`);
	}
}

/** The log's signature decides; the witness's own line need not be there. */
export function readShown(suite: Suite, trust: CheckpointTrust, { status, body }: WitnessReply): Shown {
	if (status === 404) return { kind: 'nothing' };
	if (status !== 200) return failed(`it answered ${status} when it was asked for its latest checkpoint`);
	const verified = verifyCheckpoint(suite, body, { ...trust, witnessKeys: [] });
	if (!verified.ok) return failed('what it shows as its latest checkpoint is not signed by this log');
	const { size, root } = verified.value.checkpoint;
	return { kind: 'checkpoint', size, root, note: body };
}
