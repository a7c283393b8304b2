/**
 * A rehearsal over the real routes, over lines much worse than any country's: each ends as it should, the published totals are those of the same rehearsal in process, and playing it again
 * changes nothing.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadElection } from '@matokeo/core/election/package.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { type OpenedServer, openServer } from '@matokeo/server/main/openServer.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { httpLog } from '../../src/http/httpLog.ts';
import { type Lines, REALISTIC_LINES } from '../../src/http/lines.ts';
import { rehearseOverLines } from '../../src/http/overLines.ts';
import { rehearsalKey } from '../../src/keys.ts';
import { inProcess } from '../../src/play/inProcess.ts';
import { type Plan, rehearse } from '../../src/play/rehearse.ts';
import { readFigureTable } from '../../src/play/tables.ts';

const EXAMPLE = fileURLToPath(new URL('../../../../examples/bolivia-2019/', import.meta.url));
const FORMS = 60;
const START = 1_571_616_000;
const suite = nativeSuite();

/** Nearly everything happens to every second thing. */
const DREADFUL: Lines = {
	...REALISTIC_LINES,
	seed: 'dreadful',
	lostAnswers: 500,
	resends: 500,
	secondDevices: 300,
	wrongStations: 300,
	wrongClocks: 300,
	brokenUploads: 700,
	offline: 300,
	delayMsMost: 100,
	compression: 10,
};

let election: Election;
let packageFiles: ReadonlyMap<string, Uint8Array>;
let plan: Omit<Plan, 'clock' | 'variations'>;
const folders: string[] = [];
const servers: OpenedServer[] = [];

beforeAll(async () => {
	const folder = await readPackageFolder(join(EXAMPLE, 'package'));
	packageFiles = folder.files;
	const loaded = loadElection(suite, folder.files);
	if (!loaded.ok) throw new Error('the example has problems');
	election = loaded.value;
	const table = (file: string) => {
		const read = readFigureTable(election, file, readFileSync(join(EXAMPLE, file)));
		if (!read.ok) throw new Error('the example has problems');
		return read.value;
	};
	const reports = new Map([...table('reports.csv')].slice(0, FORMS));
	const forms = new Map([...table('forms.csv')].filter(([key]) => reports.has(key)));
	plan = { suite, election, reports, forms, seed: 'test', clerks: 7, misreads: 100 };
});
afterEach(async () => {
	for (const server of servers.splice(0)) await server.close();
});
afterAll(() => {
	for (const dir of folders) rmSync(dir, { recursive: true, force: true });
});

function newFolder(): string {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-http-'));
	folders.push(dir);
	return dir;
}

function logParts(dir: string) {
	const { name, keyId, sign } = rehearsalKey(suite, election.id, election.log.key.name);
	return { dir, suite, election, packageFiles, signer: { name, keyId, sign }, clock: () => START };
}

async function serve(dir: string): Promise<OpenedServer> {
	const server = await openServer({ ...logParts(dir), port: 0, pulseMs: 5 });
	servers.push(server);
	return server;
}

/** Everything in the published results but the size and root at which they stand. */
function totals(dir: string): unknown {
	const results: Record<string, unknown> = JSON.parse(readFileSync(join(dir, 'public/results/president.json'), 'utf8'));
	const { log: _log, ...rest } = results;
	return rest;
}

async function inThisProcess(): Promise<unknown> {
	const dir = newFolder();
	const log = openLog({ ...logParts(dir), store: openSqliteStore(join(dir, 'matokeo.sqlite')) });
	await rehearse({ ...plan, clock: { now: () => START, advance: () => undefined } }, inProcess(log));
	log.close();
	return totals(dir);
}

describe('a rehearsal over HTTP', () => {
	it('ends as it should over dreadful lines, with the totals of the same rehearsal in process', async () => {
		const dir = newFolder();
		const server = await serve(dir);
		const { sound, report, played } = await rehearseOverLines(server.url, DREADFUL, plan);
		expect(report).toContain('Each ended as it should.');
		expect(sound).toBe(true);
		expect(played.captures).toBe(FORMS);
		for (const happened of [
			/sent again after its receipt/,
			/refused as it must be/,
			/broken off and resumed/,
			/a day off/,
		])
			expect(report).toMatch(happened);
		await server.close();
		expect(totals(dir)).toEqual(await inThisProcess());
	});

	it('ends as it should in batches, and a second time finds everything in the log from before', async () => {
		const dir = newFolder();
		const server = await serve(dir);
		const clock = { now: () => START, advance: () => undefined };
		const first = httpLog(server.url, { suite, election });
		await rehearse({ ...plan, clock }, first);
		await first.audit();
		expect(first.ledger.faults()).toEqual({ count: 0, first: [] });
		const size = server.service.log.size();
		const again = httpLog(server.url, { suite, election });
		await rehearse({ ...plan, clock }, again);
		await again.audit();
		expect(again.ledger.faults()).toEqual({ count: 0, first: [] });
		expect(again.ledger.endings().get('receipt')).toBeUndefined();
		expect(server.service.log.size()).toBe(size);
		first.close();
		again.close();
	});
});
