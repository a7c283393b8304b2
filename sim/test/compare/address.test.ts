/** `matokeo compare` with a log at an address: its own server and a static copy give the same comparison as the folder, a log that does not verify is compared with nothing, and the anchor is held against it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeServers, fileServer } from '@matokeo/verifier/testing/fileServer.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { copyOf, newFolder, put, type Rehearsed, rehearsed, removeFolders } from '../alterations/lib/rehearsed.ts';
import { matokeo } from '../lib/matokeo.ts';
import { type Running, serving } from '../lib/server.ts';

const CONTEST = 'contest-1';
let of: Rehearsed;
let table = '';
const running: Running[] = [];
beforeAll(async () => {
	of = await rehearsed(8);
	const folder = newFolder('table');
	put(folder, 'theirs.csv', tableOf(of));
	table = join(folder, 'theirs.csv');
});
afterEach(async () => {
	await Promise.all(running.splice(0).map((one) => one.stop('SIGKILL')));
	await closeServers();
});
afterAll(removeFolders);

/** Every station of the package with figures of our own, so that there is something of every kind to be said. */
function tableOf({ election }: Rehearsed): string {
	const fields = election.contests.get(CONTEST)?.fields.map(({ id }) => id) ?? [];
	const rows = [...election.stations.keys()].map((id, row) => [id, ...fields.map((_, at) => 10 + row + at)].join(','));
	return `${[['station', ...fields].join(','), ...rows].join('\n')}\n`;
}

async function compared(log: string, ...more: readonly string[]) {
	const ran = await matokeo('compare', table, log, '--contest', CONTEST, '--json', ...more);
	return { ...ran, report: JSON.parse(ran.stdout) };
}

describe('matokeo compare with an address', () => {
	it('K40 says of a server and of a static copy what it says of the folder', async () => {
		const dir = copyOf(of);
		const server = await serving('serve', dir, '--port', '0');
		running.push(server);
		const copy = await fileServer(() => join(dir, 'public'));
		const anchor = ['--anchor', of.election.digest];
		const [here, there, elsewhere] = [
			await compared(join(dir, 'public'), ...anchor),
			await compared(server.url, ...anchor),
			await compared(copy.url, ...anchor),
		];
		expect(here.stderr).toBe('');
		expect(here.report.matched).toBeGreaterThan(0);
		const essence = ({ report }: typeof here) => ({
			...report,
			b: { ...report.b, title: '' },
			sources: { ...report.sources, b: { ...report.sources.b, name: '' } },
		});
		expect(here.report.sources.b).toMatchObject({ kind: 'log', stage: 'verified', anchored: true });
		expect(essence(there)).toEqual(essence(here));
		expect(essence(elsewhere)).toEqual(essence(here));
	}, 60_000);

	it('K40 compares nothing with a log that does not verify, or that is of another package', async () => {
		const dir = copyOf(of);
		const other = await compared(join(dir, 'public'), '--anchor', 'a'.repeat(64));
		expect([other.code, other.report.error]).toEqual([2, expect.stringContaining('does not verify')]);
		const results = readFileSync(join(dir, `public/results/${CONTEST}.json`), 'utf8');
		put(dir, `public/results/${CONTEST}.json`, results.replace(/"c1-1":[0-9]+/, '"c1-1":1'));
		const copy = await fileServer(() => join(dir, 'public'));
		const changed = await compared(copy.url);
		expect([changed.code, changed.report.error]).toEqual([
			2,
			expect.stringContaining('does not verify, so nothing is made from it'),
		]);
	}, 60_000);
});
