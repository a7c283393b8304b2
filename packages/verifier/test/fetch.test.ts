/** Fetching a log from a real web server that behaves, and from ones that do not (V67–V69). */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST } from '@matokeo/core/election/manifest.ts';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { keepingIn } from '../src/fetch/keeping.ts';
import { fetchLog } from '../src/fetch/log.ts';
import { fetchStep } from '../src/fetch/step.ts';
import { verifyFolder } from '../src/verify.ts';
import { send, sourceOf } from './support/fetching.ts';
import { closeServers, fileServer } from './support/fileServer.ts';
import { grow } from './support/following.ts';
import { newFolder, publish, put, removeFolders } from './support/publish.ts';
import { checkpointNote, small, smallLog, suite } from './support/smallLog.ts';

const log = smallLog();
const sound = publish(log);
afterEach(closeServers);
afterAll(removeFolders);

/** Everything but images, and what a verification of it says. */
async function fetched(url: string, to = newFolder(), anchor?: string) {
	const got = await fetchLog(suite, sourceOf(url), keepingIn(to), anchor === undefined ? {} : { anchor });
	return { got, to };
}

async function problemsIn(folder: string): Promise<readonly string[]> {
	const report = await verifyFolder(folder, { workers: 0, images: 'none' });
	if (!report.ok) throw new Error(report.error);
	return report.value.checks.flatMap(({ problems }) => problems.map(({ file, check }) => file ?? check));
}

describe('V67 a log', () => {
	it('comes whole, is what a folder holds, and another time only what is new comes', async () => {
		const dir = newFolder();
		grow(dir, log.slice(0, 280));
		const server = await fileServer(() => dir);
		const { got, to } = await fetched(server.url, newFolder(), small.election.digest);
		expect(got).toMatchObject({
			ok: true,
			value: { digest: small.election.digest, served: { checkpoint: { size: 280 } } },
		});
		expect(await problemsIn(to)).toEqual([]);
		grow(dir, log);
		server.asked.length = 0;
		expect(await fetched(server.url, to)).toMatchObject({ got: { ok: true } });
		expect(server.asked.filter((path) => path.startsWith('tile')).toSorted()).toEqual([
			'tile/0/001.p/44',
			'tile/entries/001.p/44',
		]);
		expect(await problemsIn(to)).toEqual([]);
		expect(readdirSync(to)).not.toContain('.fetching');
	});

	it('a partial tile that is gone is cut from the full one', async () => {
		const dir = newFolder();
		const { checkpoint } = publish(log.slice(0, 200));
		cpSync(sound.dir, dir, { recursive: true });
		writeFileSync(join(dir, 'checkpoint'), checkpoint);
		rmSync(join(dir, 'results'), { recursive: true });
		const { got, to } = await fetched((await fileServer(() => dir)).url);
		expect(got).toMatchObject({ ok: true });
		for (const path of ['tile/0/000.p/200', 'tile/entries/000.p/200']) expect(existsSync(join(to, path))).toBe(true);
		expect(await problemsIn(to)).toEqual([]);
	});

	it('that grows meanwhile is verified at what it has come to', async () => {
		const dir = newFolder();
		grow(dir, log.slice(0, 280));
		const server = await fileServer(
			() => dir,
			(path) => {
				if (path === 'results/president.json') grow(dir, log);
				return false;
			},
		);
		const { got, to } = await fetched(server.url);
		expect(got).toMatchObject({ ok: true, value: { served: { checkpoint: { size: 300 } } } });
		expect(await problemsIn(to)).toEqual([]);
	});

	it('V69 whose checkpoint goes back meanwhile is told, and the larger is verified', async () => {
		let times = 0;
		const old = publish(log.slice(0, 120)).checkpoint;
		const server = await fileServer(
			() => sound.dir,
			(path, response) => path === 'checkpoint' && ++times > 1 && send(response, old),
		);
		const { got, to } = await fetched(server.url);
		expect(got).toMatchObject({
			ok: true,
			value: { served: { checkpoint: { size: 300 } }, wentBackTo: { checkpoint: { size: 120 } } },
		});
		expect(await problemsIn(to)).toEqual([]);
	});

	it.each([
		['a tile of another length', 'tile/0/000', Buffer.alloc(64)],
		['a web page in place of a tile', 'tile/0/001.p/44', undefined],
		['a bundle that is none', 'tile/entries/000', Buffer.from('hello')],
		[
			'a bundle with an entry more',
			'tile/entries/001.p/44',
			Buffer.concat([readFileSync(join(sound.dir, 'tile/entries/001.p/44')), Buffer.of(0, 1, 2)]),
		],
	])('with %s lacks it, and says so', async (_, file, body) => {
		const server = await fileServer(
			() => sound.dir,
			(path, response) => path === file && send(response, body ?? '<p>', body === undefined ? 'text/html' : 'x/y'),
		);
		const { got, to } = await fetched(server.url);
		expect(got).toMatchObject({
			ok: true,
			value: { lacking: { kind: 'refused', why: expect.stringContaining(file) } },
		});
		expect(existsSync(join(to, file))).toBe(false);
		expect(await problemsIn(to)).toContain(file);
	});

	it('of a size that nobody signed for is not fetched; of one that is signed and not there, no more than a few files', async () => {
		const root = suite.sha256(Buffer.from('x'));
		for (const [key, most] of [
			['po/001', 0],
			[undefined, 20],
		] as const) {
			const huge = checkpointNote(2 ** 52, root, [], key);
			const server = await fileServer(
				() => sound.dir,
				(path, response) => path === 'checkpoint' && send(response, huge),
			);
			const { got } = await fetched(server.url);
			expect(got).toMatchObject({ ok: true, value: { lacking: expect.anything() } });
			expect(server.asked.filter((path) => path.startsWith('tile')).length).toBeLessThanOrEqual(most);
			expect(server.asked.filter((path) => path.startsWith('tile/entries'))).toEqual([]);
		}
	});

	it('with another package than the anchor ends there', async () => {
		const server = await fileServer(() => sound.dir);
		const { got, to } = await fetched(server.url, newFolder(), 'ab'.repeat(32));
		expect(got).toEqual({ ok: false, error: { kind: 'other-package', digest: small.election.digest } });
		expect([server.asked, readdirSync(to)]).toEqual([['checkpoint', `package/${MANIFEST}`], []]);
	});

	it.each([
		['out of the folder', `${'ab'.repeat(32)}  ../../escaped\n`],
		['from the root', `${'ab'.repeat(32)}  /etc/passwd\n`],
		['by an encoded path', `${'ab'.repeat(32)}  %2e%2e/escaped\n`],
		['to another host', `${'ab'.repeat(32)}  //example.org/x\n`],
		['nowhere, being no list', 'hello'],
	])('V68 whose manifest leads %s is refused, and nothing is asked or written', async (_, manifest) => {
		const server = await fileServer(
			() => sound.dir,
			(path, response) => path === `package/${MANIFEST}` && send(response, manifest),
		);
		const above = newFolder();
		mkdirSync(join(above, 'to'));
		const { got } = await fetched(server.url, join(above, 'to'));
		expect(got).toMatchObject({ ok: false, error: { kind: 'refused' } });
		expect([server.asked.length, readdirSync(above), readdirSync(join(above, 'to'))]).toEqual([2, ['to'], []]);
	});

	it('with a file of the package that is not the one listed is refused', async () => {
		const server = await fileServer(
			() => sound.dir,
			(path, response) => path === 'package/stations.csv' && send(response, 'x'),
		);
		const { got, to } = await fetched(server.url);
		expect(got).toMatchObject({ ok: false, error: { kind: 'refused', why: expect.stringContaining('stations.csv') } });
		expect(existsSync(join(to, 'package/stations.csv'))).toBe(false);
	});

	it.each(['a/b', `${MANIFEST}/b`])(
		'with a package in which a file lies in another one is refused: %s',
		async (path) => {
			const bytes = Buffer.from('a file');
			const listed = ['a', 'election.json', path].toSorted().map((one) => `${suite.sha256Hex(bytes)}  ${one}\n`);
			const server = await fileServer(
				() => sound.dir,
				(asked, response) => {
					if (!asked.startsWith('package/')) return false;
					send(response, asked.endsWith(MANIFEST) ? Buffer.from(listed.join('')) : bytes);
					return true;
				},
			);
			const { got } = await fetched(server.url);
			expect(got).toMatchObject({ ok: false, error: { kind: 'refused' } });
		},
	);

	it('at an address where there is none says so', async () => {
		const empty = newFolder();
		expect((await fetched((await fileServer(() => empty)).url)).got).toMatchObject({
			ok: false,
			error: { kind: 'absent' },
		});
		const page = await fileServer(
			() => empty,
			(_, response) => send(response, '<p>', 'text/html'),
		);
		expect((await fetched(page.url)).got).toMatchObject({
			ok: false,
			error: { why: expect.stringContaining('web page') },
		});
		await page.close();
		expect((await fetched(page.url)).got).toMatchObject({
			ok: false,
			error: { kind: 'trouble', why: expect.stringContaining('is the server running') },
		});
		const text = await fileServer(
			() => empty,
			(_, response) => send(response, 'hello'),
		);
		expect((await fetched(text.url)).got).toMatchObject({
			ok: false,
			error: { why: expect.stringContaining('no checkpoint') },
		});
	});

	it('is fetched in steps, and what was not right is fetched again', async () => {
		const server = await fileServer(() => sound.dir);
		const to = newFolder();
		const keeping = keepingIn(to);
		expect(await fetchStep(sourceOf(server.url), keeping, 0, 300)).toEqual({ ok: true, value: 5 });
		put(to, 'tile/0/000', new Uint8Array(8192));
		const again = new Set(['tile/0/000']);
		expect(await fetchStep(sourceOf(server.url), keeping, 280, 300, { again })).toEqual({ ok: true, value: 1 });
		expect(await fetchStep(sourceOf(server.url), keeping, 280, 300)).toEqual({ ok: true, value: 0 });
		expect(readFileSync(join(to, 'tile/0/000'))).toEqual(readFileSync(join(sound.dir, 'tile/0/000')));
	});
});
