/** The site as static files through the command: beside the log or with a copy of it, only what changed, and never something that its own checkpoint does not cover. */
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	copyOf,
	newFolder,
	type Rehearsed,
	rehearsed,
	removeFolders,
	stationId,
} from '../alterations/lib/rehearsed.ts';
import { matokeo } from '../lib/matokeo.ts';

let of: Rehearsed;
beforeAll(async () => {
	of = await rehearsed(8);
});
afterAll(removeFolders);

describe('matokeo publish', () => {
	it('writes pages, data and tables beside the log, and the second time nothing', async () => {
		const dir = copyOf(of);
		const first = await matokeo('publish', dir);
		expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('(all of them)')]);
		for (const path of ['index.html', `en/station/${stationId(3)}.html`, `sw/station/${stationId(3)}.html`])
			expect(readFileSync(join(dir, 'public', path), 'utf8')).toContain('<!doctype html>');
		const page = statSync(join(dir, 'public', `en/station/${stationId(3)}.html`));
		const second = await matokeo('publish', dir);
		expect(second.stdout).toMatch(/of 0 views that statements touched/);
		expect(statSync(join(dir, 'public', `en/station/${stationId(3)}.html`)).mtimeMs).toBe(page.mtimeMs);
		expect((await matokeo('verify', join(dir, 'public'), '--anchor', of.election.digest)).code).toBe(0);
	});

	it('a site of its own has the whole log, verifies by itself, and follows what went away', async () => {
		const dir = copyOf(of);
		const site = join(newFolder('site'), 'www');
		expect((await matokeo('publish', dir, '--out', site)).code).toBe(0);
		expect((await matokeo('verify', site, '--anchor', of.election.digest)).code).toBe(0);
		expect(existsSync(join(dir, 'public', 'index.html'))).toBe(false);
		writeFileSync(join(site, 'results', 'stray.json'), '{}');
		const again = await matokeo('publish', dir, '--out', site);
		expect(again.stdout).toMatch(/the log's files: 0 written, [0-9]+ unchanged/);
		expect(existsSync(join(site, 'results', 'stray.json'))).toBe(false);
	});

	it('where nothing was published there is nothing to write', async () => {
		const dir = copyOf(of);
		rmSync(join(dir, 'public', 'checkpoint'));
		expect(await matokeo('publish', dir)).toMatchObject({ code: 2, stdout: '' });
		expect((await matokeo('publish', newFolder('empty'))).stderr).toContain("is no server's folder");
	});
});
