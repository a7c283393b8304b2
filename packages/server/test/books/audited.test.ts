/** What an audit finds in books that were changed, shortened or moved (Y6). */
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { closeServers } from '../http/lib.ts';
import { newFolder, removeFolders, START } from '../lib/world.ts';
import { audited, digests, MIDNIGHT, opened, periods, until } from './kept.ts';

afterEach(async () => {
	await closeServers();
	removeFolders();
});

describe('Y6 what an audit finds', () => {
	async function twoDays(): Promise<{ readonly dir: string; readonly first: string }> {
		const dir = newFolder();
		let now = START;
		const server = await opened(dir, { clock: () => now });
		now = MIDNIGHT + 5;
		await until(() => digests(server) !== undefined);
		await server.close();
		return { dir, first: join(dir, 'books', periods(dir)[0] ?? '') };
	}
	const problems = async (dir: string) =>
		(await audited(dir)).findings.map(({ where, problem }) => `${where}: ${problem}`);

	it.each([
		[
			'a deleted line',
			(first: string) => edit(first, 'requests', (all) => all.slice(1)),
			/requests.jsonl: it was changed after/,
		],
		[
			'a changed line',
			(first: string) => edit(first, 'requests', ([one = '', ...more]) => [one.replace('200', '403'), ...more]),
			/requests.jsonl: it was changed after/,
		],
		[
			'a line more',
			(first: string) => edit(first, 'operations', (all) => [...all, all[0] ?? '']),
			/operations.jsonl: it was changed after/,
		],
		[
			'a book that is gone',
			(first: string) => rmSync(join(first, 'requests.jsonl')),
			/20300317T174640Z.requests.jsonl: it is missing/,
		],
		[
			'a day that is gone',
			(first: string) => rmSync(first, { recursive: true }),
			/20300317T174640Z.operations.jsonl: it is missing/,
		],
	] as const)('Y6 names %s', async (_name, spoil, expected) => {
		const { dir, first } = await twoDays();
		expect(await problems(dir)).toEqual([]);
		spoil(first);
		expect((await problems(dir)).join('\n')).toMatch(expected);
	});

	it('Y6 names a line of operations that was taken out before any digest was said', async () => {
		const dir = newFolder();
		await opened(dir);
		edit(join(dir, 'books', periods(dir)[0] ?? ''), 'operations', (all) => all.slice(1));
		expect((await problems(dir)).join('\n')).toMatch(/operations.jsonl: line 1 follows a line with the SHA-256/);
	});

	it('Y6 a book that was moved away with its digest left is not here, and no difference; with another digest it is missing', async () => {
		const { dir, first } = await twoDays();
		const file = join(first, 'requests.jsonl');
		const digest = createHash('sha256').update(readFileSync(file)).digest('hex');
		writeFileSync(`${file}.sha256`, `${digest}  requests.jsonl\n`);
		rmSync(file);
		const { findings, notHere } = await audited(dir);
		expect([findings, notHere]).toEqual([[], ['books/20300317T174640Z/requests.jsonl']]);
		writeFileSync(`${file}.sha256`, `${'0'.repeat(64)}  requests.jsonl\n`);
		expect((await problems(dir)).join('\n')).toMatch(/it is missing/);
	});
});

function edit(folder: string, book: string, change: (all: readonly string[]) => readonly string[]): void {
	const path = join(folder, `${book}.jsonl`);
	const all = change(readFileSync(path, 'utf8').slice(0, -1).split('\n'));
	writeFileSync(path, `${all.join('\n')}\n`);
}
