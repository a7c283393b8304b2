/** A source that is broken or means harm (spec/mirror.md, M3, M4, M9): whatever it sends that the log did not sign is refused, said, tried again, and never evidence. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { publish, removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { small, smallLog } from '@matokeo/verifier/testing/smallLog.ts';
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

function endless(response: ServerResponse): void {
	response.writeHead(200, { 'content-type': 'application/octet-stream' });
	const more = (): void => {
		while (!response.destroyed && response.write(new Uint8Array(65_536)));
	};
	response.on('drain', more);
	more();
}

const page = (response: ServerResponse): void => {
	response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Welcome</title>');
};
const bytes =
	(text: string | Uint8Array) =>
	(response: ServerResponse): void => {
		response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(text);
	};
const elsewhere = (response: ServerResponse): void => {
	response.writeHead(302, { location: 'http://192.0.2.1/checkpoint' }).end();
};
const broken = (response: ServerResponse): void => {
	response.writeHead(200, { 'content-length': 500 });
	response.write('half');
	response.destroy();
};

const partial = `tile/entries/001.p/${log.length - 256}`;

describe('a hostile source', () => {
	it.each([
		['an endless checkpoint', 'checkpoint', endless],
		['a web page for a checkpoint', 'checkpoint', page],
		['a checkpoint that leads elsewhere', 'checkpoint', elsewhere],
		['half a checkpoint', 'checkpoint', broken],
		['a checkpoint without a signature', 'checkpoint', bytes('log.example/x\n1\nAAAA\n')],
		['an endless bundle', 'tile/entries/000', endless],
		['a web page for a tile', 'tile/0/000', page],
		['another tile', 'tile/0/000', bytes(new Uint8Array(8192))],
		['a bundle of nothing', partial, bytes(new Uint8Array(10))],
		['a bundle with one statement changed', 'tile/entries/000', undefined],
		['statements that are not there', partial, (response: ServerResponse) => void response.writeHead(404).end()],
	])('that sends %s is tried again, is no evidence, and what was verified stays', async (_, path, answer) => {
		const source = await host(publish(log.slice(0, 250)).dir);
		const dir = newDir();
		await once(optionsFor(source.url, dir, heard()));
		const whole = publish(log).dir;
		source.serve(whole);
		const file = readFileSync(join(whole, path));
		source.instead(path, answer ?? bytes(file.with(700, (file[700] ?? 0) ^ 1)));
		const mirror = await served(optionsFor(source.url, dir, heard()));
		const state = await until(
			() => mirror.status().state,
			({ kind }) => kind === 'away',
		);
		expect(state.kind === 'away' && state.why).not.toBe('');
		expect([mirror.status().size, mirror.parts.evidence.list()]).toEqual([250, []]);
		expect((await fetch(`${mirror.url}/en/index.html`)).status).toBe(200);
		source.instead(path, undefined);
		await until(
			() => mirror.status().size,
			(size) => size === log.length,
		);
		await until(
			() => mirror.status().state.kind,
			(kind) => kind === 'follows',
		);
	});

	it('M9 M11 whose results stand ahead of everything fills no memory with them', async () => {
		const source = await host(publish(log).dir);
		const kept = async (limits: Parameters<typeof optionsFor>[3]): Promise<boolean> => {
			const dir = newDir();
			await once(optionsFor(source.url, dir, heard(), limits));
			return existsSync(join(dir, 'public', 'results', 'president.json'));
		};
		expect([await kept({}), await kept({ limits: { resultsWaitingBytesMax: 10 } })]).toEqual([true, false]);
	});

	it('M6 leaves nothing that was not verified to be served, or to lie there, once the log has grown past it', async () => {
		const source = await host(publish(log.slice(0, 240)).dir);
		const dir = newDir();
		await once(optionsFor(source.url, dir, heard()));
		const wrong = publish(log.slice(0, 250)).dir;
		source.serve(wrong);
		for (const path of ['tile/0/000.p/250', 'tile/entries/000.p/250']) {
			const file = readFileSync(join(wrong, path));
			source.instead(path, bytes(file.with(700, (file[700] ?? 0) ^ 1)));
		}
		const mirror = await served(optionsFor(source.url, dir, heard()));
		await until(
			() => mirror.status().state.kind,
			(kind) => kind === 'away',
		);
		source.serve(publish(log).dir);
		await until(
			() => mirror.status().size,
			(size) => size === log.length,
		);
		for (const path of ['tile/0/000.p/250', 'tile/entries/000.p/250']) {
			const got = await fetch(`${mirror.url}/${path}`);
			expect([path, got.status]).toEqual([path, 200]);
			expect(Buffer.compare(Buffer.from(await got.arrayBuffer()), readFileSync(join(wrong, path)))).toBe(0);
		}
		const report = await verifyFolder(join(dir, 'public'), { anchor: small.election.digest, workers: 0 });
		expect(report.ok && report.value.checks.filter(({ failed }) => failed > 0)).toEqual([]);
	});

	it('M6 has left nothing of the kind in the folder of a mirror that was broken off', async () => {
		const source = await host(publish(log.slice(0, 240)).dir);
		const dir = newDir();
		await once(optionsFor(source.url, dir, heard()));
		for (const path of ['tile/0/000.p/250', 'tile/entries/000.p/250'])
			writeFileSync(join(dir, 'public', path), 'nobody looked at this');
		source.serve(publish(log).dir);
		await once(optionsFor(source.url, dir, heard()));
		const report = await verifyFolder(join(dir, 'public'), { anchor: small.election.digest, workers: 0 });
		expect(report.ok && report.value.checks.filter(({ failed }) => failed > 0)).toEqual([]);
	});

	it('that is away is waited for, and is said to be away since when', async () => {
		const source = await host(publish(log).dir);
		const mirror = await served(optionsFor(source.url, newDir(), heard()));
		await until(
			() => mirror.status().size,
			(size) => size === log.length,
		);
		await source.close();
		await until(
			() => mirror.status().state,
			({ kind }) => kind === 'away',
		);
		const words = await (await fetch(`${mirror.url}/en/index.html`)).text();
		expect(words).toContain('The source has given no answer since');
		expect(await (await fetch(`${mirror.url}/mirror.html`)).text()).toContain('No answer from the source since');
	});

	it('whose image is another, or none, is asked for it some times and then named', async () => {
		const published = publish(log);
		const source = await host(published.dir);
		const first = await once(optionsFor(source.url, newDir(), heard()));
		const [image = ''] = source.asked.filter((path) => path.startsWith('blob/'));
		source.instead(image, bytes('another image of the form of 001!'));
		const ears = heard();
		const mirror = await served(optionsFor(source.url, newDir(), ears));
		await until(
			() => mirror.status().findings.count,
			(count) => count === 1,
		);
		expect(ears.lines.join('\n')).toContain(`${image.slice(-64)} is held by the log's word and cannot be had`);
		expect(mirror.status().images.kept).toBe(first.parts.images.counts().kept - 1);
	});
});
