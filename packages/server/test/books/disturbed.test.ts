/** Books that are held, removed or flooded while a server runs: nobody is kept waiting, nothing is written into what is closed, and what is gone is told (Y2–Y5). */
import { mkdirSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { requestBook } from '../../src/books/requests.ts';
import { periodSecret } from '../../src/books/secret.ts';
import type { OpenedServer } from '../../src/main/openServer.ts';
import { ask, closeServers, postJson, send } from '../http/lib.ts';
import { capture, imageOf, newFolder, presidential, removeFolders, START } from '../lib/world.ts';
import { audited, digests, lines, MIDNIGHT, opened, periods, SETTINGS, until } from './kept.ts';

afterEach(async () => {
	vi.restoreAllMocks();
	await closeServers();
	removeFolders();
});

async function degraded(server: OpenedServer): Promise<unknown> {
	return JSON.parse((await ask(server, '/health')).body.toString()).degraded;
}

describe('Y2 books that somebody else holds', () => {
	it('Y5 no request waits for them longer than a moment, and those of a new day not each again', async () => {
		const dir = newFolder();
		let now = START;
		const server = await opened(dir, { clock: () => now, books: { ...SETTINGS, flushMs: 3_600_000 } });
		const lock = join(dir, 'books', 'lock');
		symlinkSync(String(process.ppid), lock);
		const waits = vi.spyOn(Atomics, 'wait');
		now = MIDNIGHT + 5;
		for (const station of ['001', '002', '003'])
			expect((await send(server, capture(station, imageOf('1'), presidential(1, 2, 3, 4)))).answers[0]?.kind).toBe(
				'receipt',
			);
		expect(waits.mock.calls.length).toBeGreaterThan(0);
		expect(waits.mock.calls.length).toBeLessThanOrEqual(10);
		expect(await degraded(server)).toEqual([
			expect.stringMatching(/another process holds .*lock; if none does, remove/),
		]);
		rmSync(lock);
		await server.close();
		const keys = lines(dir, 'requests').flatMap((line) => line['keys'] ?? []);
		expect(keys).toEqual(expect.arrayContaining(['po/001', 'po/002', 'po/003']));
		expect((await audited(dir)).findings).toEqual([]);
	});
});

describe('Y4 books that are taken away under a running server', () => {
	it('Y2 Y4 a period that is removed begins again, and what was closed before stays as it was said', async () => {
		const dir = newFolder();
		let now = START;
		const server = await opened(dir, { clock: () => now });
		now = MIDNIGHT + 5;
		await until(() => digests(server) !== undefined && lines(dir, 'operations').length > 1);
		await postJson(`${server.url}/none`, {});
		await until(() => lines(dir, 'requests', periods(dir)[1] ?? '').length > 0);
		rmSync(join(dir, 'books', periods(dir)[1] ?? ''), { recursive: true });
		await postJson(`${server.url}/none`, {});
		await until(() => lines(dir, 'operations').some(({ kind }) => kind === 'shorter'));
		expect(periods(dir)).toHaveLength(2);
		await server.close();
		const told = lines(dir, 'operations').find(({ kind }) => kind === 'shorter');
		expect(told).toMatchObject({ period: periods(dir)[1], book: 'requests', size: 0 });
		expect((await audited(dir)).findings).toEqual([]);
	});

	it('Y4 a book that has become shorter is told in the book of operations', async () => {
		const dir = newFolder();
		const server = await opened(dir);
		const file = join(dir, 'books', periods(dir)[0] ?? '', 'requests.jsonl');
		await until(() => lines(dir, 'requests').length > 0);
		const { size } = statSync(file);
		truncateSync(file, 0);
		await postJson(`${server.url}/none`, {});
		await until(() => lines(dir, 'operations').some(({ kind }) => kind === 'shorter'));
		expect(lines(dir, 'operations').at(-1)).toMatchObject({ kind: 'shorter', book: 'requests', before: size, size: 0 });
	});
});

describe('Y3 a digest that the log does not take', () => {
	it('Y3 is told in health, with the reason', async () => {
		const dir = newFolder();
		const server = await opened(dir);
		mkdirSync(join(dir, 'books', '20991231T000000Z'));
		await expect
			.poll(() => degraded(server), { timeout: 20_000 })
			.toEqual([
				expect.stringMatching(
					/digest of the books from 20300317T174640Z to 20991231T000000Z is not in the log \(the period ends/,
				),
			]);
		expect(digests(server)).toBe(undefined);
	});
});

describe('Y5 the book of requests under a flood', () => {
	it.each([
		['refused as a whole', { status: 404 }, 600],
		['of which every statement is refused', { status: 200, answers: { refused: 256 } }, 600],
		['that repeat what is logged', { status: 200, answers: { logged: 256 } }, 600],
		['that were taken', { status: 200 }, 6_000],
	])('Y5 requests of nobody known %s are listed to a bound and counted behind it', (_name, facts, most) => {
		const book = requestBook(
			() => START,
			() => 'secret',
		);
		const sent = 7_000;
		const request = { method: 'POST', route: '/api/v1/statements', ms: 1, bytes: 9, address: '203.0.113.9', ...facts };
		for (let i = 0; i < sent; i++) book.request(request);
		book.request({ ...request, keys: ['po/001'] });
		let text = '';
		book.flush((part) => {
			text += part;
		}, true);
		const written = text
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line));
		expect(written.filter(({ kind, keys }) => kind === 'request' && keys === undefined)).toHaveLength(most);
		expect(written.filter(({ keys }) => keys !== undefined)).toHaveLength(1);
		expect(written.at(-1)).toMatchObject({ kind: 'minute', more: [{ count: sent - most, route: request.route }] });
	});
});

describe('Y5 the secret of a period', () => {
	it('Y5 is made again where a full disk has left an empty file, for the server’s account alone', () => {
		const dir = newFolder();
		const folder = join(dir, 'books', '20300317T174640Z');
		mkdirSync(folder, { recursive: true });
		writeFileSync(join(folder, 'source.secret'), '', { mode: 0o644 });
		const secret = periodSecret(dir, START);
		expect(secret).toMatch(/^[0-9a-f]{64}$/);
		expect(readFileSync(join(folder, 'source.secret'), 'utf8')).toBe(`${secret}\n`);
		expect(statSync(join(folder, 'source.secret')).mode & 0o777).toBe(0o600);
		expect(periodSecret(dir, START)).toBe(secret);
	});
});
