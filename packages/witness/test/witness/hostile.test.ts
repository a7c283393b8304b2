/** A witness among strangers (N11, N12): what is too large, too often, too slow or badly spelled costs little and reaches nothing. */
import { connect } from 'node:net';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { describe, expect, it } from 'vitest';
import { growth, honest, log } from './lib.ts';
import { raw, serve } from './serving.ts';

describe('strangers', () => {
	it('N12 a body of more than 64 KiB is not read', async () => {
		const { add } = await serve();
		expect((await add('x'.repeat(65_537))).code).toBe(413);
		expect((await add('x'.repeat(65_536))).code).toBe(400);
	});

	it('N12 an address that asks too often waits, and is told how long', async () => {
		const { add, get } = await serve({ limits: { addressRequests: { perSecond: 0.5, burst: 2 } }, steadyMs: () => 0 });
		expect((await add(growth(honest, 0, 7))).code).toBe(200);
		expect((await get('/')).code).toBe(200);
		const third = await add(growth(honest, 7, 9));
		expect([third.code, third.headers.get('retry-after')]).toEqual([429, '2']);
	});

	it('N12 new cosignatures of a log have a rate of their own', async () => {
		const { add } = await serve({ limits: { originCosignatures: { perSecond: 1, burst: 1 } }, steadyMs: () => 0 });
		expect((await add(growth(honest, 0, 7))).code).toBe(200);
		const second = await add(growth(honest, 7, 9));
		expect([second.code, second.headers.get('retry-after')]).toEqual([429, '1']);
	});

	it.each([
		['GET', '/add-checkpoint', {}, '', 404],
		['PUT', '/add-checkpoint', {}, '', 404],
		['GET', '/evidence/../witness.sqlite', {}, '', 400],
		['GET', '/evidence/%2e%2e/witness.sqlite', {}, '', 400],
		['GET', '//', {}, '', 400],
		['GET', '/.hidden', {}, '', 400],
		['GET', '/evidence/00000000000000000000000000000000.evidence.json', {}, '', 404],
		['GET', '/evidence/witness.sqlite', {}, '', 404],
		['GET', '/assets/tokens.css', {}, '', 404],
		['GET', '/', { 'content-length': '3' }, 'abc', 415],
		['POST', '/add-checkpoint', { 'content-encoding': 'gzip' }, 'abc', 415],
		['HEAD', '/', {}, '', 200],
		['GET', '/health', {}, '', 200],
	])('N11 %s %s', async (method, path, headers, body, code) => {
		const { url } = await serve();
		expect(await raw(url, path, method, headers, body)).toBe(code);
	});

	it.each(['', 'x', ';;;', 'text/plain; charset=', 'application/json', 'multipart/form-data'])(
		'N11 a body is taken as bytes, also where its type is called "%s"',
		async (type) => {
			const { url } = await serve();
			const body = utf8Decode(growth(honest, 0, 7)) ?? '';
			const headers = { 'content-type': type, 'content-length': String(Buffer.byteLength(body)) };
			expect(await raw(url, '/add-checkpoint', 'POST', headers, body)).toBe(200);
		},
	);

	it('N12 headers beyond the limit are refused, and the line is closed', async () => {
		const { url } = await serve();
		expect(await raw(url, '/', 'GET', { 'x-long': 'x'.repeat(9_000) })).toBe(431);
	});

	it('N12 one address has only so many connections', async () => {
		const { url } = await serve({ limits: { connectionsPerAddressMax: 2 } });
		const port = Number(new URL(url).port);
		const opened = [1, 2, 3].map(() => connect(port, '127.0.0.1'));
		const third = Promise.withResolvers<string>();
		for (const socket of opened) socket.on('error', () => undefined);
		opened[2]?.once('close', () => third.resolve('closed'));
		opened[2]?.once('data', () => third.resolve('answered'));
		opened[2]?.write('GET /health HTTP/1.1\r\nhost: a\r\n\r\n');
		expect(await third.promise).toBe('closed');
		for (const socket of opened) socket.destroy();
	});

	it('N12 a request that does not come in time is given up', async () => {
		const { url } = await serve({ limits: { headersTimeoutMs: 50, requestTimeoutMs: 50, timeoutCheckMs: 20 } });
		const socket = connect(Number(new URL(url).port), '127.0.0.1');
		socket.write('POST /add-checkpoint HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nold ');
		const said = Promise.withResolvers<string>();
		socket.on('data', (bytes) => said.resolve(bytes.toString('latin1')));
		expect(await said.promise).toMatch(/^HTTP\/1\.1 408 /);
		socket.destroy();
	});

	it('N11 every answer forbids scripts, frames and guesses at types', async () => {
		const { get, add } = await serve();
		for (const answer of [await get('/'), await get('/nothing'), await get('/health'), await add('')]) {
			expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
			expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
		}
	});

	it('N11 a fault inside is told to the operator, and to a stranger as no more than that', async () => {
		const signer = { key: log.key, sign: () => new Uint8Array(64) };
		const { add, told } = await serve({
			signer: { key: { ...signer.key, algorithm: 4, publicKey: new Uint8Array(32).fill(9) }, sign: signer.sign },
		});
		const answer = await add(growth(honest, 0, 7));
		expect([answer.code, answer.text]).toEqual([
			500,
			'N11: a fault of this witness, told to its operator: nothing was cosigned\n',
		]);
		expect(told.join('')).toContain('what the witness signs verifies');
	});
});
