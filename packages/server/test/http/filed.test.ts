/** Texts, evidence and documents that filings name (A25, D16): taken in without a session, published, withheld, and never anything that runs. */
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AUTHORITY } from '@matokeo/core/testing/smallElection.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/fsck.ts';
import { checkDocument } from '../../src/blobs/documentCheck.ts';
import type { OpenedServer } from '../../src/main/openServer.ts';
import { folderOf } from '../../src/publish/folder.ts';
import { openSqliteStore } from '../../src/storage/sqliteStore.ts';
import { lawfulBeginning, lawfulFiles, lawfulLog, sayLawful } from '../lib/lawful.ts';
import { newFolder, removeFolders, suite } from '../lib/world.ts';
import { HTML, PDF, png, SVG } from './images.ts';
import { ask, closeServers, type Raw, send, serve } from './lib.ts';

afterEach(async () => {
	await closeServers();
	removeFolders();
});

const SALT = 'a'.repeat(64);
const TEXT = Buffer.from(`${SALT}\nThe form of station 001 was changed after it was signed — see page 2.\n`);
const digestOf = (bytes: Buffer): string => suite.sha256Hex(bytes);

async function served(dir: string): Promise<OpenedServer> {
	const server = await serve({ dir, election: lawfulLog, packageFiles: lawfulFiles });
	await send(server, ...lawfulBeginning());
	return server;
}

function objection(text: Buffer, ...evidence: readonly Buffer[]) {
	const files = evidence.length === 0 ? {} : { evidence: evidence.map(digestOf) };
	const target = { kind: 'contest' } as const;
	return sayLawful(
		{ type: 'objection/lodge', contest: 'president', ground: 'petition', target, text: digestOf(text), ...files },
		'party/sun/root',
	);
}

function upload(server: OpenedServer, bytes: Buffer, announced = digestOf(bytes)): Promise<Raw> {
	const headers = {
		'tus-resumable': '1.0.0',
		'content-type': 'application/offset+octet-stream',
		'upload-length': String(bytes.length),
		'upload-metadata': `sha256 ${Buffer.from(announced).toString('base64')}`,
	};
	return ask(server, '/api/v1/uploads', { method: 'POST', headers, body: bytes });
}

function read(server: OpenedServer, digest: string): Promise<Raw> {
	return ask(server, `/blob/${digest.slice(0, 2)}/${digest}`);
}

describe('A25 files of filings', () => {
	it('A25 a text and a PDF that an objection names are taken without a session, announced and published as what they are', async () => {
		const dir = newFolder();
		const server = await served(dir);
		expect((await upload(server, TEXT)).status).toBe(401);
		const scan = await png();
		await send(server, objection(TEXT, PDF, scan));
		for (const file of [TEXT, PDF, scan]) expect((await upload(server, file)).status).toBe(201);
		for (const file of [TEXT, PDF, scan])
			await expect.poll(() => read(server, digestOf(file)).then(statusOf)).toBe(200);
		const text = await read(server, digestOf(TEXT));
		expect([text.headers['content-type'], text.headers['x-content-type-options'], text.body]).toEqual([
			'text/plain; charset=utf-8',
			'nosniff',
			TEXT,
		]);
		expect(String(text.headers['content-security-policy'])).toContain('sandbox');
		const pdf = await read(server, digestOf(PDF));
		expect([pdf.headers['content-type'], pdf.headers['content-disposition']]).toEqual([
			'application/pdf',
			'attachment',
		]);
		await expect.poll(() => server.service.log.rows().get('blob', digestOf(PDF))?.held).toBeDefined();
		await closeServers();
		expect((await check(dir)).findings).toEqual([]);
	});

	it('A25 a text is taken at any time after its statement, also by another run of the server', async () => {
		const dir = newFolder();
		const server = await served(dir);
		await send(server, objection(TEXT));
		await closeServers();
		const again = await serve({ dir, election: lawfulLog, packageFiles: lawfulFiles });
		expect((await upload(again, TEXT)).status).toBe(201);
		await expect.poll(() => read(again, digestOf(TEXT)).then(statusOf)).toBe(200);
	});

	const refused: readonly (readonly [string, Buffer])[] = [
		['HTML', HTML],
		['SVG', SVG],
		['a text without salt', Buffer.from('The form was changed.\n')],
		['a salt in capitals', Buffer.from(`${'A'.repeat(64)}\ntext\n`)],
		['a salt that does not end its line', Buffer.from(`${SALT} <script>\n`)],
		['a text that is not UTF-8', Buffer.from([...Buffer.from(`${SALT}\n`), 0xff, 0xfe])],
		['a text with a terminal’s commands', Buffer.from(`${SALT}\n\u001b[2J\n`)],
		['a PDF that breaks off', PDF.subarray(0, -12)],
		['something before a PDF', Buffer.concat([Buffer.from('<html>'), PDF])],
	];
	it('A25 refuses HTML, SVG, unsalted and broken texts and PDFs, and nothing of them stays', async () => {
		const dir = newFolder();
		const server = await served(dir);
		for (const [name, file] of refused) {
			await send(server, objection(file));
			const { status, body } = await upload(server, file);
			expect([name, status, JSON.parse(body.toString()).error.rule]).toEqual([name, 422, 'A25']);
			expect(existsSync(folderOf(dir).heldBlob(digestOf(file)))).toBe(false);
		}
	});

	it('A25 a text longer than its limit is refused', () => {
		const limits = { textBytesMax: 100, tableBytesMax: 100, uploadBytesMax: 100 };
		const whole = (length: number) => Buffer.from(`${SALT}\n${'x'.repeat(length - 65)}`);
		expect([checkDocument(whole(100), limits).ok, checkDocument(whole(101), limits).ok]).toEqual([true, false]);
	});

	it('A9 what a capture alone names is an image as ever', async () => {
		const server = await served(newFolder());
		const images = [{ kind: 'original', sha256: digestOf(PDF), size: PDF.length }];
		const form = { contest: 'president', images, kind: 'original', poll: 1, route: 'own-kit', station: '001' } as const;
		await send(server, sayLawful({ type: 'form/capture', ...form }, 'po/001'));
		const { status, body } = await upload(server, PDF);
		expect([status, JSON.parse(body.toString()).error.rule]).toEqual([422, 'A9']);
	});

	it('D16 an objection does not publish what a capture has sealed; a withheld text is not served any more', async () => {
		const dir = newFolder();
		const server = await served(dir);
		const sealed = await png();
		const images = [{ kind: 'agents-block', sha256: digestOf(sealed), size: sealed.length }];
		const form = { contest: 'president', images, kind: 'original', poll: 1, route: 'own-kit', station: '001' } as const;
		await send(server, sayLawful({ type: 'form/capture', ...form }, 'po/001'), objection(TEXT, sealed));
		for (const file of [sealed, TEXT]) expect((await upload(server, file)).status).toBe(201);
		await expect.poll(() => server.service.log.rows().get('blob', digestOf(sealed))?.held).toBeDefined();
		await expect.poll(() => read(server, digestOf(TEXT)).then(statusOf)).toBe(200);
		expect((await read(server, digestOf(sealed))).status).toBe(404);
		const withhold = { type: 'blob/withhold', reason: 'privacy', sha256: digestOf(TEXT) } as const;
		const { answers } = await send(server, sayLawful(withhold, AUTHORITY[0], AUTHORITY[1]));
		expect([answers[0]?.kind, (await read(server, digestOf(TEXT))).status]).toEqual(['receipt', 404]);
		await closeServers();
		expect((await check(dir)).findings).toEqual([]);
	});

	it('D20 fsck names a file of a filing that is not published, and one that is and should not be', async () => {
		const dir = newFolder();
		const server = await served(dir);
		await send(server, objection(TEXT));
		await upload(server, TEXT);
		await expect.poll(() => read(server, digestOf(TEXT)).then(statusOf)).toBe(200);
		await closeServers();
		const { publicBlob } = folderOf(dir);
		// It is a second name of the held file: only the published one is to be another.
		rmSync(publicBlob(digestOf(TEXT)));
		writeFileSync(publicBlob(digestOf(TEXT)), 'another');
		writeFileSync(join(publicBlob(digestOf(TEXT)), '..', 'f'.repeat(64)), 'stray');
		const problems = (await check(dir)).findings.map(({ problem }) => problem);
		expect(problems).toEqual([
			expect.stringContaining('the file has been changed'),
			expect.stringContaining('no statement makes it public'),
		]);
	});
});

const statusOf = ({ status }: Raw): number => status;

async function check(dir: string) {
	const folder = folderOf(dir);
	const store = openSqliteStore(folder.database, 'readonly');
	const checked = await audit(suite, folder, store);
	store.close();
	return checked;
}
