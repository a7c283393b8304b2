/** What could be done to the books of the machine and to a pack made of them (SECURITY.md, O26–O28, N11): by whoever runs the server, and by anybody who sends it something. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGISTRARS } from '@matokeo/core/testing/smallElection.ts';
import { remadeTables } from '@matokeo/dossier/scrutiny/remake.ts';
import { makeScrutinyPack } from '@matokeo/dossier/scrutiny/scrutiny.ts';
import { audit } from '@matokeo/server/audit/fsck.ts';
import { folderOf } from '@matokeo/server/publish/folder.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { capture, presidential, START, say, suite } from '@matokeo/server/testing/world.ts';
import { openBundle } from '@matokeo/verifier/bundle/open.ts';
import { checkPack } from '@matokeo/verifier/pack/checkPack.ts';
import { type PackManifest, parsePackManifest, printPackManifest, printSums } from '@matokeo/verifier/pack/manifest.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { ANCHOR, image, newFolder, removeFolders } from './lib/played.ts';
import { closeServers, type Serving, send, serve } from './lib/served.ts';

afterEach(async () => {
	await closeServers();
	removeFolders();
});

const BOOKS = { start: {}, configuration: {}, flushMs: 5 };

interface Kept {
	readonly dir: string;
	readonly server: Serving;
}

/** A server that was asked for a few things, on one day. */
async function kept(): Promise<Kept> {
	const dir = newFolder();
	let now = START;
	const server = await serve({ dir, books: BOOKS, clock: () => now++ });
	await send(server, capture('001', image('1'), presidential(1, 2, 3, 4)));
	await send(server, say({ type: 'key/revoke', key: 'clerk/1', reason: 'lost' }, REGISTRARS[0], REGISTRARS[1]));
	return { dir, server };
}

const periods = (dir: string) =>
	readdirSync(join(dir, 'books'))
		.filter((name) => /^[0-9]/.test(name))
		.sort();
const bookIn = (dir: string, book = 'requests') => join(dir, 'books', periods(dir)[0] ?? '', `${book}.jsonl`);

async function problems(dir: string): Promise<readonly string[]> {
	const folder = folderOf(dir);
	const store = openSqliteStore(folder.database, 'readonly');
	try {
		return (await audit(suite, folder, store)).findings.map(({ where, problem }) => `${where}: ${problem}`);
	} finally {
		store.close();
	}
}

function change(path: string, to: (lines: readonly string[]) => readonly string[]): void {
	writeFileSync(path, `${to(readFileSync(path, 'utf8').slice(0, -1).split('\n')).join('\n')}\n`);
}

describe('the operator', () => {
	it('O26 alters, shortens or drops a book of the machine: its digest is in the log, and operations are a chain', async () => {
		const { dir, server } = await kept();
		change(bookIn(dir, 'operations'), (lines) => lines.slice(1));
		expect((await problems(dir)).join('\n')).toMatch(/operations.jsonl: line 1 follows a line/);
		await server.close();
		expect((await problems(dir)).join('\n')).toMatch(/operations.jsonl: line 1 follows a line/);
		change(bookIn(dir), (lines) => lines.slice(1));
		expect((await problems(dir)).join('\n')).toMatch(/requests.jsonl: it was changed after the digest/);
		rmSync(bookIn(dir));
		expect((await problems(dir)).join('\n')).toMatch(/requests.jsonl: it is missing: the digest of/);
	});

	it('O27 hands over a pack from which a revocation was taken out, with every list of digests written anew', async () => {
		const { dir, server } = await kept();
		await server.close();
		const path = newFolder();
		const out = { path, kind: 'folder' } as const;
		const made = await makeScrutinyPack({ suite, folder: folderOf(dir), dir, out, audit: 'not compared' });
		expect(made.ok).toBe(true);
		const found = async () => {
			const files = openBundle(path);
			if (!files.ok) throw new Error(files.error);
			const remake = (log: string, manifest: PackManifest) => remadeTables(suite, log, manifest);
			const checked = await checkPack(suite, files.value, { anchor: ANCHOR, workers: 0, remake });
			if (!checked.ok) throw new Error(checked.error);
			return checked.value.findings.map(({ where, problem }) => `${where}: ${problem}`);
		};
		expect(await found()).toEqual([]);
		const table = join(path, 'actions/actions.csv');
		change(table, (lines) => lines.filter((line) => !line.includes('key/revoke')));
		relist(path);
		expect(await found()).toEqual([
			expect.stringMatching(/^actions\/actions.csv: it is not what the log inside gives/),
		]);
	});

	it('O28 takes a request out before its digest is said: nothing reveals it', async () => {
		const { dir, server } = await kept();
		await expect.poll(() => readFileSync(bookIn(dir), 'utf8').split('\n').length).toBeGreaterThan(2);
		change(bookIn(dir), (lines) => lines.slice(1));
		await server.close();
		expect(await problems(dir)).toEqual([]);
	});
});

describe('anybody', () => {
	it('N11 puts a name into the book of requests that is not the own one: only keys whose signature was verified stand there', async () => {
		const { dir, server } = await kept();
		const { bytes } = say({ type: 'key/revoke', key: 'clerk/2', reason: 'lost' }, REGISTRARS[0], REGISTRARS[1]);
		const forged = new TextEncoder().encode(new TextDecoder().decode(bytes).replace('clerk/2', 'clerk/3'));
		await send(server, { bytes: forged });
		await server.close();
		const last = readFileSync(bookIn(dir), 'utf8')
			.trimEnd()
			.split('\n')
			.filter((line) => line.includes('/api/v1/statements'))
			.at(-1);
		expect(JSON.parse(last ?? '')).toMatchObject({ answers: { refused: 1 } });
		expect(last).not.toContain(REGISTRARS[0]);
	});
});

function relist(path: string): void {
	const manifest = parsePackManifest(readFileSync(join(path, 'pack.json')));
	if (!manifest.ok) throw new Error(manifest.error);
	const files = manifest.value.files.map(({ path: file }) => {
		const bytes = readFileSync(join(path, file));
		return { path: file, sha256: suite.sha256Hex(bytes), size: bytes.length };
	});
	const text = printPackManifest({ ...manifest.value, files });
	writeFileSync(join(path, 'pack.json'), text);
	writeFileSync(join(path, 'SHA256SUMS'), printSums(files, suite.sha256Hex(Buffer.from(text))));
}
