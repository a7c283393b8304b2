/**
 * A server through the command itself, as an operator runs one: a folder with nothing but a package, statements sent and answered, an election played through the routes, a vote altered in the
 * database while it runs and found, an orderly stop, a repair.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { syntheticElection } from '../../src/synthetic/election.ts';
import { newFolder, put, removeFolders, stationId } from '../alterations/lib/rehearsed.ts';
import { matokeo } from '../lib/matokeo.ts';
import { type Running, serving } from '../lib/server.ts';

const suite = nativeSuite();
const STATIONS = 12;
const HEADER = 'station,registered,c1-1,c1-2,c1-3,c1-4,rejected';
const { files, election } = syntheticElection(suite, STATIONS, 1, { regions: 2, wardsPerRegion: 2 });

let dir = '';
let given = '';
const running: Running[] = [];

beforeAll(() => {
	given = newFolder('tables');
	const rows = Array.from({ length: STATIONS }, (_, n) => `${stationId(n)},700,${100 + n},90,80,10,5`);
	put(given, 'reports.csv', `${[HEADER, ...rows].join('\n')}\n`);
});
afterEach(async () => {
	await Promise.all(running.splice(0).map((one) => one.stop('SIGKILL')));
});
afterAll(removeFolders);

function fresh(): string {
	dir = newFolder('serve');
	for (const [path, bytes] of files) put(dir, `package/${path}`, bytes);
	return dir;
}

async function serve(...more: readonly string[]): Promise<Running> {
	const one = await serving('serve', dir, '--port', '0', ...more);
	running.push(one);
	return one;
}

const packageDir = () => join(dir, 'package');
const play = (url: string) =>
	matokeo('rehearse', packageDir(), '--reports', join(given, 'reports.csv'), '--url', url, '--lines', 'perfect');

describe('matokeo serve', () => {
	it('opens an empty log in a folder that has only a package, says that it is a rehearsal, and stops in order', async () => {
		fresh();
		const server = await serve();
		const health = await fetch(`${server.url}/health`);
		expect([health.status, await health.json()]).toEqual([200, expect.objectContaining({ ready: true, size: 0 })]);
		const { code, stdout, stderr } = await server.stop();
		expect([code, stderr]).toEqual([0, expect.stringContaining('Stopped. Nothing acknowledged is lost.')]);
		for (const words of ['REHEARSAL', 'secret to nobody', election.digest, 'empty: the first statement opens it'])
			expect(stdout).toContain(words);
		expect(readdirSync(dir).filter((name) => name.endsWith('-wal'))).toEqual([]);
	});

	it('a statement is sent, acknowledged with a receipt that is kept, and the same again is the same entry', async () => {
		fresh();
		const server = await serve();
		const out = join(newFolder('notes'), 'open.note');
		const keys = ['--rehearsal-key', 'authority/1', '--rehearsal-key', 'authority/2'];
		const said = ['say', 'election/open', '--package', packageDir(), ...keys, '--set', `origin=${election.log.origin}`];
		const sent = await matokeo(...said, '--yes', '--out', out, '--send', server.url);
		expect([sent.code, sent.stdout]).toEqual([0, expect.stringContaining('It is in the log, at index 0')]);
		const again = await matokeo('say', '--in', out, '--package', packageDir(), '--send', server.url);
		expect(again.stdout).toContain('The same text was in the log before, at index 0');
		const against = await matokeo('verify', join(dir, 'public'), '--against', `${out}.tlog-proof`);
		expect(against.code).toBe(0);
		const figures = ['--set', 'contest=contest-1', '--set', `station=${stationId(1)}`, '--set', 'status=delayed'];
		const refused = await matokeo(
			'say',
			'station/status',
			'--package',
			packageDir(),
			'--rehearsal-key',
			'nobody',
			'--yes',
			...figures,
			'--set',
			'reason=assumption',
			'--out',
			`${out}2`,
			'--send',
			server.url,
		);
		expect([refused.code, refused.stdout]).toEqual([1, expect.stringMatching(/^Refused by rule S\d+/)]);
	});

	it('an election is played through the routes; a vote altered meanwhile is found by name, and repaired', async () => {
		fresh();
		const server = await serve();
		const played = await play(server.url);
		expect([played.code, played.stderr.includes('error')]).toEqual([0, false]);
		expect(played.stdout).toContain('Each ended as it should.');
		const clean = await matokeo('fsck', dir);
		expect([clean.code, clean.stdout]).toEqual([0, expect.stringContaining('No difference')]);

		const altered = await matokeo('tamper', dir, '--station', stationId(3), '--totals');
		expect([altered.code, altered.stdout]).toEqual([0, expect.stringContaining('103 → 102')]);
		const found = await matokeo('fsck', dir);
		expect([found.code, found.stdout]).toEqual([1, expect.stringContaining(`station ${stationId(3)}`)]);
		expect(existsSync(join(dir, `.fsck-${process.pid}`))).toBe(false);

		const early = await matokeo('rebuild', dir);
		expect([early.code, early.stderr]).toEqual([2, expect.stringContaining('stop the server')]);
		expect((await server.stop()).code).toBe(0);
		const verified = await matokeo('verify', join(dir, 'public'), '--anchor', election.digest);
		expect([verified.code, verified.stdout.slice(0, 8)]).toEqual([0, 'VERIFIED']);
		expect((await matokeo('rebuild', dir)).code).toBe(0);
		expect((await matokeo('fsck', dir)).code).toBe(0);
	});

	it('an altered total that a restarted server publishes is found by everybody who verifies', async () => {
		fresh();
		const first = await serve();
		expect((await play(first.url)).code).toBe(0);
		await first.stop();
		expect((await matokeo('tamper', dir, '--totals')).code).toBe(0);
		const second = await serve();
		const before = readFileSync(join(dir, 'public/results/contest-1.json'), 'utf8');
		const out = join(newFolder('notes'), 'delayed.note');
		const about = ['--set', 'contest=contest-1', '--set', `station=${stationId(5)}`, '--set', 'status=delayed'];
		const said = ['say', 'station/status', '--package', packageDir(), '--rehearsal-key', 'returning/001a', '--yes'];
		await matokeo(...said, ...about, '--set', 'reason=assumption', '--out', out, '--send', second.url);
		expect((await second.stop()).code).toBe(0);
		expect(readFileSync(join(dir, 'public/results/contest-1.json'), 'utf8')).not.toBe(before);
		const verified = await matokeo('verify', join(dir, 'public'), '--anchor', election.digest);
		expect([verified.code, verified.stdout]).toEqual([1, expect.stringContaining('results/contest-1.json')]);
	});
});

describe('matokeo serve, where it cannot run', () => {
	it('a port in use, an address that is not here, a folder that is none: told before anything is opened', async () => {
		fresh();
		const other = createServer();
		await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
		const address = other.address();
		const port = typeof address === 'object' && address !== null ? String(address.port) : '';
		const busy = await matokeo('serve', dir, '--port', port);
		other.close();
		expect([busy.code, busy.stderr]).toEqual([2, expect.stringContaining(`Port ${port} is in use`)]);
		expect(existsSync(join(dir, 'matokeo.sqlite'))).toBe(false);
		expect((await matokeo('serve', dir, '--host', '203.0.113.7')).stderr).toContain('has no address');
		expect((await matokeo('serve', newFolder('empty'))).stderr).toContain("is no server's folder");
		expect((await matokeo('serve', dir, '--port', '70000')).code).toBe(2);
	});

	it('a key that the package does not name, and a log whose database is gone', async () => {
		fresh();
		const key = join(newFolder('key'), 'log.key');
		put(dir, 'passphrase', 'a passphrase for a test\n');
		const secret = ['--passphrase-file', join(dir, 'passphrase')];
		expect((await matokeo('key', 'new', election.log.key.name, '--out', key, ...secret)).code).toBe(0);
		const wrong = await matokeo('serve', dir, '--port', '0', '--key', key, ...secret);
		expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('Name the right file')]);
		put(dir, 'public/checkpoint', 'a log was here\n');
		const lost = await matokeo('serve', dir, '--port', '0');
		expect([lost.code, lost.stderr]).toEqual([2, expect.stringContaining('matokeo rebuild')]);
	});
});
