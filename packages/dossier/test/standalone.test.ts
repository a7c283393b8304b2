/** B50, B51: the verifier as one file runs in an empty folder with an empty environment, and says of a folder, a bundle and a file of evidence what the whole program says. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { printEvidence } from '@matokeo/verifier/evidence/file.ts';
import { reportText } from '@matokeo/verifier/report/text.ts';
import { fileOf, fork } from '@matokeo/verifier/testing/evidence.ts';
import { publish, put, removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { small, smallLog } from '@matokeo/verifier/testing/smallLog.ts';
import { verifyFolder } from '@matokeo/verifier/verify.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildVerifier, type VerifierFile } from '../src/standalone/build.ts';
import { bundleOf, unpacked } from './support/bundles.ts';

const anchor = small.election.digest;
/** Where no `node_modules` can be reached from. */
const place = mkdtempSync(join(tmpdir(), 'matokeo-alone-'));
let program: VerifierFile;

beforeAll(async () => {
	program = await buildVerifier();
	writeFileSync(join(place, 'verify.mjs'), program.bytes);
});
afterAll(() => {
	rmSync(place, { recursive: true, force: true });
	removeFolders();
});

function alone(...words: readonly string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, ['verify.mjs', ...words], {
		cwd: place,
		env: {},
		encoding: 'utf8',
	});
	return { code: status, out: stdout, err: stderr };
}

/** Times are those of a run. */
const still = (text: string): string => text.replace(/"milliseconds": [0-9]+/, '');

describe('B50 the verifier as one file', () => {
	it('B50 imports nothing but the runtime', () => {
		const text = utf8Decode(program.bytes) ?? '';
		const imported = [...text.matchAll(/^import .* from "([^"]+)";$/gm)].map(([, name]) => name);
		expect(imported.length).toBeGreaterThan(5);
		expect(imported.filter((name) => name?.startsWith('node:') !== true)).toEqual([]);
		expect(text).not.toMatch(/sodium|\brequire\(|await import\(/);
	});

	it('B51 the same sources give the same bytes', async () => {
		expect((await buildVerifier()).sha256).toBe(program.sha256);
	});

	it('B50 verifies a published folder, word for word as the whole program', async () => {
		const { dir } = publish(smallLog());
		const whole = await verifyFolder(dir, { anchor });
		if (!whole.ok) throw new Error(whole.error);
		expect(alone(dir, '--anchor', anchor)).toEqual({ code: 0, out: reportText(whole.value), err: '' });
		const json = alone(dir, '--anchor', anchor, '--json');
		expect(still(json.out)).toBe(still(`${JSON.stringify(whole.value, null, '\t')}\n`));
		expect(alone(dir).out).toContain('AUTHORITY NOT ESTABLISHED');
	});

	it('B50 names what was altered', () => {
		const { dir } = publish(smallLog());
		const bundle = readFileSync(join(dir, 'tile/entries/000'));
		const at = bundle.indexOf('"alba":');
		bundle[at + 8] = (bundle[at + 8] ?? 0) ^ 1;
		put(dir, 'tile/entries/000', bundle);
		const { code, out } = alone(dir, '--anchor', anchor);
		expect(code).toBe(1);
		expect(out).toContain('polling station 001');
	});

	it('B50 looks at a bundle, packed and unpacked, and knows itself in it', async () => {
		const { path } = await bundleOf(publish(smallLog()).dir, { kind: 'station', station: '003' }, { program });
		const dir = unpacked(path);
		for (const what of [path, dir]) {
			const { code, out } = alone(what, '--anchor', anchor);
			expect([code, out.slice(0, 9)]).toEqual([0, 'VERIFIED:']);
			expect(out).toContain('It is the one in this bundle');
		}
		put(dir, 'README.txt', 'Believe everything.\n');
		expect(alone(dir)).toMatchObject({ code: 1, out: expect.stringContaining('[files] README.txt') });
	});

	it('B50 judges a file of evidence', () => {
		writeFileSync(join(place, 'fork.json'), printEvidence(fileOf(fork)));
		expect(alone('--evidence', 'fork.json')).toMatchObject({ code: 1, out: expect.stringContaining('PROVED') });
	});

	it.each([
		[['nowhere'], 'There is nothing called nowhere'],
		[['verify.mjs'], 'no bundle that can be opened'],
		[['.'], 'not what a log publishes'],
		[['a', 'b'], 'Name one thing'],
		[['.', '--anchor', 'ABC'], '64 digits'],
		[['.', '--keep'], 'no option'],
		[['.', '--anchor'], 'needs one value'],
	])('B50 %j could not run, and says why', (words, why) => {
		const { code, out, err } = alone(...words);
		expect([code, out]).toEqual([2, '']);
		expect(err).toContain(why);
	});

	it('B50 with --json there is one JSON document also when it could not run', () => {
		expect(JSON.parse(alone('nowhere', '--json').out)).toHaveProperty('error');
		expect(alone('--help')).toMatchObject({ code: 0, out: expect.stringContaining('node verify.mjs BUNDLE.zip') });
	});
});
