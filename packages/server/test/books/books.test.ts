/** The books that a server keeps of requests and operations, and their digests in the log (Y1–Y5). */
import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { noteOperation } from '../../src/books/operations.ts';
import { sourceOf } from '../../src/books/requests.ts';
import { ask, closeServers, postJson, send } from '../http/lib.ts';
import { challenge, signedBy } from '../http/signing.ts';
import { capture, imageOf, newFolder, presidential, removeFolders, START, say, signer } from '../lib/world.ts';
import { audited, DAY, digests, kept, lines, MIDNIGHT, opened, periods, SETTINGS, until } from './kept.ts';

afterEach(async () => {
	await closeServers();
	removeFolders();
});

describe('Y5 the book of requests', () => {
	it('Y5 has a line for what is more than an anonymous read: route, status, keys, answers and rules, and no address, token, path or text', async () => {
		const dir = newFolder();
		const server = await opened(dir, { trustProxy: ['127.0.0.1'] });
		const from = { 'x-forwarded-for': '203.0.113.77' };
		const note = signedBy('clerk/1', await challenge(server, 'clerk/1'));
		const { token } = (await postJson(`${server.url}/api/v1/sign-in`, { note }, from)).json;
		const headers = { authorization: `Bearer ${token}`, ...from };
		await ask(server, '/api/v1/session', { headers });
		await ask(server, '/api/v1/session', { headers: { authorization: `Bearer ${'x'.repeat(43)}` } });
		await postJson(`${server.url}/api/v1/nothing-like-it`, {});
		await ask(server, '/checkpoint');
		await ask(server, '/api/v1/stations/secret-of-a-path');
		await send(
			server,
			capture('001', imageOf('1'), presidential(1, 2, 3, 4), { station: '002' }),
			say({ type: 'election/open', origin: 'x' }, 'clerk/1'),
		);
		await server.close();
		const [period = ''] = periods(dir);
		const all = lines(dir, 'requests', period);
		const of = (route: string) => all.filter((line) => line['route'] === route);
		expect(of('/api/v1/statements')[0]).toMatchObject({
			kind: 'request',
			method: 'POST',
			status: 200,
			time: START,
			answers: { receipt: 2 },
		});
		expect(of('/api/v1/statements')[0]?.['keys']).toHaveLength(4);
		expect(of('/api/v1/statements')[1]).toMatchObject({ answers: { refused: 2 }, rules: { S10: 1 } });
		expect(of('/api/v1/sign-in')[0]).toMatchObject({ keys: ['clerk/1'], status: 200 });
		expect(of('/api/v1/session').map(({ status, keys, rules }) => ({ status, keys, rules }))).toEqual([
			{ status: 200, keys: ['clerk/1'], rules: undefined },
			{ status: 401, keys: undefined, rules: { A11: 1 } },
		]);
		expect(of('none')[0]).toMatchObject({ method: 'POST', status: 404, rules: { A12: 1 } });
		const minutes = all.filter(({ kind }) => kind === 'minute');
		expect(minutes.flatMap(({ reads }) => reads)).toContainEqual({ count: 1, route: '/checkpoint', status: 200 });
		const secret = readFileSync(join(dir, 'books', period, 'source.secret'), 'utf8').trim();
		expect(statSync(join(dir, 'books', period, 'source.secret')).mode & 0o777).toBe(0o600);
		expect(of('/api/v1/sign-in')[0]?.['source']).toBe(sourceOf(secret, '203.0.113.77'));
		const text = ['requests', 'operations'].map((book) =>
			readFileSync(join(dir, 'books', period, `${book}.jsonl`), 'utf8'),
		);
		for (const never of ['203.0.113', '127.0.0.1', token, secret, 'secret-of-a-path', note.split('\n')[2] ?? '-'])
			expect(text.join('')).not.toContain(never);
	});

	it('Y5 a flood of refusals by nobody known is counted, not listed', async () => {
		const dir = newFolder();
		const server = await kept(dir);
		for (let i = 0; i < 700; i += 50)
			await Promise.all(Array.from({ length: 50 }, () => ask(server, '/none', { method: 'POST' })));
		await server.close();
		const all = lines(dir, 'requests');
		expect(all.filter(({ kind }) => kind === 'request')).toHaveLength(600);
		expect(all.at(-1)).toMatchObject({ kind: 'minute', more: [{ count: 100, route: 'none', status: 404 }] });
	});

	it('Y5 what cannot be written waits, is told in health and metrics, and keeps no statement from being taken', async () => {
		const dir = newFolder();
		const server = await opened(dir);
		const [period = ''] = periods(dir);
		const file = join(dir, 'books', period, 'requests.jsonl');
		await until(() => lines(dir, 'requests').length > 0);
		renameSync(file, `${file}.aside`);
		symlinkSync('/dev/full', file);
		const { answers } = await send(server, capture('001', imageOf('1'), presidential(1, 2, 3, 4)));
		expect(answers[0]?.kind).toBe('receipt');
		const health = async () => JSON.parse((await ask(server, '/health')).body.toString());
		await expect
			.poll(health, { timeout: 20_000 })
			.toMatchObject({ ready: true, degraded: [expect.stringContaining('cannot be written')] });
		const metrics = (await ask(server, '/metrics')).body.toString();
		expect(metrics).toMatch(/matokeo_failures_total\{duty="books"\} [1-9]/);
		expect(metrics).toMatch(/matokeo_book_bytes_waiting [1-9]/);
		rmSync(file);
		renameSync(`${file}.aside`, file);
		await expect.poll(health, { timeout: 20_000 }).toMatchObject({ degraded: [] });
		await server.close();
		expect(lines(dir, 'requests').filter(({ keys }) => JSON.stringify(keys) === '["po/001"]')).toHaveLength(1);
		expect((await audited(dir)).findings).toEqual([]);
	});
});

describe('Y3 periods and their digests in the log', () => {
	it('Y3 a day that is over, and an orderly stop, are each said in the log; a restart goes on behind the last', async () => {
		const dir = newFolder();
		let now = START;
		const server = await opened(dir, { clock: () => now });
		now = MIDNIGHT + 5;
		await until(() => digests(server) !== undefined);
		const first = server.service.log.rows().get('access', digests(server) ?? '');
		expect(first).toMatchObject({ from: START, until: MIDNIGHT });
		const bytes = readFileSync(join(dir, 'books', '20300317T174640Z', 'requests.jsonl'));
		expect(first?.files.find(({ book }) => book === 'requests')).toEqual({
			book: 'requests',
			lines: bytes.toString().split('\n').length - 1,
			sha256: createHash('sha256').update(bytes).digest('hex'),
			size: bytes.length,
		});
		await server.close();
		now += 10;
		const again = await kept(dir, { clock: () => now });
		expect(again.service.log.rows().get('access', digests(again) ?? '')).toMatchObject({
			from: MIDNIGHT,
			until: MIDNIGHT + 5,
		});
		now += 3 * DAY;
		await until(() => again.service.log.rows().get('access', digests(again) ?? '')?.until === MIDNIGHT + 3 * DAY);
		await again.close();
		const { findings, compared } = await audited(dir);
		expect(findings).toEqual([]);
		expect(compared.books).toBeGreaterThan(4);
	});

	it('Y3 before the election is open the books wait; what was closed then is said later', async () => {
		const dir = newFolder();
		let now = START;
		const server = await kept(dir, { clock: () => now });
		now = MIDNIGHT + 1;
		await until(() => periods(dir).length === 2);
		await server.close();
		expect(digests(await opened(dir, { clock: () => MIDNIGHT + 60 }))).toBe(undefined);
		await closeServers();
		const { findings, compared } = await audited(dir);
		expect([findings, compared.books > 2]).toEqual([[], true]);
	});

	it('Y3 nobody outside can say a digest, even with the log’s key', async () => {
		const server = await opened(newFolder());
		const file = { book: 'requests', lines: 0, sha256: '0'.repeat(64), size: 0 } as const;
		const { answers } = await send(
			server,
			say({ type: 'access/digest', files: [file], from: 1, until: START }, signer.name),
		);
		expect(answers[0]).toMatchObject({ kind: 'refused', rule: 'S10' });
		expect(digests(server)).toBe(undefined);
	});

	it('Y3 a file that has grown large ends its period within the day', async () => {
		const dir = newFolder();
		let now = START;
		const server = await opened(dir, { clock: () => now++, books: { ...SETTINGS, partBytesMax: 2_000 } });
		for (let i = 0; i < 30; i++) await postJson(`${server.url}/none`, {});
		await until(() => periods(dir).length > 1);
		await server.close();
		expect((await audited(dir)).findings).toEqual([]);
	});
});

describe('Y4 the book of operations', () => {
	it('Y4 start, key and stop; a crash and a changed configuration are found at the next start; commands add theirs', async () => {
		const dir = newFolder();
		let now = START;
		const server = await opened(dir, { clock: () => now });
		const copy = newFolder();
		cpSync(dir, copy, { recursive: true });
		expect(noteOperation(dir, { kind: 'fsck', time: 1, differences: 0 })).toBe(true);
		now += 1;
		await server.close();
		const of = (folder: string) => lines(folder, 'operations').map(({ kind }) => kind);
		expect(of(dir)).toEqual(['start', 'key', 'fsck', 'stop']);
		expect(lines(dir, 'operations')[0]).toMatchObject({ version: 'test', size: 0, pid: process.pid });
		now += 1;
		const changed = { ...SETTINGS, configuration: { port: 8701 } };
		const crashed = await kept(copy, { books: changed, clock: () => now });
		await crashed.close();
		expect(of(copy)).toEqual(['start', 'key', 'crash', 'configuration', 'start', 'key', 'stop']);
		const line = lines(copy, 'operations')[3];
		const configuration = readFileSync(join(copy, 'books', 'configuration', `${String(line?.['after'])}.json`), 'utf8');
		expect(JSON.parse(configuration)).toEqual({ port: 8701 });
	});

	it('Y4 a folder whose server never ran keeps no books', () => {
		expect(noteOperation(newFolder(), { kind: 'fsck', time: 1 })).toBe(false);
	});

	it('Y4 a lock that a dead process left, and half a line, are no obstacle', async () => {
		const dir = newFolder();
		mkdirSync(join(dir, 'books', '20300317T174639Z'), { recursive: true });
		symlinkSync('4194304', join(dir, 'books', 'lock'));
		writeFileSync(join(dir, 'books', '20300317T174639Z', 'operations.jsonl'), '{"kind":"fsck","time":1}\n{"kind":"sta');
		await (await opened(dir)).close();
		expect(lines(dir, 'operations').map(({ kind }) => kind)).toEqual(['fsck', 'start', 'key', 'stop']);
		expect((await audited(dir)).findings).toEqual([]);
	});
});
