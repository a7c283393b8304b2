/** What the verifier says of certificates, declarations, objections and orders (V80–V88): decided again, recomputed at every level, each number of a text traced, times as intervals, the word by mode and by anchor. */
import type { Mode } from '@matokeo/core/election/types.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { WITNESS_TIMEOUT } from '@matokeo/core/testing/lawfulElection.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { reportText } from '../src/report/text.ts';
import { verifyFolder } from '../src/verify.ts';
import { following, seedFolder, steps } from './support/following.ts';
import { certified, counted, declared } from './support/lawfulLog.ts';
import * as speech from './support/lawfulSpeech.ts';
import { presidentOf, problemsOf, verified } from './support/lawfulVerified.ts';
import { publish, removeFolders } from './support/publish.ts';
import { presidential } from './support/smallLog.ts';

afterAll(removeFolders);

describe('a sound declaration', () => {
	it('V82 V83 is verified, with its certificates, its numbers traced and its witnesses', async () => {
		const report = await verified(declared());
		expect(problemsOf(report)).toEqual([]);
		expect(report.verdict).toBe('verified');
		expect(presidentOf(report)?.steps).toEqual([
			{ level: 'nation', areas: 1, certified: 1 },
			{ level: 'region', areas: 2, certified: 2 },
		]);
		const { texts, differs, since, outcome } = presidentOf(report)?.declaration ?? {};
		expect(outcome).toEqual({ kind: 'elected', candidate: 'alba' });
		expect(texts).toMatchObject({ untraced: [], languages: { en: true, es: true, sw: true } });
		expect(texts?.numbers).toBeGreaterThan(60);
		expect([differs, since]).toEqual([[], []]);
		const text = reportText(report);
		expect(text).toContain('Stage: declared (number 1): alba has what is needed to be elected');
		expect(text).toMatch(/[0-9]+ numbers in the texts, all traced to the log/);
	});

	it.each<[Mode, boolean, string]>([
		['official', true, 'declared'],
		['official', false, 'consistent; authority not established'],
		['rehearsal', true, 'rehearsal'],
		['rehearsal', false, 'rehearsal'],
		['parallel', true, 'parallel count'],
		['parallel', false, 'parallel count'],
	])('V86 in an election of mode %s, anchor brought: %s, the word is %s', async (mode, anchored, word) => {
		const log = declared(mode);
		const { dir } = publish(log.notes, { election: log.of, files: log.files });
		const report = await verifyFolder(dir, { workers: 0, ...(anchored ? { anchor: log.of.election.digest } : {}) });
		if (!report.ok) throw new Error(report.error);
		const text = reportText(report.value);
		expect(report.value.words?.word).toBe(word);
		expect(text).toContain(`Stage: ${word} (number 1)`);
		if (word !== 'declared') expect(text).not.toMatch(/\bdeclared\b/i);
	});

	it('V83 traces shares also where an amendment voids the votes of a candidate: they are in no denominator', async () => {
		const log = counted();
		const change = {
			candidate: 'chidi',
			contest: 'president',
			kind: 'candidate',
			status: 'disqualified',
			votes: 'void',
		} as const;
		log.say({ type: 'election/amend', basis: 'court-order', change }, ...speech.CHAIRS);
		log.mark('land');
		log.tick(120);
		log.witnessed(125);
		log.say(speech.declaration(log.of, log.rows), ...speech.CHAIRS);
		const report = await verified(log, { declaration: { kind: 'id', id: 'president' } });
		expect(presidentOf(report)?.declaration?.texts.untraced).toEqual([]);
		const numbers = report.declaration?.numbers ?? [];
		expect(numbers).toContainEqual(expect.objectContaining({ text: '2100', of: 'denominator.valid', traced: true }));
		expect(numbers.filter(({ of }) => of === 'share.valid.chidi')).toEqual([]);
	});

	it('V82 keeps its figures when a form comes later, and says what is otherwise now', async () => {
		const log = declared('official', ['005']);
		log.returned('005', presidential(100, 80, 15, 0));
		const report = await verified(log);
		expect(report.verdict).toBe('verified');
		expect(presidentOf(report)?.declaration?.since).toEqual([
			{ field: 'alba', was: 1260, now: 1360 },
			{ field: 'benta', was: 660, now: 740 },
			{ field: 'chidi', was: 155, now: 170 },
		]);
		expect(reportText(report)).toContain('alba 1,260, now 1,360');
	});

	it('V82 says all three numbers where certificates below no longer add up to the stations', async () => {
		const log = counted('official');
		for (const area of ['north', 'south']) log.mark(area);
		log.witnessed(110);
		for (const area of ['north', 'south']) log.say(speech.certificate(log.of, log.rows, area), `ro/${area}`);
		const again = log.take(speech.capture(log.speak, '001', presidential(310, 90, 30, 5), ' again'));
		log.hold(speech.formImage('001', ' again'));
		const reads = ['clerk/3', 'clerk/4'].map((clerk) =>
			speech.reading(log.speak, again.id, clerk, presidential(310, 90, 30, 5)),
		);
		for (const read of reads) log.take(read);
		const openings = reads.map(({ opening }) => opening);
		const opened = log.say({ type: 'reading/open', capture: again.id, openings }, 'small.example/log');
		const decision = { kind: 'accept-reading', reading: reads[0]?.id ?? '' } as const;
		log.say({ type: 'form/ruling', contest: 'president', decision, poll: 1, seen: opened.id, station: '001' }, 'ro/1');
		log.mark('land');
		log.tick(120);
		log.witnessed(125);
		log.say(speech.declaration(log.of, log.rows), ...speech.CHAIRS);
		const report = await verified(log);
		expect(presidentOf(report)?.declaration?.differs).toEqual([
			{ field: 'alba', claimed: 1370, below: { votes: 1360, areas: 2, of: 2 }, stations: 1370 },
		]);
		expect(reportText(report)).toContain(
			'alba: 1,370 is in it, the certificates of 2 areas below add up to 1,360, the stations give 1,370',
		);
	});
});

describe('a log that is followed', () => {
	it('V63 V80 in any steps, with totals moved or added up afresh, marks, certificates and declarations are the same rows', async () => {
		const log = declared('official', ['005']);
		const forced = log.force(log.speak({ ...speech.certificate(log.of, log.rows, 'north'), number: 9 }, 'ro/north'));
		const options = { election: log.of, files: log.files };
		const { dir, checkpoint } = publish(log.notes, options);
		const whole = await following(dir);
		const once = await whole.advance(checkpoint);
		expect(once.kind === 'ok' && once.found.map(({ statement }) => statement)).toEqual([forced.id]);
		for (const observed of [true, false]) {
			const seed = seedFolder(log.notes, options);
			const one = await following(seed, observed ? { observe: () => undefined } : {});
			const sizes = [20, 41, 45, 50, log.notes.length];
			const found = await steps(seed, one, log.notes, sizes, options);
			expect(found.map(({ statement, rule }) => [statement, rule])).toEqual([[forced.id, 'S43']]);
			for (const table of ['mark', 'sheet', 'act', 'collation', 'contest', 'witnessing', 'witness'] as const)
				expect(new Map<string, unknown>(one.rows.entries(table))).toEqual(
					new Map<string, unknown>(whole.rows.entries(table)),
				);
		}
	});
});

describe('witnesses that were silent', () => {
	it('V82 are named in the report, with the rule by which the authority went on without them', async () => {
		const log = counted();
		for (const area of ['north', 'south']) log.mark(area);
		log.tick(110);
		log.witnessed(115);
		for (const area of ['north', 'south']) log.say(speech.certificate(log.of, log.rows, area), `ro/${area}`);
		log.mark('land');
		log.tick(120 + WITNESS_TIMEOUT);
		log.witnessed(720, ['witness/court']);
		const body = speech.declaration(log.of, log.rows);
		const unwitnessed = ['witness/moon', 'witness/news', 'witness/sun'];
		const proceed = { ...body.proceed, unwitnessed: 'deadline' };
		log.say({ ...body, proceed, unwitnessed }, ...speech.CHAIRS);
		const report = await verified(log);
		expect(report.verdict).toBe('verified');
		expect(presidentOf(report)?.declaration?.unwitnessed).toEqual(unwitnessed);
		expect(reportText(report)).toContain(
			'witnesses that were silent and are named: witness/moon, witness/news, witness/sun',
		);
	});
});

describe('what the operator lets in although the rules refuse it', () => {
	it('V81 a certificate of other totals is void: field, both numbers and what certificates below say are named', async () => {
		const log = certified();
		const body = speech.certificate(log.of, log.rows, 'land');
		const false2 = { ...body, totals: { ...body.totals, alba: 1460 } };
		const note = log.force(log.speak(false2, 'ro/1'));
		const [problem, ...more] = problemsOf(await verified(log));
		expect(more).toEqual([]);
		expect(problem).toMatchObject({
			check: 'rules',
			statement: note.id,
			contest: 'president',
			area: 'land',
			rule: 'S43',
		});
		expect(problem?.came).toContain(
			'alba: 1,460 is certified, the certificates of 2 areas below add up to 1,360, the stations give 1,360 (+100: 1-digit slip at the hundreds)',
		);
	});

	it('V81 a declaration that leaves a missing station unnamed, with a short quorum or another text, says each', async () => {
		const log = certified('official', ['005']);
		const body = speech.declaration(log.of, log.rows);
		const { proceed: _left, ...unnamed } = body;
		const short = log.force(log.speak(body, 'authority/1'));
		const hidden = log.force(
			log.speak({ ...unnamed, counts: { ...body.counts, missing: 0, due: 7 } }, ...speech.CHAIRS),
		);
		const other = log.force(log.speak({ ...body, texts: { ...body.texts, en: 'ab'.repeat(32) } }, ...speech.CHAIRS));
		const report = await verified(log);
		const [first, second, third] = problemsOf(report);
		expect([first?.statement, first?.rule]).toEqual([short.id, 'S10']);
		expect([second?.statement, second?.rule]).toEqual([hidden.id, 'S43']);
		expect(second?.came).toContain('missing is 1 at the mark and 0 here');
		expect(second?.came).toContain('1 missing stand open and no rule is named');
		expect([third?.statement, third?.rule]).toEqual([other.id, 'S43']);
		expect(third?.came).toContain('texts');
		expect(presidentOf(report)?.declaration).toBeUndefined();
		expect(report.words?.word).toBe('not established');
	});
});

describe('a text of a declaration', () => {
	const log = declared();
	let text = '';

	it('V83 by its contest: every number with where it comes from', async () => {
		const report = await verified(log, { declaration: { kind: 'id', id: 'president' } });
		const { numbers = [], statement } = report.declaration ?? {};
		expect(statement).toBe(log.declaration.id);
		expect(numbers.every(({ traced }) => traced)).toBe(true);
		expect(numbers).toContainEqual(expect.objectContaining({ text: '1360', of: 'totals.alba', traced: true }));
		expect(reportText(report)).toContain('totals.alba: field alba, added up over the 8 returns that count at the mark');
	});

	it('V83 from outside: the same, however a system ends lines', async () => {
		const { tracedTexts } = await import('../src/proceedings/trace.ts');
		const contest = log.of.election.contests.get('president');
		const mark = log.rows.get('mark', log.rows.get('act', log.declaration.id)?.mark ?? '');
		if (contest === undefined || mark === undefined) throw new Error('it is declared on a mark');
		text = tracedTexts(log.of.election, contest, mark)[0]?.text ?? '';
		for (const brought of [text, text.replaceAll('\n', '\r\n'), `\n${text}\n`]) {
			const report = await verified(log, { declaration: { kind: 'text', bytes: utf8Encode(brought) } });
			expect([report.verdict, report.declaration?.differs]).toEqual(['verified', []]);
		}
	});

	it('V83 from outside: lines that differ are named, and the slips in their numbers', async () => {
		const other = text.replace('| 1360 |', '| 1630 |').replace('1-digit', '');
		const report = await verified(log, {
			declaration: { kind: 'text', bytes: utf8Encode(`${other}One line more.\n`) },
		});
		expect(report.verdict).toBe('failed');
		const [first, second, ...more] = problemsOf(report);
		expect(more).toEqual([]);
		expect(first).toMatchObject({ check: 'declaration', contest: 'president', statement: log.declaration.id });
		expect(first?.came).toContain('1360 in the log, 1630 here (+270: two digits side by side are exchanged)');
		expect(second).toMatchObject({ expected: 'no such line', came: 'One line more.' });
	});

	it('V83 V86 a text that is the log’s word for word: what orders have made of the declaration is said with it', async () => {
		const ordered = declared();
		const court = (order: Parameters<typeof speech.order>[1], citation: string) =>
			ordered.take(speech.order(ordered.speak, order, utf8Encode(citation), 'court/supreme')).id;
		const brought = { declaration: { kind: 'text', bytes: utf8Encode(text) } } as const;
		const stayed = court({ kind: 'stay', contest: 'president' }, '1/2026');
		const replaced = court({ kind: 'replace-winner', contest: 'president', candidate: 'benta' }, '2/2026');
		const said = reportText(await verified(ordered, brought));
		expect(said).toContain(`in force; stayed by order ${stayed}; its winner replaced with benta by order ${replaced})`);
		const annulled = court({ kind: 'annul', contest: 'president' }, '3/2026');
		expect(reportText(await verified(ordered, brought))).toContain(`not in force; annulled by order ${annulled};`);
	});

	it('V83 asked of a log in which nothing is declared, it says so', async () => {
		const report = await verified(certified(), { declaration: { kind: 'id', id: 'president' } });
		expect(problemsOf(report)).toMatchObject([
			{ check: 'declaration', expected: 'a declaration president of this log' },
		]);
	});
});
