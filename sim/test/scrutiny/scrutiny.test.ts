/**
 * "Open the servers", end to end and through the command alone: a played election that was served for two periods, a pack made while the server runs, and an expert with only the pack; then an operator who cheats: takes a line out of a book, drops a
 * day, hides a key, changes the database, repairs it.
 */
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { openBundle } from '@matokeo/verifier/bundle/open.ts';
import { parsePackManifest, printPackManifest, printSums } from '@matokeo/verifier/pack/manifest.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newFolder, put, type Rehearsed, rehearsed, removeFolders, suite } from '../alterations/lib/rehearsed.ts';
import { matokeo } from '../lib/matokeo.ts';
import { serving } from '../lib/server.ts';

const run = promisify(execFile);

let of: Rehearsed;
let anchor = '';

/** Served, stopped, served again, asked for a pack while it runs, stopped. */
let dir = '';
let pack = '';
beforeAll(async () => {
	of = await rehearsed(8);
	anchor = of.election.digest;
	dir = of.dir;
	const server = await serving('serve', dir, '--port', '0');
	await fetch(`${server.url}/api/v1/sign-in`, { method: 'POST', headers: JSON_TYPE, body: '{"note":"x"}' });
	const enrolled = await matokeo(
		'say',
		'key/enrol',
		'--package',
		packageIn(dir),
		...AUTHORITY,
		'--body',
		enrolment(),
		'--yes',
		'--out',
		join(newFolder('note'), 'enrolment.note'),
		'--send',
		server.url,
	);
	expect([enrolled.code, enrolled.stderr]).toEqual([0, expect.any(String)]);
	await nextSecond();
	await server.stop();
	const again = await serving('serve', dir, '--port', '0');
	pack = join(newFolder('pack'), 'pack.zip');
	const made = await matokeo('scrutiny', dir, '--out', pack);
	expect([made.code, made.stderr]).toEqual([0, '']);
	await again.stop();
}, 120_000);
afterAll(removeFolders);

/** A period of the books has whole seconds: one that ends in the second in which it began stays open (Y3). */
async function nextSecond(): Promise<void> {
	const now = Math.floor(Date.now() / 1000);
	while (Math.floor(Date.now() / 1000) === now) await new Promise((resolve) => setTimeout(resolve, 20));
}

const JSON_TYPE = { 'content-type': 'application/json' };
const AUTHORITY = ['--rehearsal-key', 'authority/1', '--rehearsal-key', 'authority/2'];
const packageIn = (folder: string) => join(folder, 'public', 'package');

function enrolment(): string {
	const folder = newFolder('keys');
	const [station = ''] = of.election.stations.keys();
	const key = Buffer.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', 'hex').toString('base64');
	put(
		folder,
		'body.json',
		JSON.stringify({
			keys: [{ holder: 'holder/late', key, name: 'presiding/late', role: 'presiding-officer', scope: { station } }],
		}),
	);
	return join(folder, 'body.json');
}

/** As somebody unpacks a zip. */
function unpacked(zip: string): string {
	const files = openBundle(zip);
	if (!files.ok) throw new Error(files.error);
	const folder = newFolder('unpacked');
	for (const name of files.value.sizes.keys()) {
		const read = files.value.read(name);
		if (!read.ok) throw new Error(read.error);
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), read.value);
	}
	files.value.close();
	return folder;
}

const copied = (): string => {
	const copy = newFolder('cheating');
	cpSync(dir, copy, { recursive: true });
	return copy;
};
const firstPeriod = (folder: string): string => {
	const [name = ''] = readdirSync(join(folder, 'books'))
		.filter((one) => /^[0-9]/.test(one))
		.sort();
	return join(folder, 'books', name);
};
const packOf = async (folder: string): Promise<string> => {
	const path = join(newFolder('pack'), 'pack.zip');
	expect((await matokeo('scrutiny', folder, '--out', path)).code).toBe(0);
	return path;
};

describe('an expert with only the pack', () => {
	it('Y12 everything is verified by the one file that lies in it, with Node alone, and by the command', async () => {
		const folder = unpacked(pack);
		const { stdout } = await run(process.execPath, ['verify.mjs', '.', '--anchor', anchor], { cwd: folder });
		expect(stdout).toMatch(/^Verified: the pack is whole/m);
		const checked = await matokeo('verify', '--pack', pack, '--anchor', anchor, '--json');
		expect(checked.code).toBe(0);
		expect(JSON.parse(checked.stdout)).toMatchObject({ verdict: 'verified', findings: [], books: 2 });
		const sums = await run('sha256sum', ['-c', '--quiet', 'SHA256SUMS'], { cwd: folder });
		expect(sums.stdout).toBe('');
	});

	it('Y9 who enrolled the late key, what the machine did and what it refused stand in it', async () => {
		const folder = unpacked(pack);
		const account = lines(folder, 'accounts/accounts.csv').find((line) => line.startsWith('presiding/late,')) ?? '';
		expect(account).toContain('authority/1; authority/2');
		expect(lines(folder, 'actions/actions.csv').at(-2)).toMatch(/,key\/enrol,authority\/1; authority\/2,/);
		expect(lines(folder, 'actions/operations.csv').map((line) => line.split(',')[4])).toEqual([
			'start',
			'key',
			'stop',
			'start',
			'key',
			'scrutiny',
		]);
		expect(lines(folder, 'actions/refusals-by-rule.csv')[0]).toMatch(/,A10,1$/);
		expect(readFileSync(join(folder, 'README.txt'), 'utf8')).toContain('REHEARSAL');
	});

	it('Y7 a part, no log, a folder; and what cannot be made says what to do', async () => {
		const out = join(newFolder('part'), 'forms');
		const part = await matokeo('scrutiny', dir, '--part', 'forms', '--out', out, '--json');
		expect(JSON.parse(part.stdout)).toMatchObject({ parts: ['forms'] });
		expect([existsSync(join(out, 'forms/manifest.csv')), existsSync(join(out, 'log'))]).toEqual([true, false]);
		const again = await matokeo('scrutiny', dir, '--out', out);
		expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('is not empty')]);
		const inside = await matokeo('scrutiny', dir, '--out', join(dir, 'pack.zip'));
		expect([inside.code, inside.stderr]).toEqual([2, expect.stringContaining('outside of')]);
		const none = await matokeo('scrutiny', newFolder('none'), '--out', join(out, 'x.zip'));
		expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('is no server')]);
		const wrong = await matokeo('scrutiny', dir, '--part', 'secrets', '--out', `${out}2`);
		expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('Expected one of accounts')]);
	});
});

describe('an operator who cheats', () => {
	it('Y6 takes a line out of a book: fsck and every pack name the book', async () => {
		const cheating = copied();
		const book = join(firstPeriod(cheating), 'requests.jsonl');
		writeFileSync(book, readFileSync(book, 'utf8').replace(/^.*sign-in.*\n/m, ''));
		const fsck = await matokeo('fsck', cheating);
		expect([fsck.code, fsck.stdout]).toEqual([
			1,
			expect.stringMatching(/requests.jsonl: it was changed after the digest/),
		]);
		const checked = await matokeo('verify', '--pack', await packOf(cheating), '--anchor', anchor);
		expect([checked.code, checked.stdout]).toEqual([
			1,
			expect.stringMatching(/requests.jsonl: it was changed after the digest/),
		]);
	});

	it('Y6 drops a day: named by its period', async () => {
		const cheating = copied();
		rmSync(firstPeriod(cheating), { recursive: true });
		const checked = await matokeo('verify', '--pack', await packOf(cheating), '--anchor', anchor);
		expect([checked.code, checked.stdout]).toEqual([
			1,
			expect.stringMatching(/requests.jsonl: it is missing: the digest of 20/),
		]);
	});

	it('Y12 hides a key from the tables of a pack, with all their digests: the log inside gives others', async () => {
		const folder = unpacked(pack);
		for (const table of ['accounts/accounts.csv', 'accounts/keys.csv'])
			writeFileSync(
				join(folder, table),
				readFileSync(join(folder, table), 'utf8').replace(/^presiding\/late,.*\n/m, ''),
			);
		relisted(folder);
		const checked = await matokeo('verify', '--pack', folder, '--anchor', anchor, '--json');
		expect(checked.code).toBe(1);
		const { findings } = JSON.parse(checked.stdout);
		expect(findings.map(({ where }: { readonly where: string }) => where)).toEqual([
			'accounts/accounts.csv',
			'accounts/keys.csv',
		]);
	});

	it('Y8 changes a vote in the database, and repairs it: the pack is of the log, its audit names the station, and the repair is in the book', async () => {
		const cheating = copied();
		const tampered = await matokeo('tamper', cheating);
		const station = /station (s[0-9]{6})/.exec(tampered.stdout)?.[1] ?? 'none was named';
		const before = unpacked(await packOf(cheating));
		expect(readFileSync(join(before, 'audit/fsck.txt'), 'utf8')).toContain(station);
		const forms = 'forms/manifest.csv';
		expect(readFileSync(join(before, forms), 'utf8')).toBe(readFileSync(join(unpacked(pack), forms), 'utf8'));
		expect((await matokeo('rebuild', cheating)).code).toBe(0);
		const after = unpacked(await packOf(cheating));
		expect(readFileSync(join(after, 'audit/fsck.txt'), 'utf8')).toContain('0 differences');
		expect(
			lines(after, 'actions/operations.csv')
				.map((line) => line.split(',')[4])
				.slice(-3),
		).toEqual(['scrutiny', 'rebuild', 'scrutiny']);
	});
});

function lines(folder: string, file: string): readonly string[] {
	return readFileSync(join(folder, file), 'utf8').trimEnd().split('\n').slice(1);
}

/** `pack.json` and the sums written anew for what lies there. */
function relisted(folder: string): void {
	const manifest = parsePackManifest(readFileSync(join(folder, 'pack.json')));
	if (!manifest.ok) throw new Error(manifest.error);
	const files = manifest.value.files.map(({ path }) => {
		const bytes = readFileSync(join(folder, path));
		return { path, sha256: suite.sha256Hex(bytes), size: bytes.length };
	});
	const text = printPackManifest({ ...manifest.value, files });
	writeFileSync(join(folder, 'pack.json'), text);
	writeFileSync(join(folder, 'SHA256SUMS'), printSums(files, suite.sha256Hex(Buffer.from(text))));
}
