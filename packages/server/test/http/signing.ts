/** Signing in as a key of the tests. */
import { createPrivateKey, sign } from 'node:crypto';
import { printNote } from '@matokeo/core/log/note.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { expect } from 'vitest';
import type { OpenedServer } from '../../src/main/openServer.ts';
import { keyOf } from '../lib/world.ts';
import { postJson } from './lib.ts';

export function signedBy(name: string, text: string, as = name): string {
	const { seed, publicKey, keyId } = keyOf(name);
	const url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
	const key = createPrivateKey({
		key: { kty: 'OKP', crv: 'Ed25519', d: url(seed), x: url(publicKey) },
		format: 'jwk',
	});
	const signature = sign(null, utf8Encode(text), key);
	return Buffer.from(printNote(text, [{ name: as, keyId, signature }])).toString();
}

export async function challenge(server: OpenedServer, key: string): Promise<string> {
	return (await postJson(`${server.url}/api/v1/sign-in/challenge`, { key })).json.challenge;
}

export const offer = (server: OpenedServer, note: string) => postJson(`${server.url}/api/v1/sign-in`, { note });

export async function signIn(server: OpenedServer, key: string): Promise<{ readonly authorization: string }> {
	const { status, json } = await offer(server, signedBy(key, await challenge(server, key)));
	expect(status).toBe(200);
	return { authorization: `Bearer ${json.token}` };
}
