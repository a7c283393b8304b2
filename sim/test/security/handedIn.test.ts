/**
 * What could be done by whoever hands something in around certificates and declarations, and by a server to those who sign them (SECURITY.md, A11, Y10, O25, N10): each over real HTTP, what reveals it, and what
 * nothing reveals.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sealKey } from '@matokeo/cli/keys/keyFile.ts';
import type { Fetch } from '@matokeo/cli/say/sending.ts';
import { runAct } from '@matokeo/cli/verbs/act.ts';
import { WITNESS_TIMEOUT } from '@matokeo/core/testing/lawfulElection.ts';
import { AUTHORITY, testKey } from '@matokeo/core/testing/smallElection.ts';
import {
	countThrough,
	LAWFUL_STATIONS,
	lawfulBeginning,
	lawfulFiles,
	lawfulLog,
	sayLawful,
} from '@matokeo/server/testing/lawful.ts';
import { START, suite } from '@matokeo/server/testing/world.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { newFolder, removeFolders } from './lib/played.ts';
import { closeServers, picture, type Serving, send, serve, signIn, upload } from './lib/served.ts';

afterEach(async () => {
	await closeServers();
	removeFolders();
});

let now = START;

async function lawful(): Promise<Serving> {
	now = START;
	const server = await serve({ election: lawfulLog, packageFiles: lawfulFiles, clock: () => now });
	await send(server, ...lawfulBeginning());
	return server;
}

async function mark({ url }: Serving, place: unknown, headers: Readonly<Record<string, string>> = {}) {
	const init = { method: 'POST', body: JSON.stringify(place) };
	const response = await fetch(`${url}/api/v1/marks`, {
		...init,
		headers: { 'content-type': 'application/json', ...headers },
	});
	return response.status;
}

const digestOf = (bytes: Uint8Array): string => suite.sha256Hex(bytes);
const read = ({ url }: Serving, digest: string) => fetch(`${url}/blob/${digest.slice(0, 2)}/${digest}`);
const held = async (server: Serving, digest: string) => {
	await expect.poll(() => server.service.log.rows().get('blob', digest)?.held).toBeDefined();
};

const TEXT = Buffer.from(`${'a'.repeat(64)}\n<script>alert(1)</script>\n`);
const PDF = Buffer.from('%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript /JS (app.alert(1)) >> >>\n%%EOF\n');

function objection(...files: readonly Uint8Array[]) {
	const target = { kind: 'contest' } as const;
	const evidence = files.map(digestOf);
	return sayLawful(
		{ type: 'objection/lodge', contest: 'president', ground: 'petition', target, evidence },
		'party/sun/root',
	);
}

describe('officers', () => {
	it('A11 asks for a mark outside its scope, without a session, or again and again: refused, or given the one that there is; the log does not grow', async () => {
		const server = await lawful();
		const north = { contest: 'president', area: 'north' };
		const officer = await signIn(server, 'ro/north');
		expect(await mark(server, north, officer)).toBe(200);
		const size = server.service.log.size();
		expect(await mark(server, north)).toBe(401);
		for (const area of ['south', 'land']) expect(await mark(server, { ...north, area }, officer)).toBe(403);
		for (const key of ['ro/south', 'clerk/1', AUTHORITY[0]])
			expect([key, await mark(server, north, await signIn(server, key))]).toEqual([key, 403]);
		const asked: number[] = [];
		for (let time = 0; time < 30; time++) asked.push(await mark(server, north, officer));
		expect(new Set(asked)).toEqual(new Set([200, 429]));
		const { answers } = await send(server, sayLawful({ type: 'tally/mark', ...north }, 'ro/north'));
		expect(answers[0]).toMatchObject({ kind: 'refused', rule: 'S10' });
		expect(server.service.log.size()).toBe(size);
	});
});

describe('parties', () => {
	it('Y10 names a sealed image as evidence to have it published: it stays sealed; one that a filing named before any capture is public', async () => {
		const server = await lawful();
		const [sealed, first] = [picture(1), picture(2)];
		const capture = (image: Uint8Array, station: string) => {
			const images = [{ kind: 'agents-block', sha256: digestOf(image), size: image.length }];
			const form = { contest: 'president', images, kind: 'original', poll: 1, route: 'own-kit', station } as const;
			return sayLawful({ type: 'form/capture', ...form }, `po/${station}`);
		};
		await send(server, capture(sealed, '001'), objection(sealed), objection(first), capture(first, '002'));
		for (const image of [sealed, first]) {
			expect((await upload(server, image)).status).toBe(201);
			await held(server, digestOf(image));
		}
		expect((await read(server, digestOf(sealed))).status).toBe(404);
		expect((await read(server, digestOf(first))).status).toBe(200);
	});
});

describe('whoever runs the server', () => {
	it('O25 shows a signer other numbers, another place, sheet or text than are signed: no signature; the log takes none of it either', async () => {
		const server = await lawful();
		await countThrough(server.service, LAWFUL_STATIONS);
		expect(await mark(server, { contest: 'president', area: 'land' }, await signIn(server, AUTHORITY[0]))).toBe(200);
		now += WITNESS_TIMEOUT;
		const dir = newFolder();
		for (const [path, bytes] of lawfulFiles) {
			mkdirSync(dirname(join(dir, 'package', path)), { recursive: true });
			writeFileSync(join(dir, 'package', path), bytes);
		}
		writeFileSync(join(dir, 'passphrase'), 'open sesame, please\n');
		const keyFiles: string[] = [];
		for (const name of AUTHORITY.slice(0, 2)) {
			const sealed = await sealKey(testKey(name), { kind: 'passphrase', passphrase: 'open sesame, please' }, 4);
			if (!sealed.ok) throw new Error('a key is sealed');
			keyFiles.push(join(dir, `${keyFiles.length}.key`));
			writeFileSync(keyFiles.at(-1) ?? '', sealed.value);
		}
		const declare = async (out: string, fetcher: Fetch) => {
			const said: string[] = [];
			const output = { stdout: (text: string) => void said.push(text), stderr: (text: string) => void said.push(text) };
			const code = await runAct('declaration', { url: new URL(`${server.url}/`), fetch: fetcher }, output, {
				packageDir: join(dir, 'package'),
				keyFiles,
				passphraseFiles: [join(dir, 'passphrase')],
				rehearsalNames: [],
				contest: 'president',
				proceed: ['uncertified=no-effect', 'unwitnessed=deadline'],
				out: join(dir, out),
				wait: 10,
				yes: true,
			});
			return [code, said.join('')] as const;
		};
		const lies: readonly (readonly [RegExp, string, string])[] = [
			[/\/declaration$/, '"alba":400', '"alba":401'],
			[/\/declaration$/, '"contest":"president"', '"contest":"council"'],
			[/\/sheet$/, '"due":8', '"due":9'],
			[/\/statements\//, '"proof":"', '"proof":"x'],
		];
		for (const [path, from, to] of lies) {
			const [code, said] = await declare('lie.note', async (url, init) => {
				const answer = await fetch(url, init);
				return path.test(url.pathname) ? new Response((await answer.text()).replace(from, to)) : answer;
			});
			expect([from, code, said]).toEqual([from, 1, expect.stringMatching(/nothing is signed|another digest/)]);
			expect(existsSync(join(dir, 'lie.note'))).toBe(false);
		}
		expect((await declare('true.note', fetch))[0]).toBe(0);
		expect(server.service.log.rows().get('contest', 'president')?.declared).toBe(1);
	});
});

describe('anyone', () => {
	it('N10 sends HTML, SVG or what is cut off as text or evidence: refused; a text and a PDF go out as what they are and run nothing', async () => {
		const server = await lawful();
		const hostile = [
			'<!doctype html><script>alert(1)</script>',
			'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
			`${'a'.repeat(64)}\n\u001b[2J`,
			'%PDF-1.7\n',
			`%PDF-1.7${'x'.repeat(2_000)}%%EOF${'<script>'.repeat(200)}`,
		].map((text) => Buffer.from(text));
		await send(server, objection(...hostile, TEXT, PDF));
		for (const file of hostile) expect((await upload(server, file)).status).toBe(422);
		for (const file of [TEXT, PDF]) {
			expect((await upload(server, file)).status).toBe(201);
			await held(server, digestOf(file));
		}
		const [text, pdf] = [await read(server, digestOf(TEXT)), await read(server, digestOf(PDF))];
		expect(text.headers.get('content-type')).toBe('text/plain; charset=utf-8');
		expect([pdf.headers.get('content-type'), pdf.headers.get('content-disposition')]).toEqual([
			'application/pdf',
			'attachment',
		]);
		for (const { headers } of [text, pdf])
			expect([headers.get('x-content-type-options'), headers.get('content-security-policy')]).toEqual([
				'nosniff',
				expect.stringContaining('sandbox'),
			]);
		for (const file of hostile) expect((await read(server, digestOf(file))).status).toBe(404);
	});
});
