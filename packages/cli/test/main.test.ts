/** The command as a person meets it: what it says and how it ends when it cannot run, and when nobody reads to the end. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runRebuild } from '../src/verbs/rebuild.ts';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
let dir = '';

beforeEach(() => {
	dir = mkdtempSync(join(tmpdir(), 'matokeo-main-'));
});

afterEach(() => {
	rmSync(dir, { recursive: true });
});

describe('matokeo', () => {
	it('rebuild answers 2, and says which folder to name, where nothing was ever published', async () => {
		let said = '';
		const out = {
			stdout: () => undefined,
			stderr: (text: string) => {
				said += text;
			},
		};
		expect(await runRebuild(join(dir, 'none'), out)).toBe(2);
		expect(said).toContain('There is no published log');
		expect(said).toContain('Name the server');
	});

	it.each(['frob', 'verify', 'verify . --anchor zz', 'rehearse . --out x', 'fsck --bogus'])(
		'%s cannot run: exit 2, the reason on standard error, nothing on standard output',
		(line) => {
			const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...line.split(' ')], {
				cwd: dir,
				encoding: 'utf8',
			});
			expect([status, stdout]).toEqual([2, '']);
			expect(stderr).toContain('error: ');
		},
	);

	it('ends with the code of its answer when whoever reads it stops early', () => {
		writeFileSync(join(dir, 'stray'), '');
		const line = `{ "$NODE" "$MAIN" election check "$DIR"; echo "exit $?" >&2; } | head -n 0`;
		const env = { ...process.env, NODE: process.execPath, MAIN, DIR: dir };
		const { stderr } = spawnSync('sh', ['-c', line], { encoding: 'utf8', env });
		expect(stderr).toBe('exit 1\n');
	});
});
