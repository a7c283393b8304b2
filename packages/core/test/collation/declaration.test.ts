/** R18: what a generated declaration and certificate say: exactly this text, in a rehearsal and a parallel count never that anything is declared, and shares of what the rule names. */
import { describe, expect, it } from 'vitest';
import { countedOf, wholesOf } from '../../src/collation/declarationShares.ts';
import {
	certificateDocument,
	type DeclarationFacts,
	declarationDocument,
	declarationText,
} from '../../src/collation/declarationText.ts';
import { DECLARATION_WORDS } from '../../src/collation/words.ts';
import type { Mode } from '../../src/election/types.ts';
import type { Condition } from '../../src/result/rule.ts';
import { contestOf, electionIn } from './support.ts';

const GIVEN: DeclarationFacts = {
	mark: {
		area: 'land',
		counts: {
			cancelled: 0,
			counted: 6,
			disregarded: 0,
			due: 8,
			merged: 0,
			missing: 1,
			objections: 2,
			postponed: 0,
			quarantined: 1,
			set_aside: 0,
			uncertified: 0,
			unverified: 0,
		},
		totals: [1200, 800, 400, 25],
		index: 312,
		time: 1_792_000_000,
	},
	registered: 3750,
	list: 'ab'.repeat(32),
	outcome: { kind: 'runoff', candidates: ['alba', 'benta'] },
	decided: true,
};

function textIn(mode: Mode, given: DeclarationFacts = GIVEN, contest = 'president'): string {
	const election = electionIn(mode);
	return declarationText(declarationDocument(election, contestOf(election, contest), given, 'en'));
}

describe('R18 what a declaration says', () => {
	it('is this text', () => {
		const election = electionIn('official');
		expect(textIn('official')).toBe(`Declaration of the result of the election of the President

Under the law of the land we declare:

It is declared: Nobody is elected in this round. A further round follows between Alba Ruiz, Benta Oyelaran.

Election: Lawful election 2026 (lawful-2026)

Contest: President

Area: Land

Round of the rule: 1

By law: assumption

Counted are returns on whose figures two independent readings agree, or that a ruling has accepted.

Candidate | Party | Votes | Share of valid votes
Alba Ruiz | Sun Party | 1200 | 50.0000 %
Benta Oyelaran | Moon Party | 800 | 33.3333 %
Chidi Ødegård | – | 400 | 16.6667 %

Shares are of | Number
valid votes | 2400

Other ballots | Ballots
Rejected ballots | 25
All ballots counted | 2425

Voters on the registers of the stations due: 3750

Returns and areas | Number
Stations due | 8
Counted | 6
Missing | 1
Received and not verified | 0
In quarantine | 1
Disregarded by ruling | 0
Set aside by order | 0
Poll postponed | 0
Cancelled (not due) | 0
Merged into another (not due) | 0
Open objections | 2
Areas of the next level without a certificate | 0

Whatever the outstanding returns say, the outcome stays the same.

Generated from the public log small.example/log as it stood after 312 statements, at 2026-10-14T17:46:40Z (UTC).

Digest of the election package: ${election.digest}

Digest of the sheet of this mark: ${'ab'.repeat(32)}
`);
	});

	it.each(['parallel', 'rehearsal'] as const)('says first that this is a %s count, and declares nothing', (mode) => {
		const [title = '', note = ''] = textIn(mode).split('\n\n');
		const kind = { parallel: 'parallel count', rehearsal: 'rehearsal' }[mode];
		expect(title).toMatch(new RegExp(`^${kind.toUpperCase()}: `));
		expect(note).toMatch(new RegExp(`^This is a ${kind}\\. `));
		expect(textIn(mode)).not.toContain('It is declared');
		expect(textIn('official')).toContain('It is declared');
	});

	it('says whether what is outstanding could still change the outcome', () => {
		expect(textIn('official', { ...GIVEN, decided: false })).toContain('could still change the outcome');
		const { counts } = GIVEN.mark;
		const settled = { ...GIVEN.mark, counts: { ...counts, missing: 0, quarantined: 0 } };
		expect(textIn('official', { ...GIVEN, mark: settled })).toContain('Nothing is outstanding.');
		expect(textIn('official', { ...GIVEN, decided: false, mark: settled })).not.toContain('Nothing is outstanding.');
	});

	it('takes void votes out of what shares are of, and says so', () => {
		const text = textIn('official', { ...GIVEN, voided: ['chidi'] });
		expect(text).toContain('Chidi Ødegård (votes do not count for the result) | – | 400 | –\n');
		expect(text).toContain('Alba Ruiz | Sun Party | 1200 | 60.0000 %\n');
		expect(text).toContain('valid votes | 2000\n');
	});

	it('says that the register is not known, and gives no share where the rule names none', () => {
		const { registered: _, ...given } = { ...GIVEN, mark: { ...GIVEN.mark, totals: [10, 9, 3, 2], area: 'north' } };
		const text = textIn('official', { ...given, outcome: { kind: 'elected', candidate: 'dora' } }, 'council');
		expect(text).toContain('not known for every station');
		expect(text).toContain('It is declared: Dora Nakamura is elected.');
		expect(text).toContain('Candidate | Party | Votes\n');
		expect(text).not.toContain('%');
	});

	it('stops on totals that are not those of the form', () => {
		expect(() => textIn('official', { ...GIVEN, mark: { ...GIVEN.mark, totals: [1, 2] } })).toThrow(
			/one total for each/,
		);
	});

	it('the certificate names whom the outcome names, with their own votes and nobody else’s', () => {
		const election = electionIn('official');
		const elected = { ...GIVEN, outcome: { kind: 'elected', candidate: 'benta' } } as const;
		const text = declarationText(certificateDocument(election, contestOf(election, 'president'), elected, 'en'));
		expect(text.startsWith('Form D\n')).toBe(true);
		expect(text).toContain('It is certified: Benta Oyelaran is elected.');
		expect(text).toContain('Benta Oyelaran | Moon Party | 800 | 33.3333 %');
		expect(text).not.toContain('Alba');
	});
});

describe('what shares are of', () => {
	const half = { op: 'gt', value: { num: 1n, den: 2n } } as const;
	const everywhere: Condition = {
		kind: 'all',
		parts: [
			{ kind: 'lead', threshold: half, of: 'valid' },
			{
				kind: 'areas',
				level: 'region',
				where: { kind: 'share', threshold: half, of: 'cast' },
				count: { ...half, unit: 'fraction' },
				exclude: [],
			},
			{ kind: 'any', parts: [{ kind: 'turnout', threshold: half, cast: 'cast', of: 'register' }, { kind: 'rank' }] },
			{ kind: 'share', threshold: half, of: 'valid' },
		],
	};

	it('is every denominator that the rule of the round names, also within areas, once and in its order', () => {
		const president = contestOf(electionIn('official'), 'president');
		const contest = { ...president, rule: { rounds: [{ elect: everywhere }] } };
		const counted = countedOf(contest, [1200, 800, 400, 25]);
		expect(wholesOf(contest, counted, 3750, [])).toEqual([
			{ name: 'valid', value: 2400 },
			{ name: 'cast', value: 2425 },
			{ name: 'register', value: 3750 },
		]);
		expect(wholesOf(contest, counted, undefined, ['chidi'])).toEqual([
			{ name: 'valid', value: 2000 },
			{ name: 'cast', value: 2025 },
			{ name: 'register' },
		]);
	});
});

describe('the sentences', () => {
	const shapeOf = (value: unknown): unknown =>
		typeof value === 'string'
			? [...value.matchAll(/\{[a-z]+\}/g)].map(([name]) => name).sort()
			: Object.fromEntries(Object.entries(value as object).map(([name, one]) => [name, shapeOf(one)]));

	it('are there in every language with the same places, and hold no digit', () => {
		const { en, es, sw } = DECLARATION_WORDS;
		expect(shapeOf(es)).toEqual(shapeOf(en));
		expect(shapeOf(sw)).toEqual(shapeOf(en));
		expect(JSON.stringify([en, es, sw])).not.toMatch(/[0-9]/);
	});
});
