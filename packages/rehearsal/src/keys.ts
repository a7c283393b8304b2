/**
 * The keys of a rehearsal, secret to nobody: the seed of each follows from the election's id and the key's name, so that a rehearsal can be played again
 * to the same bytes and no one can mistake its signatures for an officer's. Never for an official election: `rehearse` refuses other modes.
 */
import { keyId } from '@matokeo/core/log/note.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import sodium from 'sodium-native';

export interface RehearsalKey {
	readonly name: string;
	/** 32 bytes. */
	readonly publicKey: Uint8Array;
	/** Eight hex digits, as in signature lines. */
	readonly keyId: string;
	/** The 64-byte Ed25519 signature of a message. */
	readonly sign: (message: Uint8Array) => Uint8Array;
}

/** SHA-256 of `matokeo rehearsal key`, the election's id and the key's name, one per line. 32 bytes. */
export function rehearsalSeed(suite: Suite, electionId: string, name: string): Uint8Array {
	return suite.sha256(utf8Encode(`matokeo rehearsal key\n${electionId}\n${name}`));
}

export function rehearsalKey(suite: Suite, electionId: string, name: string): RehearsalKey {
	const publicKey = Buffer.alloc(32);
	const secretKey = Buffer.alloc(64);
	sodium.crypto_sign_seed_keypair(publicKey, secretKey, Buffer.from(rehearsalSeed(suite, electionId, name)));
	return {
		name,
		publicKey,
		keyId: keyId(suite, name, 1, publicKey),
		sign: (message) => {
			const signature = Buffer.alloc(64);
			sodium.crypto_sign_detached(
				signature,
				Buffer.from(message.buffer, message.byteOffset, message.byteLength),
				secretKey,
			);
			return signature;
		},
	};
}
