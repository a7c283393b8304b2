/**
 * Cosignatures (L17, L18, tlog-cosignature, algorithm 4): a witness says that at this second this was the largest consistent tree
 * of this log that it had seen. The signed message does not name the witness: one key per witness, never a log's.
 * It does not know what time it is; times are said by whoever signed.
 */
import { concat, utf8Encode } from '../std/bytes.ts';
import { assert } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import { isSize } from './decimal.ts';
import { verifySignature } from './ed25519.ts';
import type { NoteSigner } from './note.ts';

export interface Cosignature {
	/** POSIX seconds, a safe integer. */
	readonly seconds: number;
	/** 64 bytes. */
	readonly signature: Uint8Array;
}

/** What a witness signs: two lines of its own, then the checkpoint's text with every extension line. */
function cosignatureMessage(seconds: number, checkpointText: Uint8Array): Uint8Array {
	assert(isSize(seconds), 'a time is a whole number of seconds');
	return concat(utf8Encode(`cosignature/v1\ntime ${seconds}\n`), checkpointText);
}

/** Eight bytes of seconds, highest first, and the signature. */
export function printCosignature(cosignature: Cosignature): Uint8Array {
	assert(isSize(cosignature.seconds) && cosignature.signature.length === 64, 'a cosignature has a time and 64 bytes');
	const bytes = new Uint8Array(72);
	let rest = cosignature.seconds;
	for (let i = 7; i >= 0; i--) {
		bytes[i] = rest % 256;
		rest = Math.floor(rest / 256);
	}
	bytes.set(cosignature.signature, 8);
	return bytes;
}

/** `undefined` for another length, and for a time beyond 2^53 − 1, which no clock will show. */
export function parseCosignature(bytes: Uint8Array): Cosignature | undefined {
	if (bytes.length !== 72) return undefined;
	let seconds = 0;
	for (let i = 0; i < 8; i++) seconds = seconds * 256 + (bytes[i] ?? 0);
	return isSize(seconds) ? { seconds, signature: bytes.subarray(8) } : undefined;
}

export function verifyCosignature(
	suite: Suite,
	publicKey: Uint8Array,
	checkpointText: Uint8Array,
	bytes: Uint8Array,
): boolean {
	const cosignature = parseCosignature(bytes);
	if (cosignature === undefined) return false;
	const message = cosignatureMessage(cosignature.seconds, checkpointText);
	return verifySignature(suite, publicKey, message, cosignature.signature);
}

/** A signer of notes that cosigns at this second. `sign` is plain Ed25519 under the witness's own key. */
export function cosigner(
	key: { readonly name: string; readonly keyId: string },
	seconds: number,
	sign: (message: Uint8Array) => Uint8Array,
): NoteSigner {
	return {
		name: key.name,
		keyId: key.keyId,
		sign: (text) => printCosignature({ seconds, signature: sign(cosignatureMessage(seconds, text)) }),
	};
}
