/** What the verifier says of what is filed (V34, V76, V84–V87): records outside the gate, objections with their clocks, orders, notices, and the files that they name. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { judgeEvidence } from '../src/evidence/judge.ts';
import { reportText } from '../src/report/text.ts';
import { verifyFolder } from '../src/verify.ts';
import { accused, entryOf, judged } from './support/evidence.ts';
import { certified, declared } from './support/lawfulLog.ts';
import * as speech from './support/lawfulSpeech.ts';
import { presidentOf, problemsOf, verified } from './support/lawfulVerified.ts';
import { blobPath, publish, put, removeFolders } from './support/publish.ts';
import { START, suite } from './support/smallLog.ts';

afterAll(removeFolders);

const TEXT = utf8Encode(`${'5a'.repeat(32)}\nThe forms of the North were not there.\n`);
/** A file is named first and held then: one that nobody has named is nobody's filing. */
const NAMED = suite.sha256Hex(TEXT);
const DAY = 86_400;

describe('a record of what was announced outside the gate', () => {
	it('V84 is told with the conditions it did not meet, and its typed figures with the slips in them', async () => {
		const log = certified();
		log.say(
			{
				type: 'result/record',
				claimed: {
					outcome: { kind: 'elected', candidate: 'alba' },
					totals: { alba: 1306, benta: 740, chidi: 270, rejected: 17 },
				},
				contest: 'president',
				document: NAMED,
				when: START + 140,
			},
			'authority/1',
		);
		log.hold(TEXT);
		const report = await verified(log);
		expect(report.verdict).toBe('verified');
		const [record] = presidentOf(report)?.records ?? [];
		expect(record?.unmet).toEqual(expect.arrayContaining(['quorum', 'mark']));
		expect(record).toMatchObject({ against: 'then', held: 'held', document: NAMED });
		const text = reportText(report);
		expect(text).toContain(
			'alba: 1,306 is claimed, the certificates of 2 areas below add up to 1,360, the stations give 1,360 (−54: two digits side by side are exchanged)',
		);
		expect(text).toContain(
			'chidi: 270 is claimed, the certificates of 2 areas below add up to 170, the stations give 170 (+100: 1-digit slip at the hundreds)',
		);
		expect(text).not.toContain('benta: 740 is claimed');
	});
});

describe('a record that names a mark of something else', () => {
	it('V84 is held to what stood then: figures of one region are not those of the contest', async () => {
		const log = certified();
		const mark = log.rows.get('collation', 'president|north')?.mark ?? '';
		const totals = speech.certificate(log.of, log.rows, 'north').totals;
		log.say(
			{ type: 'result/record', claimed: { totals }, contest: 'president', document: NAMED, mark, when: START + 140 },
			'authority/1',
		);
		const [record] = presidentOf(await verified(log))?.records ?? [];
		expect(record?.unmet).toEqual(expect.arrayContaining(['mark']));
		expect(record?.against).toBe('then');
		expect(record?.differs).toContainEqual(expect.objectContaining({ field: 'alba', claimed: totals['alba'] }));
	});
});

describe('objections and orders', () => {
	it('V85 tells each with who, ground, standing and times against the clocks of the law', async () => {
		const log = declared();
		const petition = log.say(
			{ type: 'objection/lodge', contest: 'president', ground: 'petition', target: { kind: 'contest' }, text: NAMED },
			speech.PARTY_MOON,
		);
		log.hold(TEXT);
		log.tick(3 * DAY);
		log.witnessed(3 * DAY + 5);
		log.tick(9 * DAY);
		log.witnessed(9 * DAY + 5);
		const late = log.say(
			{ type: 'objection/lodge', contest: 'president', ground: 'petition', target: { kind: 'contest' } },
			speech.PARTY_SUN,
		);
		log.say(
			{ type: 'objection/answer', objection: petition.id, outcome: 'upheld', reason: 'founded', seen: petition.id },
			'court/supreme',
		);
		log.tick(10 * DAY);
		log.witnessed(10 * DAY + 5);
		const judgment = log.take(speech.order(log.speak, { kind: 'annul', contest: 'president' }, TEXT));
		const report = await verified(log);
		expect(report.verdict).toBe('verified');
		const { objections, annulled, orders } = presidentOf(report) ?? {};
		expect(annulled).toBe(judgment.id);
		expect(orders?.map(({ statement, state }) => [statement, state])).toEqual([[judgment.id, 'in-force']]);
		expect(objections).toMatchObject({ open: 1, upheld: 1, referred: 0, dismissed: 0 });
		const [second, first] = objections?.list ?? [];
		expect(first).toMatchObject({ statement: petition.id, by: speech.PARTY_MOON, standing: true, state: 'upheld' });
		expect(first?.lodged.clocks).toMatchObject([{ clock: 'petition', provable: 'in-time', by_log: 'in-time' }]);
		expect(first?.answers[0]?.clocks).toMatchObject([{ clock: 'judgment', provable: 'in-time' }]);
		expect(second?.statement).toBe(late.id);
		expect(second?.lodged.clocks).toMatchObject([{ clock: 'petition', provable: 'late', by_log: 'late' }]);
		const words = reportText(report);
		expect(words).toContain(`ANNULLED by order ${judgment.id}`);
		expect(words).toContain('Stage: declared, and annulled since (number 1)');
		expect(words).toMatch(/clock petition: late \(by the log's own clock late; the time ended at/);
	});

	it('V85 says that nothing is provable where no quorum of witnesses has seen what lies around it', async () => {
		const log = declared();
		log.tick(6 * DAY);
		log.say(
			{ type: 'objection/lodge', contest: 'president', ground: 'petition', target: { kind: 'contest' } },
			speech.PARTY_MOON,
		);
		log.tick(8 * DAY);
		log.witnessed(8 * DAY + 5);
		const [petition] = presidentOf(await verified(log))?.objections.list ?? [];
		expect(petition?.lodged.clocks).toMatchObject([{ provable: 'not-provable', by_log: 'in-time' }]);
	});
});

describe('notices', () => {
	const incident = (to: number) => ({
		kind: 'incident' as const,
		attempted: 'sign-in',
		checks: [
			{ check: 'replay' as const, from: 0, to },
			{ check: 'results' as const, from: 0, to },
		],
		from: START,
		outcome: 'failed' as const,
		surface: 'server',
		touched: [],
	});

	it('V87 makes the checks again that are said to show that an attempt failed', async () => {
		const log = declared();
		log.say({ type: 'notice/file', notice: incident(log.notes.length) }, 'registrar/1');
		const report = await verified(log);
		expect(report.notices?.list[0]?.incident?.checks.map(({ found }) => found)).toEqual([
			'nothing wrong',
			'nothing wrong',
		]);
		expect(reportText(report)).toContain('bear it out as far as they go');
	});

	it('V87 does not bear out a failed attempt where what it names is wrong, and says where', async () => {
		const log = certified();
		const body = speech.certificate(log.of, log.rows, 'land');
		const forced = log.force(log.speak({ ...body, number: 7 }, 'ro/1'));
		log.say({ type: 'notice/file', notice: incident(log.notes.length) }, 'registrar/1');
		const report = await verified(log);
		const [replay, results] = report.notices?.list[0]?.incident?.checks ?? [];
		expect(replay).toMatchObject({ found: 'wrong', where: [`statement ${forced.id}`] });
		expect(results?.found).toBe('nothing wrong');
		expect(reportText(report)).toContain('This record does not bear that out');
	});

	it('V87 tells a pause that nobody has ended', async () => {
		const log = declared();
		const pause = log.say(
			{ type: 'notice/file', notice: { kind: 'pause', at: START, reason: 'maintenance', surface: 'portal' } },
			'registrar/1',
			'registrar/2',
		);
		expect(reportText(await verified(log))).toContain(`PAUSED by notice ${pause.id}`);
		log.say(
			{ type: 'notice/file', notice: { kind: 'resume', at: START, pause: pause.id, reason: 'over' } },
			'registrar/1',
			'registrar/2',
		);
		expect(reportText(await verified(log))).not.toContain('PAUSED');
	});
});

describe('files that filings name', () => {
	it('V34 a text that is held must be there, one that is withheld must not', async () => {
		const log = declared();
		log.say(
			{ type: 'objection/lodge', contest: 'president', ground: 'petition', target: { kind: 'contest' }, text: NAMED },
			speech.PARTY_MOON,
		);
		log.hold(TEXT);
		const { dir } = publish(log.notes, { election: log.of, files: log.files });
		const verdictIn = async (folder: string) => {
			const report = await verifyFolder(folder, { workers: 0 });
			if (!report.ok) throw new Error(report.error);
			return problemsOf(report.value).map(({ file, came }) => [file, came]);
		};
		expect(await verdictIn(dir)).toEqual([]);
		rmSync(join(dir, blobPath(NAMED)));
		expect(await verdictIn(dir)).toEqual([[blobPath(NAMED), 'no such file']]);
		log.say({ type: 'blob/withhold', reason: 'privacy', sha256: NAMED }, ...speech.CHAIRS);
		const withheld = publish(log.notes, { election: log.of, files: log.files });
		expect(await verdictIn(withheld.dir)).toEqual([]);
		put(withheld.dir, blobPath(NAMED), TEXT);
		expect(await verdictIn(withheld.dir)).toEqual([[blobPath(NAMED), 'the file itself']]);
	});
});

describe('V76 void statements of proceedings as evidence', () => {
	const log = certified('official', ['005']);
	const body = speech.declaration(log.of, log.rows);
	const { proceed: _rules, ...unnamed } = body;
	const why = { kind: 'void', rule: 'S43', why: 'somebody says so' } as const;
	const strength = (statement: speech.Unsaid, ...by: readonly string[]) =>
		judged({ ...why, entry: entryOf(log.speak(statement, ...by).bytes) });

	it.each<[string, speech.Unsaid]>([
		['counts that do not add up', { ...body, counts: { ...body.counts, due: 9 } }],
		['something open and no rule', unnamed],
		['a rule for what is not open', { ...body, proceed: { ...body.proceed, quarantined: 'deadline' } }],
		['number 1 that supersedes', { ...body, supersedes: { reason: 'late-return', statement: 'ab'.repeat(32) } }],
		['number 2 that supersedes nothing', { ...body, number: 2 }],
	])('V76 a declaration is proved void by itself: %s', (_what, statement) => {
		expect(strength(statement, ...speech.CHAIRS)).toMatchObject({ strength: 'proved' });
	});

	it('V76 one that could be true takes a replay', () => {
		expect(strength(body, ...speech.CHAIRS)).toMatchObject({ strength: 'signed' });
	});

	it('V76 with the package whose digest the reader brings, a declaration by fewer than its quorum is proved void', () => {
		const { election, files } = log.of;
		const text = (path: string) => Buffer.from(files.get(path) ?? []).toString();
		const excerpt = { manifest: text('manifest.sha256'), election: text('election.json') };
		const judgedBy = (anchor: string | undefined, ...by: readonly string[]) =>
			judgeEvidence(
				suite,
				{ ...accused, package: excerpt, ...why, entry: entryOf(log.speak(body, ...by).bytes) },
				anchor,
			).strength;
		expect(judgedBy(election.digest, 'authority/1')).toBe('proved');
		expect(judgedBy(election.digest, ...speech.CHAIRS)).toBe('signed');
		// Without the digest anybody could have written such a package.
		expect(judgedBy(undefined, 'authority/1')).toBe('signed');
	});

	it('V76 a failed attempt without checks, a pause by one, a referral to nobody', () => {
		const notice = {
			kind: 'incident',
			attempted: 'x',
			checks: [],
			from: 1,
			outcome: 'failed',
			surface: 'y',
			touched: [],
		} as const;
		expect(strength({ type: 'notice/file', notice }, 'registrar/1')).toMatchObject({ strength: 'proved' });
		const pause = { kind: 'pause', at: 1, reason: 'x', surface: 'y' } as const;
		expect(strength({ type: 'notice/file', notice: pause }, 'registrar/1')).toMatchObject({ strength: 'proved' });
		expect(strength({ type: 'notice/file', notice: pause }, 'registrar/1', 'registrar/2').strength).toBe('signed');
		const answer = {
			type: 'objection/answer',
			objection: 'ab'.repeat(32),
			reason: 'x',
			seen: 'ab'.repeat(32),
		} as const;
		expect(strength({ ...answer, outcome: 'referred' }, 'ro/1')).toMatchObject({ strength: 'proved' });
	});
});
