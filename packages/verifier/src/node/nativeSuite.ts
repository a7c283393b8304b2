/**
 * The fast suite for Node: SHA-256 by `node:crypto`, Ed25519 by libsodium. It carries L7 and L8 of `spec/log.md`: whatever back end computes a verdict, the verdict
 * is the same, and a build of libsodium that answers otherwise is found before anything is believed (`selfTest.ts`).
 *
 * It does not know what is signed; callers use `verifySignature`, which first refuses what back ends judge differently.
 */
import { hash } from 'node:crypto';
import type { Suite } from '@matokeo/core/std/suite.ts';
import sodium from 'sodium-native';
import { selfTest } from './selfTest.ts';

/** The suite, or an exception that says which of its answers was wrong: a machine that cannot check must not go on. */
export function nativeSuite(): Suite {
	const suite: Suite = {
		sha256: (data) => hash('sha256', data, 'buffer'),
		sha256Hex: (data) => hash('sha256', data, 'hex'),
		ed25519: (publicKey, message, signature) =>
			sodium.crypto_sign_verify_detached(buffer(signature), buffer(message), buffer(publicKey)),
		isPrimeOrder: (publicKey) =>
			publicKey.length === 32 && sodium.crypto_core_ed25519_is_valid_point(buffer(publicKey)),
	};
	selfTest(suite);
	return suite;
}

/** A view without a copy. libsodium's binding answers `undefined` for memory that is shared between threads, so that is copied. */
function buffer(bytes: Uint8Array): Buffer {
	if (bytes.buffer instanceof SharedArrayBuffer) return Buffer.from(bytes);
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
