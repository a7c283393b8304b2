/** How tests speak to a server: as JSON over HTTP, by upload, and signed in as the owner of a key would be. */
import { createPrivateKey, sign } from 'node:crypto';
import { printNote } from '@matokeo/core/log/note.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { keyBehind, suite } from '@matokeo/verifier/testing/smallLog.ts';
import { PNG } from 'pngjs';

export async function post<T>(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<T> {
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: JSON.stringify(body),
	});
	const json: T = JSON.parse(await response.text());
	if (response.status !== 200) throw new Error(`${url} answers ${response.status}: ${JSON.stringify(json)}`);
	return json;
}

export async function uploadTo(url: string, bytes: Uint8Array): Promise<string> {
	const sha256 = suite.sha256Hex(bytes);
	const response = await fetch(`${url}/api/v1/uploads`, {
		method: 'POST',
		headers: {
			'tus-resumable': '1.0.0',
			'upload-length': String(bytes.length),
			'upload-metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
			'content-type': 'application/offset+octet-stream',
		},
		body: Uint8Array.from(bytes),
	});
	if (response.status !== 201) throw new Error(`an upload answers ${response.status}: ${await response.text()}`);
	return sha256;
}

export async function signIn(url: string, name: string): Promise<Readonly<Record<string, string>>> {
	const { challenge } = await post<{ readonly challenge: string }>(`${url}/api/v1/sign-in/challenge`, { key: name });
	const { seed, publicKey, keyId } = keyBehind(name);
	const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
	const jwk = { kty: 'OKP', crv: 'Ed25519', d: text(seed), x: text(publicKey) };
	const signature = sign(null, utf8Encode(challenge), createPrivateKey({ key: jwk, format: 'jwk' }));
	const note = Buffer.from(printNote(challenge, [{ name, keyId, signature }])).toString();
	const { token } = await post<{ readonly token: string }>(`${url}/api/v1/sign-in`, { note });
	return { authorization: `Bearer ${token}` };
}

/** A picture that no other station has. */
export function picture(station: string): Buffer {
	const png = new PNG({ width: 60, height: 40 });
	png.data.fill(100 + Number(station));
	return PNG.sync.write(png, { deflateLevel: 0 });
}

/** Resolves when it is so; fails when it is not within half a minute. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
	const untilMs = performance.now() + 30_000;
	while (!(await isSo())) {
		if (performance.now() > untilMs) throw new Error(`it never came to be so that ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
