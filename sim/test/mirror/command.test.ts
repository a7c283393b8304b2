/**
 * `matokeo mirror` as a person runs it: catching up, killed in the middle and started again, a log that contradicts itself, the evidence taken to another folder and confirmed there, `verify URL` on the mirror.
 */
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { publish, removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { small, smallLog, tick } from '@matokeo/verifier/testing/smallLog.ts';
import { verifyFolder } from '@matokeo/verifier/verify.ts';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { emptyFolder, matokeo } from '../lib/matokeo.ts';
import { type Running, serving } from '../lib/server.ts';

const log = smallLog();
const ANCHOR = small.election.digest;
const open: Server[] = [];
const running: Running[] = [];

afterEach(async () => {
	await Promise.all(running.splice(0).map((one) => one.stop('SIGKILL')));
	for (const server of open.splice(0)) {
		server.closeAllConnections();
		server.close();
	}
});
afterAll(removeFolders);

interface Source {
	readonly url: string;
	serve: (dir: string) => void;
	/** From now on bundles are answered only when they are let through. */
	readonly hold: () => { readonly asked: Promise<void>; readonly letThrough: () => void };
}

async function source(first: string): Promise<Source> {
	let dir = first;
	let held: { readonly gate: Promise<void>; readonly asked: () => void } | undefined;
	const server = createServer((request, response) => {
		const path = (request.url ?? '').slice(1);
		const send = (): void => {
			try {
				response.end(readFileSync(join(dir, path)));
			} catch {
				response.writeHead(404).end();
			}
		};
		if (held === undefined || !path.startsWith('tile/entries/')) send();
		else {
			held.asked();
			held.gate.then(send, send);
		}
	});
	open.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('a listening server has an address');
	return {
		url: `http://127.0.0.1:${address.port}/`,
		serve: (next) => {
			dir = next;
		},
		hold: () => {
			const gate = Promise.withResolvers<void>();
			const asked = Promise.withResolvers<void>();
			held = { gate: gate.promise, asked: asked.resolve };
			const letThrough = (): void => {
				held = undefined;
				gate.resolve();
			};
			return { asked: asked.promise, letThrough };
		},
	};
}

const mirror = (url: string, dir: string, ...more: readonly string[]) =>
	matokeo('mirror', url, dir, '--anchor', ANCHOR, '--once', ...more);

describe('matokeo mirror', () => {
	it('catches up, says so, and what it keeps verifies; without the anchor it says what is not established', async () => {
		const from = await source(publish(log).dir);
		const dir = emptyFolder('mirror');
		const first = await mirror(from.url, dir);
		expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('300 statements verified')]);
		expect((await matokeo('verify', join(dir, 'public'), '--anchor', ANCHOR)).code).toBe(0);
		const second = await matokeo('mirror', from.url, dir, '--once');
		expect([second.code, second.stderr]).toEqual([0, expect.stringContaining('Authority not established')]);
	});

	it('M5 killed in the middle of catching up, it goes on where it was and believes nothing of it', async () => {
		const from = await source(publish(log.slice(0, 200)).dir);
		const dir = emptyFolder('mirror');
		await mirror(from.url, dir);
		from.serve(publish(log).dir);
		const { asked, letThrough } = from.hold();
		const one = await serving('mirror', from.url, dir, '--anchor', ANCHOR, '--port', '0');
		await asked;
		expect((await one.stop('SIGKILL')).code).toBe(-1);
		letThrough();
		const { code, stdout } = await mirror(from.url, dir);
		expect([code, stdout]).toEqual([0, expect.stringContaining('300 statements verified')]);
		const report = await verifyFolder(join(dir, 'public'), { anchor: ANCHOR, workers: 0 });
		expect(report.ok && report.value.verdict).toBe('verified');
	});

	it('M30 stops with SECURITY and 1; the evidence is confirmed in another folder by the command alone', async () => {
		const from = await source(publish(log).dir);
		const dir = emptyFolder('mirror');
		await mirror(from.url, dir);
		from.serve(publish([...log.slice(0, 280), ...Array.from({ length: 30 }, (_, i) => tick(5_000 + i))]).dir);
		const { code, stderr } = await mirror(from.url, dir);
		expect([code, stderr.startsWith('SECURITY: ')]).toEqual([1, true]);
		const [name = ''] = readdirSync(join(dir, 'evidence'));
		const elsewhere = join(emptyFolder('elsewhere'), name);
		copyFileSync(join(dir, 'evidence', name), elsewhere);
		const judged = await matokeo('verify', '--evidence', elsewhere, '--anchor', ANCHOR);
		expect(judged.stdout).toContain('PROVED');
		expect(judged.stdout).toContain('it names the keys of this log');
		const again = await mirror(from.url, dir);
		expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('follows it no further')]);
		const despite = await mirror(from.url, dir, '--despite', elsewhere);
		expect(despite.stderr).not.toContain('follows it no further');
	});

	it('serves a log that `verify URL` takes like any other, and keeps statements when it has a key', async () => {
		const from = await source(publish(log).dir);
		const dir = emptyFolder('mirror');
		await mirror(from.url, dir);
		const one = await serving('mirror', from.url, dir, '--anchor', ANCHOR, '--port', '0', '--name', 'Radio <b>');
		running.push(one);
		let size = 0;
		while (size < log.length) size = JSON.parse(await (await fetch(`${one.url}/mirror.json`)).text()).size;
		const verified = await matokeo('verify', one.url, '--anchor', ANCHOR);
		expect([verified.code, verified.stderr]).toEqual([0, expect.any(String)]);
		expect((await fetch(`${one.url}/pending`, { method: 'POST', body: 'x' })).status).toBe(404);
		const page = await (await fetch(`${one.url}/sw/index.html`)).text();
		expect(page).toContain('Radio &lt;b&gt;');
		const second = await matokeo('mirror', from.url, dir, '--anchor', ANCHOR, '--once');
		expect([second.code, second.stderr]).toEqual([2, expect.stringContaining('another mirror runs in this folder')]);
		const stopped = await one.stop();
		expect([stopped.code, stopped.stderr.trimEnd().split('\n').at(-1)]).toEqual([
			0,
			expect.stringMatching(/^Stopped\. /),
		]);
	});

	it.each([
		[['--anchor', '0'.repeat(64)], 'is about another election'],
		[['--images', 'atlantis'], 'the package has no area "atlantis"'],
		[['--rehearsal-key', 'mirror/x', '--key', 'x'], 'a mirror has one key'],
		[['--despite', '/nowhere/x.evidence.json'], 'Name the evidence file that the mirror wrote'],
		[['--key', '/nowhere/mirror.key'], 'cannot be read'],
	])('with %j says what is wrong and what to do, and ends with 2', async (given, words) => {
		const from = await source(publish(log).dir);
		const { code, stderr } = await matokeo('mirror', from.url, emptyFolder('mirror'), '--once', ...given);
		expect([code, stderr]).toEqual([2, expect.stringContaining(words)]);
	});

	it('says that a source is no log, or not there, and ends with 2', async () => {
		const from = await source(emptyFolder('nothing'));
		const none = await mirror(from.url, emptyFolder('mirror'));
		expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('The election package cannot be had')]);
		for (const server of open.splice(0)) server.close();
		const away = await mirror(from.url, emptyFolder('mirror'));
		expect([away.code, away.stderr]).toEqual([2, expect.stringContaining('is the server running')]);
	});
});
