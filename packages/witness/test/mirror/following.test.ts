/** A mirror that follows an honest log (spec/mirror.md, M2–M6, M11, M12): what it keeps is what the log published, whenever it began, whatever lay in its folder, from whomever it was fetched. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifierKey } from '@matokeo/core/log/keys.ts';
import { ok } from '@matokeo/core/std/result.ts';
import { publish, put, removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { imageOf, keyBehind, smallLog, suite } from '@matokeo/verifier/testing/smallLog.ts';
import { verifyFolder } from '@matokeo/verifier/verify.ts';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { closeHosts, host } from './lib/host.ts';
import { closeMirrors, heard, newDir, once, optionsFor, served, until } from './lib/mirrors.ts';

const log = smallLog();
afterEach(async () => {
	await closeMirrors();
	await closeHosts();
});
afterAll(removeFolders);

describe('following an honest log', () => {
	it('M4 keeps what the log published, so that the folder verifies as the log does', async () => {
		const published = publish(log);
		const source = await host(published.dir);
		const dir = newDir();
		const { round } = await once(optionsFor(source.url, dir, heard()));
		expect(round).toBe('same');
		const report = await verifyFolder(join(dir, 'public'), { workers: 0 });
		if (!report.ok) throw new Error(report.error);
		expect(report.value.checks.flatMap(({ problems }) => problems)).toEqual([]);
		expect(report.value).toMatchObject({ verdict: 'consistent', notes: log.length });
		expect(readFileSync(join(dir, 'public', 'checkpoint'))).toEqual(Buffer.from(published.checkpoint));
		for (const file of ['results/president.json', 'log.vkey'])
			expect(readFileSync(join(dir, 'public', file))).toEqual(readFileSync(join(published.dir, file)));
	});

	it('M4 asks only for what a larger checkpoint adds', async () => {
		const source = await host(publish(log.slice(0, 257)).dir);
		const dir = newDir();
		await once(optionsFor(source.url, dir, heard()));
		source.serve(publish(log).dir);
		source.asked.length = 0;
		expect((await once(optionsFor(source.url, dir, heard()))).round).toBe('same');
		expect(source.asked.filter((path) => path.startsWith('tile/')).toSorted()).toEqual([
			`tile/0/001.p/${log.length - 256}`,
			`tile/entries/001.p/${log.length - 256}`,
		]);
	});

	it.each(['tile/entries/000', 'tile/0/000', 'tile/entries/000 missing', 'checkpoint'])(
		'M5 believes nothing of its folder after a restart: %s is put right again',
		async (what) => {
			const [file = '', missing] = what.split(' ');
			const source = await host(publish(log).dir);
			const dir = newDir();
			await once(optionsFor(source.url, dir, heard()));
			const path = join(dir, 'public', file);
			const right = readFileSync(path);
			if (missing === undefined)
				writeFileSync(
					path,
					right.map((byte, i) => (i === 40 ? byte ^ 1 : byte)),
				);
			else rmSync(path);
			const { parts } = await once(optionsFor(source.url, dir, heard()));
			const again =
				parts.book.state().kind === 'follows' ? parts : (await once(optionsFor(source.url, dir, heard()))).parts;
			expect([again.book.state().kind, again.verified.record.head().size]).toEqual(['follows', log.length]);
			expect(readFileSync(path)).toEqual(right);
		},
	);

	it('M5 shows no image of its folder that is not what its name says', async () => {
		const source = await host(publish(log).dir);
		const dir = newDir();
		await once(optionsFor(source.url, dir, heard()));
		const [right, wrong] = ['001', '003'].map((station) => suite.sha256Hex(imageOf(station)));
		const path = (digest = ''): string => `blob/${digest.slice(0, 2)}/${digest}`;
		writeFileSync(join(dir, 'public', path(wrong)), imageOf('009'));
		await source.close();
		const mirror = await served(optionsFor(source.url, dir, heard()));
		await until(
			() => mirror.status().images.kept,
			(kept) => kept === 2,
		);
		const statuses = [right, wrong].map(async (digest) => (await fetch(`${mirror.url}/${path(digest)}`)).status);
		expect(await Promise.all(statuses)).toEqual([200, 404]);
	});

	it('M3 keeps nothing of another election than the anchor names', async () => {
		const source = await host(publish(log).dir);
		const dir = newDir();
		const given = optionsFor(source.url, dir, heard(), { anchor: '0'.repeat(64) });
		await expect(once(given)).rejects.toThrow(/about another election/);
		expect(existsSync(join(dir, 'public', 'package'))).toBe(false);
	});

	it.each(['authority/1', 'witness/court'])(
		'M1 gives its word with no key that has another office: %s',
		async (name) => {
			const source = await host(publish(log).dir);
			const { publicKey } = keyBehind(name, name.startsWith('witness') ? 4 : 1);
			const own = {
				signer: { name, keyId: '00000000', sign: () => new Uint8Array(64) },
				publicKey: verifierKey(suite, name, 1, publicKey),
			};
			const given = optionsFor(source.url, newDir(), heard(), { key: () => ok(own) });
			await expect(once(given)).rejects.toThrow(/signed with a key of its own and no other/);
		},
	);

	it('M6 serves what it verified, and nothing beyond, to whoever reads a log: a mirror of the mirror', async () => {
		const source = await host(publish(log).dir);
		const first = await served(optionsFor(source.url, newDir(), heard()));
		await until(
			() => first.status().size,
			(size) => size === log.length,
		);
		await until(
			() => first.status().images.awaited,
			(awaited) => awaited === 0,
		);
		put(first.parts.folder.public, 'tile/0/001', new Uint8Array(8192));
		expect((await fetch(`${first.url}/tile/0/001`)).status).toBe(404);
		const dir = newDir();
		const { round } = await once(optionsFor(new URL(`${first.url}/`), dir, heard()));
		expect(round).toBe('same');
		const report = await verifyFolder(join(dir, 'public'), { workers: 0 });
		expect(report.ok && report.value.verdict).toBe('consistent');
	});

	it('M12 keeps the images of named areas, and none of others', async () => {
		const source = await host(publish(log).dir);
		const kept = async (images: Parameters<typeof optionsFor>[3]) => {
			const { parts } = await once(optionsFor(source.url, newDir(), heard(), images));
			return parts.images.counts().kept;
		};
		const all = await kept({});
		const none = await kept({ images: { kind: 'none' } });
		const part = await kept({ images: { kind: 'areas', areas: ['n2'] } });
		expect(all).toBeGreaterThan(part);
		expect(part).toBeGreaterThan(none);
		expect(none).toBe(0);
		await expect(kept({ images: { kind: 'areas', areas: ['atlantis'] } })).rejects.toThrow(/no area "atlantis"/);
	});

	it('M11 keeps no results that are not what the statements give, and says so', async () => {
		const published = publish(log);
		const path = join(published.dir, 'results', 'president.json');
		const wrong = readFileSync(path, 'utf8').replace(
			/"alba":([0-9]+)/,
			(_, votes: string) => `"alba":${Number(votes) + 1}`,
		);
		writeFileSync(path, wrong);
		const source = await host(published.dir);
		const dir = newDir();
		const { parts } = await once(optionsFor(source.url, dir, heard()));
		expect(parts.book.findings().list.map(({ what }) => what)).toEqual([
			expect.stringContaining('results/president.json'),
		]);
		expect(existsSync(join(dir, 'public', 'results', 'president.json'))).toBe(false);
	});
});
