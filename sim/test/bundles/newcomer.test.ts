/**
 * A bundle as a newcomer gets it: unpacked into an empty folder, with Node and nothing else, following its README and typing nothing that does not stand there. And how it came about: the command as its user runs it.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpacked } from '@matokeo/dossier/testing/bundles.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { host } from '../acceptance/lib/cheat.ts';
import { closeAll } from '../acceptance/lib/count.ts';
import { copyOf, type Rehearsed, rehearsed, removeFolders, stationId } from '../alterations/lib/rehearsed.ts';
import { matokeo } from '../lib/matokeo.ts';

let of: Rehearsed;
let dir = '';
let zip = '';
/** No `node_modules` can be reached from here. */
const place = mkdtempSync(join(tmpdir(), 'matokeo-newcomer-'));

beforeAll(async () => {
	of = await rehearsed(8);
	dir = copyOf(of);
	zip = join(place, 'station.zip');
}, 60_000);
afterAll(async () => {
	await closeAll();
	rmSync(place, { recursive: true, force: true });
	removeFolders();
});

describe('matokeo bundle', () => {
	it('writes a bundle, says what is in it, and writes nothing over', async () => {
		const words = ['bundle', dir, '--station', stationId(3), '--anchor', of.election.digest, '--out', zip];
		const made = await matokeo(...words);
		expect([made.code, made.stdout]).toEqual([0, expect.stringContaining('each with its proof')]);
		const again = await matokeo(...words);
		expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('nothing is written over')]);
		const seen = await matokeo('verify', '--bundle', zip, '--anchor', of.election.digest);
		expect([seen.code, seen.stdout]).toEqual([0, expect.stringMatching(/^VERIFIED/)]);
	});

	it('is the same bundle from an address', async () => {
		const other = join(place, 'fetched.zip');
		const made = await matokeo('bundle', await host(join(dir, 'public')), '--station', stationId(3), '--out', other);
		expect([made.code, made.stderr]).toEqual([0, expect.not.stringContaining('No bundle')]);
		expect(readFileSync(other).equals(readFileSync(zip))).toBe(true);
	});

	it.each([
		[[], 'Name one thing that the bundle is about'],
		[['--area', 'north'], 'name it with --contest C'],
		[['--station', 'none'], 'There is no polling station "none"'],
		[['--objection', 'x'], 'not an objection in this log'],
		[['--declaration', 'president'], 'neither a declaration in this log nor a contest'],
		[['--station', 's', '--attestation', 'none.txt'], 'cannot be read'],
	])('%j could not run, and says what to give', async (words, why) => {
		const ran = await matokeo('bundle', dir, ...words, '--out', join(place, 'never.zip'));
		expect([ran.code, ran.stdout]).toEqual([2, '']);
		expect(ran.stderr).toContain(why);
		expect(existsSync(join(place, 'never.zip'))).toBe(false);
	});

	it('does not bundle what does not verify', async () => {
		const bad = copyOf(of);
		const [results = ''] = [...of.election.contests.keys()];
		const file = join(bad, 'public', 'results', `${results}.json`);
		writeFileSync(file, readFileSync(file, 'utf8').replace('"due":', '"due":9'));
		const words = ['bundle', bad, '--station', stationId(3), '--out', join(place, 'bad.zip')];
		const ran = await matokeo(...words);
		expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining('--as-it-is')]);
		expect((await matokeo(...words, '--as-it-is')).stdout).toContain('THE LOG DOES NOT VERIFY');
	});
});

describe('matokeo attest and verifier', () => {
	it('an attestation goes into a bundle and comes out as the signer’s word', async () => {
		const { entries } = { entries: readFileSync(join(unpacked(zip), 'bundle.json'), 'utf8') };
		const capture = /"id":"([0-9a-f]{64})","index":[0-9]+,"type":"form\/capture"/.exec(entries)?.[1] ?? '';
		const note = /"index":([0-9]+),"type":"form\/capture"/.exec(entries)?.[1] ?? '';
		const by =
			/"by":\["([^"]+)"\]/.exec(readFileSync(join(unpacked(zip), `statements/${note}.note`), 'utf8'))?.[1] ?? '';
		expect(rehearsalKey(nativeSuite(), of.election.id, by).name).toBe(by);
		const words = ['attest', '--capture', capture, '--package', join(dir, 'public', 'package'), '--rehearsal-key', by];
		const lacking = await matokeo(...words, '--out', join(place, 'a.txt'));
		expect([lacking.code, lacking.stderr]).toEqual([2, expect.stringContaining('--particular "device=…"')]);
		const rest = ['capacity', 'device', 'taken', 'kept'].flatMap((id) => ['--particular', `${id}=in a rehearsal`]);
		const full = [...words, '--out', join(place, 'a.txt'), '--name', 'Nobody', '--language', 'es', ...rest];
		expect(await matokeo(...full)).toMatchObject({
			code: 0,
			stdout: expect.stringContaining('Nombre completo: Nobody'),
		});
		const attested = join(place, 'attested.zip');
		await matokeo('bundle', dir, '--station', stationId(3), '--attestation', join(place, 'a.txt'), '--out', attested);
		const seen = await matokeo('verify', '--bundle', attested);
		expect(seen.stdout).toContain('Nombre completo: Nobody   [the signer’s own word]');
	});

	it('writes the verifier as one file, the one that is in a bundle, and tells its digest', async () => {
		const path = join(place, 'mine.mjs');
		const { sha256 } = JSON.parse((await matokeo('verifier', '--out', path, '--json')).stdout);
		expect(nativeSuite().sha256Hex(readFileSync(path))).toBe(sha256);
		expect(readFileSync(join(unpacked(zip), 'README.txt'), 'utf8')).toContain(sha256);
		expect((await matokeo('verifier', '--out', path)).code).toBe(2);
	});
});

describe('a newcomer with the zip, its README and Node', () => {
	it('checks it by the commands that stand there, and is told what each says', () => {
		const here = unpacked(zip);
		const readme = readFileSync(join(here, 'README.txt'), 'utf8');
		const [english = ''] = readme.split(`PAQUETE DE PRUEBAS`);
		const commands = [...english.matchAll(/^ {5}node (verify\.mjs .*)$/gm)].map(([, words = '']) => words.split(' '));
		expect(commands).toEqual([
			['verify.mjs', '.'],
			['verify.mjs', '.', '--anchor', 'DIGEST'],
		]);
		const ran = commands.map((words) => {
			const typed = words.map((word) => word.replace('DIGEST', of.election.digest));
			const { status, stdout, stderr } = spawnSync(process.execPath, typed, { cwd: here, env: {}, encoding: 'utf8' });
			return { code: status, says: stdout.split(':')[0], err: stderr };
		});
		expect(ran).toEqual([
			{ code: 0, says: 'CONSISTENT; AUTHORITY NOT ESTABLISHED', err: '' },
			{ code: 0, says: 'VERIFIED', err: '' },
		]);
		for (const { says } of ran) expect(english).toContain(`"${says}"`);
		const whole = readme.match(/^ {5}node verify\.mjs .*$/gm) ?? [];
		expect(new Set(whole).size).toBe(2);
		for (const said of [...new Set(whole), 'sha256sum', 'shasum -a 256', 'certutil', 'matokeo verify --bundle'])
			expect([said, readme.split(said).length - 1]).toEqual([said, 3 + (said === '     node verify.mjs .' ? 3 : 0)]);
		// What the README makes people do there fails nothing: a verifier of their own, the zip, a report that is kept.
		writeFileSync(join(here, 'trusted.mjs'), readFileSync(join(here, 'verify.mjs')));
		for (const file of ['the bundle.zip', 'report.txt', '.DS_Store']) writeFileSync(join(here, file), 'x');
		const words = ['trusted.mjs', '.', '--anchor', of.election.digest];
		const trusted = spawnSync(process.execPath, words, { cwd: here, env: {}, encoding: 'utf8' });
		expect([trusted.status, trusted.stdout]).toEqual([
			0,
			expect.stringContaining('report.txt, the bundle.zip, trusted.mjs: in the'),
		]);
		const page = /^Open (\S+) with a browser/m.exec(english)?.[1] ?? '';
		const html = readFileSync(join(here, page), 'utf8');
		const beside = [...html.matchAll(/<(?:link|img)[^>]* (?:href|src)="([^"]+)"/g)].map(([, way = '']) => way);
		expect(beside.length).toBeGreaterThan(2);
		for (const way of beside.filter((one) => !/\.(html|atom)$/.test(one)))
			expect([way, existsSync(join(here, page, '..', way))]).toEqual([way, true]);
	});

	it.skipIf(!existsSync('/usr/bin/unzip'))('and a common program unpacks it to the same files (needs unzip)', () => {
		const into = mkdtempSync(join(place, 'unzipped-'));
		expect(spawnSync('/usr/bin/unzip', ['-q', zip, '-d', into]).status).toBe(0);
		const { status } = spawnSync(process.execPath, ['verify.mjs', '.', '--anchor', of.election.digest], {
			cwd: into,
			env: {},
		});
		expect(status).toBe(0);
	});
});
