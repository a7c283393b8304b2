/** Signing fast: the key is made ready once. Test keys only. */
import { createPrivateKey, sign } from 'node:crypto';
import type { SecretKey } from '@matokeo/core/log/keys.ts';

export function signingWith({ seed, publicKey }: SecretKey): (message: Uint8Array) => Uint8Array {
	const url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
	const key = createPrivateKey({ key: { kty: 'OKP', crv: 'Ed25519', d: url(seed), x: url(publicKey) }, format: 'jwk' });
	return (message) => sign(null, message, key);
}
