/**
 * A log's server that goes away in the middle of an evening (spec/mirror.md, M20–M24): a mirror keeps what senders bring, says so under its own key, hands it on when the server is back, and shows what became of each.
 * Real servers over real HTTP; data of the mirror's pages are byte for byte the server's.
 */
import { request } from 'node:http';
import { signingWith } from '@matokeo/cli/keys/signing.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { ok } from '@matokeo/core/std/result.ts';
import { dataPath } from '@matokeo/portal/site/paths.ts';
import { type OpenedServer, openServer } from '@matokeo/server/main/openServer.ts';
import {
	capture,
	election,
	enrolment,
	imageOf,
	keyOf,
	newFolder,
	opening,
	packageFiles,
	presidential,
	reading,
	removeFolders,
	type Spoken,
	START,
	STATIONS,
	say,
	signer,
	suite,
} from '@matokeo/server/testing/world.ts';
import { openMirror } from '@matokeo/witness/mirror/mirror.ts';
import { parsePending } from '@matokeo/witness/mirror/pendingNote.ts';
import { type RunningMirror, runMirror } from '@matokeo/witness/mirror/running.ts';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { noiseImage } from '../../src/load/image.ts';

const [FIRST = '', SECOND = ''] = STATIONS;
const FIGURES = presidential(100, 90, 30, 5);
const MIRROR = keyOf('mirror/test');

const closing: (() => Promise<void>)[] = [];
let now = START;

afterEach(async () => {
	for (const close of closing.splice(0).reverse()) await close();
	now = START;
});
afterAll(removeFolders);

async function serve(dir: string, port = 0): Promise<OpenedServer> {
	const server = await openServer({ dir, suite, election, packageFiles, signer, clock: () => START, port, pulseMs: 5 });
	closing.push(server.close);
	return server;
}

async function mirrorOf(
	url: string,
	dir = newFolder(),
	limits = {},
): Promise<RunningMirror & { readonly url: string }> {
	const opened = await openMirror({
		source: new URL(`${url}/`),
		dir,
		by: 'a test',
		anchor: election.digest,
		images: { kind: 'all' },
		imagesBytesMax: 1_000_000,
		key: () => ok({ signer: signingWith(MIRROR), publicKey: MIRROR }),
		also: [],
		despite: new Set(),
		clock: () => now,
		workers: 0,
		limits: { pollMs: 10, backOffMsMax: 20, forwardMs: 10, ...limits },
		tell: () => undefined,
		alarm: () => undefined,
	});
	if (!opened.ok) throw new Error(opened.error);
	const mirror = await runMirror(opened.value, { host: '127.0.0.1', port: 0, trustProxy: [] });
	closing.push(mirror.close);
	return { ...mirror, url: mirror.url ?? '' };
}

async function until<T>(ask: () => T | Promise<T>, wanted: (value: T) => boolean): Promise<T> {
	const end = performance.now() + 15_000;
	for (;;) {
		const value = await ask();
		if (wanted(value)) return value;
		if (performance.now() > end) throw new Error(`it never came true; at last: ${JSON.stringify(value)}`);
		await new Promise((resolve) => setImmediate(resolve));
	}
}

interface Answer {
	readonly kind: string;
	readonly id: string;
	readonly note: string;
	readonly rule: string;
	readonly index: number;
}

async function post(url: string, ...notes: readonly Uint8Array[]) {
	const body = JSON.stringify({ notes: notes.map((note) => Buffer.from(note).toString('utf8')) });
	const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
	const { answers = [] }: { readonly answers?: readonly Answer[] } = JSON.parse(await response.text());
	return { status: response.status, answers };
}

const toServer = ({ url }: { readonly url: string }, ...spoken: readonly Spoken[]) =>
	post(`${url}/api/v1/statements`, ...spoken.map(({ bytes }) => bytes));
const toMirror = ({ url }: { readonly url: string }, ...spoken: readonly Spoken[]) =>
	post(`${url}/pending`, ...spoken.map(({ bytes }) => bytes));

interface Line {
	readonly id: string;
	readonly said: string;
	readonly why: string;
	readonly tries: number;
	readonly since: number;
	readonly index?: number;
}

async function pendingOf({ url }: { readonly url: string }, { id }: Spoken): Promise<Line | undefined> {
	const view: { readonly statements: readonly Line[] } = JSON.parse(await (await fetch(`${url}/pending.json`)).text());
	return view.statements.find((line) => line.id === id);
}

/** A server that has run for a while, a mirror that has caught up, and then no server any more. */
async function outage() {
	const dir = newFolder();
	const server = await serve(dir);
	await toServer(server, opening(), enrolment());
	const mirror = await mirrorOf(server.url);
	await until(
		() => mirror.status().size,
		(size) => size === 3,
	);
	await server.close();
	await until(
		() => mirror.status().state.kind,
		(kind) => kind === 'away',
	);
	const back = (): Promise<OpenedServer> => serve(dir, Number(/:([0-9]{1,5})$/.exec(server.url)?.[1]));
	return { mirror, back };
}

describe('through an outage', () => {
	it('M20 M23 M24 a statement and its image are kept under the mirror’s word, handed on, logged and counted', async () => {
		const { mirror, back } = await outage();
		const image = noiseImage(FIRST);
		const form = capture(FIRST, image, FIGURES);
		const { answers } = await toMirror(mirror, form);
		const word = parsePending(suite, utf8Encode(answers[0]?.note ?? ''), MIRROR);
		expect(word).toEqual(ok({ election: election.id, digest: election.digest, id: form.id, time: START, size: 3 }));
		const digest = suite.sha256Hex(image);
		const sent = (bytes: Uint8Array, name = digest) =>
			fetch(`${mirror.url}/pending/blob/${name}`, {
				method: 'PUT',
				headers: { 'content-type': 'application/octet-stream' },
				body: Buffer.from(bytes),
			});
		expect((await sent(noiseImage(SECOND), suite.sha256Hex(noiseImage(SECOND)))).status).toBe(404);
		expect((await sent(image.map((byte, i) => (i === 50 ? byte ^ 1 : byte)))).status).toBe(400);
		expect([(await sent(image)).status, (await sent(image)).status]).toEqual([201, 200]);

		const server = await back();
		now = START + 60;
		await until(
			() => pendingOf(mirror, form),
			(line) => line?.index !== undefined,
		);
		await until(
			() => mirror.status().images.kept,
			(kept) => kept === 1,
		);
		expect(mirror.status().pending).toMatchObject({ waiting: 0, refused: 0, images: 0 });
		const receipt = await (await fetch(`${mirror.url}/pending/${form.id}/answer`)).text();
		expect(receipt).toContain('c2sp.org/tlog-proof@v1');
		await until(
			() => mirror.status().size,
			(size) => size === server.service.log.size(),
		);
		for (const address of [
			{ data: 'home' },
			{ data: 'contest', contest: 'president' },
			{ data: 'missing', contest: 'president' },
			{ data: 'station', station: FIRST },
			{ data: 'changes', contest: 'president', number: 0 },
		] as const) {
			const [theirs, ours] = [server, mirror].map(async ({ url }) =>
				(await fetch(`${url}/${dataPath(address)}`)).text(),
			);
			expect(await ours).toEqual(await theirs);
		}
	});

	it('M24 M9 whoever sends images slowly holds so many places and no more', async () => {
		const { mirror } = await outage();
		const image = noiseImage(FIRST);
		await toMirror(mirror, capture(FIRST, image, FIGURES));
		const url = `${mirror.url}/pending/blob/${suite.sha256Hex(image)}`;
		const type = { 'content-type': 'application/octet-stream' };
		const slow = Array.from({ length: 4 }, () => {
			const one = request(url, { method: 'PUT', headers: { ...type, 'content-length': image.length } });
			one.on('error', () => undefined);
			one.write(image.slice(0, 1));
			return one;
		});
		const sent = async (bytes: Uint8Array) =>
			(await fetch(url, { method: 'PUT', headers: type, body: Buffer.from(bytes) })).status;
		const another = () => sent(image.map((byte, i) => (i === 50 ? byte ^ 1 : byte)));
		await until(another, (status) => status === 503);
		slow[0]?.destroy();
		await until(another, (status) => status === 400);
		expect(await sent(image)).toBe(201);
		for (const one of slow) one.destroy();
	});

	it('M21 what is ill spelled, signed by nobody’s key, for another election or spoken in the log’s name is refused with the reason', async () => {
		const { mirror } = await outage();
		const form = capture(FIRST, imageOf(FIRST), FIGURES);
		const text = Buffer.from(form.bytes).toString('utf8');
		const refused = async (bytes: Uint8Array) => (await post(`${mirror.url}/pending`, bytes)).answers[0]?.rule;
		expect(await refused(utf8Encode('no statement'))).toBe('S1');
		expect(await refused(utf8Encode(text.replace('"poll":1', '"poll":2')))).toBe('S7');
		expect(await refused(say({ type: 'key/revoke', key: 'clerk/1', reason: 'lost' }, 'nobody').bytes)).toBe('S6');
		expect(await refused(utf8Encode(text.replace(election.digest, '0'.repeat(64))))).toBe('S5');
		expect(await refused(say({ type: 'clock/tick', time: START + 5 }, signer.name).bytes)).toBe('M21');
		expect(mirror.status().pending?.waiting).toBe(0);
		expect((await toMirror(mirror, enrolment())).answers).toEqual([
			expect.objectContaining({ kind: 'logged', index: 2 }),
		]);
	});

	it('M23 what the log refuses stays in sight: the signed refusal, since when, how often it was tried; a copy is the same statement', async () => {
		const { mirror, back } = await outage();
		const orphan = reading('0'.repeat(64), 'clerk/1', FIGURES);
		const first = await toMirror(mirror, orphan, orphan);
		const again = await toMirror(mirror, orphan);
		expect(new Set([...first.answers, ...again.answers].map(({ note }) => note)).size).toBe(1);
		await back();
		now = START + 60;
		const refused = await until(
			() => pendingOf(mirror, orphan),
			(line) => line?.said === 'refused',
		);
		expect(refused?.since).toBe(START + 60);
		now = START + 1_000;
		const later = await until(
			() => pendingOf(mirror, orphan),
			(line) => (line?.tries ?? 0) > (refused?.tries ?? 0),
		);
		expect([later?.since, later?.said]).toEqual([START + 60, 'refused']);
		expect(await (await fetch(`${mirror.url}/pending/${orphan.id}/answer`)).text()).toContain('matokeo/v1 refusal');
		const page = await (await fetch(`${mirror.url}/pending.html`)).text();
		expect(page).toContain('REFUSED by the log');
	});

	it('M22 keeps what it acknowledged through a crash, and says so when it can keep no more', async () => {
		const dir = newFolder();
		const server = await serve(dir);
		await toServer(server, opening(), enrolment());
		const folder = newFolder();
		const limits = { pendingPerAddressMax: 1 };
		const mirror = await mirrorOf(server.url, folder, limits);
		await until(
			() => mirror.status().size,
			(size) => size === 3,
		);
		await server.close();
		const form = capture(FIRST, imageOf(FIRST), FIGURES);
		const { answers } = await toMirror(mirror, form);
		const full = await toMirror(mirror, capture(SECOND, imageOf(SECOND), FIGURES));
		expect([full.status, full.answers[0]?.kind]).toEqual([503, 'later']);
		await mirror.close();
		const again = await mirrorOf(server.url, folder, limits);
		await until(
			() => again.status().size,
			(size) => size === 3,
		);
		expect(again.status().pending?.waiting).toBe(1);
		const word = await (await fetch(`${again.url}/pending/${form.id}/word`)).text();
		expect(word).toBe(answers[0]?.note);
	});
});
