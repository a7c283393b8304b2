/** A witness on a port of its own, and how to speak to it over real HTTP. */
import { request as rawRequest } from 'node:http';
import { afterEach } from 'vitest';
import { type OpenedWitness, openWitness, type WitnessParts } from '../../src/witness/openWitness.ts';
import { log, newFolder, ORIGIN, START, spare, suite, witness } from './lib.ts';

export interface Serving extends OpenedWitness {
	readonly dir: string;
	/** Everything that the operator was told. */
	readonly told: string[];
	readonly add: (body: Uint8Array | string, headers?: Readonly<Record<string, string>>) => Promise<Said>;
	readonly get: (path: string) => Promise<Said>;
}

export interface Said {
	readonly code: number;
	readonly type: string | null;
	readonly text: string;
	readonly headers: Headers;
}

const open: OpenedWitness[] = [];

export async function serve(parts: Partial<WitnessParts> = {}): Promise<Serving> {
	const dir = parts.dir ?? newFolder();
	const told: string[] = [];
	const opened = await openWitness({
		suite,
		signer: witness,
		logs: [
			{ origin: ORIGIN, key: log.key, url: 'https://results.example' },
			{ origin: ORIGIN, key: spare.key },
		],
		clock: () => START,
		runBy: 'The Court <of> Example',
		contact: 'registry@court.example',
		port: 0,
		tell: (text) => told.push(text),
		...parts,
		dir,
	});
	open.push(opened);
	const add = async (body: Uint8Array | string, headers = {}): Promise<Said> =>
		said(await fetch(`${opened.submission}/add-checkpoint`, { method: 'POST', body: Buffer.from(body), headers }));
	const get = async (path: string): Promise<Said> => said(await fetch(`${opened.url}${path}`));
	return { ...opened, dir, told, add, get };
}

afterEach(async () => {
	for (const one of open.splice(0)) await one.close();
});

async function said(response: Response): Promise<Said> {
	const { status: code, headers } = response;
	return { code, type: headers.get('content-type'), text: await response.text(), headers };
}

/** For paths that `fetch` would tidy up, and requests that it would not send. */
export function raw(
	url: string,
	path: string,
	method = 'GET',
	headers: Record<string, string> = {},
	body = '',
): Promise<number> {
	const { hostname, port } = new URL(url);
	const done = Promise.withResolvers<number>();
	const sent = rawRequest({ hostname, port, path, method, headers, agent: false }, (response) => {
		response.resume();
		response.once('end', () => done.resolve(response.statusCode ?? 0));
	});
	sent.once('error', done.reject);
	sent.end(body);
	return done.promise;
}
