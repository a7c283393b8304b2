/** `matokeo election check` and `election digest` on real folders: what they print, where, and how they exit. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ElectionCheckOptions, runElectionCheck } from '../src/verbs/electionCheck.ts';
import { type ElectionDigestOptions, runElectionDigest } from '../src/verbs/electionDigest.ts';

const SMALL = new URL('../../../vectors/package/accepted/small/', import.meta.url);
const ANCHOR = 'ac7b1e7b0c922f5e734f243aead84fc3894127c268d6f0135c7955f3ecfe4a88';
let dir = '';

beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), 'matokeo-election-'));
	cpSync(SMALL, dir, { recursive: true });
});

afterEach(() => {
	rmSync(dir, { recursive: true });
});

type Run<O> = (
	dir: string,
	out: { stdout: (text: string) => void; stderr: (text: string) => void },
	options?: O,
) => Promise<number>;

async function run<O>(verb: Run<O>, folder: string, options?: O) {
	const said = { stdout: '', stderr: '' };
	const out = {
		stdout: (text: string) => {
			said.stdout += text;
		},
		stderr: (text: string) => {
			said.stderr += text;
		},
	};
	return { exit: await verb(folder, out, options), ...said };
}

const check = (options?: ElectionCheckOptions, folder = dir) => run(runElectionCheck, folder, options);
const digest = (options?: ElectionDigestOptions, folder = dir) => run(runElectionDigest, folder, options);

function edit(file: string, find: string, replacement: string): void {
	const path = join(dir, file);
	writeFileSync(path, readFileSync(path, 'utf8').replace(find, replacement));
}

describe('matokeo election check', () => {
	it('P5 says what a sound package holds, and its anchor', async () => {
		const { exit, stdout } = await check();
		expect(exit).toBe(0);
		expect(stdout).toContain('small-2026 (rehearsal): no problems');
		expect(stdout).toContain('2 contests, 5 candidates, 8 areas, 8 polling stations');
		expect(stdout).toContain(ANCHOR);
	});

	it('tells all problems with their places and exits 1', async () => {
		edit('stations.csv', '480', '1e3');
		edit('areas.csv', 's1,district,south', 's1,district,suoth');
		const { exit, stdout } = await check();
		expect(exit).toBe(1);
		expect(stdout).toContain('stations.csv:5:20  [P34]');
		expect(stdout).toContain('areas.csv:8:13  [P61]');
		expect(stdout).toContain('manifest.sha256:1:1  [P4]');
		expect(stdout).toContain('4 problems.');
	});

	it('prints the same as JSON', async () => {
		writeFileSync(join(dir, 'notes.txt'), 'x');
		const { exit, stdout } = await check({ json: true });
		expect(exit).toBe(1);
		expect(JSON.parse(stdout)).toMatchObject({ digest: '', problems: [{ rule: 'P3', file: 'notes.txt' }] });
	});

	it('exits 2 when there is no folder', async () => {
		expect(await check({}, join(dir, 'absent'))).toMatchObject({ exit: 2, stdout: '' });
	});
});

describe('matokeo election digest', () => {
	it('P5 prints the anchor alone on standard output', async () => {
		expect(await digest()).toEqual({ exit: 0, stdout: `${ANCHOR}\n`, stderr: '' });
	});

	it('P4 says that the manifest on the disk says something else, and changes nothing', async () => {
		edit('stations.csv', '480', '481');
		const before = readFileSync(join(dir, 'manifest.sha256'));
		const { exit, stdout, stderr } = await digest();
		expect(exit).toBe(1);
		expect(stdout).not.toContain(ANCHOR);
		expect(stderr).toContain('--write');
		expect(readFileSync(join(dir, 'manifest.sha256'))).toEqual(before);
	});

	it('P1 --write makes a manifest with which the package loads, and only then', async () => {
		edit('stations.csv', '480', '481');
		const written = await digest({ write: true });
		expect(written.exit).toBe(0);
		expect((await check()).stdout).toContain(written.stdout.trim());
		expect(await digest()).toEqual(written);
	});

	it('warns before a digest of a package with problems is printed on paper', async () => {
		edit('stations.csv', '480', '1e3');
		const { exit, stderr } = await digest({ write: true });
		expect(exit).toBe(1);
		expect(stderr).toContain('election check');
	});

	it('P2 a folder with odd names has no digest', async () => {
		writeFileSync(join(dir, 'Thumbs.db'), 'x');
		expect(await digest({ write: true })).toMatchObject({ exit: 1, stdout: '' });
	});
});
