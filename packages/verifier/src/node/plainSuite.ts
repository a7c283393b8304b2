/**
 * The suite of the verifier as one file: SHA-256 and Ed25519 of the runtime alone, without a native module beside it, about half as fast as `nativeSuite.ts`. It carries L7 and L8 of `spec/log.md`: the verdicts are the same, and a
 * runtime that answers otherwise is found before anything is believed (`selfTest.ts`).
 *
 * It does not know what is signed; callers use `verifySignature`, which first refuses what back ends judge differently.
 */
import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto';
import { portableSuite } from '@matokeo/core/std/portable.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { PLAIN_KEYS_KEPT_MAX } from '../check/limits.ts';
import { selfTest } from './selfTest.ts';

/** The suite, or an exception that says which of its answers was wrong: a machine that cannot check must not go on. */
export function plainSuite(): Suite {
	const keys = keyObjects();
	const suite: Suite = {
		sha256: (data) => Buffer.from(hash('sha256', data, 'binary'), 'latin1'),
		sha256Hex: (data) => hash('sha256', data, 'hex'),
		ed25519: (publicKey, message, signature) => {
			const key = keys(publicKey);
			return key !== undefined && verify(null, message, key, signature);
		},
		isPrimeOrder: (publicKey) => portableSuite.isPrimeOrder(Uint8Array.from(publicKey)),
	};
	selfTest(suite);
	return suite;
}

/** The runtime's own form of a key takes longer to make than a signature to check: those in use are kept. `undefined` for bytes that it takes for no key. */
function keyObjects(): (publicKey: Uint8Array) => KeyObject | undefined {
	const kept = new Map<string, KeyObject>();
	return (publicKey) => {
		const x = Buffer.from(publicKey).toString('base64url');
		const known = kept.get(x);
		if (known !== undefined) return known;
		if (kept.size >= PLAIN_KEYS_KEPT_MAX) kept.clear();
		try {
			const made = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
			kept.set(x, made);
			return made;
		} catch {
			return undefined;
		}
	};
}
