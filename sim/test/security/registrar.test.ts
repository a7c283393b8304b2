/** What a registrar could do (SECURITY.md, R1–R5): who may speak is itself said in the log, by two, before it counts. */
import { base64Encode } from '@matokeo/core/std/bytes.ts';
import { AUTHORITY, REGISTRARS } from '@matokeo/core/testing/smallElection.ts';
import { capture, enrolment, keyOf, opening, say } from '@matokeo/server/testing/world.ts';
import { removeFolders as removePublished } from '@matokeo/verifier/testing/publish.ts';
import { note, tick } from '@matokeo/verifier/testing/smallLog.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { answered, bodyOf, forged, image, openedLog, PAPER, problemsOf, removeFolders, verify } from './lib/played.ts';

afterAll(() => {
	removeFolders();
	removePublished();
});

const officer = (name: string, key = base64Encode(keyOf(name).publicKey)) =>
	({
		type: 'key/enrol',
		keys: [
			{
				holder: `holder-of-${name.replace('/', '-')}`,
				key,
				name,
				role: 'presiding-officer',
				scope: { station: '007' },
			},
		],
	}) as const;

const enrolling = (name: string, ...signers: readonly string[]) => say(officer(name), ...signers);
const revoking = say({ type: 'key/revoke', key: 'po/001', reason: 'lost' }, REGISTRARS[0], REGISTRARS[1]);

describe('a registrar', () => {
	it('R1 enrols a key alone: refused, two registrars sign', () => {
		const { log } = openedLog();
		expect(answered(log, enrolling('po/x', REGISTRARS[0]))).toMatchObject({ kind: 'refused', rule: 'S10' });
		expect(answered(log, enrolling('po/x', REGISTRARS[0], AUTHORITY[0]))).toMatchObject({ kind: 'refused' });
		expect(answered(log, enrolling('po/x', REGISTRARS[0], REGISTRARS[1])).kind).toBe('receipt');
		log.close();
	});

	it('R2 with a second registrar enrols people who are not officials: each is public before it acts; after the first form only the authority’s quorum does; who a pseudonym is, nothing tells', () => {
		const { log } = openedLog();
		const early = enrolling('po/x', REGISTRARS[0], REGISTRARS[1]);
		expect(answered(log, early).kind).toBe('receipt');
		const enrolled = log.rows().indexOf(early.id) ?? Number.MAX_SAFE_INTEGER;
		expect(Buffer.from(early.bytes).toString()).toMatch(
			/"holder":"holder-of-po-x".*"role":"presiding-officer","scope":\{"station":"007"\}/,
		);
		const acts = say(bodyOf('007'), 'po/x');
		const answer = answered(log, acts);
		expect(answer.kind === 'receipt' && answer.index > enrolled).toBe(true);
		expect(answered(log, enrolling('po/y', REGISTRARS[0], REGISTRARS[1]))).toMatchObject({
			kind: 'refused',
			rule: 'S10',
		});
		expect(answered(log, enrolling('po/y', AUTHORITY[0], AUTHORITY[1])).kind).toBe('receipt');
		log.close();
	});

	it('R3 enrols a key for what was said earlier: a key acts from its own index on, also where the log’s key puts it elsewhere', async () => {
		const { log } = openedLog();
		const acts = say(bodyOf('007'), 'po/x');
		const before = answered(log, acts);
		expect(before).toMatchObject({ kind: 'refused', rule: 'S6' });
		expect(answered(log, enrolling('po/x', REGISTRARS[0], REGISTRARS[1])).kind).toBe('receipt');
		log.close();
		const enrol = note('late', officer('po/x'), [REGISTRARS[0], REGISTRARS[1]]);
		const notes = [opening(), tick(0), enrolment(), note('early', bodyOf('007'), ['po/x']), enrol];
		expect(problemsOf(await verify(forged(notes).dir))).toEqual([
			expect.objectContaining({ rule: 'S6', index: 3, station: '007' }),
		]);
	});

	it('R4 revokes keys to silence officials: signed, with a reason of the package, and what was said before stays', () => {
		const { log } = openedLog();
		log.append([capture('001', image('001'), PAPER).bytes]);
		expect(answered(log, revoking).kind).toBe('receipt');
		expect(Buffer.from(revoking.bytes).toString()).toMatch(/"by":\["registrar\/1","registrar\/2"\].*"reason":"lost"/);
		const again = capture('001', image('other'), PAPER);
		expect(answered(log, again)).toMatchObject({ kind: 'refused', rule: 'S6' });
		expect(log.rows().get('return', 'president|001|1')?.captures).toHaveLength(1);
		const unlisted = say({ type: 'key/revoke', key: 'po/002', reason: 'disloyal' }, REGISTRARS[0], REGISTRARS[1]);
		expect(answered(log, unlisted)).toMatchObject({ kind: 'refused', rule: 'S23' });
		log.close();
	});

	it('R5 enrols a key for which anybody can make signatures, or one that is in use: refused', () => {
		const { log } = openedLog();
		const lowOrder = 'EOt8Os+yvtPg1quJv1o9av3dEXbOSBLjjZ/UhQWP2x8=';
		const two = [REGISTRARS[0], REGISTRARS[1]];
		for (const key of [base64Encode(new Uint8Array(32)), lowOrder, base64Encode(keyOf('clerk/1').publicKey)])
			expect(answered(log, say(officer('po/x', key), ...two))).toMatchObject({ kind: 'refused', rule: 'S22' });
		expect(answered(log, enrolling('clerk/1', ...two))).toMatchObject({ kind: 'refused', rule: 'S22' });
		expect(answered(log, enrolling('authority/1', ...two))).toMatchObject({ kind: 'refused', rule: 'S22' });
		log.close();
	});

	it('R6 puts a person’s name, or letters that only look alike, where a pseudonym stands: refused', () => {
		const { log } = openedLog();
		for (const name of ['clerk/Ada Lovelace', 'clеrk/1', 'clerk/1\u200b', 'clerk/１', 'x'.repeat(65)]) {
			const key = base64Encode(keyOf('po/x').publicKey);
			const body = { ...officer('po/x', key), keys: [{ ...officer('po/x', key).keys[0], name }] };
			expect(answered(log, say(body, REGISTRARS[0], REGISTRARS[1])), name).toMatchObject({
				kind: 'refused',
				rule: 'S4',
			});
			const held = { ...officer('po/x', key), keys: [{ ...officer('po/x', key).keys[0], holder: name }] };
			expect(answered(log, say(held, REGISTRARS[0], REGISTRARS[1])), name).toMatchObject({
				kind: 'refused',
				rule: 'S4',
			});
		}
		log.close();
	});
});
