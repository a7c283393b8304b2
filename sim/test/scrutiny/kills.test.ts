/** Books under SIGKILL (Y1–Y6): whenever a server dies, the next start goes on; every period that was closed is said in the log once and without a gap, and an audit finds nothing changed. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { audit } from '@matokeo/server/audit/fsck.ts';
import { folderOf } from '@matokeo/server/publish/folder.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { START, suite } from '@matokeo/server/testing/world.ts';
import { periodsIn } from '@matokeo/verifier/books/bookFolder.ts';
import { saidPeriods } from '@matokeo/verifier/books/saidPeriods.ts';
import { afterAll, describe, expect, it } from 'vitest';

const CHILD = fileURLToPath(new URL('../../src/crash/booksChild.ts', import.meta.url));
const KILLS = 12;
/** A kill comes within so many milliseconds of the moment at which it serves; every fourth before that. */
const RANDOM_MS_MAX = 250;
/** Between two lives: more than a life takes on its clock. */
const LIFE_SECONDS = 86_400 * 400;

const dir = mkdtempSync(join(tmpdir(), 'matokeo-books-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function live(life: number, end: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<string> {
	const child = spawn(process.execPath, [CHILD, dir, String(START + life * LIFE_SECONDS)]);
	let errors = '';
	child.stderr.on('data', (data) => {
		errors += String(data);
	});
	const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
	const opened = new Promise<void>((resolve) => child.stdout.once('data', () => resolve()));
	await (life % 4 === 3 ? pause(300 + Math.random() * 600) : Promise.race([opened, gone]));
	await pause(Math.random() * RANDOM_MS_MAX);
	child.kill(end);
	await gone;
	return errors;
}

describe('books of a server that is killed', () => {
	it(`Y3 Y4 ${KILLS} SIGKILLs: every start is without hands, digests leave no gap, an audit finds nothing`, async () => {
		for (let life = 0; life < KILLS; life++) expect(await live(life)).toBe('');
		expect(await live(KILLS, 'SIGTERM')).toBe('');
		const folder = folderOf(dir);
		const store = openSqliteStore(folder.database, 'readonly');
		const said = saidPeriods({ get: store.get, indexOf: store.indexOf, rootAt: () => undefined });
		const { findings, compared } = await audit(suite, folder, store);
		store.close();
		expect(findings).toEqual([]);
		expect(said.length).toBeGreaterThan(KILLS / 2);
		expect(said.slice(1).map(({ from }) => from)).toEqual(said.slice(0, -1).map(({ until }) => until));
		expect(compared.books).toBeGreaterThan(0);
		const there = periodsIn(join(dir, 'books'));
		// All but the newest, which the stop has begun.
		expect(said.map(({ from }) => from)).toEqual(there.slice(0, -1));
	}, 240_000);
});
