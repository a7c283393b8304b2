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
		// By way of a string, which V8 keeps in its own heap: a small buffer of its own is allocated outside and has to be swept, at twice the time.
		sha256: (data) => Buffer.from(hash('sha256', data, 'binary'), 'latin1'),
		sha256Hex: (data) => hash('sha256', data, 'hex'),
		ed25519: (publicKey, message, signature) =>
			sodium.crypto_sign_verify_detached(own(signature), own(message), own(publicKey)),
		isPrimeOrder: (publicKey) => publicKey.length === 32 && sodium.crypto_core_ed25519_is_valid_point(own(publicKey)),
	};
	selfTest(suite);
	return suite;
}

/** libsodium's binding answers `undefined` for memory that is shared between threads, so that is copied. */
function own(bytes: Uint8Array): Uint8Array {
	return bytes.buffer instanceof SharedArrayBuffer ? Uint8Array.from(bytes) : bytes;
}
