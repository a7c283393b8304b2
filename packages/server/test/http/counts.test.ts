/** Tables of lodged counts (S44, A25): taken in their one spelling once the statement is logged, larger than an image may be, saved by whoever asks for them, and nothing else in their place. */
import { existsSync } from 'node:fs';
import { AUTHORITY } from '@matokeo/core/testing/smallElection.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { audit } from '../../src/audit/fsck.ts';
import type { OpenedServer } from '../../src/main/openServer.ts';
import { folderOf } from '../../src/publish/folder.ts';
import { openSqliteStore } from '../../src/storage/sqliteStore.ts';
import { lawfulBeginning, lawfulFiles, lawfulLog, sayLawful } from '../lib/lawful.ts';
import { newFolder, removeFolders, type Spoken, suite } from '../lib/world.ts';
import { ask, closeServers, type Raw, send, serve } from './lib.ts';

afterEach(async () => {
	await closeServers();
	removeFolders();
});

const TEXT = Buffer.from(`${'b'.repeat(64)}\nCounted by our people from the forms posted at the stations.\n`);
const TABLE = Buffer.from('station,alba,benta,rejected\n001,12,0,\n002,7,9,1\nzz-9,1,1,1\n');
const digestOf = (bytes: Buffer): string => suite.sha256Hex(bytes);

async function served(dir = newFolder(), parts: Parameters<typeof serve>[0] = {}): Promise<OpenedServer> {
	const server = await serve({ dir, election: lawfulLog, packageFiles: lawfulFiles, ...parts });
	await send(server, ...lawfulBeginning());
	return server;
}

function count(table: Buffer, by = 'party/sun/root', seen?: string): Spoken {
	return sayLawful(
		{
			type: 'count/lodge',
			at: 1_800_000_000,
			contest: 'president',
			obtained: 'posted-forms',
			rows: 3,
			...(seen === undefined ? {} : { seen }),
			table: digestOf(table),
			text: digestOf(TEXT),
		},
		by,
	);
}

function upload(server: OpenedServer, bytes: Buffer): Promise<Raw> {
	const headers = {
		'tus-resumable': '1.0.0',
		'content-type': 'application/offset+octet-stream',
		'upload-length': String(bytes.length),
		'upload-metadata': `sha256 ${Buffer.from(digestOf(bytes)).toString('base64')}`,
	};
	return ask(server, '/api/v1/uploads', { method: 'POST', headers, body: bytes });
}

function read(server: OpenedServer, bytes: Buffer): Promise<Raw> {
	const digest = digestOf(bytes);
	return ask(server, `/blob/${digest.slice(0, 2)}/${digest}`);
}

const statusOf = ({ status }: Raw): number => status;

function ruleOf({ status, body }: Raw): readonly unknown[] {
	const { error } = JSON.parse(body.toString());
	return [status, error.rule, error.got];
}

/** A table in the one spelling with as many bytes as are asked for, and some. */
function tableOf(bytes: number): Buffer {
	const row = 64;
	const rows = Array.from({ length: Math.ceil(bytes / row) }, (_, i) => `${i + 1_000_000_000}`.padEnd(row - 3, '0'));
	return Buffer.from(`station,alba\n${rows.map((key) => `${key},1\n`).join('')}`);
}

describe('S44 A25 a lodged count over HTTP', () => {
	it('A25 its table and text are taken once it is logged, not before, and go out as files to be saved', async () => {
		const dir = newFolder();
		const server = await served(dir);
		expect((await upload(server, TABLE)).status).toBe(401);
		const [answer] = (await send(server, count(TABLE))).answers;
		expect(answer?.kind).toBe('receipt');
		for (const file of [TABLE, TEXT]) expect((await upload(server, file)).status).toBe(201);
		for (const file of [TABLE, TEXT]) await expect.poll(() => read(server, file).then(statusOf)).toBe(200);
		const { headers, body } = await read(server, TABLE);
		expect(body).toEqual(TABLE);
		expect(headers).toMatchObject({
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment',
			'x-content-type-options': 'nosniff',
			'content-security-policy': expect.stringContaining('sandbox'),
		});
		await expect.poll(() => server.service.log.rows().get('blob', digestOf(TABLE))?.held).toBeDefined();
		await closeServers();
		expect(await findings(dir)).toEqual([]);
	});

	it('A25 the same table is uploaded once, whoever lodges it, also by another run of the server', async () => {
		const dir = newFolder();
		const server = await served(dir);
		await send(server, count(TABLE), count(TABLE, 'party/moon/root'));
		await closeServers();
		const again = await serve({ dir, election: lawfulLog, packageFiles: lawfulFiles });
		expect((await upload(again, TABLE)).status).toBe(201);
		expect((await upload(again, TABLE)).status).toBe(200);
	});

	it.each([
		['a formula', 'station,alba\n001,=1+1\n', 'line 2 of the table'],
		['another order', 'station,alba\n002,1\n001,1\n', 'ascending order'],
		['a spreadsheet’s line ends', 'station,alba\r\n001,1\r\n', 'U+000D'],
		['a field in markup', 'station,<b>\n001,1\n', 'line 1 of the table'],
		['names in it', 'station,name,alba\n001,Ward One,1\n', 'line 2 of the table'],
		['a byte order mark', '\u{FEFF}station,alba\n001,1\n', 'nor a table'],
		['semicolons', 'station;alba\n001;1\n', 'nor a table'],
	])('A25 refuses a table with %s, says why, and nothing of it stays', async (_name, text, why) => {
		const dir = newFolder();
		const server = await served(dir);
		const table = Buffer.from(text);
		await send(server, count(table));
		expect(ruleOf(await upload(server, table))).toEqual([422, 'A25', expect.stringContaining(why)]);
		expect(existsSync(folderOf(dir).heldBlob(digestOf(table)))).toBe(false);
	});

	it('A25 a table may be larger than an image; larger than its own limit nothing may', async () => {
		const limits = { largeUploadBytes: 10_000, uploadBytesMax: 100_000, tableBytesMax: 300_000 };
		const server = await served(newFolder(), { limits });
		const large = tableOf(200_000);
		const larger = tableOf(300_000);
		const pdf = Buffer.from(`%PDF-1.4\n${'x'.repeat(150_000)}\n%%EOF\n`);
		await send(server, count(large), count(larger, 'party/moon/root'), count(pdf, 'party/sun/root', count(large).id));
		expect((await upload(server, large)).status).toBe(201);
		expect(ruleOf(await upload(server, larger))).toEqual([413, 'A8', 'a larger one']);
		expect(ruleOf(await upload(server, pdf))).toEqual([422, 'A25', expect.stringContaining('at most 100000')]);
	});

	it('S32 nobody puts a count in another holder’s place', async () => {
		const server = await served();
		const first = count(TABLE);
		const other = Buffer.from('station,alba\n001,1\n');
		const { answers } = await send(server, first, count(other, 'party/moon/root', first.id));
		expect(answers.map(({ kind }) => kind)).toEqual(['receipt', 'refused']);
		expect(server.service.log.rows().get('count', first.id)?.until).toBe(undefined);
	});

	it('S26 a table that is withheld is not served any more', async () => {
		const server = await served();
		await send(server, count(TABLE));
		await upload(server, TABLE);
		await expect.poll(() => read(server, TABLE).then(statusOf)).toBe(200);
		const withhold = { type: 'blob/withhold', reason: 'privacy', sha256: digestOf(TABLE) } as const;
		await send(server, sayLawful(withhold, AUTHORITY[0], AUTHORITY[1]));
		expect((await read(server, TABLE)).status).toBe(404);
	});
});

async function findings(dir: string) {
	const folder = folderOf(dir);
	const store = openSqliteStore(folder.database, 'readonly');
	const checked = await audit(suite, folder, store);
	store.close();
	return checked.findings;
}
