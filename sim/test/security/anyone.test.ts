/** What anyone could do who is on the line, and what a supplier of ours could (SECURITY.md, N1–N9). */
import { readFileSync, renameSync, symlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { MANIFEST, makeManifest } from '@matokeo/core/election/manifest.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import { REGISTRARS } from '@matokeo/core/testing/smallElection.ts';
import { capture, packageFiles, say, suite } from '@matokeo/server/testing/world.ts';
import { EVIDENCE_BYTES_MAX } from '@matokeo/verifier/check/limits.ts';
import { parseEvidence } from '@matokeo/verifier/evidence/file.ts';
import { selfTest } from '@matokeo/verifier/node/selfTest.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { until } from './lib/mirrors.ts';
import { copyOf, PAPER, type Played, played, removeFolders, verify } from './lib/played.ts';
import { closeServers, picture, postJson, send, serve, signIn, upload } from './lib/served.ts';

let of: Played;
beforeAll(async () => {
	of = await played();
});
afterEach(closeServers);
afterAll(removeFolders);

const form = (shade: number, station = '001') => {
	const image = picture(shade);
	return { image, note: capture(station, image, PAPER), digest: suite.sha256Hex(image) };
};

describe('anyone', () => {
	it('N1 sends hostile notes, packages, evidence and folders: sizes have limits, one spelling is accepted, links are never followed', async () => {
		const server = await serve();
		const { note } = form(1);
		const text = Buffer.from(note.bytes).toString();
		const hostile = [
			text.replace('"poll":1', '"poll": 1'),
			text.replace('"poll":1', '"poll":1.0'),
			`${text}\n`,
			'\u0000',
			text.replace('{', `{"a":"${'x'.repeat(65_536)}",`),
		];
		for (const one of hostile) {
			const { status, answers } = await send(server, { bytes: Buffer.from(one) });
			expect(status === 400 || answers[0]?.kind === 'refused', one.slice(0, 40)).toBe(true);
		}
		const huge = await postJson(`${server.url}/api/v1/statements`, { notes: ['x'.repeat(40_000_000)] }).catch(
			() => undefined,
		);
		expect([undefined, 413]).toContain(huge?.status);
		for (const path of ['../a', '/a', 'a//b', 'A.csv', 'a\\b']) {
			const files = new Map(packageFiles).set(path, Buffer.from('x'));
			files.set(
				MANIFEST,
				Buffer.from(`${Buffer.from(makeManifest(suite, packageFiles).bytes).toString()}${'0'.repeat(64)}  ${path}\n`),
			);
			expect(loadElection(suite, files).ok, path).toBe(false);
		}
		expect(parseEvidence(suite, new Uint8Array(EVIDENCE_BYTES_MAX + 1)).ok).toBe(false);
		const { folder, dir } = copyOf(of);
		const checkpoint = join(folder, 'checkpoint');
		renameSync(checkpoint, join(dir, 'elsewhere'));
		symlinkSync(join(dir, 'elsewhere'), checkpoint);
		expect((await verify(folder)).verdict).toBe('failed');
	});

	it('N2 floods the service, or holds connections open: told when to come again; others are answered', async () => {
		const limits = {
			keyNotes: { perSecond: 1, burst: 2 },
			connectionsPerAddressMax: 50,
			headersTimeoutMs: 200,
			requestTimeoutMs: 1_000,
			timeoutCheckMs: 10,
		};
		const server = await serve({ limits, steadyMs: () => 0 });
		const flood = async (shade: number) => send(server, form(shade).note);
		const statuses = [await flood(1), await flood(2), await flood(3)];
		expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429]);
		expect(statuses[2]?.retryAfter).toBe('1');
		const { hostname, port } = new URL(server.url);
		const held = new Promise<string>((resolve) => {
			const socket = connect(Number(port), hostname, () =>
				socket.write('POST /api/v1/statements HTTP/1.1\r\nHost: x\r\nX: '),
			);
			let heard = '';
			socket.on('data', (chunk) => {
				heard += chunk.toString();
			});
			socket.on('close', () => resolve(heard));
		});
		expect((await send(server, form(4, '002').note)).answers[0]?.kind).toBe('receipt');
		expect(await held).toMatch(/^HTTP\/1\.1 408 /);
	});

	it('N3 uploads something that is not the announced image: refused, by digest, size and decoded type', async () => {
		const server = await serve();
		const { image, note, digest } = form(2);
		const page = Buffer.from('<!doctype html><script>alert(1)</script>');
		const named = capture('002', page, PAPER);
		await send(server, note, named);
		const other = picture(3);
		expect(other).toHaveLength(image.length);
		const changed = await upload(server, other, digest);
		const longer = await upload(server, Buffer.concat([image, page]), digest);
		const script = await upload(server, page);
		expect([changed.status, longer.status, script.status]).toEqual([422, 401, 422]);
		expect((await fetch(`${server.url}/blob/${digest.slice(0, 2)}/${digest}`)).status).toBe(404);
	});

	it('N4 brings the announced image in another’s place: taken, without a session and without a name', async () => {
		const server = await serve();
		const { image, note, digest } = form(1);
		await send(server, note);
		expect((await upload(server, image)).status).toBe(201);
		await until(
			() => server.service.log.rows().get('blob', digest)?.held,
			(held) => held !== undefined,
		);
		const { rows } = server.service.log;
		const said = JSON.stringify([rows().get('blob', digest), rows().get('return', 'president|001|1')]);
		expect(said).not.toContain('127.0.0.1');
	});

	it('N5 as whoever runs the line, delays, drops or repeats: a text is logged once, and its sender gets the same receipt by any way', async () => {
		const server = await serve();
		const { note } = form(1);
		const [first] = (await send(server, note)).answers;
		const again = (await send(server, note, note)).answers;
		expect([first?.kind, ...again.map(({ kind }) => kind)]).toEqual(['receipt', 'logged', 'logged']);
		expect(new Set([first, ...again].map((answer) => answer?.index)).size).toBe(1);
		const { note: dropped } = form(2, '002');
		expect(server.service.log.rows().indexOf(dropped.id)).toBeUndefined();
	});

	it('N6 with a stolen session reads sealed images as that official, until it ends; it cannot speak', async () => {
		const server = await serve();
		const headers = await signIn(server, 'ro/1');
		const digest = await server.service.hold(picture(9));
		const read = () => fetch(`${server.url}/api/v1/blobs/${digest}`, { headers });
		expect((await read()).status).toBe(200);
		const unsigned = Buffer.from(form(1).note.bytes).toString().split('\n\n')[0];
		const body = JSON.stringify({ notes: [`${unsigned}\n`] });
		const type = { ...headers, 'content-type': 'application/json' };
		const spoken = await fetch(`${server.url}/api/v1/statements`, { method: 'POST', headers: type, body });
		expect(await spoken.text()).toContain('"refused"');
		await send(server, say({ type: 'key/revoke', key: 'ro/1', reason: 'lost' }, REGISTRARS[0], REGISTRARS[1]));
		expect((await read()).status).toBe(401);
	});

	it('N7 with a stolen official’s key speaks as its owner: it is admitted and public, until the key is revoked; who held the key, nothing tells', async () => {
		const server = await serve();
		const { note } = form(1);
		expect((await send(server, note)).answers[0]?.kind).toBe('receipt');
		expect(
			server.service.log
				.rows()
				.get('return', 'president|001|1')
				?.captures.map(({ by }) => by),
		).toEqual(['po/001']);
		await send(server, say({ type: 'key/revoke', key: 'po/001', reason: 'lost' }, REGISTRARS[0], REGISTRARS[1]));
		expect((await send(server, form(2).note)).answers[0]).toMatchObject({ kind: 'refused', rule: 'S6' });
	});

	it('N8 as a supplier of ours ships changed code: digests in the lock file, no code at installation, and a back end that answers wrongly stops the start', () => {
		const root = new URL('../../../', import.meta.url);
		const lock: {
			readonly packages: Readonly<Record<string, { readonly link?: boolean; readonly integrity?: string }>>;
		} = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8'));
		const foreign = Object.entries(lock.packages).filter(
			([path, { link }]) => path.startsWith('node_modules/') && link !== true,
		);
		expect(foreign.length).toBeGreaterThan(100);
		expect(
			foreign.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true).map(([path]) => path),
		).toEqual([]);
		expect(readFileSync(new URL('.npmrc', root), 'utf8')).toMatch(/^ignore-scripts=true$/m);
		expect(() => selfTest(suite)).not.toThrow();
		expect(() => selfTest({ ...suite, ed25519: () => true })).toThrow('the same signature under another text');
		expect(() => selfTest({ ...suite, ed25519: () => false })).toThrow('an ordinary signature');
		expect(() => selfTest({ ...suite, sha256Hex: () => '0'.repeat(64) })).toThrow('SHA-256');
	});

	it('N9 hands a reader a file or a package that is made to exhaust it, or to look like another: nesting, lengths, chains and letters have limits, and each is refused with its rule', () => {
		const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}\n`;
		expect(parseEvidence(suite, Buffer.from(deep))).toMatchObject({ ok: false });
		const text = Buffer.from(packageFiles.get('election.json') ?? []).toString();
		const chain = Array.from({ length: 20_000 }, (_, i) => `a${i},nation,${i === 0 ? '' : `a${i - 1}`},x,`);
		const hostile: readonly (readonly [string, string])[] = [
			['election.json', deep],
			['election.json', text.replace('valid = sum(candidates)', `${'('.repeat(5_000)}valid${')'.repeat(5_000)} = 1`)],
			['areas.csv', ['id,level,parent,name,parent.tally', ...chain, ''].join('\n')],
			['election.json', text.replaceAll('witness/court', 'witness/\u0441ourt')],
			['election.json', text.replaceAll('small.example/log', 'sm\u0430ll.example/log')],
			['witnesses.policy', `${'group a 1 a\n'.repeat(100_000)}quorum a\n`],
		];
		for (const [path, bytes] of hostile) {
			const files = new Map(packageFiles).set(path, Buffer.from(bytes));
			files.set(MANIFEST, makeManifest(suite, files).bytes);
			const loaded = loadElection(suite, files);
			expect(loaded.ok ? [] : loaded.error.map(({ rule }) => rule), path).not.toEqual([]);
		}
	});
});
