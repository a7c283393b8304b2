/** `matokeo verify URL` as a stranger runs it: against the log's own server, and against a static copy on any web server; the same verdict as for the folder, and words for whoever mistyped. */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { closeServers, fileServer } from '@matokeo/verifier/testing/fileServer.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, newFolder, put, type Rehearsed, rehearsed, removeFolders } from '../alterations/lib/rehearsed.ts';
import { matokeo } from '../lib/matokeo.ts';
import { type Running, serving } from '../lib/server.ts';

let of: Rehearsed;
const running: Running[] = [];
beforeAll(async () => {
	of = await rehearsed(8);
});
afterEach(async () => {
	await Promise.all(running.splice(0).map((one) => one.stop('SIGKILL')));
	await closeServers();
});
afterAll(removeFolders);

const verify = (url: string, ...more: readonly string[]) =>
	matokeo('verify', url, '--anchor', of.election.digest, ...more);

/** What a report says of the record; partial tiles of earlier days, which only the folder has, are counted elsewhere. */
function essence(json: string): unknown {
	const { verdict, log, time, contests, blobs, cosignatures, notes } = JSON.parse(json);
	return { verdict, log, time, contests, blobs, cosignatures, notes };
}

describe('matokeo verify URL', () => {
	it('V67 says of a server what it says of the server’s folder', async () => {
		const dir = copyOf(of);
		const server = await serving('serve', dir, '--port', '0');
		running.push(server);
		const [there, here] = [await verify(server.url, '--json'), await verify(join(dir, 'public'), '--json')];
		expect([there.code, there.stderr, here.code]).toEqual([0, '', 0]);
		expect(essence(there.stdout)).toEqual(essence(here.stdout));
	});

	it('V67 takes a static copy under a prefix, keeps it, and goes on from what it has', async () => {
		const dir = copyOf(of);
		const site = newFolder('site');
		expect((await matokeo('publish', dir, '--out', join(site, 'results2026'))).code).toBe(0);
		const server = await fileServer(() => site);
		const keep = join(newFolder('kept'), 'log');
		const first = await verify(`${server.url}results2026`, '--keep', keep);
		expect([first.code, first.stdout]).toEqual([0, expect.stringMatching(/^VERIFIED/)]);
		const asked = server.asked.length;
		const again = await verify(`${server.url}results2026/en/index.html`, '--keep', keep);
		expect(again.code).toBe(2);
		expect((await verify(`${server.url}results2026/index.html`, '--keep', keep)).code).toBe(0);
		expect(server.asked.slice(asked).filter((path) => /tile|blob|\.csv/.test(path))).toEqual([]);
		expect((await matokeo('verify', keep, '--anchor', of.election.digest)).code).toBe(0);
		const kept = ['blob', 'checkpoint', 'log.vkey', 'package', 'results', 'tile', 'witnessed'];
		expect(readdirSync(keep).toSorted()).toEqual(kept);
	});

	it('V3 finds a figure that a copy changed, and an image that it does not serve', async () => {
		const dir = copyOf(of);
		const results = readFileSync(join(dir, 'public/results/contest-1.json'), 'utf8');
		put(dir, 'public/results/contest-1.json', results.replace(/"c1-1":[0-9]+/, '"c1-1":1'));
		const [folder = ''] = readdirSync(join(dir, 'public/blob'));
		rmSync(join(dir, 'public/blob', folder), { recursive: true });
		const server = await fileServer(() => join(dir, 'public'));
		const { code, stdout } = await verify(server.url);
		expect(code).toBe(1);
		for (const words of ['[results]', `[blobs] polling station`, ` · blob/${folder}/`]) expect(stdout).toContain(words);
		const without = await verify(server.url, '--no-images');
		expect(without.stdout).toMatch(/blobs +published images: not made: images were left out/);
	});

	it('V3 says what to do about an address that is wrong', async () => {
		const server = await fileServer(() => newFolder('empty'));
		const closed = await fileServer(() => '');
		await closed.close();
		for (const [url, words] of [
			[server.url, 'this is not the address of a log'],
			['http://user:secret@127.0.0.1/', 'Leave it out'],
			['http://', 'is not an address of the web'],
		] as const) {
			const { code, stdout, stderr } = await verify(url);
			expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(words)]);
		}
		const other = await matokeo(
			'verify',
			`${(await fileServer(() => join(of.dir, 'public'))).url}`,
			'--anchor',
			'ab'.repeat(32),
		);
		expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('Compare the digest')]);
	});
});
