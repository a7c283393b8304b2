/** What an officer of a polling station could do (SECURITY.md, P1–P7): the officer speaks with a true key, and the record shows what was said beside what the paper says. */
import { join } from 'node:path';
import { verifySignature } from '@matokeo/core/log/ed25519.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { CAPTURES_PER_HOLDER_MAX } from '@matokeo/core/record/limits.ts';
import { capture, keyOf, presidential, say, suite } from '@matokeo/server/testing/world.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
	answered,
	bodyOf,
	INFLATED,
	image,
	indexOf,
	NOTHING,
	openedLog,
	PAPER,
	type Played,
	played,
	removeFolders,
	returned,
	revealsNothing,
	verify,
} from './lib/played.ts';

let of: Played;
beforeAll(async () => {
	of = await played();
});
afterAll(removeFolders);

describe('an officer', () => {
	it('P1 sends figures that the paper does not bear out: the return is discrepant for good; a form that was false when it was signed, nothing reveals', async () => {
		const { log, dir } = openedLog();
		const [first] = await returned(log, of.forms['002'], '002');
		const row = () => log.rows().get('return', 'president|002|1');
		expect(row()?.differences).toHaveLength(1);
		const decision = { kind: 'accept-reading', reading: first?.id ?? '' } as const;
		const ruling = { type: 'form/ruling', contest: 'president', decision, poll: 1, station: '002' } as const;
		expect(answered(log, say({ ...ruling, seen: row()?.last ?? '' }, 'ro/1')).kind).toBe('receipt');
		expect([row()?.differences?.length, row()?.settled]).toEqual([1, 1]);
		const before = (await verify(of.folder)).contests['president'];
		expect([before?.discrepant, before?.discrepant_open]).toEqual([1, 1]);
		expect(before?.stages.reported.votes['alba']).toBeGreaterThan(before?.stages.verified.votes['alba'] ?? 0);
		const falsePaper = presidential(500, 1, 1, 0);
		await returned(log, capture('004', image('004'), falsePaper), '004', falsePaper);
		log.publishResults();
		log.close();
		const after = await verify(join(dir, 'public'));
		expect(revealsNothing(after)).toEqual(NOTHING);
		const { discrepant, discrepant_open, stages } = after.contests['president'] ?? {};
		expect([discrepant, discrepant_open, stages?.verified.votes['alba']]).toEqual([1, 0, 550]);
	});

	it('P2 sends a second form with other figures: both stay, the first counts until it is ruled', async () => {
		const { log } = openedLog();
		await returned(log, of.forms['001'], '001');
		const again = capture('001', Buffer.from('another paper'), INFLATED);
		expect(answered(log, again).kind).toBe('receipt');
		await log.hold([Buffer.from('another paper')]);
		log.announceHeld();
		const row = log.rows().get('return', 'president|001|1');
		expect(row?.captures.map(({ id }) => id)).toEqual([of.forms['001'].id, again.id]);
		expect([row?.selected, row?.differences?.length]).toEqual([undefined, 1]);
		const total = log.rows().get('total', 'president|land');
		expect(total?.verified[0]).toBe(50);
		log.close();
	});

	it('P3 captures for a station that is not the officer’s: refused (S10)', () => {
		const { log } = openedLog();
		expect(answered(log, say(bodyOf('002'), 'po/001'))).toMatchObject({ kind: 'refused', rule: 'S10' });
		expect(answered(log, say({ ...bodyOf('001'), contest: 'elsewhere' }, 'po/001'))).toMatchObject({ kind: 'refused' });
		log.close();
	});

	it('P4 sends figures and never a legible image: no form seen, in no total', async () => {
		const { contests, verdict } = await verify(of.folder);
		const { no_form_seen, stages } = contests['president'] ?? {};
		expect([verdict, no_form_seen, stages?.reported.stations]).toEqual(['verified', 1, 2]);
		expect(stages?.reported.votes['alba']).toBe(50 + 90);
	});

	it('P5 denies a statement: it is signed by the key that two registrars enrolled; who held the key, nothing tells', () => {
		const { bytes } = of.forms['001'];
		const leaf = parseLeaf(suite, bytes);
		if (!leaf.ok) throw new Error(leaf.error.why);
		const [signature] = leaf.value.signatures;
		const { publicKey } = keyOf('po/001');
		expect(verifySignature(suite, publicKey, leaf.value.text, signature?.signature ?? new Uint8Array())).toBe(true);
		const enrolment = of.notes.find(({ tag }) => tag === 'key/enrol');
		const enrolled = Buffer.from(enrolment?.bytes ?? []).toString();
		expect(enrolled).toContain(Buffer.from(publicKey).toString('base64'));
		expect(enrolled).toMatch(/"by":\["registrar\/1","registrar\/2"\]/);
		expect(indexOf(of, of.forms['001'])).toBeGreaterThan(of.notes.indexOf(enrolment ?? { tag: '', id: '', bytes }));
		const byAnotherHand = say(bodyOf('001'), 'po/001');
		expect(Buffer.from(byAnotherHand.bytes)).toEqual(Buffer.from(bytes));
	});

	it('P6 floods the own return: the holder’s captures of it are bounded, and other stations are unharmed', () => {
		const { log } = openedLog();
		const form = (i: number) => capture('001', image(`${i}`), PAPER).bytes;
		const answers = log.append(Array.from({ length: CAPTURES_PER_HOLDER_MAX + 1 }, (_, i) => form(i)));
		expect(answers.filter(({ kind }) => kind === 'receipt')).toHaveLength(CAPTURES_PER_HOLDER_MAX);
		expect(answers.at(-1)).toMatchObject({ kind: 'refused', rule: 'S27' });
		expect(CAPTURES_PER_HOLDER_MAX).toBe(32);
		expect(answered(log, of.forms['002']).kind).toBe('receipt');
		log.close();
	});

	it('P7 shows the image of another station as the own one: the same digest stands under both; that it is another’s, only whoever looks sees', async () => {
		const { log, dir } = openedLog();
		await returned(log, of.forms['001'], '001');
		const copied = capture('004', image('001'), PAPER);
		await returned(log, copied, '001');
		log.publishResults();
		log.close();
		const report = await verify(join(dir, 'public'));
		expect(revealsNothing(report)).toEqual(NOTHING);
		expect(report.contests['president']?.stages.verified.stations).toBe(2);
		const digest = suite.sha256Hex(image('001'));
		const naming = [of.forms['001'], copied].filter(({ bytes }) => Buffer.from(bytes).includes(digest));
		expect(naming).toHaveLength(2);
	});
});
