/** A server of the small election on a port of its own, and somebody who speaks to it over real HTTP. */
import { createPrivateKey, sign } from 'node:crypto';
import { join } from 'node:path';
import { printNote } from '@matokeo/core/log/note.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { type OpenedServer, openServer, type ServerParts } from '@matokeo/server/main/openServer.ts';
import {
	election,
	enrolment,
	keyOf,
	opening,
	packageFiles,
	type Spoken,
	START,
	signer,
	suite,
} from '@matokeo/server/testing/world.ts';
import { type OpenedWitness, openWitness } from '@matokeo/witness/witness/openWitness.ts';
import { PNG } from 'pngjs';
import { newFolder } from './played.ts';
import { LOG_KEY, witnessSigner } from './witnesses.ts';

const open: OpenedServer[] = [];
const witnesses: OpenedWitness[] = [];

/** What may stand in an answer to one note; a test knows which of it should. */
export interface Said {
	readonly kind: string;
	readonly rule: string;
	readonly size: number;
	readonly index: number;
	readonly proof: string;
	readonly note: string;
}

export interface Serving extends OpenedServer {
	/** What it publishes. */
	readonly dir: string;
}

export async function serve(parts: Partial<ServerParts> = {}): Promise<Serving> {
	const dir = parts.dir ?? newFolder();
	const own = { dir, suite, election, packageFiles, signer, clock: () => START, port: 0, pulseMs: 5 };
	// Connections that a client keeps open need not be waited for.
	const limits = { closeGraceMs: 20, ...parts.limits };
	const server = await openServer({ ...own, ...parts, limits });
	open.push(server);
	await send(server, opening(), enrolment());
	return { ...server, dir: join(dir, 'public') };
}

export async function closeServers(): Promise<void> {
	for (const server of open.splice(0)) await server.close();
	for (const witness of witnesses.splice(0)) await witness.close();
}

/** A witness of the package on a port of its own. */
export async function witnessing(name: string, clock = () => START): Promise<OpenedWitness> {
	const witness = await openWitness({
		dir: newFolder(),
		suite,
		signer: witnessSigner(name),
		logs: [{ origin: LOG_KEY.name, key: LOG_KEY }],
		clock,
		runBy: name,
		contact: 'somebody',
		port: 0,
		limits: { closeGraceMs: 20 },
	});
	witnesses.push(witness);
	return witness;
}

/** The answers and the HTTP status. */
export async function send({ url }: { readonly url: string }, ...notes: readonly Pick<Spoken, 'bytes'>[]) {
	const body = { notes: notes.map(({ bytes }) => Buffer.from(bytes).toString()) };
	const response = await postJson(`${url}/api/v1/statements`, body);
	const json: { readonly answers: readonly Said[] } = JSON.parse(await response.text());
	return { status: response.status, retryAfter: response.headers.get('retry-after'), answers: json.answers };
}

export function postJson(url: string, body: unknown): Promise<Response> {
	return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
}

/** Sends an image whole, announced as the image with this digest. */
export function upload({ url }: { readonly url: string }, image: Buffer, sha256 = suite.sha256Hex(image)) {
	return fetch(`${url}/api/v1/uploads`, {
		method: 'POST',
		headers: {
			'tus-resumable': '1.0.0',
			'upload-length': String(image.length),
			'upload-metadata': `sha256 ${Buffer.from(sha256).toString('base64')}`,
			'content-type': 'application/offset+octet-stream',
		},
		body: Uint8Array.from(image),
	});
}

/** Signs in as the owner of a key would: the headers of that session. */
export async function signIn({ url }: { readonly url: string }, name: string) {
	const asked = await postJson(`${url}/api/v1/sign-in/challenge`, { key: name });
	const { challenge }: { readonly challenge: string } = JSON.parse(await asked.text());
	const { seed, publicKey, keyId } = keyOf(name);
	const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
	const jwk = { kty: 'OKP', crv: 'Ed25519', d: text(seed), x: text(publicKey) };
	const signature = sign(null, utf8Encode(challenge), createPrivateKey({ key: jwk, format: 'jwk' }));
	const note = Buffer.from(printNote(challenge, [{ name, keyId, signature }])).toString();
	const answer: { readonly token: string } = JSON.parse(
		await (await postJson(`${url}/api/v1/sign-in`, { note })).text(),
	);
	return { authorization: `Bearer ${answer.token}` };
}

/** A picture that no other is, and as many bytes as every other: as an image of a form. */
export function picture(shade: number): Buffer {
	const png = new PNG({ width: 90, height: 60 });
	png.data.fill(shade);
	return PNG.sync.write(png, { deflateLevel: 0 });
}
