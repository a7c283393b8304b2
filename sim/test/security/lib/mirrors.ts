/** Mirrors of the small election's log as they run, each with a key of its own, and a host of static files that serves whatever whoever runs it likes. */
import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { verifierKey } from '@matokeo/core/log/keys.ts';
import { ok } from '@matokeo/core/std/result.ts';
import { testKey } from '@matokeo/core/testing/smallElection.ts';
import { suite } from '@matokeo/server/testing/world.ts';
import { LIMITS } from '@matokeo/witness/mirror/limits.ts';
import { type MirrorParts, openMirror } from '@matokeo/witness/mirror/mirror.ts';
import type { MirrorOptions } from '@matokeo/witness/mirror/options.ts';
import { mirrorOnce, type RunningMirror, runMirror } from '@matokeo/witness/mirror/running.ts';
import type { Round } from '@matokeo/witness/mirror/watch.ts';
import { ANCHOR, newFolder } from './played.ts';

/** UTC seconds, long after the election's start. */
export const NOW = 1_900_100_000;
const NAME = 'mirror.example/one';
export const MIRROR_KEY = verifierKey(suite, NAME, 1, testKey(NAME).publicKey);

const hosts: Server[] = [];
const running: RunningMirror[] = [];

export interface Host {
	readonly url: URL;
	/** Serves this folder from now on; nothing at all without one. */
	readonly serve: (folder: string | undefined) => void;
}

export async function host(folder: string): Promise<Host> {
	let from: string | undefined = folder;
	const server = createServer((request, response) => {
		if (from === undefined) {
			request.socket.destroy();
			return;
		}
		try {
			const bytes = readFileSync(join(from, new URL(request.url ?? '/', 'http://x').pathname));
			response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(bytes);
		} catch {
			response.writeHead(404).end();
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	hosts.push(server);
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('a listening server has an address');
	const serve = (next: string | undefined): void => {
		from = next;
	};
	return { url: new URL(`http://127.0.0.1:${address.port}/`), serve };
}

export interface Ears {
	readonly lines: string[];
	readonly alarms: string[];
	/** UTC seconds. */
	now: number;
}

const ears = (): Ears => ({ lines: [], alarms: [], now: NOW });

function optionsFor(source: URL, dir: string, heard: Ears, more: Partial<MirrorOptions> = {}): MirrorOptions {
	return {
		source,
		dir,
		by: 'somebody',
		anchor: ANCHOR,
		images: { kind: 'all' },
		imagesBytesMax: 1_000_000_000,
		also: [],
		despite: new Set(),
		key: () => ok({ signer: signer(), publicKey: MIRROR_KEY }),
		clock: () => heard.now,
		workers: 0,
		tell: (line) => void heard.lines.push(line),
		alarm: (text) => void heard.alarms.push(text),
		...more,
	};
}

function signer() {
	const { seed, publicKey } = testKey(NAME);
	const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
	const key = createPrivateKey({
		key: { kty: 'OKP', crv: 'Ed25519', d: text(seed), x: text(publicKey) },
		format: 'jwk',
	});
	return { name: NAME, keyId: MIRROR_KEY.keyId, sign: (message: Uint8Array) => sign(null, message, key) };
}

async function opened(options: MirrorOptions): Promise<MirrorParts> {
	const parts = await openMirror(options);
	if (!parts.ok) throw new Error(parts.error);
	return parts.value;
}

export interface Caught {
	readonly round: Round;
	readonly parts: MirrorParts;
	readonly heard: Ears;
}

/** Catches up with a source once, in a folder that it may have followed it in before. */
export async function mirrored(source: Host, dir = newFolder(), more: Partial<MirrorOptions> = {}): Promise<Caught> {
	const heard = ears();
	const parts = await opened(optionsFor(source.url, dir, heard, more));
	return { round: await mirrorOnce(parts), parts, heard };
}

export interface Served extends RunningMirror {
	readonly url: string;
	readonly parts: MirrorParts;
	readonly heard: Ears;
}

/** Serves, asking its source and whoever it compares with in quick turns. */
export async function mirroring(source: Host | URL, more: Partial<MirrorOptions> = {}): Promise<Served> {
	const heard = ears();
	const quick = { pollMs: 10, backOffMsMax: 20, alsoMs: 10, forwardMs: 10 };
	const limits = { ...LIMITS, ...quick, ...more.limits };
	const url = source instanceof URL ? source : source.url;
	const parts = await opened({ ...optionsFor(url, newFolder(), heard, more), limits });
	const one = await runMirror(parts, { host: '127.0.0.1', port: 0, trustProxy: [] });
	running.push(one);
	if (one.url === undefined) throw new Error('it serves');
	return { ...one, url: one.url, parts, heard };
}

export async function closeMirrors(): Promise<void> {
	for (const one of running.splice(0)) await one.close();
	for (const server of hosts.splice(0)) {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	}
}

/** Waits for what must come true; says what it last was, when it does not. */
export async function until<T>(ask: () => T | Promise<T>, wanted: (value: T) => boolean): Promise<T> {
	const end = performance.now() + 20_000;
	for (;;) {
		const value = await ask();
		if (wanted(value)) return value;
		if (performance.now() > end) throw new Error(`it never came true; at last: ${JSON.stringify(value)}`);
		await new Promise((resolve) => setImmediate(resolve));
	}
}
