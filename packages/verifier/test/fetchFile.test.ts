/** One file from a web server that does not behave (V68): bounded, tried again where that may help, and told in words. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type SourceOptions, sourceAt } from '../src/fetch/source.ts';
import { send, sourceOf } from './support/fetching.ts';
import { closeServers, fileServer, type Misbehaving } from './support/fileServer.ts';
import { newFolder, removeFolders } from './support/publish.ts';

const empty = newFolder();
afterEach(closeServers);
afterAll(removeFolders);

async function get(misbehave: Misbehaving, options?: SourceOptions) {
	const server = await fileServer(() => empty, misbehave);
	const got = await sourceOf(server.url, options).get('file', { bytesMax: 100 });
	return { got, asked: server.asked.length };
}

describe('V68 one file of a stranger', () => {
	it('an endless body is left as soon as it is too long', async () => {
		let sent = 0;
		const { got, asked } = await get((_, response) => {
			response.writeHead(200);
			const more = (): void => {
				while (!response.destroyed && response.write(Buffer.alloc(65_536))) sent += 65_536;
				if (!response.destroyed) response.once('drain', more);
			};
			more();
			return true;
		});
		expect([got, asked]).toEqual([{ ok: false, error: expect.objectContaining({ kind: 'refused' }) }, 1]);
		expect(sent).toBeLessThan(50_000_000);
	});

	it('a packed body is bounded by what comes out of it', async () => {
		const packed = gzipSync(Buffer.alloc(20_000_000));
		const answer =
			(body: Uint8Array): Misbehaving =>
			(_, response) => {
				response.writeHead(200, { 'content-encoding': 'gzip' }).end(body);
				return true;
			};
		expect((await get(answer(packed))).got).toMatchObject({ ok: false, error: { kind: 'refused' } });
		const small = await get(answer(gzipSync(Buffer.from('the file'))));
		expect(small.got).toEqual({ ok: true, value: Uint8Array.from(Buffer.from('the file')) });
	});

	it('a body in drips is given up, and so is silence; both are tried again', async () => {
		const timers = new Set<NodeJS.Timeout>();
		const dripping = await get((_, response) => {
			response.writeHead(200);
			timers.add(setInterval(() => response.write('x'), 50));
			return true;
		});
		for (const timer of timers) clearInterval(timer);
		const silent = await get(() => true);
		for (const { got, asked } of [dripping, silent])
			expect([got, asked]).toEqual([
				{ ok: false, error: { kind: 'trouble', why: expect.stringContaining('too slow') } },
				3,
			]);
	});

	it.each([
		[
			'in place of a file a web page',
			1,
			'refused',
			'web page',
			(response: ServerResponse) => send(response, '<!doctype html>', 'text/html; charset=utf-8'),
		],
		['404', 1, 'absent', 'HTTP 404', (response: ServerResponse) => response.writeHead(404).end()],
		['403', 1, 'refused', 'HTTP 403', (response: ServerResponse) => response.writeHead(403).end()],
		[
			'503',
			3,
			'trouble',
			'HTTP 503',
			(response: ServerResponse) => response.writeHead(503, { 'retry-after': '0' }).end(),
		],
		['a line that breaks off', 3, 'trouble', 'broke off', (response: ServerResponse) => response.destroy()],
		[
			'a body that breaks off',
			3,
			'trouble',
			'broke off',
			(response: ServerResponse) => {
				response.writeHead(200, { 'content-length': '50' });
				response.write('half');
				setImmediate(() => response.destroy());
			},
		],
	])('%s', async (_, tries, kind, words, answer) => {
		const { got, asked } = await get((_path, response) => {
			answer(response);
			return true;
		});
		expect([got, asked]).toEqual([{ ok: false, error: { kind, why: expect.stringContaining(words) } }, tries]);
	});

	it('goes on after trouble that passes', async () => {
		let times = 0;
		const { got } = await get((_, response) => {
			if (++times < 3) response.destroy();
			else send(response, 'the file');
			return true;
		});
		expect(got).toEqual({ ok: true, value: Uint8Array.from(Buffer.from('the file')) });
	});

	it('follows a redirect within the host, not to another, and not without end', async () => {
		const other = await fileServer(
			() => empty,
			(_, response) => send(response, 'elsewhere'),
		);
		const to =
			(location: string): Misbehaving =>
			(path, response) => {
				if (path === 'moved/file') return send(response, 'here');
				response.writeHead(302, { location }).end();
				return true;
			};
		expect((await get(to('/moved/file'))).got).toEqual({ ok: true, value: Uint8Array.from(Buffer.from('here')) });
		expect((await get(to(`${other.url}file`))).got).toMatchObject({ ok: false, error: { kind: 'refused' } });
		expect(other.asked).toEqual([]);
		expect((await get(to(`${other.url}file`), { anyHost: true })).got).toMatchObject({ ok: true });
		expect((await get(to('/file'))).got).toMatchObject({
			ok: false,
			error: { why: expect.stringContaining('without end') },
		});
		expect((await get(to('file:///etc/passwd'), { anyHost: true })).got).toMatchObject({
			ok: false,
			error: { kind: 'refused' },
		});
	});

	it('an address is of the web, has no password, and a page stands for its folder', () => {
		for (const address of [
			'ftp://x/',
			'file:///etc',
			'not an address',
			'http://me:secret@x/',
			`http://x/${'y'.repeat(3_000)}`,
		])
			expect(sourceAt(address)).toMatchObject({ ok: false });
		for (const address of ['http://x/a/', 'http://x/a', 'http://x/a/index.html', 'http://x/a/?b#c'])
			expect(sourceAt(address)).toMatchObject({ ok: true, value: { url: 'http://x/a/' } });
		expect(sourceAt('http://x')).toMatchObject({ ok: true, value: { url: 'http://x/' } });
	});
});
