/** What could be done about certificates, declarations, objections and orders (SECURITY.md, O22–O24, P8, R7, A6–A10, Y8, Y9, J1, J2): each done on the log of the lawful election, what reveals it, and what nothing reveals. */
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { tracedTexts } from '@matokeo/verifier/proceedings/trace.ts';
import { reportText } from '@matokeo/verifier/report/text.ts';
import { certified, counted, declared, type LawfulLog } from '@matokeo/verifier/testing/lawfulLog.ts';
import * as speech from '@matokeo/verifier/testing/lawfulSpeech.ts';
import { presidentOf, problemsOf, verified } from '@matokeo/verifier/testing/lawfulVerified.ts';
import { publish, removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { presidential, START, suite } from '@matokeo/verifier/testing/smallLog.ts';
import { verifyFolder } from '@matokeo/verifier/verify.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { rewrite } from './lib/played.ts';

afterAll(removeFolders);

const DAY = 86_400;
const DOCUMENT = utf8Encode(`${'c3'.repeat(32)}\nThe election is annulled.\n`);
const NAMED = suite.sha256Hex(DOCUMENT);

const petition: speech.Unsaid = {
	type: 'objection/lodge',
	contest: 'president',
	ground: 'petition',
	target: { kind: 'contest' },
};
const refused = (say: () => unknown, rule: string): void => expect(say).toThrow(new RegExp(`^${rule}: `));
const objectionsOf = async (log: LawfulLog) => presidentOf(await verified(log))?.objections.list ?? [];

describe('whoever runs the server', () => {
	it('O22 keeps a filing waiting: not provable where no witness was asked, late where they were; when it was handed over nothing shows', async () => {
		const quiet = declared();
		quiet.tick(8 * DAY);
		quiet.say(petition, speech.PARTY_MOON);
		quiet.tick(9 * DAY);
		quiet.witnessed(9 * DAY + 5);
		expect((await objectionsOf(quiet))[0]?.lodged.clocks).toMatchObject([{ provable: 'not-provable', by_log: 'late' }]);
		const watched = declared();
		watched.tick(8 * DAY);
		watched.witnessed(8 * DAY + 5);
		watched.say(petition, speech.PARTY_MOON);
		watched.tick(9 * DAY);
		watched.witnessed(9 * DAY + 5);
		expect((await objectionsOf(watched))[0]?.lodged.clocks).toMatchObject([{ provable: 'late' }]);
		refused(() => watched.tick(6 * DAY), 'S24');
	});

	it('O23 lets in false certificates and declarations, and publishes declared figures that nobody declared: each is named with both numbers', async () => {
		const log = certified();
		const body = speech.declaration(log.of, log.rows);
		const note = log.force(log.speak({ ...body, totals: { ...body.totals, benta: 470 } }, ...speech.CHAIRS));
		const [problem, ...more] = problemsOf(await verified(log));
		expect([problem?.statement, problem?.rule, more]).toEqual([note.id, 'S43', []]);
		expect(problem?.came).toContain('the stations give 740 (−270: ');
		const sound = declared();
		const { dir } = publish(sound.notes, { election: sound.of, files: sound.files });
		rewrite(`${dir}/results/president.json`, /(?<before>"declared":\{.*?"alba":)1360/, '$<before>1630');
		const report = await verifyFolder(dir, { workers: 0 });
		const found = report.ok ? problemsOf(report.value) : [];
		expect(found).toMatchObject([{ check: 'results', expected: 'results.declared.votes.alba 1360' }]);
	});

	it('O24 hands out a paper with other numbers: whoever holds its text against the log is told line and slip; the paper alone shows nothing', async () => {
		const log = declared();
		const contest = log.of.election.contests.get('president');
		const mark = log.rows.get('mark', log.rows.get('act', log.declaration.id)?.mark ?? '');
		if (contest === undefined || mark === undefined) throw new Error('it is declared on a mark');
		const [text] = tracedTexts(log.of.election, contest, mark);
		const brought = (bytes: string) => verified(log, { declaration: { kind: 'text', bytes: utf8Encode(bytes) } });
		expect((await brought(text?.text ?? '')).verdict).toBe('verified');
		const report = await brought((text?.text ?? '').replace('| 1360 |', '| 1630 |'));
		expect(problemsOf(report)).toMatchObject([{ check: 'declaration', statement: log.declaration.id }]);
		expect(problemsOf(report)[0]?.came).toContain('two digits side by side are exchanged');
	});
});

describe('officers', () => {
	const original = (reading: string, differs: readonly string[]): speech.Unsaid => ({
		type: 'form/original',
		contest: 'president',
		custody: { from: 'courier', seal: 'intact' },
		differs,
		poll: 1,
		reading,
		station: '001',
	});

	it('P8 says that a paper agrees when it does not: the next who sees it opens a difference that stays; the paper itself nothing shows', async () => {
		const log = counted();
		const reading = log.rows.get('return', 'president|001|1')?.captures[0]?.accepted?.reading ?? '';
		log.say(original(reading, []), 'receiving/1');
		expect((await verified(log)).contests['president']).toMatchObject({
			discrepant: 0,
			stages: { inspected: { stations: 1 } },
		});
		log.say(original(reading, ['alba']), 'receiving/1');
		const report = await verified(log);
		expect(report.contests['president']).toMatchObject({ discrepant: 1, stages: { inspected: { stations: 0 } } });
		expect(log.rows.get('return', 'president|001|1')?.originals).toHaveLength(2);
	});

	it('R7 enters a paper filing with a day of its own: it stands under the registry’s name beside what witnesses say; the true day nothing shows', async () => {
		const log = declared();
		log.tick(9 * DAY);
		log.witnessed(9 * DAY + 5);
		const behalf = { office: 'voter', received: START + 2 * DAY } as const;
		log.say({ ...petition, behalf }, 'registrar/1');
		log.tick(10 * DAY);
		log.witnessed(10 * DAY + 5);
		const [filed] = await objectionsOf(log);
		expect(filed).toMatchObject({ by: 'registrar/1', standing: true });
		expect(filed?.lodged.clocks).toMatchObject([{ clock: 'petition', provable: 'late' }]);
		refused(() => log.say({ ...petition, behalf }, speech.PARTY_SUN), 'S39');
	});

	it('A6 certifies or declares other figures, another outcome, an earlier mark, or leaves open what is open: refused, with the condition', () => {
		const log = counted('official', ['005']);
		const early = log.mark('north');
		log.returned('005', presidential(100, 80, 15, 0));
		log.mark('north');
		log.mark('south');
		log.tick(110);
		log.witnessed(115);
		const north = speech.certificate(log.of, log.rows, 'north');
		const old = log.rows.get('mark', early.id);
		const attempts: readonly speech.Unsaid[] = [
			{ ...north, totals: { ...north.totals, alba: 0 } },
			{ ...north, mark: early.id, list: old?.list ?? '' },
			{ ...north, list: 'ab'.repeat(32) },
			{ ...north, number: 2 },
		];
		for (const attempt of attempts) refused(() => log.say(attempt, 'ro/north'), 'S43');
		log.say(north, 'ro/north');
		log.mark('land');
		log.tick(120);
		log.witnessed(125);
		const { proceed: _named, ...unnamed } = speech.declaration(log.of, log.rows);
		refused(() => log.say(unnamed, ...speech.CHAIRS), 'S43');
		refused(
			() => log.say({ ...speech.declaration(log.of, log.rows), outcome: { kind: 'nobody' } }, ...speech.CHAIRS),
			'S43',
		);
	});

	it('A7 certifies early: what was missing is named for good, and what comes later stands beside it; why it was early nothing shows', async () => {
		const log = declared('official', ['005']);
		const [mark] = [log.rows.get('act', log.declaration.id)?.mark ?? ''];
		expect(log.rows.get('sheet', mark)?.text).toContain('"station":"005"');
		log.returned('005', presidential(100, 80, 15, 0));
		const report = await verified(log);
		expect(presidentOf(report)?.declaration).toMatchObject({
			proceed: { missing: 'deadline' },
			since: [{ field: 'alba' }, { field: 'benta' }, { field: 'chidi' }],
		});
		expect(reportText(report)).toContain('alba 1,260, now 1,360');
	});

	it('A8 goes on by naming a rule: everybody reads which, for how many; whether it permits that nothing shows', async () => {
		const report = await verified(declared('official', ['005']));
		expect(report.verdict).toBe('verified');
		expect(reportText(report)).toContain('open and named: missing by rule "deadline"');
		const log = certified('official', ['005']);
		refused(() => log.say(speech.declaration(log.of, log.rows, 'because'), ...speech.CHAIRS), 'S43');
	});

	it('A9 announces a result outside the log: a member records it with what it did not meet and the slips in it; without a record the log says nothing', async () => {
		const log = certified();
		expect(presidentOf(await verified(log))?.records).toEqual([]);
		const claimed = { totals: { alba: 1630, benta: 740, chidi: 170, rejected: 17 } };
		log.say({ type: 'result/record', claimed, contest: 'president', document: NAMED, when: START + 1 }, 'authority/3');
		const report = await verified(log);
		expect(presidentOf(report)?.records).toMatchObject([
			{ held: 'not held', differs: [{ field: 'alba', claimed: 1630 }] },
		]);
		expect(presidentOf(report)?.records[0]?.unmet).toContain('quorum');
		expect(reportText(report)).toContain('two digits side by side are exchanged');
	});

	it('A10 declares alone for all, or takes back another’s dissent: refused, and the dissent stays', async () => {
		const log = certified();
		refused(() => log.say(speech.declaration(log.of, log.rows), 'authority/1'), 'S10');
		const declaration = log.say(speech.declaration(log.of, log.rows), ...speech.CHAIRS);
		const dissent = {
			type: 'result/dissent',
			contest: 'president',
			of: declaration.id,
			reason: 'not-verified',
		} as const;
		refused(() => log.say(dissent, 'authority/2', 'authority/3'), 'S10');
		const own = log.say(dissent, 'authority/3');
		expect(presidentOf(await verified(log))?.dissents).toMatchObject([{ statement: own.id, by: ['authority/3'] }]);
	});
});

describe('parties', () => {
	it('Y8 objects without end, without standing: nothing is stopped, each is named, and none disputes a return', async () => {
		const log = counted();
		for (let n = 0; n < 20; n++) {
			const target = { kind: 'return', poll: 1, station: `00${1 + (n % 8)}` } as const;
			const evidence = [suite.sha256Hex(utf8Encode(`paper ${n}`))];
			log.say(
				{ type: 'objection/lodge', contest: 'president', ground: 'wrong-figures', target, evidence },
				n % 2 === 0 ? 'ro/1' : 'clerk/1',
			);
		}
		for (const area of ['north', 'south']) log.mark(area);
		log.tick(110);
		log.witnessed(115);
		for (const area of ['north', 'south']) log.say(speech.certificate(log.of, log.rows, area), `ro/${area}`);
		log.mark('land');
		log.tick(120);
		log.witnessed(125);
		log.say(speech.declaration(log.of, log.rows, 'no-effect'), ...speech.CHAIRS);
		const report = await verified(log);
		expect(presidentOf(report)?.objections.open).toBe(20);
		expect(presidentOf(report)?.declaration?.proceed).toEqual({ objections: 'no-effect' });
		expect(report.contests['president']?.disputed).toBe(0);
	});

	it('Y9 speaks for others, answers itself, or carries out its copy of an order: refused, or on file without effect', async () => {
		const log = declared();
		const behalf = { office: 'candidate', received: START } as const;
		refused(() => log.say({ ...petition, behalf }, speech.PARTY_SUN), 'S39');
		const own = log.say(petition, speech.PARTY_SUN);
		const answer = {
			type: 'objection/answer',
			objection: own.id,
			outcome: 'upheld',
			reason: 'founded',
			seen: own.id,
		} as const;
		refused(() => log.say(answer, speech.PARTY_SUN), 'S40');
		log.take(speech.order(log.speak, { kind: 'annul', contest: 'president' }, DOCUMENT, speech.PARTY_MOON));
		const shown = presidentOf(await verified(log));
		expect([shown?.annulled, shown?.orders[0]?.state]).toEqual([undefined, 'filed']);
	});
});

describe('courts', () => {
	it('J1 enters an order that the court never made: it stands under the keys that entered it; whether its document is genuine nothing shows', async () => {
		const log = declared();
		log.take(speech.order(log.speak, { kind: 'annul', contest: 'president' }, DOCUMENT, ...speech.CHAIRS));
		const report = await verified(log);
		expect(report.verdict).toBe('verified');
		expect(presidentOf(report)?.orders).toMatchObject([
			{ court: 'supreme-court', by: [...speech.CHAIRS], state: 'in-force' },
		]);
		refused(
			() => log.take(speech.order(log.speak, { kind: 'stay', contest: 'president' }, DOCUMENT, 'authority/1')),
			'S10',
		);
		refused(() => log.take(speech.order(log.speak, { kind: 'stay', contest: 'president' }, DOCUMENT, 'ro/1')), 'S10');
	});

	it('J2 annuls with a stolen key of the court: everybody sees the order and what it changed, and another order takes it back; who held the key nothing shows', async () => {
		const log = declared();
		const stolen = log.take(speech.order(log.speak, { kind: 'annul', contest: 'president' }, DOCUMENT));
		expect(presidentOf(await verified(log))).toMatchObject({
			annulled: stolen.id,
			declaration: { statement: log.declaration.id },
		});
		log.take(speech.order(log.speak, { kind: 'reinstate', order: stolen.id }, DOCUMENT));
		const shown = presidentOf(await verified(log));
		expect(shown?.annulled).toBeUndefined();
		expect(shown?.orders.map(({ order, until }) => [order.kind, until !== undefined])).toEqual([
			['reinstate', false],
			['annul', true],
		]);
	});
});
