/** A pack of an operator who hides something and writes every list anew, and of one who means to be read by a terminal (Y12): each attempt, and what names it. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { suite } from '@matokeo/server/testing/world.ts';
import type { PackChecked } from '@matokeo/verifier/pack/checkPack.ts';
import { type PackManifest, parsePackManifest, printPackManifest } from '@matokeo/verifier/pack/manifest.ts';
import { packText } from '@matokeo/verifier/pack/text.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checked, manifestIn, packOf, removeFolders, rewrite, type Served, served } from './lib.ts';

let shown: Served;
beforeAll(async () => {
	shown = await served();
}, 60_000);
afterAll(removeFolders);

/** Takes files away that `gone` names, and writes one in the place of `file`, in every list. */
function change(path: string, gone: RegExp, file?: string, content = ''): void {
	const manifest = manifestIn(path);
	for (const one of manifest.files) if (gone.test(one.path)) rmSync(join(path, one.path));
	const kept = manifest.files.filter((one) => !gone.test(one.path) && one.path !== file);
	const bytes = utf8Encode(content);
	if (file !== undefined) writeFileSync(join(path, file), bytes);
	const own = file === undefined ? [] : [{ path: file, sha256: suite.sha256Hex(bytes), size: bytes.length }];
	rewrite(path, { ...manifest, files: [...kept, ...own] });
}

const said = ({ findings }: PackChecked): string => findings.map((one) => `${one.where}: ${one.problem}`).join('\n');
const NOTHING = /^$/;

describe('a pack whose lists were all written anew', () => {
	const configuration = (path: string): string =>
		manifestIn(path).files.find((one) => /^configuration\/[0-9a-f]{64}/.test(one.path))?.path ?? '';
	it.each<readonly [string, (path: string) => void, RegExp]>([
		[
			'a configuration that is another',
			(path) => change(path, NOTHING, configuration(path), '{"port":1}\n'),
			/configuration\/[0-9a-f]{64}.json: it has the SHA-256 [0-9a-f]{64}, and another as its name/,
		],
		[
			'a configuration that is gone',
			(path) => change(path, /^configuration\/[0-9a-f]{64}/),
			/configuration\/[0-9a-f]{64}.json: it is missing: books\/.* says that it was in force/,
		],
		[
			'a list of the program that is another',
			(path) => change(path, NOTHING, 'build/program.sha256', 'none\n'),
			/build\/program.sha256: it has the SHA-256/,
		],
		['a list of the program that is gone', (path) => change(path, /^build\/program/), /program.sha256: it is missing/],
		[
			'a table that the log does not give',
			(path) => change(path, NOTHING, 'accounts/more.csv', 'a\n'),
			/accounts\/more.csv: somebody has put it in/,
		],
		['a log that is gone', (path) => change(path, /^log\//), /log\/checkpoint: it is missing/],
	])('Y12 names %s', async (_name, spoil, expected) => {
		const { path } = await packOf(shown.dir, 'folder');
		spoil(path);
		const result = await checked(path);
		expect([said(result), result.verdict]).toEqual([expect.stringMatching(expected), 'failed']);
	});

	it('Y12 says of each part that was left out what nobody can see without it', async () => {
		const { path } = await packOf(shown.dir, 'folder', ['accounts', 'log', 'books']);
		const words = (await checked(path)).notShown.join('\n');
		for (const part of ['devices', 'actions', 'forms', 'configuration', 'build', 'topology', 'audit'])
			expect(words).toContain(`made without the part "${part}"`);
		expect(words).not.toContain('the part "accounts"');
	});

	it('Y12 does not pass over that tables were not made again, and whose word the rest is', async () => {
		const { path } = await packOf(shown.dir, 'zip');
		const [alone, whole] = [await checked(path, false), await checked(path)];
		expect(packText(alone)).toContain('they were not made again here');
		expect(packText(whole)).not.toContain('they were not made again here');
		expect(packText(whole)).toContain('That configuration, build, topology, audit are as the machine has them');
	});

	it('Y12 without the log says that nothing was held against it, and is of no other election', async () => {
		const { path } = await packOf(shown.dir, 'zip', ['accounts']);
		const own = await checked(path);
		expect([own.verdict, packText(own)]).toEqual(['consistent', expect.stringContaining('Without the log inside')]);
		const other = await checked(path, true, 'f'.repeat(64));
		expect([other.verdict, said(other)]).toEqual([
			'failed',
			expect.stringContaining('this pack is of another election'),
		]);
	});
});

describe('a pack in the hands of somebody', () => {
	it('Y14 tells to use a verifier from somebody else', async () => {
		const { path } = await packOf(shown.dir, 'folder', ['log']);
		expect(readFileSync(join(path, 'README.txt'), 'utf8')).toContain('put it into this folder as trusted.mjs');
		writeFileSync(join(path, 'trusted.mjs'), 'x');
		expect((await checked(path)).verdict).toBe('verified');
	});

	it('Y12 what lies beside an unpacked one is named and fails nothing', async () => {
		const { path } = await packOf(shown.dir, 'folder');
		for (const file of ['report.txt', 'the pack (1).zip', 'forms/.DS_Store']) writeFileSync(join(path, file), 'x');
		const result = await checked(path);
		expect([said(result), result.verdict]).toEqual(['', 'verified']);
		expect(packText(result)).toContain(
			'forms/.DS_Store, report.txt, the pack (1).zip: in the same folder, no part of it',
		);
		change(path, /^redactions.txt$/);
		writeFileSync(join(path, 'redactions.txt'), 'Nothing was left out.\n');
		expect(said(await checked(path))).toContain('redactions.txt: it is beside the pack');
	});

	it.each<readonly [string, (manifest: PackManifest) => PackManifest]>([
		['the name of the election', (one) => ({ ...one, election: { ...one.election, id: 'x\u001b[2J' } })],
		['a version', (one) => ({ ...one, program: { ...one.program, version: '1\nVerified' } })],
		['the name of a file', (one) => ({ ...one, files: [{ path: 'a\u009b2Jb', sha256: '0'.repeat(64), size: 1 }] })],
		['the name of a part', (one) => ({ ...one, parts: ['\u202e'] })],
	])('Y11 refuses a list in which %s is what a terminal obeys', async (_name, spoil) => {
		const { manifest } = await packOf(shown.dir, 'zip', ['accounts']);
		expect(parsePackManifest(utf8Encode(printPackManifest(manifest))).ok).toBe(true);
		expect(parsePackManifest(utf8Encode(printPackManifest(spoil(manifest)))).ok).toBe(false);
	});
});
