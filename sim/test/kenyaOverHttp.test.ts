/**
 * The end of an election over the real routes: one county of Kenya 2017, its witnesses each a real one, its officers signed in for their marks. What is certified, declared and annulled is the same as in one process,
 * a witness that dies in between keeps nobody from it, and a stranger verifies the folder.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifierKey } from '@matokeo/core/log/keys.ts';
import { actsOf, contestRow, objectionsOf } from '@matokeo/core/rules/chains.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { coverageOf } from '@matokeo/core/rules/coverage.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { httpLog } from '@matokeo/rehearsal/http/httpLog.ts';
import { REALISTIC_LINES } from '@matokeo/rehearsal/http/lines.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { clockFrom } from '@matokeo/rehearsal/play/clock.ts';
import { rehearse } from '@matokeo/rehearsal/play/rehearse.ts';
import type { Happened } from '@matokeo/rehearsal/proceed/proceed.ts';
import { type OpenedServer, openServer } from '@matokeo/server/main/openServer.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { type OpenedWitness, openWitness } from '@matokeo/witness/witness/openWitness.ts';
import { afterEach, describe, expect, it } from 'vitest';
import { type KenyaPart, kenyaPart } from './lib/kenyaPart.ts';
import { matokeo } from './lib/matokeo.ts';

/** Marsabit: 384 stations in four constituencies; with the diaspora and the prisons, six. */
const COUNTY = 'county/010';
const CONTEST = 'president';
const WITNESSES = ['witness/court', 'witness/newsroom', 'witness/observers', 'witness/odm'] as const;
const START = 1_502_190_000;
const suite = nativeSuite();
const open: { readonly close: () => Promise<void> }[] = [];
const folders: string[] = [];

afterEach(async () => {
	for (const one of open.splice(0).toReversed()) await one.close();
	for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
});

function newFolder(): string {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-kenya-http-'));
	folders.push(dir);
	return dir;
}

async function witness({ election }: KenyaPart, name: string, clock: () => number): Promise<OpenedWitness> {
	const trust = trustOf(contextOf(suite, election));
	const { publicKey, sign } = rehearsalKey(suite, election.id, name);
	const opened = await openWitness({
		suite,
		signer: { key: verifierKey(suite, name, 4, publicKey), sign },
		logs: trust.logKeys.map((key) => ({ origin: trust.origin, key })),
		clock,
		runBy: 'a test',
		contact: 'nobody',
		port: 0,
		dir: newFolder(),
	});
	open.push(opened);
	return opened;
}

async function serve(part: KenyaPart, at: ReadonlyMap<string, string>, clock: () => number, dir: string) {
	const { name, keyId, sign } = rehearsalKey(suite, part.election.id, part.election.log.key.name);
	const { election, files: packageFiles } = part;
	const signer = { name, keyId, sign };
	const server: OpenedServer = await openServer({
		dir,
		suite,
		election,
		packageFiles,
		signer,
		clock,
		port: 0,
		pulseMs: 5,
		witnesses: at,
		sayWitnessedMs: 50,
	});
	open.push(server);
	return server;
}

describe('Kenya 2017, one county, over HTTP', () => {
	it('is certified, declared and annulled with real witnesses over the lines of election night, and verifies', async () => {
		const part = await kenyaPart([COUNTY]);
		const { election, forms: reports, story } = part;
		const clock = clockFrom(START);
		const dir = newFolder();
		const all = new Map<string, OpenedWitness>();
		for (const name of WITNESSES) all.set(name, await witness(part, name, clock.now));
		const addresses = new Map([...all].map(([name, { submission }]) => [name, submission]));
		const server = await serve(part, addresses, clock.now, dir);
		const log = httpLog(server.url, { suite, election, lines: { ...REALISTIC_LINES, seed: 'kenya' } });
		const plan = { suite, election, reports, forms: new Map(), seed: 'kenya', clerks: 7, misreads: 20, clock };
		const steps: Happened[] = [];
		const closings: Promise<void>[] = [];
		const happened = (one: Happened): void => {
			steps.push(one);
			const lost = all.get('witness/odm');
			const first = one.told.step.kind === 'collation' && steps.filter(isCollation).length === 1;
			if (first && lost !== undefined) closings.push(lost.close());
		};
		const played = await rehearse({ ...plan, story, watching: { happened } }, log);
		await Promise.all(closings);
		await log.audit();
		log.close();
		expect(log.ledger.faults()).toEqual({ count: 0, first: [] });
		expect(played.proceeded).toMatchObject({ marks: 7, certificates: 7, declarations: 1, orders: 1, objections: 6 });
		const rows = server.service.log.rows();
		const { declaration = '', annulled } = contestRow(rows, CONTEST);
		const mark = rows.get('mark', rows.get('act', declaration)?.mark ?? '');
		expect(mark?.outcome).toEqual({ kind: 'elected', candidate: 'kenyatta' });
		expect(mark?.counts.counted).toBe(reports.size);
		expect(coverageOf(contextOf(suite, election), rows, mark?.index ?? 0).met).toBe(true);
		expect(annulled).toBeDefined();
		expect([...objectionsOf(rows, CONTEST)].filter(({ row }) => row.state === 'open')).toEqual([]);
		await server.close();
		const ran = await matokeo('verify', join(dir, 'public'), '--anchor', election.digest);
		expect(ran.stdout.slice(0, 2000)).toMatch(/^VERIFIED/);
		expect(ran.stdout).toContain('ANNULLED');
	}, 120_000);

	it('goes on without its witnesses once the timeout of the package has passed, and names them', async () => {
		const part = await kenyaPart([COUNTY]);
		const { election, story } = part;
		const reports = new Map([...part.forms].slice(0, 20));
		const clock = clockFrom(START);
		const server = await serve(part, new Map(), clock.now, newFolder());
		const pass = () => clock.advance(election.proceedings.witnessTimeout ?? 0);
		const log = httpLog(server.url, { suite, election, silence: { afterMs: 0, pass } });
		const plan = { suite, election, reports, forms: new Map(), seed: 'kenya', clerks: 7, misreads: 0, clock };
		const collations = { steps: story.steps.filter(({ step }) => step.kind === 'collation').slice(0, 1) };
		const played = await rehearse({ ...plan, story: collations }, log);
		log.close();
		expect(played.proceeded).toMatchObject({ marks: 6, certificates: 6, declarations: 0 });
		const rows = server.service.log.rows();
		const certificates = [...actsOf(rows, CONTEST)];
		expect(certificates.map(({ row }) => row.kind)).toEqual(Array.from({ length: 6 }, () => 'certificate'));
		const note = server.record.note(certificates[0]?.row.index ?? 0);
		expect(Buffer.from(note ?? '').toString('utf8')).toContain('"unwitnessed":["witness/court"');
	}, 60_000);
});

function isCollation({ told }: Happened): boolean {
	return told.step.kind === 'collation';
}
