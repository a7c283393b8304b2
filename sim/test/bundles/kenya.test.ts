/**
 * Bundles out of a part of Kenya 2017 rehearsed to its end: an area, the nation, the declaration, an objection, a station whose original came late. What a bundle comes to is what the whole log comes to, certificate by certificate, from the statements in it alone.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { actsOf, contestRow, objectionsOf } from '@matokeo/core/rules/chains.ts';
import { sumsOf } from '@matokeo/core/rules/figures.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { returnOf, unitOf } from '@matokeo/core/rules/stations.ts';
import { returnViewOf } from '@matokeo/core/standings/returnView.ts';
import { bundleOf, looked } from '@matokeo/dossier/testing/bundles.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { clockFrom } from '@matokeo/rehearsal/play/clock.ts';
import { inProcess } from '@matokeo/rehearsal/play/inProcess.ts';
import { rehearse } from '@matokeo/rehearsal/play/rehearse.ts';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import type { Subject } from '@matokeo/verifier/bundle/manifest.ts';
import type { BundleReport } from '@matokeo/verifier/bundle/report.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KenyaPart, kenyaPart } from '../lib/kenyaPart.ts';

const CONTEST = 'president';
/** 8 August 2017, 14:00 in Nairobi. */
const START = 1_502_190_000;
const suite = nativeSuite();
const dir = mkdtempSync(join(tmpdir(), 'matokeo-kenya-bundles-'));

let part: KenyaPart;
let log: OpenedLog;
let rows: RowReader;

beforeAll(async () => {
	part = await kenyaPart(['county/005']);
	const { election, files, forms, story } = part;
	const { name, keyId, sign } = rehearsalKey(suite, election.id, election.log.key.name);
	const clock = clockFrom(START);
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'));
	const signer = { name, keyId, sign };
	log = openLog({ dir, suite, election, packageFiles: files, store, signer, clock: clock.now });
	const plan = { suite, election, reports: forms, forms: new Map(), seed: 'kenya', clerks: 20, misreads: 50, clock };
	await rehearse(
		{ ...plan, story, watching: { happened: () => undefined } },
		inProcess(log, { suite, election, clock }),
	);
	rows = log.rows();
}, 120_000);
afterAll(() => {
	log.close();
	rmSync(dir, { recursive: true, force: true });
	removeFolders();
});

async function bundled(subject: Subject): Promise<BundleReport> {
	const { path, made } = await bundleOf(join(dir, 'public'), subject);
	if (!made.ok) throw new Error(made.error);
	return looked(path, part.election.digest);
}

/** The return as the whole log has it. */
function whole(station: string) {
	const contest = part.election.contests.get(CONTEST);
	if (contest === undefined) throw new Error('no such contest');
	const unit = unitOf(rows, CONTEST, station);
	return returnViewOf(contest, unit, returnOf(rows, CONTEST, station, unit.poll), false);
}

describe('bundles of a rehearsed election', () => {
	it.each(['constituency/021', 'county/005', 'ke'])(
		'B33 every certificate inside %s follows from the statements in its bundle',
		async (area) => {
			const report = await bundled({ kind: 'area', area, contest: CONTEST });
			expect(report.verdict).toBe('verified');
			const inside = report.sums.filter((one) => one.recomputed !== 'no');
			expect(inside.length).toBeGreaterThan(0);
			expect(report.sums.filter(({ kind }) => kind === 'certificate')).toEqual(
				inside.filter(({ kind }) => kind === 'certificate'),
			);
			expect(new Set(inside.map(({ recomputed }) => recomputed))).toEqual(new Set(['same']));
			for (const { station, view } of report.returns) expect([station, view]).toEqual([station, whole(station)]);
			expect(report.returns.length).toBeGreaterThan(20);
		},
		120_000,
	);

	it('B5 the declaration, with its certificates, sheets and texts, and that totals are not added up there', async () => {
		const declaration = contestRow(rows, CONTEST).declaration ?? '';
		const report = await bundled({ kind: 'declaration', declaration });
		expect(report.verdict).toBe('verified');
		const [one] = report.sums.filter(({ kind }) => kind === 'declaration');
		const act = rows.get('act', declaration);
		const mark = rows.get('mark', act?.mark ?? '');
		const contest = part.election.contests.get(CONTEST);
		expect(one).toMatchObject({ statement: declaration, recomputed: 'no' });
		expect(one?.totals).toEqual(contest === undefined ? {} : sumsOf(contest, mark?.totals ?? []));
		const certificates = [...actsOf(rows, CONTEST)].filter(({ row }) => row.kind === 'certificate');
		expect(report.sums.filter(({ kind }) => kind === 'certificate')).toHaveLength(certificates.length);
		expect(report.statements.map(({ type }) => type)).toContain('authority/order');
	});

	it('B5 every objection, with its answers and what it is about', async () => {
		for (const { id, row } of objectionsOf(rows, CONTEST)) {
			const report = await bundled({ kind: 'objection', objection: id });
			expect([id, report.verdict]).toEqual([id, 'verified']);
			expect(report.statements.map((one) => one.id)).toContain(id);
			if (row.station === undefined) continue;
			expect(report.returns.find(({ station }) => station === row.station)?.view).toEqual(whole(row.station));
		}
	});

	it('B6 an original that came when the station was certified is late in a bundle too', async () => {
		const late = [...part.election.stations.keys()].filter((station) =>
			returnOf(rows, CONTEST, station, 1).originals?.some((one) => one.late === true),
		);
		expect(late.length).toBeGreaterThan(0);
		for (const station of late) {
			const report = await bundled({ kind: 'station', station, contest: CONTEST });
			expect(report.returns.map(({ view }) => view)).toEqual([whole(station)]);
		}
	});
});
