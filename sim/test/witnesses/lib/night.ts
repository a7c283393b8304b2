/** A server of the small election and its four witnesses, each a real one on a port of its own. */
import { createPrivateKey, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { verifierKey } from '@matokeo/core/log/keys.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { base64Encode } from '@matokeo/core/std/bytes.ts';
import { REGISTRARS, testKey } from '@matokeo/core/testing/smallElection.ts';
import { type OpenedServer, openServer, type ServerParts } from '@matokeo/server/main/openServer.ts';
import {
	election,
	enrolment,
	keyOf,
	newFolder,
	opening,
	packageFiles,
	removeFolders,
	type Spoken,
	say,
	signer,
	suite,
} from '@matokeo/server/testing/world.ts';
import { type OpenedWitness, openWitness, type WitnessParts } from '@matokeo/witness/witness/openWitness.ts';
import { afterEach } from 'vitest';

export const WITNESSES = ['witness/court', 'witness/moon', 'witness/news', 'witness/sun'] as const;
export const context = contextOf(suite, election);
const trust = trustOf(context);
const clock = (): number => Math.floor(Date.now() / 1_000);

const open: { readonly close: () => Promise<void> }[] = [];

afterEach(async () => {
	for (const one of open.splice(0).toReversed()) await one.close();
	removeFolders();
});

export async function witness(
	name: string,
	parts: Partial<WitnessParts> = {},
): Promise<OpenedWitness & { readonly dir: string }> {
	const { seed, publicKey } = testKey(name, 4);
	const url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
	const secret = createPrivateKey({
		key: { kty: 'OKP', crv: 'Ed25519', d: url(seed), x: url(publicKey) },
		format: 'jwk',
	});
	const dir = parts.dir ?? newFolder();
	const opened = await openWitness({
		suite,
		signer: { key: verifierKey(suite, name, 4, publicKey), sign: (message) => sign(null, message, secret) },
		logs: trust.logKeys.map((key) => ({ origin: trust.origin, key })),
		clock,
		runBy: 'a test',
		contact: 'nobody',
		port: 0,
		...parts,
		dir,
	});
	return closing({ ...opened, dir });
}

export async function witnesses(): Promise<ReadonlyMap<string, OpenedWitness & { readonly dir: string }>> {
	const all = new Map<string, OpenedWitness & { readonly dir: string }>();
	for (const name of WITNESSES) all.set(name, await witness(name));
	return all;
}

export async function serve(
	at: ReadonlyMap<string, { readonly submission: string }>,
	parts: Partial<ServerParts> = {},
): Promise<OpenedServer & { readonly dir: string }> {
	const dir = parts.dir ?? newFolder();
	const addresses = new Map([...at].map(([name, { submission }]) => [name, submission]));
	const made = {
		dir,
		suite,
		election,
		packageFiles,
		signer,
		clock,
		port: 0,
		pulseMs: 5,
		witnesses: addresses,
		...parts,
	};
	return closing({ ...(await openServer(made)), dir });
}

/** Somebody else at the other end of the line, who answers so. */
export async function endpoint(
	answer: (method: string, path: string, body: Uint8Array<ArrayBuffer>) => Promise<Response>,
): Promise<string> {
	const server = createServer((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			answer(request.method ?? '', request.url ?? '', Uint8Array.from(Buffer.concat(chunks)))
				.then(async (said) => {
					response.writeHead(said.status, { 'content-type': said.headers.get('content-type') ?? '' });
					response.end(Buffer.from(await said.arrayBuffer()));
				})
				.catch(() => response.destroy());
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	open.push({
		close: () => {
			server.closeAllConnections();
			return new Promise((resolve) => server.close(() => resolve()));
		},
	});
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('it listens on a port');
	return `http://127.0.0.1:${address.port}`;
}

/** Closed once, by the test or after it. */
function closing<T extends { readonly close: () => Promise<void> }>(one: T): T {
	let closed: Promise<void> | undefined;
	const close = async (): Promise<void> => {
		closed ??= one.close();
		await closed;
	};
	open.push({ close });
	return { ...one, close };
}

export const FIRST: readonly Spoken[] = [opening(), enrolment()];
let others = 0;

/** Another statement that the log takes: one more clerk. */
export function another(): Spoken {
	const name = `clerk/other/${others++}`;
	const key = base64Encode(keyOf(name).publicKey);
	const holder = name.replaceAll('/', '-');
	return say({ type: 'key/enrol', keys: [{ holder, key, name, role: 'clerk', scope: {} }] }, ...REGISTRARS.slice(0, 2));
}

/** Resolves when it is so; fails when it is not within half a minute. */
export async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
	const untilMs = performance.now() + 30_000;
	while (!(await isSo())) {
		if (performance.now() > untilMs) throw new Error(`it never came to be so that ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
