/**
 * One of the two workers of the floor of `verify`: everything is taken apart beforehand; what is timed is one leaf hash per note and one sodium
 * verification per signature, which no verifier can do without.
 */
import { hash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import sodium from 'sodium-native';

export interface FloorShare {
	/** Per note: `00 ‖ note`, ready to hash. */
	readonly leaves: readonly Uint8Array[];
	/** Per signature. */
	readonly signed: readonly { readonly key: Uint8Array; readonly text: Uint8Array; readonly signature: Uint8Array }[];
}

export interface FloorDone {
	readonly milliseconds: number;
	readonly valid: number;
}

let prepared: Prepared = { leaves: [], signed: [] };

/** The share first, then a word for every run. */
parentPort?.on('message', (message: FloorShare | 'go') => {
	if (message === 'go') parentPort?.postMessage(run(prepared));
	else prepared = prepare(message);
});

interface Prepared {
	readonly leaves: readonly Buffer[];
	readonly signed: readonly { readonly key: Buffer; readonly text: Buffer; readonly signature: Buffer }[];
}

/** Sodium wants Node's buffers. */
function prepare({ leaves, signed }: FloorShare): Prepared {
	return {
		leaves: leaves.map((bytes) => Buffer.from(bytes)),
		signed: signed.map(({ key, text, signature }) => ({
			key: Buffer.from(key),
			text: Buffer.from(text),
			signature: Buffer.from(signature),
		})),
	};
}

function run({ leaves, signed }: Prepared): FloorDone {
	const began = performance.now();
	let valid = 0;
	for (const leaf of leaves) hash('sha256', leaf, 'buffer');
	for (const { key, text, signature } of signed) if (sodium.crypto_sign_verify_detached(signature, text, key)) valid++;
	return { milliseconds: performance.now() - began, valid };
}
