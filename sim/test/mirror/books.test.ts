/** A mirror follows a log that says digests of its server's books and holds lodged counts, and shows the same pages and tables (M4, M40, S44, S45). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { openServer } from '@matokeo/server/main/openServer.ts';
import { lawfulBeginning, lawfulFiles, lawfulLog, sayLawful } from '@matokeo/server/testing/lawful.ts';
import { START, signer, suite } from '@matokeo/server/testing/world.ts';
import { LIMITS } from '@matokeo/witness/mirror/limits.ts';
import { openMirror } from '@matokeo/witness/mirror/mirror.ts';
import { runMirror } from '@matokeo/witness/mirror/running.ts';
import { afterAll, expect, it } from 'vitest';

const dirs: string[] = [];
afterAll(() => {
	for (const dir of dirs) rmSync(dir, { recursive: true, force: true });
});

function newDir(): string {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-follow-'));
	dirs.push(dir);
	return dir;
}

const TABLE = Buffer.from('station,alba\n001,999\nzz-9,1\n');
const TEXT = Buffer.from(`${'b'.repeat(64)}\nCounted from the forms at the doors.\n`);
const DAY = 86_400;

const LODGED = sayLawful(
	{
		type: 'count/lodge',
		at: START,
		contest: 'president',
		obtained: 'posted-forms',
		rows: 2,
		table: suite.sha256Hex(TABLE),
		text: suite.sha256Hex(TEXT),
	},
	'party/sun/root',
);

function mirrorOf(source: string, dir: string) {
	return openMirror({
		source: new URL(`${source}/`),
		dir,
		by: 'a test',
		anchor: lawfulLog.digest,
		images: { kind: 'all' },
		imagesBytesMax: 1_000_000,
		also: [],
		despite: new Set(),
		clock: () => START + 2 * DAY,
		workers: 0,
		tell: () => undefined,
		alarm: (text) => expect.unreachable(text),
		limits: { ...LIMITS, pollMs: 10, alsoMs: 10 },
	});
}

it('M4 M40 S44 S45 a mirror follows counts and digests of books, begins anew where it was, and shows the same table', async () => {
	let now = START;
	const server = await openServer({
		dir: newDir(),
		suite,
		election: lawfulLog,
		packageFiles: lawfulFiles,
		signer,
		clock: () => now,
		port: 0,
		pulseMs: 5,
		books: { start: { version: 'test' }, configuration: {}, flushMs: 5 },
	});
	const { service } = server;
	const accessed = (): string | undefined => logRow(service.log.rows()).accessed;
	const digestAfter = async (time: number): Promise<void> => {
		const before = accessed();
		now = time;
		await expect.poll(() => accessed() !== before, { timeout: 20_000 }).toBe(true);
	};
	const follow = async (dir: string): Promise<string> => {
		const parts = await mirrorOf(server.url, dir);
		if (!parts.ok) throw new Error(parts.error);
		const mirror = await runMirror(parts.value, { host: '127.0.0.1', port: 0, trustProxy: [] });
		try {
			const size = () => mirror.status().size;
			await expect.poll(size, { timeout: 20_000 }).toBe(service.log.size());
			const path = `/data/count/${LODGED.id}/verified.csv`;
			const table = async (url: string | undefined) => (await fetch(`${url}${path}`)).text();
			const [there, here] = [await table(server.url), () => table(mirror.url)];
			await expect.poll(here, { timeout: 20_000 }).toBe(there);
			return there;
		} finally {
			await mirror.close();
		}
	};
	try {
		await service.submit([...lawfulBeginning(), LODGED].map(({ bytes }) => bytes));
		for (const file of [TABLE, TEXT]) await service.hold(file);
		await expect.poll(() => service.log.rows().get('blob', suite.sha256Hex(TABLE))?.held).toBeDefined();
		await digestAfter(START - (START % DAY) + DAY);
		const dir = newDir();
		expect(await follow(dir)).toContain('only_in_b,zz-9');
		await digestAfter(now + DAY);
		expect(await follow(dir)).toContain('only_in_b,zz-9');
	} finally {
		await server.close();
	}
}, 90_000);
