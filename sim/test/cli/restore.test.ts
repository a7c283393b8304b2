/**
 * A server that has lost statements because an old copy of its whole folder was put back, and gets them again from a mirror's copy (D21): every statement that was acknowledged is there afterwards, and a copy that does not
 * verify, or is another history, changes nothing.
 */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openInFolder } from '@matokeo/cli/rehearsing/inFolder.ts';
import { clockFrom } from '@matokeo/rehearsal/play/clock.ts';
import { inProcess } from '@matokeo/rehearsal/play/inProcess.ts';
import { rehearse } from '@matokeo/rehearsal/play/rehearse.ts';
import { readFigureTable } from '@matokeo/rehearsal/play/tables.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { syntheticElection } from '../../src/synthetic/election.ts';
import { newFolder, removeFolders, stationId } from '../alterations/lib/rehearsed.ts';
import { matokeo } from '../lib/matokeo.ts';

const suite = nativeSuite();
const STATIONS = 12;
const HALF = 6;
const { files, election } = syntheticElection(suite, STATIONS, 1, { regions: 2, wardsPerRegion: 2 });
const rows = (more: number) =>
	Array.from({ length: STATIONS }, (_, n) => `${stationId(n)},700,${100 + n + more},90,80,10,5`);

/** Plays into a folder, six forms at a time; `halfway` is called between. */
async function play(dir: string, more: number, halfway: () => void = () => undefined): Promise<void> {
	const text = `station,registered,c1-1,c1-2,c1-3,c1-4,rejected\n${rows(more).join('\n')}\n`;
	const reports = readFigureTable(election, 'reports.csv', new TextEncoder().encode(text));
	if (!reports.ok) throw new Error('the table has problems');
	const clock = clockFrom(1_571_616_000);
	const prepared = {
		suite,
		election,
		packageFiles: files,
		reports: reports.value,
		forms: new Map(),
		story: { steps: [] },
	};
	const log = openInFolder(prepared, dir, clock);
	const pace = {
		size: () => HALF,
		before: async (done: number) => {
			if (done === HALF) halfway();
			return 'go' as const;
		},
	};
	await rehearse({ ...prepared, seed: 'restore', clock, clerks: 6, misreads: 0, pace }, inProcess(log));
	log.close();
}

const sizeIn = (dir: string) => Number(readFileSync(join(dir, 'public', 'checkpoint'), 'utf8').split('\n')[1]);

let whole = '';
let old = '';
let other = '';
const servers: Server[] = [];

beforeAll(async () => {
	whole = newFolder('whole');
	old = newFolder('old');
	other = newFolder('other');
	await play(whole, 0, () => cpSync(whole, old, { recursive: true }));
	await play(other, 1);
});
afterEach(() => {
	for (const server of servers.splice(0)) server.close();
});
afterAll(removeFolders);

/** The old copy, as it stands after somebody put it back. */
function restored(): string {
	const dir = newFolder('restored');
	cpSync(old, dir, { recursive: true });
	return dir;
}

function served(folder: string): Promise<string> {
	const server = createServer((request, response) => {
		const path = join(folder, new URL(request.url ?? '', 'http://x').pathname);
		if (existsSync(path)) response.end(readFileSync(path));
		else response.writeHead(404).end();
	});
	servers.push(server);
	return new Promise((resolve) => {
		server.listen(0, '127.0.0.1', () => {
			const address = server.address();
			resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`);
		});
	});
}

/** Path → digest of everything that is published or held, and the digest of all statements in the database. */
function everything(dir: string): ReadonlyMap<string, string> {
	const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
	const paths = entries.map((one) => join(one.parentPath, one.name)).filter((path) => !path.includes('.sqlite'));
	const database = new DatabaseSync(join(dir, 'matokeo.sqlite'), { readOnly: true });
	const notes = database.prepare('SELECT note FROM statement ORDER BY position').all();
	database.close();
	return new Map([
		...paths.map((path) => [path.slice(dir.length), suite.sha256Hex(readFileSync(path))] as const),
		['statements', suite.sha256Hex(new TextEncoder().encode(JSON.stringify(notes)))],
	]);
}

describe('D21 rebuild --from', () => {
	it('D21 brings back every statement from a mirror’s address, images and all, and the log goes on from there', async () => {
		const dir = restored();
		expect(sizeIn(dir)).toBeLessThan(sizeIn(whole));
		const { code, stdout } = await matokeo('rebuild', dir, '--from', await served(join(whole, 'public')));
		expect([code, stdout]).toEqual([0, expect.stringContaining(`from ${sizeIn(whole)} published statements`)]);
		expect(readFileSync(join(dir, 'public', 'checkpoint'), 'utf8')).toBe(
			readFileSync(join(whole, 'public', 'checkpoint'), 'utf8'),
		);
		const fsck = await matokeo('fsck', dir);
		expect([fsck.code, fsck.stdout]).toEqual([0, expect.any(String)]);
		const verify = await matokeo('verify', join(dir, 'public'), '--anchor', election.digest);
		expect(verify.code).toBe(0);
	});

	it('D21 takes a folder as well, and a new machine needs the printed digest', async () => {
		const dir = newFolder('new');
		const without = await matokeo('rebuild', dir, '--from', join(whole, 'public'));
		expect([without.code, without.stderr]).toEqual([2, expect.stringContaining('name its digest with --anchor')]);
		const { code } = await matokeo('rebuild', dir, '--from', join(whole, 'public'), '--anchor', election.digest);
		expect([code, sizeIn(dir)]).toEqual([0, sizeIn(whole)]);
	});

	it('D21 does not wait for an image that cannot be had: the statements come back, and the image is named', async () => {
		const dir = restored();
		const copy = newFolder('copy');
		cpSync(join(whole, 'public'), copy, { recursive: true });
		rmSync(join(dir, 'blob'), { recursive: true });
		rmSync(join(dir, 'public', 'blob'), { recursive: true });
		const [fan = ''] = readdirSync(join(copy, 'blob'));
		const [digest = ''] = readdirSync(join(copy, 'blob', fan));
		const bytes = readFileSync(join(copy, 'blob', fan, digest));
		writeFileSync(join(copy, 'blob', fan, digest), bytes.subarray(1));
		const { code, stdout } = await matokeo('rebuild', dir, '--from', copy);
		expect([code, stdout]).toEqual([0, expect.stringContaining('1 image that the log says it holds: not here')]);
		expect(existsSync(join(dir, 'public', 'blob', fan, digest))).toBe(false);
		const fsck = await matokeo('fsck', dir);
		expect([fsck.code, fsck.stdout]).toEqual([1, expect.stringContaining(digest)]);
	});

	it.each([
		['another history', () => join(other, 'public'), /SECURITY|contradict|exclude each other/],
		['an older copy than what was published here', () => join(old, 'public'), /cut off|does not verify/],
	])('D21 takes nothing of %s, and changes nothing', async (what, from, says) => {
		const dir = newFolder('kept');
		cpSync(what === 'another history' ? old : whole, dir, { recursive: true });
		const before = everything(dir);
		const { code, stdout, stderr } = await matokeo('rebuild', dir, '--from', from());
		expect(code).toBe(1);
		expect(stdout + stderr).toMatch(says);
		expect(everything(dir)).toEqual(before);
	});

	it('D21 refuses a source that cannot be reached, and another election’s digest', async () => {
		const dir = restored();
		const before = everything(dir);
		const nowhere = await matokeo('rebuild', dir, '--from', join(newFolder('empty'), 'nothing'));
		expect(nowhere.code).toBe(2);
		const foreign = await matokeo('rebuild', dir, '--from', join(whole, 'public'), '--anchor', 'ab'.repeat(32));
		expect([foreign.code, foreign.stderr]).toEqual([2, expect.stringContaining('another election')]);
		expect(everything(dir)).toEqual(before);
	});
});

describe('V52 verify --against, --save-evidence', () => {
	const held = (dir: string) => join(dir, 'public', 'checkpoint');
	const saved = () => join(newFolder('evidence'), 'found.evidence.json');

	it.each([
		['an older checkpoint of another history', () => old, 'does not begin with'],
		['a checkpoint of one size with another root', () => whole, 'two different records'],
	])(
		'V52 %s is saved as a file that proves it elsewhere, by the package that the reader knows',
		async (_what, from, says) => {
			const file = saved();
			const ran = await matokeo('verify', join(other, 'public'), '--against', held(from()), '--save-evidence', file);
			expect([ran.code, ran.stderr]).toEqual([1, expect.stringContaining(`Evidence: ${file}`)]);
			const judged = await matokeo('verify', '--evidence', file, '--anchor', election.digest);
			expect([judged.code, judged.stdout]).toEqual([1, expect.stringMatching(/^PROVED/)]);
			expect(judged.stdout).toContain(election.digest);
			expect(judged.stdout).toContain(says);
			const again = await matokeo('verify', join(other, 'public'), '--against', held(from()), '--save-evidence', file);
			expect(again.stderr).toContain('is there already');
		},
	);

	it('V52 an honest record and a damaged one leave no file, and the option needs --against', async () => {
		const file = saved();
		const honest = await matokeo('verify', join(whole, 'public'), '--against', held(old), '--save-evidence', file);
		const alone = await matokeo('verify', join(whole, 'public'), '--save-evidence', file);
		const dir = newFolder('damaged');
		cpSync(join(whole, 'public'), dir, { recursive: true });
		const bundles = readdirSync(join(dir, 'tile', 'entries'), { recursive: true, withFileTypes: true });
		const bundle = bundles.find((one) => one.isFile());
		const path = join(bundle?.parentPath ?? '', bundle?.name ?? '');
		writeFileSync(
			path,
			readFileSync(path).map((byte, i) => (i === 5_000 ? byte ^ 1 : byte)),
		);
		const damaged = await matokeo('verify', dir, '--against', held(old), '--save-evidence', file);
		expect([honest.code, alone.code, damaged.code, existsSync(file)]).toEqual([0, 2, 1, false]);
	});
});
