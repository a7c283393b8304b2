/** Senders who are slow, greedy or strange (A1, A2, A15–A17): they are told so, and others are unharmed. */
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { OpenedServer } from '../../src/main/openServer.ts';
import { capture, imageOf, opening, presidential, removeFolders, say } from '../lib/world.ts';
import { ask, closeServers, postJson, send, serve, servedElection, speak } from './lib.ts';

afterEach(async () => {
	await closeServers();
	removeFolders();
});

const HASTE = { headersTimeoutMs: 50, requestTimeoutMs: 100, idleTimeoutMs: 2_000, timeoutCheckMs: 10 };

function open({ url }: OpenedServer): Promise<Socket> {
	const { hostname, port } = new URL(url);
	return new Promise((resolve, reject) => {
		const socket = connect(Number(port), hostname, () => resolve(socket));
		socket.on('error', reject);
	});
}

const closed = (socket: Socket): Promise<void> => new Promise((resolve) => socket.on('close', () => resolve()));

describe('A15 slow and half-open requests', () => {
	const halves: readonly (readonly [string, string])[] = [
		['headers that do not end', 'GET /checkpoint HTTP/1.1\r\nHost: x\r\nX-Slow: '],
		[
			'a body that does not come',
			'POST /api/v1/statements HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{',
		],
	];
	it.each(halves)('A15 %s: the connection is closed, with a word', async (_name, bytes) => {
		const server = await serve({ limits: HASTE });
		const heard = speak(server, bytes);
		expect((await send(server, opening())).answers[0]?.kind).toBe('receipt');
		expect(await heard).toMatch(/^HTTP\/1\.1 408 [\s\S]*"rule":"A15"/);
	});

	it('A15 silence in the middle of a request ends it', async () => {
		const server = await serve({ limits: { idleTimeoutMs: 30 } });
		const head =
			'POST /api/v1/statements HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{';
		expect(await speak(server, head)).not.toContain('receipt');
		expect((await send(server, opening())).answers[0]?.kind).toBe('receipt');
	});

	it('A15 one address has so many connections; further ones are closed', async () => {
		const server = await serve({ limits: { connectionsPerAddressMax: 3 } });
		const kept = [await open(server), await open(server), await open(server)];
		await closed(await open(server));
		const [first] = kept;
		const gone = first === undefined ? undefined : closed(first);
		first?.end();
		await gone;
		await expect.poll(async () => (await ask(server, '/health')).status).toBe(200);
		for (const socket of kept) socket.destroy();
	});

	it.each([
		['bytes that are no HTTP', '\x16\x03\x01\x02\x00\x01\x00', 400],
		['a second content length', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
		[
			'two ways to say where a body ends',
			'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
			400,
		],
		['headers beyond the limit', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
	])('A15 %s', async (_name, bytes, status) => {
		const server = await serve();
		const heard = await speak(server, bytes);
		expect(heard).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
		expect(heard).toContain('x-content-type-options: nosniff');
	});
});

describe('A16 rates', () => {
	it('A16 an address that asks too often is told for how long to wait, and that is true', async () => {
		let ms = 0;
		const limits = { addressRequests: { perSecond: 2, burst: 4 } };
		const server = await serve({ limits, steadyMs: () => ms });
		const status = async () => (await ask(server, '/health')).status;
		expect([await status(), await status(), await status(), await status()]).toEqual([200, 200, 200, 200]);
		const { status: refused, headers, body } = await ask(server, '/health');
		expect([refused, headers['retry-after']]).toEqual([429, '1']);
		expect(JSON.parse(body.toString()).error).toMatchObject({ rule: 'A16' });
		ms += 999;
		expect(await status()).toBe(200);
		expect(await status()).toBe(429);
		ms += 1_000;
		expect([await status(), await status()]).toEqual([200, 200]);
	});

	it('A16 a key that says too much waits; others of the same address go on, and nobody can use up another’s', async () => {
		const server = await servedElection({ limits: { keyNotes: { perSecond: 1, burst: 2 } }, steadyMs: () => 0 });
		const form = (station: string, text: string) => capture(station, imageOf(text), presidential(1, 2, 3, 4));
		const [a, b, c, d] = [form('001', 'a'), form('001', 'b'), form('001', 'c'), form('002', 'd')];
		const copy = {
			id: '',
			bytes: Buffer.from(
				Buffer.from(a.bytes)
					.toString()
					.replace(/.{9}\n$/, 'AAAAAAA=\n'),
			),
		};
		for (let i = 0; i < 5; i++) await send(server, copy);
		expect((await send(server, a)).answers[0]?.kind).toBe('receipt');
		for (let i = 0; i < 5; i++) expect((await send(server, a)).answers[0]?.kind).toBe('logged');
		expect((await send(server, b)).answers[0]?.kind).toBe('receipt');
		const { status, headers } = await send(server, c);
		expect([status, headers.get('retry-after')]).toEqual([429, '1']);
		expect((await send(server, d)).answers[0]?.kind).toBe('receipt');
	});

	it('A16 refusals count too, where one key has signed them', async () => {
		const server = await servedElection({ limits: { keyNotes: { perSecond: 1, burst: 1 } }, steadyMs: () => 0 });
		const far = (text: string) => capture('001', imageOf(text), undefined, { station: '002' });
		expect((await send(server, far('a'))).answers[0]).toMatchObject({ kind: 'refused', rule: 'S10' });
		expect((await send(server, far('b'))).status).toBe(429);
	});

	it('A16 a forwarded address is believed of named proxies only', async () => {
		const limits = { addressRequests: { perSecond: 1, burst: 1 } };
		const from = (server: OpenedServer, ip: string) =>
			ask(server, '/health', { headers: { 'x-forwarded-for': ip } }).then(({ status }) => status);
		const open_ = await serve({ limits, steadyMs: () => 0 });
		expect([await from(open_, '192.0.2.1'), await from(open_, '192.0.2.2')]).toEqual([200, 429]);
		const behind = await serve({ limits, steadyMs: () => 0, trustProxy: ['127.0.0.1'] });
		expect([await from(behind, '192.0.2.1'), await from(behind, '192.0.2.2')]).toEqual([200, 200]);
		expect([await from(behind, '2001:db8::1'), await from(behind, '2001:db8::ffff')]).toEqual([200, 429]);
		expect(await from(behind, '2001:db8:0:1::1')).toBe(200);
	});

	it('A15 bodies on their way have room together, and are told when there is none', async () => {
		const server = await serve({ limits: { bodiesInFlightBytesMax: 1_000 } });
		const held = await open(server);
		held.write(
			'POST /api/v1/statements HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{',
		);
		const at = `${server.url}/api/v1/statements`;
		await expect.poll(async () => (await postJson(at, { notes: ['x'.repeat(200)] })).status).toBe(503);
		held.destroy();
		await expect.poll(async () => (await postJson(at, { notes: ['x'.repeat(200)] })).status).toBe(200);
	});
});

describe('A17 other people’s pages', () => {
	it('A17 may read what is public and nothing else', async () => {
		const server = await servedElection();
		const headers = { origin: 'https://elsewhere.example' };
		expect((await ask(server, '/checkpoint', { headers })).headers['access-control-allow-origin']).toBe('*');
		expect((await ask(server, '/api/v1/log', { headers })).headers['access-control-allow-origin']).toBe('*');
		const others = [
			await ask(server, '/api/v1/session', { headers }),
			await ask(server, '/metrics', { headers }),
			await ask(server, '/api/v1/uploads', { method: 'OPTIONS', headers }),
			await ask(server, '/api/v1/statements', { method: 'OPTIONS', headers }),
			await ask(server, '/api/v1/uploads', { method: 'POST', headers }),
		];
		for (const answer of others) {
			expect(answer.headers['access-control-allow-origin']).toBeUndefined();
			expect(answer.headers['x-frame-options']).toBe('DENY');
		}
	});
});

describe('D12 strangers', () => {
	it('A3 what nobody known has signed is refused without a note of the log', async () => {
		const server = await servedElection();
		const { answers } = await send(server, say({ type: 'key/revoke', key: 'po/001', reason: 'lost' }, 'nobody/1'));
		expect(answers[0]).toMatchObject({ kind: 'refused', rule: 'S6' });
		expect(answers[0]?.note).toBeUndefined();
	});
});
