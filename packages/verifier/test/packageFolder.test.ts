/** The folder of a package on a real disk: what is read, and what is left out and told. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LIMITS } from '@matokeo/core/election/limits.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nativeSuite } from '../src/node/nativeSuite.ts';
import { readPackageFolder } from '../src/node/packageFolder.ts';

const SMALL = new URL('../../../vectors/package/accepted/small/', import.meta.url);
let dir = '';

beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), 'matokeo-package-'));
});

afterEach(() => {
	rmSync(dir, { recursive: true });
});

async function rules(): Promise<readonly string[]> {
	const { problems } = await readPackageFolder(dir);
	return problems.map(({ rule, file, toDo }) => `${rule} ${file}${toDo === '' ? ' says nothing' : ''}`);
}

describe('a package folder', () => {
	it('P3 is read whole, folders included, in byte order', async () => {
		mkdirSync(join(dir, 'laws'));
		writeFileSync(join(dir, 'laws', 'act-7.txt'), 'x');
		writeFileSync(join(dir, 'laws.txt'), 'y');
		const { files, problems } = await readPackageFolder(dir);
		expect([...files.keys()]).toEqual(['laws.txt', 'laws/act-7.txt']);
		expect(problems).toEqual([]);
	});

	it('P5 an accepted vector loads from the disk with the native suite', async () => {
		const { files } = await readPackageFolder(SMALL.pathname);
		expect([...files.keys()]).toEqual(readdirSync(SMALL).sort());
		expect(loadElection(nativeSuite(), files).ok).toBe(true);
	});

	it('P6 links are not followed, to files or to folders', async () => {
		symlinkSync('/etc/hostname', join(dir, 'hostname'));
		symlinkSync('/etc', join(dir, 'etc'));
		expect(await rules()).toEqual(['P6 etc', 'P6 hostname']);
		expect((await readPackageFolder(dir)).files.size).toBe(0);
	});

	it('P6 empty folders are told, since no manifest lists them', async () => {
		mkdirSync(join(dir, 'empty'));
		expect(await rules()).toEqual(['P6 empty']);
	});

	it('P2 odd names are told and not read', async () => {
		for (const name of ['Areas.csv', 'a b', 'é.csv', '...', 'thumbs~']) writeFileSync(join(dir, name), 'x');
		expect(await rules()).toEqual(['P2 ...', 'P2 Areas.csv', 'P2 a b', 'P2 thumbs~', 'P2 é.csv']);
	});

	it('P8 a file that is too large is told and not read', async () => {
		writeFileSync(join(dir, 'large.bin'), '');
		truncateSync(join(dir, 'large.bin'), LIMITS.fileBytesMax + 1);
		expect(await rules()).toEqual(['P8 large.bin']);
	});

	it('P8 folders inside folders end somewhere', async () => {
		mkdirSync(join(dir, ...Array.from({ length: LIMITS.folderDepthMax + 2 }, () => 'd')), { recursive: true });
		expect((await rules())[0]).toMatch(/^P8 d\/d\//);
	});

	it('a folder that is not there is trouble, not a problem', async () => {
		await expect(readPackageFolder(join(dir, 'absent'))).rejects.toThrow(/ENOENT/);
	});
});
