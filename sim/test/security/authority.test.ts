/** What a returning officer and the authority could do (SECURITY.md, A1–A5): they select among documents and never carry a number, and what they select is signed and shown. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST, makeManifest } from '@matokeo/core/election/manifest.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import type { Decision } from '@matokeo/core/record/statement.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { AUTHORITY } from '@matokeo/core/testing/smallElection.ts';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import { capture, openIn, packageFiles, say, suite } from '@matokeo/server/testing/world.ts';
import { afterAll, describe, expect, it } from 'vitest';
import {
	ANCHOR,
	answered,
	copyOf,
	enrolling,
	INFLATED,
	image,
	openedLog,
	PAPER,
	played,
	problemsOf,
	removeFolders,
	returned,
	rewrite,
	verify,
} from './lib/played.ts';

afterAll(removeFolders);

const row = (log: OpenedLog, station: string) => log.rows().get('return', `president|${station}|1`);

function ruling(log: OpenedLog, station: string, decision: Decision, ...signers: readonly string[]) {
	const seen = row(log, station)?.last ?? '';
	const by = signers.length === 0 ? ['ro/1'] : signers;
	return say({ type: 'form/ruling', contest: 'president', decision, poll: 1, seen, station }, ...by);
}

const QUARANTINE = { kind: 'quarantine', agents: 'notified', reason: 'overwritten', review: 1_900_100_000 } as const;

async function twoForms() {
	const { log, dir } = openedLog();
	for (const clerk of ['clerk/4', 'clerk/5']) log.append([enrolling(clerk, 'clerk').bytes]);
	const first = capture('001', image('001'), PAPER);
	const reads = await returned(log, first, '001');
	const second = capture('001', image('002'), INFLATED);
	const others = await returned(log, second, '002', INFLATED, ['clerk/4', 'clerk/5']);
	return { log, folder: join(dir, 'public'), reads, others };
}

describe('a returning officer', () => {
	it('A1 quarantines without cause, or chooses between two forms: shown beside the totals with the votes kept out, and a later ruling undoes it', async () => {
		const { log, folder, reads, others } = await twoForms();
		const total = () => log.rows().get('total', 'president|land');
		expect(total()?.verified[0]).toBe(50);
		const choice = ruling(log, '001', { kind: 'accept-reading', reading: others[0]?.id ?? '' });
		expect(answered(log, choice).kind).toBe('receipt');
		expect(Buffer.from(choice.bytes).toString()).toMatch(/"by":\["ro\/1"\].*"seen":"[0-9a-f]{64}"/);
		expect(total()?.verified[0]).toBe(90);
		expect(answered(log, ruling(log, '001', QUARANTINE)).kind).toBe('receipt');
		log.publishResults();
		const { quarantined, quarantine, stages, discrepant } = (await verify(folder)).contests['president'] ?? {};
		expect([quarantined, quarantine?.votes['alba'], stages?.verified.votes['alba'], discrepant]).toEqual([1, 90, 0, 1]);
		expect(answered(log, ruling(log, '001', { kind: 'release' }, 'ro/2')).kind).toBe('receipt');
		const back = ruling(log, '001', { kind: 'accept-reading', reading: reads[0]?.id ?? '' }, 'ro/2');
		expect(answered(log, back).kind).toBe('receipt');
		expect(total()?.verified[0]).toBe(50);
		log.close();
	});

	it('A2 disregards a return, or accepts as written, alone: refused, two sign, and two keys of one person are one', async () => {
		const { log } = openedLog();
		log.append([enrolling('ro/1b', 'returning-officer', 'holder-of-ro-1').bytes]);
		await returned(log, capture('001', image('001'), PAPER), '001');
		const broken = { ...PAPER, valid: 7 };
		await returned(log, capture('002', image('002'), broken), '002', broken);
		const disregard = { kind: 'disregard', ground: 'forged' } as const;
		const asWritten = { kind: 'accept-as-written' } as const;
		expect(answered(log, ruling(log, '001', disregard))).toMatchObject({ kind: 'refused', rule: 'S10' });
		expect(answered(log, ruling(log, '002', asWritten))).toMatchObject({ kind: 'refused', rule: 'S10' });
		const twice = ruling(log, '001', disregard, 'ro/1', 'ro/1b');
		expect(answered(log, twice)).toMatchObject({ kind: 'refused', rule: 'S10' });
		expect(answered(log, ruling(log, '001', disregard, 'ro/1', 'ro/2')).kind).toBe('receipt');
		expect(answered(log, ruling(log, '002', asWritten, 'ro/1', 'ro/2')).kind).toBe('receipt');
		log.close();
	});
});

describe('the authority', () => {
	const status = (state: 'cancelled' | 'postponed', ...by: readonly string[]) =>
		say({ type: 'station/status', contest: 'president', reason: 'flood', station: '006', status: state }, ...by);

	it('A3 changes the rules after the first form: no statement does, and another package is another election', async () => {
		const of = await played();
		const files = new Map(packageFiles);
		const text = Buffer.from(files.get('election.json') ?? []).toString();
		files.set('election.json', utf8Encode(text.replace('"gt": "1/2"', '"gt": "2/5"')));
		files.set(MANIFEST, makeManifest(suite, files).bytes);
		const other = loadElection(suite, files);
		if (!other.ok) throw new Error(JSON.stringify(other.error));
		const { dir, folder } = copyOf(of);
		expect(() => openIn(dir, { election: other.value, packageFiles: files })).toThrow('the database holds the log of');
		rewrite(join(folder, 'package/election.json'), '"gt": "1/2"', '"gt": "2/5"');
		expect(problemsOf(await verify(folder)).map(({ check }) => check)).toContain('anchor');
		writeFileSync(join(folder, 'package', MANIFEST), files.get(MANIFEST) ?? '');
		expect(problemsOf(await verify(folder))).toContainEqual(
			expect.objectContaining({ check: 'anchor', expected: expect.stringContaining(ANCHOR) }),
		);
		const { log } = openedLog();
		const change = { kind: 'rule', contest: 'president' } as unknown as never;
		const amend = say({ type: 'election/amend', basis: 'court-order', change }, AUTHORITY[0], AUTHORITY[1]);
		expect(answered(log, amend)).toMatchObject({ kind: 'refused', rule: 'S4' });
		log.close();
	});

	it('A4 as a quorum cancels, postpones, amends, withholds: signed, with a listed reason, and each station stands under its status', async () => {
		const { log, dir } = openedLog();
		await returned(log, capture('001', image('001'), PAPER), '001');
		const two = [AUTHORITY[0], AUTHORITY[1]];
		const withhold = { type: 'blob/withhold', reason: 'privacy', sha256: suite.sha256Hex(image('001')) } as const;
		const change = { kind: 'register', registered: 10, station: '007' } as const;
		const saying = [
			status('cancelled', ...two),
			say({ ...withhold }, ...two),
			say({ type: 'election/amend', basis: 'court-order', change }, ...two),
		];
		for (const said of saying) expect(answered(log, said).kind).toBe('receipt');
		for (const said of saying) expect(Buffer.from(said.bytes).toString()).toMatch(/"(reason|basis)":"/);
		const unlisted = say({ ...withhold, reason: 'because' }, ...two);
		expect(answered(log, unlisted).kind).toBe('refused');
		log.publishResults();
		log.close();
		const report = await verify(join(dir, 'public'));
		const { cancelled, due } = report.contests['president'] ?? {};
		expect([report.verdict, cancelled, due, report.blobs?.withheld]).toEqual(['verified', 1, 7, 1]);
	});

	it('A5 as one member of it, says what the quorum says: refused', () => {
		const { log } = openedLog();
		expect(answered(log, status('cancelled', AUTHORITY[0]))).toMatchObject({ kind: 'refused', rule: 'S10' });
		expect(answered(log, status('cancelled', AUTHORITY[0], 'registrar/1'))).toMatchObject({ kind: 'refused' });
		expect(answered(log, status('cancelled', AUTHORITY[0], AUTHORITY[2])).kind).toBe('receipt');
		log.close();
	});
});
