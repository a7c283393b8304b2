/** What a package says of certifying, declaring and objecting, as it is read (P72–P77); what is refused of it is in `vectors/package/refused/`. */
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/election/limits.ts';
import { loadElection } from '../../src/election/package.ts';
import { contextOf } from '../../src/rules/context.ts';
import { hexEncode } from '../../src/std/bytes.ts';
import { portableSuite } from '../../src/std/portable.ts';
import { COURT, lawfulElection, WITNESS_TIMEOUT } from '../support/lawfulElection.ts';
import { smallElection } from '../support/smallElection.ts';
import { refusedFiles } from './vectors.ts';

const { election, keys } = lawfulElection();

/** The lawful package with one place of `election.json` changed. */
function changed(find: string, instead: string) {
	const edits = [{ file: 'election.json', find, with: instead }];
	return loadElection(portableSuite, refusedFiles({ base: 'lawful', edits }));
}

function refusals(find: string, instead: string): readonly string[] {
	const loaded = changed(find, instead);
	return loaded.ok ? [] : loaded.error.map(({ rule, expected }) => `${rule} ${expected}`);
}

describe('collation and declaration', () => {
	it('P72 certificates from the top down, each with the stage that it counts', () => {
		const steps = [...election.contests.values()].map(({ collation }) => collation.map((step) => Object.values(step)));
		expect(steps).toEqual([
			[
				['nation', { en: 'Form C' }, 'verified'],
				['region', { en: 'Form B' }, 'verified'],
			],
			[
				['region', { en: 'Form F' }, 'inspected'],
				['district', { en: 'Form E' }, 'inspected'],
			],
		]);
	});

	it('P73 by a quorum, by the officer, by the chair', () => {
		const by = (id: string) => election.contests.get(id)?.declaration;
		expect(by('president')).toEqual({
			by: { kind: 'quorum', least: 2 },
			title: { en: 'Declaration of the result of the election of the President' },
			certificate: { en: 'Form D' },
			formula: { en: 'Under the law of the land we declare:' },
			openOutcome: 'refused',
			requires: 'verified',
			citation: 'assumption',
		});
		expect(by('council')).toMatchObject({ by: { kind: 'officer' }, formula: {}, openOutcome: 'named' });
		const chaired = changed('"by": "officer"', '"by": "chair", "chair": "authority/3"');
		const council = chaired.ok ? chaired.value.contests.get('council') : undefined;
		expect(council?.declaration?.by).toEqual({ kind: 'chair', key: 'authority/3' });
	});

	it('a package that says nothing of it lets nobody certify, declare, object or order', () => {
		const small = smallElection().election;
		const ends = [...small.contests.values()].map(({ collation, declaration }) => ({ collation, declaration }));
		expect(ends).toEqual([
			{ collation: [], declaration: undefined },
			{ collation: [], declaration: undefined },
		]);
		expect(small.proceedings).toEqual({ courts: [], clocks: [], grounds: [], witnessTimeout: undefined });
		expect(small.codes).toMatchObject({ proceed: [], supersede: [], answer: [], dissent: [], order: [] });
		expect(small.codes).toMatchObject({ notice: [], surface: [], attempt: [] });
	});
});

describe('courts, clocks, grounds', () => {
	it('P74 a key of a court speaks for an office of its own', () => {
		const { packageKeys, packageKeyUses } = contextOf(portableSuite, election);
		expect(packageKeys.get(COURT)).toMatchObject({ office: 'court', scope: {}, holder: 'holder-of-court-supreme' });
		expect(packageKeyUses.get(hexEncode(keys.get(COURT)?.publicKey ?? new Uint8Array()))).toBe(COURT);
		expect(election.proceedings.courts.map(({ id, keys: own }) => [id, own.length])).toEqual([
			['supreme-court', 1],
			['assembly', 0],
		]);
	});

	it('P75 clocks start at a time or on what happens; witnesses are waited for so long', () => {
		const { clocks, witnessTimeout } = election.proceedings;
		expect(clocks.map(({ id, starts, seconds }) => [id, starts, seconds / 86_400])).toEqual([
			['declare', { at: 1_800_000_000 }, 7],
			['petition', { on: 'declaration' }, 7],
			['judgment', { on: 'objection' }, 14],
			['protest', { on: 'certification' }, 1],
			['reply', { on: 'objection' }, 2],
		]);
		expect(witnessTimeout).toBe(WITNESS_TIMEOUT);
	});

	it('P76 grounds say on what, by whom, answered by whom and until when; no clock is the empty id', () => {
		const [figures, collation] = election.proceedings.grounds;
		expect(figures).toMatchObject({ on: ['return'], answeredBy: ['returning-officer'], within: '' });
		expect(collation).toMatchObject({ on: ['area', 'statement'], within: 'protest', answerWithin: 'reply' });
	});

	it('P77 a further list that is absent is empty, the others stand', () => {
		const { codes } = election;
		expect(codes.proceed.map(({ id }) => id)).toEqual(['deadline', 'no-effect']);
		expect(refusals('"attempt": [', '"attempts": [')).toEqual([expect.stringContaining('P24 in codes only the keys')]);
	});

	it('P8 no more courts than a list may have', () => {
		const courts = Array.from(
			{ length: LIMITS.proceedingsMax },
			(_, index) => `{ "id": "c${index}", "name": { "en": "C" }, "keys": [] }`,
		);
		const told = refusals('"courts": [', `"courts": [${courts.join(',')},`);
		expect(told).toEqual([`P8 at most ${LIMITS.proceedingsMax} in the courts of proceedings`]);
	});
});
