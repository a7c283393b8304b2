/** A scrutiny pack: what is in it, what is not, that it is the same twice, and that every alteration is named (Y7–Y14). */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from '@matokeo/server/testing/world.ts';
import { PACK_MANIFEST, PACK_SUMS, parsePackManifest } from '@matokeo/verifier/pack/manifest.ts';
import { packText } from '@matokeo/verifier/pack/text.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checked, filesIn, manifestIn, packOf, removeFolders, rewrite, type Served, served } from './lib.ts';

let shown: Served;
beforeAll(async () => {
	shown = await served();
}, 60_000);
afterAll(removeFolders);

const text = (path: string, file: string): string => readFileSync(join(path, file), 'utf8');
const rows = (path: string, file: string): readonly string[] => text(path, file).trimEnd().split('\n').slice(1);

describe('a scrutiny pack', () => {
	it('Y12 is verified as a zip and as a folder, and says what it cannot show', async () => {
		for (const kind of ['zip', 'folder'] as const) {
			const { path } = await packOf(shown.dir, kind);
			const result = await checked(path);
			expect(result.findings).toEqual([]);
			expect([result.verdict, result.books]).toEqual(['verified', 4]);
			expect(packText(result)).toMatch(/^Verified: the pack is whole/m);
		}
	});

	it('Y11 is the same bytes twice, and `SHA256SUMS` lists every file', async () => {
		const [one, other] = [await packOf(shown.dir, 'zip'), await packOf(shown.dir, 'zip')];
		expect(readFileSync(one.path).equals(readFileSync(other.path))).toBe(true);
		const { path, digest } = await packOf(shown.dir, 'folder');
		expect(digest).toBe(one.digest);
		const sums = text(path, PACK_SUMS).trimEnd().split('\n');
		for (const line of sums) {
			const [sha256, file = ''] = line.split('  ');
			expect(
				createHash('sha256')
					.update(readFileSync(join(path, file)))
					.digest('hex'),
			).toBe(sha256);
		}
		expect(sums).toHaveLength([...filesIn(path)].length - 1);
	});

	it('Y13 has none of the secrets that lie in the folder', async () => {
		const { path } = await packOf(shown.dir, 'folder');
		expect(shown.secrets.length).toBeGreaterThan(8);
		for (const file of filesIn(path)) {
			const bytes = readFileSync(file);
			for (const secret of shown.secrets) expect([file, secret, bytes.includes(secret)]).toEqual([file, secret, false]);
		}
		expect(text(path, 'redactions.txt')).toContain('source.secret');
	});

	it('Y9 shows accounts, devices, actions and forms as the log has them', async () => {
		const { path } = await packOf(shown.dir, 'folder');
		const account = rows(path, 'accounts/accounts.csv').find((row) => row.startsWith('clerk/1,')) ?? '';
		expect(account).toContain('form/reading=1');
		expect(rows(path, 'accounts/by-role.csv')).toContain('clerk,3,3,0,3,1,1');
		const types = rows(path, 'actions/actions.csv').map((row) => row.split(',')[3]);
		expect(types).toEqual(['election/open', 'key/enrol', 'station/status', 'access/digest', 'access/digest']);
		expect(JSON.parse(text(path, 'actions/actions.json'))).toHaveLength(5);
		const other = rows(path, 'devices/other-route.csv');
		expect([other.length, other[0]?.includes('other-kit')]).toEqual([1, true]);
		const [form = ''] = rows(path, 'forms/manifest.csv');
		expect(form).toMatch(
			/^president,001,,1,[0-9a-f]{64},original,own-kit,'-2\/1,[0-9]+,2030-03-17T17:46:40Z,1900000000,po\/001,/,
		);
		expect(form).toContain(',received,no');
		expect(rows(path, 'forms/images.csv').map((row) => row.split(',')[3])).toEqual(['"held', 'not held']);
	});

	it('Y9 copies books and configuration byte for byte, lists their digests, operations, and refusals by rule', async () => {
		const { path } = await packOf(shown.dir, 'folder');
		const first = 'books/20300317T174640Z/operations.jsonl';
		expect(text(path, first)).toBe(text(shown.dir, first));
		expect(rows(path, 'books/digests.csv').map((row) => row.includes('as the log says'))).toEqual([
			true,
			true,
			true,
			true,
		]);
		expect(rows(path, 'actions/operations.csv').map((row) => row.split(',')[4])).toEqual(['start', 'key', 'stop']);
		expect(rows(path, 'configuration/in-force.csv')[0]).toMatch(/^[0-9a-f]{64},1,/);
		expect(text(path, 'books/check.txt')).toContain('No difference');
		expect(text(path, 'audit/fsck.txt')).toContain('0 differences between the database and the log');
	});

	it('Y10 lists the program, so that the digest of the list is the program’s, and what others made', async () => {
		const { path, manifest } = await packOf(shown.dir, 'folder', ['build']);
		const list = readFileSync(join(path, 'build/program.sha256'));
		expect(createHash('sha256').update(list).digest('hex')).toBe(manifest.program.digest);
		expect(list.toString()).toContain('packages/core/src/rules/decide.ts');
		expect(rows(path, 'build/dependencies.csv').find((row) => row.startsWith('yazl,'))).toMatch(
			/^yazl,3\.3\.1,MIT,sha512-/,
		);
		expect(existsSync(join(path, 'log'))).toBe(false);
	});

	it('Y14 every file is told of in the README', async () => {
		const { path } = await packOf(shown.dir, 'folder');
		const readme = text(path, 'README.txt');
		for (const file of filesIn(path)) {
			const name = file.slice(path.length + 1);
			const [folder = ''] = name.split('/');
			const known = ['books', 'build', 'configuration', 'log'].includes(folder) ? [`${folder}/`] : [name];
			if (name.endsWith('.json')) known.push(name.replace(/^.*\//, ''));
			expect([name, known.some((one) => readme.includes(one))]).toEqual([name, true]);
		}
	});
});

describe('an altered pack', () => {
	type Spoil = (path: string, listed: (file: string, content: string) => void) => void;
	const cases: readonly (readonly [string, Spoil, RegExp])[] = [
		[
			'a table that was altered',
			(path) => edit(path, 'forms/manifest.csv', 'own-kit', 'paper'),
			/forms\/manifest.csv: it was changed/,
		],
		[
			'a table that was altered together with all its digests',
			(path, listed) => listed('forms/manifest.csv', text(path, 'forms/manifest.csv').replace('own-kit', 'paper')),
			/forms\/manifest.csv: it is not what the log inside gives/,
		],
		[
			'an account that was taken out together with all digests',
			(path, listed) => listed('accounts/accounts.csv', text(path, 'accounts/accounts.csv').replace(/^ro\/2.*\n/m, '')),
			/accounts\/accounts.csv: it is not what the log inside gives/,
		],
		[
			'a line of a book that was taken out together with all digests',
			(path, listed) => listed(BOOK, text(path, BOOK).replace(/^.*\n/, '')),
			/20300317T174640Z\/requests.jsonl: it was changed after the digest/,
		],
		['a file that is gone', (path) => rmSync(join(path, 'redactions.txt')), /redactions.txt: it is missing/],
		['a file too many', (path) => writeFileSync(join(path, 'books/more.txt'), ''), /more.txt: it is beside the pack/],
		['a statement that was altered', (path) => edit(path, bundleIn(path), 'delayed', 'opened!'), /log\/tile\/entries/],
	];
	const BOOK = 'books/20300317T174640Z/requests.jsonl';

	it.each(cases)('Y12 names %s', async (_name, spoil, expected) => {
		const { path } = await packOf(shown.dir, 'folder');
		spoil(path, (file, content) => relist(path, file, content));
		const { findings, verdict } = await checked(path);
		expect(verdict).toBe('failed');
		expect(findings.map(({ where, problem }) => `${where}: ${problem}`).join('\n')).toMatch(expected);
	});

	it('Y12 names a day that was dropped, in the books and from every list', async () => {
		const { path } = await packOf(shown.dir, 'folder');
		const manifest = manifestIn(path);
		const kept = manifest.files.filter(({ path: file }) => !file.startsWith('books/20300317T174640Z/'));
		rmSync(join(path, 'books/20300317T174640Z'), { recursive: true });
		rewrite(path, { ...manifest, files: kept });
		const { findings } = await checked(path);
		const where = ['operations', 'requests'].map((book) => `books/20300317T174640Z/${book}.jsonl`);
		expect(findings.map((one) => one.where)).toEqual(where);
		expect(findings[0]?.problem).toMatch(/it is missing: the digest of 2030-03-17T17:46:40Z/);
	});

	it('Y12 names another size or root than the log inside has', async () => {
		const { path } = await packOf(shown.dir, 'folder');
		const manifest = manifestIn(path);
		rewrite(path, { ...manifest, log: { ...manifest.log, size: manifest.log.size + 1 } });
		const { findings } = await checked(path);
		expect(findings[0]).toMatchObject({ where: PACK_MANIFEST, problem: expect.stringMatching(/it says the size/) });
	});

	it.each([
		['no JSON', '{'],
		['another format', '{"format":"matokeo-bundle/v1"}'],
		['a null', '{"format":"matokeo-pack/v1","files":null}'],
		['another spelling', '{"format":"matokeo-pack/v1"}'],
	])('Y11 refuses a list of files that is %s', (_name, bytes) => {
		expect(parsePackManifest(Buffer.from(bytes)).ok).toBe(false);
	});
});

function edit(path: string, file: string, from: string, to: string): void {
	const content = text(path, file);
	expect(content).toContain(from);
	writeFileSync(join(path, file), content.replace(from, to));
}

/** The last statements of the log, of which there are fewer than a bundle holds. */
function bundleIn(path: string): string {
	const bundles = [...filesIn(join(path, 'log/tile/entries'))].map((file) => file.slice(path.length + 1));
	return bundles.find((file) => text(path, file).includes('delayed')) ?? '';
}

/** As somebody would who wants to hide it: the file and every list of it. */
function relist(path: string, file: string, content: string): void {
	expect(content).not.toBe(text(path, file));
	writeFileSync(join(path, file), content);
	const manifest = manifestIn(path);
	const bytes = Buffer.from(content);
	const files = manifest.files.map((one) =>
		one.path === file ? { path: file, sha256: suite.sha256Hex(bytes), size: bytes.length } : one,
	);
	rewrite(path, { ...manifest, files });
}
