/** A secret key as somebody who signs notes, by the runtime's own Ed25519, which signs to the same bytes as every other (RFC 8032). */
import { createPrivateKey, sign } from 'node:crypto';
import type { SecretKey } from '@matokeo/core/log/keys.ts';
import type { NoteSigner } from '@matokeo/core/log/note.ts';

export function signingWith({ name, keyId, seed, publicKey }: SecretKey): NoteSigner {
	const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
	const key = createPrivateKey({
		key: { kty: 'OKP', crv: 'Ed25519', d: text(seed), x: text(publicKey) },
		format: 'jwk',
	});
	return { name, keyId, sign: (message) => sign(null, message, key) };
}
