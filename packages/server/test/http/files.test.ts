/** The log's files and the site over HTTP (A12–A14, A17): types, caching, and paths that mean nothing else. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { capture, newFolder, opening, packageFiles, presidential, removeFolders } from '../lib/world.ts';
import { png } from './images.ts';
import { ask, closeServers, proves, send, serve, servedElection, speak } from './lib.ts';

afterEach(async () => {
	await closeServers();
	removeFolders();
});

describe('A13 files of the log', () => {
	it('A13 the checkpoint is text, short-lived and conditional; before the first there is none', async () => {
		const server = await serve();
		expect((await ask(server, '/checkpoint')).status).toBe(404);
		await send(server, opening());
		const { status, body, headers } = await ask(server, '/checkpoint');
		expect(status).toBe(200);
		expect(body).toEqual(Buffer.from(server.service.log.checkpoint()));
		expect(headers).toMatchObject({
			'content-type': 'text/plain; charset=utf-8',
			'cache-control': 'public, max-age=2',
			'access-control-allow-origin': '*',
			'cross-origin-resource-policy': 'cross-origin',
		});
		const again = await ask(server, '/checkpoint', { headers: { 'if-none-match': String(headers['etag']) } });
		expect([again.status, again.body.length]).toEqual([304, 0]);
		const head = await ask(server, '/checkpoint', { method: 'HEAD' });
		expect([head.status, head.headers['content-length'], head.body.length]).toEqual([200, String(body.length), 0]);
	});

	it('A13 tiles, package, key and results are the bytes of the folder', async () => {
		const dir = newFolder();
		const server = await servedElection({ dir });
		await send(server, capture('001', await png(), presidential(1, 2, 3, 4)));
		await expect.poll(async () => (await ask(server, '/results/president.json')).status).toBe(200);
		const size = server.service.log.size();
		const paths = [`tile/0/000.p/${size}`, `tile/entries/000.p/${size}`, 'log.vkey'];
		for (const path of [...paths, ...[...packageFiles.keys()].map((name) => `package/${name}`)]) {
			const { status, body, headers } = await ask(server, `/${path}`);
			expect([path, status]).toEqual([path, 200]);
			expect(body).toEqual(readFileSync(join(dir, 'public', path)));
			const immutable = path.startsWith('tile/');
			expect(String(headers['cache-control']).includes('immutable')).toBe(immutable);
			if (immutable) expect(headers['content-type']).toBe('application/octet-stream');
		}
		expect((await ask(server, '/tile/0/000')).status).toBe(404);
		// Results follow the log a little later, and may be replaced between the two readings.
		const asInFolder = async () =>
			(await ask(server, '/results/president.json')).body.equals(
				readFileSync(join(dir, 'public/results/president.json')),
			);
		await expect.poll(asInFolder).toBe(true);
	});

	it('A13 text goes out compressed to who can read it, and a tag of one form is good for the other', async () => {
		const server = await servedElection();
		const plain = await ask(server, '/package/stations.csv');
		const path = [...packageFiles.keys()].find((name) => (packageFiles.get(name)?.length ?? 0) > 1_024) ?? '';
		const whole = await ask(server, `/package/${path}`);
		expect(plain.headers['content-encoding']).toBeUndefined();
		for (const [encoding, unpack] of [
			['br', brotliDecompressSync],
			['gzip', gunzipSync],
		] as const) {
			const packed = await ask(server, `/package/${path}`, { headers: { 'accept-encoding': encoding } });
			expect([packed.headers['content-encoding'], packed.headers['vary']]).toEqual([encoding, 'accept-encoding']);
			expect(unpack(packed.body)).toEqual(whole.body);
			const known = { 'if-none-match': String(packed.headers['etag']) };
			expect((await ask(server, `/package/${path}`, { headers: known })).status).toBe(304);
		}
		const refused = await ask(server, `/package/${path}`, { headers: { 'accept-encoding': 'br;q=0, gzip;q=0' } });
		expect(refused.body).toEqual(whole.body);
	});
});

describe('A12 reading', () => {
	it('A12 the log by entry, by proof, by head and by size', async () => {
		const server = await servedElection();
		const form = capture('001', await png(), presidential(1, 2, 3, 4));
		await send(server, form);
		const read = async (path: string) => JSON.parse((await ask(server, path)).body.toString());
		const entry = await read(`/api/v1/statements/${form.id}`);
		expect(entry).toMatchObject({ id: form.id, note: Buffer.from(form.bytes).toString() });
		expect(proves(entry, form.bytes)).toBe(true);
		expect((await ask(server, `/api/v1/proofs/${entry.index}`)).body.toString()).toBe(entry.proof);
		const head = await read('/api/v1/log');
		expect(head.checkpoint).toBe(Buffer.from(server.service.log.checkpoint()).toString());
		expect(await read(`/api/v1/log/${head.size}`)).toEqual({ size: head.size, root: head.root });
		expect((await read('/api/v1/log/1')).root).not.toBe(head.root);
		for (const path of [`statements/${'a'.repeat(64)}`, `proofs/${head.size}`, `log/${head.size + 1}`])
			expect((await ask(server, `/api/v1/${path}`)).status).toBe(404);
		for (const path of ['statements/x', 'proofs/01', 'proofs/-1', 'proofs/1e3', 'proofs/true', 'log/null', 'log/1?x=1'])
			expect((await ask(server, `/api/v1/${path}`)).status).toBe(400);
	});

	it('A12 views are those of the site', async () => {
		const server = await servedElection();
		await send(server, capture('001', await png(), presidential(1, 2, 3, 4)));
		const pairs = [
			['election', 'about.json'],
			['contests', 'home.json'],
			['contests/president', 'contest/president/contest.json'],
			['contests/president/missing', 'contest/president/missing.json'],
			['contests/president/changes?page=0', 'contest/president/changes/0.json'],
			['stations/001', 'station/001.json'],
		];
		for (const [api, file] of pairs) {
			const [one, other] = [await ask(server, `/api/v1/${api}`), await ask(server, `/data/${file}`)];
			expect([api, one.status, other.status]).toEqual([api, 200, 200]);
			expect(one.body).toEqual(other.body);
		}
		expect((await ask(server, '/api/v1/contests/president/at/2')).status).toBe(200);
		for (const path of [
			'contests/nobody',
			'stations/999',
			'contests/president/at/999',
			'contests/president/areas/none',
		])
			expect((await ask(server, `/api/v1/${path}`)).status).toBe(404);
		for (const path of [
			'contests/president/changes?page=x',
			'contests/president/changes?page=1&page=2',
			'contests?x=1',
		])
			expect((await ask(server, `/api/v1/${path}`)).status).toBe(400);
	});

	it('A13 pages are found with and without their last name, and what is not there is told in words', async () => {
		const server = await servedElection();
		for (const path of ['/', '/en/', '/sw/index.html', '/en/contest/president/', '/en/station/001.html']) {
			const { status, headers } = await ask(server, path);
			expect([path, status, headers['content-type']]).toEqual([path, 200, 'text/html; charset=utf-8']);
			expect(headers['content-security-policy']).toContain("default-src 'none'");
		}
		const { status, body } = await ask(server, '/en/station/none.html');
		expect([status, JSON.parse(body.toString()).error.rule]).toEqual([404, 'A12']);
		const headers = { accept: 'text/html,application/xhtml+xml' };
		const page = await ask(server, '/api/v1/contests?<script>=1', { headers });
		expect([page.status, page.headers['content-type']]).toEqual([400, 'text/html; charset=utf-8']);
		expect(page.body.toString()).toMatch(/^<!doctype html>[\s\S]*To the first page/);
		expect(page.body.toString()).not.toContain('<script');
	});
});

describe('A12 finding a station', () => {
	it('A12 leads to its page by its number, however it is typed', async () => {
		const server = await servedElection();
		for (const typed of ['001', '%20001%20', '001&more=1']) {
			const { status, headers, body } = await ask(server, `/sw/find.html?station=${typed}`);
			expect([status, headers['location'], body.length]).toEqual([303, 'station/001.html', 0]);
		}
		expect((await ask(server, '/sw/station/001.html')).status).toBe(200);
	});

	it('A12 says in the same page that there is none, and shows what was typed as text', async () => {
		const server = await servedElection();
		const typed = encodeURIComponent(`"><script>alert(1)</script>${'9'.repeat(9_000)}`);
		for (const number of ['999', '..%2F..%2Fcheckpoint', '001.html', typed]) {
			const { status, headers, body } = await ask(server, `/en/find.html?station=${number}`);
			expect([status, headers['cache-control'], headers['content-type']]).toEqual([
				404,
				'no-store',
				'text/html; charset=utf-8',
			]);
			expect(body.toString()).toContain('There is no polling station with the number');
			expect(body.toString()).not.toMatch(/<script>|9{200}/);
		}
		for (const asked of ['', '?station=', '?station=%20', '?number=001'])
			expect((await ask(server, `/en/find.html${asked}`)).status).toBe(200);
	});
});

describe('A14 paths', () => {
	const tricks = [
		'/../matokeo.sqlite',
		'/tile/../../matokeo.sqlite',
		'/%2e%2e/matokeo.sqlite',
		'/tile/%2e%2e/%2e%2e/matokeo.sqlite',
		'/tile/..%2f..%2fmatokeo.sqlite',
		'/tile/0/000%00',
		'/package/..\\..\\matokeo.sqlite',
		'/package/%5c..%5cmatokeo.sqlite',
		'//etc/passwd',
		'/package//manifest.txt',
		'/package/./manifest.txt',
		'/.git/config',
		'/package/.hidden',
		'/blob/ab/../../matokeo.sqlite',
		'/en/%3Cscript%3E.html',
		'/en/station/\u202e001.html',
		`/package/${'a'.repeat(10_000)}`,
		'/api/v1/statements/%zz',
		'/assets/..;/x',
	];
	it.each(tricks.map((path) => [path.slice(0, 40), path]))('A14 %s is refused', async (_short, path) => {
		const server = await servedElection();
		const heard = await speak(server, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
		expect(heard).toMatch(/^HTTP\/1\.1 (400|404|414) /);
		expect(heard).not.toContain('SQLite format');
		expect(heard).toContain('nosniff');
	});

	it('A14 an absolute address is no way around it', async () => {
		const server = await servedElection();
		const heard = await speak(
			server,
			`GET http://other.example/checkpoint HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
		);
		expect(heard).toMatch(/^HTTP\/1\.1 (400|404) /);
	});

	it('A13 what the election does not know is no file: only names of the package and its contests are', async () => {
		const server = await servedElection();
		const none = '0'.repeat(64);
		const paths = [
			'/results/nobody.json',
			'/results/president',
			'/package/none',
			`/blob/00/${none}`,
			`/blob/01/${none}`,
		];
		for (const path of [
			...paths,
			'/tile/64/000',
			'/tile/0/0',
			'/tile/0/000.p/256',
			'/tile/0/000.p/0',
			'/tile/x',
			'/nothing',
		])
			expect([path, (await ask(server, path)).status]).toEqual([path, 404]);
	});
});
