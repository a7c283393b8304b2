/** A server of the small election on a port of its own, and how to speak to it over real HTTP. */
import { request as rawRequest } from 'node:http';
import { connect } from 'node:net';
import { verifierKey } from '@matokeo/core/log/keys.ts';
import { leafHash } from '@matokeo/core/log/merkle.ts';
import { parseProof, verifyProof } from '@matokeo/core/log/proof.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { type OpenedServer, openServer, type ServerParts } from '../../src/main/openServer.ts';
import {
	election,
	enrolment,
	newFolder,
	opening,
	packageFiles,
	type Spoken,
	START,
	signer,
	suite,
} from '../lib/world.ts';

const open: OpenedServer[] = [];

export async function serve(parts: Partial<ServerParts> = {}): Promise<OpenedServer> {
	const dir = parts.dir ?? newFolder();
	const server = await openServer({
		dir,
		suite,
		election,
		packageFiles,
		signer,
		clock: () => START,
		port: 0,
		pulseMs: 5,
		...parts,
	});
	open.push(server);
	return server;
}

export async function closeServers(): Promise<void> {
	for (const server of open.splice(0)) await server.close();
}

export async function postJson(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}) {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body: text,
	});
	const json: Spoke = JSON.parse(await response.text());
	return { status: response.status, headers: response.headers, json };
}

/** What may stand in an answer; a test knows which of it should. */
export interface Spoke {
	readonly answers: readonly Said[];
	readonly error: unknown;
	readonly challenge: string;
	readonly token: string;
	readonly expires: number;
}

export interface Said {
	readonly kind: string;
	readonly rule: string;
	readonly index: number;
	readonly size: number;
	readonly proof: string;
	readonly note: string;
	readonly id: string;
}

export async function send(
	{ url }: { readonly url: string },
	...notes: readonly Spoken[]
): Promise<{ readonly status: number; readonly headers: Headers; readonly answers: readonly Said[] }> {
	const body = { notes: notes.map(({ bytes }) => Buffer.from(bytes).toString('utf8')) };
	const { status, headers, json } = await postJson(`${url}/api/v1/statements`, body);
	return { status, headers, answers: json.answers };
}

/** A server whose election is open and in which everybody is enrolled. */
export async function servedElection(parts: Partial<ServerParts> = {}): Promise<OpenedServer> {
	const server = await serve(parts);
	await send(server, opening(), enrolment());
	return server;
}

/** Whether the receipt proves, under a policy of the log's key alone, that exactly this note is in the log. */
export function proves({ proof, size, index }: Said, note: Uint8Array): boolean {
	const { name, publicKey } = election.log.key;
	const key = verifierKey(suite, name, 1, publicKey);
	const parsed = parseProof(utf8Encode(proof));
	if (!parsed.ok) return false;
	const policy = { logs: [{ key }], witnesses: [], groups: [], quorum: 'none' };
	const verified = verifyProof(suite, parsed.value, policy, leafHash(suite, note));
	if (!verified.ok) throw new Error(verified.error);
	return verified.value.index === index && verified.value.checkpoint.checkpoint.size === size;
}

export interface Raw {
	readonly status: number;
	readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
	readonly body: Buffer;
}

/** A request whose path goes out as it is spelled, which `fetch` would tidy up. */
export function ask(
	{ url }: { readonly url: string },
	path: string,
	options: {
		readonly method?: string;
		readonly headers?: Readonly<Record<string, string>>;
		readonly body?: Buffer;
	} = {},
): Promise<Raw> {
	const { hostname, port } = new URL(url);
	return new Promise((resolve, reject) => {
		const { method = 'GET', headers = {}, body } = options;
		const request = rawRequest({ hostname, port, path, method, headers }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () => {
				resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) });
			});
		});
		request.on('error', reject);
		request.end(body);
	});
}

/** Writes these bytes onto a line and gives back what came until the server closed it. */
export function speak({ url }: { readonly url: string }, bytes: string): Promise<string> {
	const { hostname, port } = new URL(url);
	return new Promise((resolve) => {
		const socket = connect(Number(port), hostname, () => socket.write(bytes));
		let heard = '';
		socket.on('data', (chunk) => {
			heard += chunk.toString('utf8');
		});
		socket.on('error', () => undefined);
		socket.on('close', () => resolve(heard));
	});
}
