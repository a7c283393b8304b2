/**
 * Generated declarations and certificates (R18): no number stands in them but those of the facts, in every language the same, and in a rehearsal or a parallel
 * count nothing is declared. What a number is taken from is looked up here afresh.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Part } from '../../src/collation/declarationParts.ts';
import {
	certificateDocument,
	type DeclarationDocument,
	type DeclarationFacts,
	declarationDocument,
	declarationText,
	declarationTexts,
} from '../../src/collation/declarationText.ts';
import { DECLARATION_LANGUAGES, DECLARATION_WORDS } from '../../src/collation/words.ts';
import type { Contest, Election, Mode } from '../../src/election/types.ts';
import type { DeclaredOutcome } from '../../src/record/acts.ts';
import { utf8Encode } from '../../src/std/bytes.ts';
import { portableSuite } from '../../src/std/portable.ts';
import { lawfulElection } from '../support/lawfulElection.ts';

const MODES = ['official', 'parallel', 'rehearsal'] as const satisfies readonly Mode[];
const ELECTIONS = new Map<Mode, Election>(MODES.map((mode) => [mode, lawfulElection(mode).election]));

function electionIn(mode: Mode): Election {
	const election = ELECTIONS.get(mode);
	if (election === undefined) throw new Error(`no election in mode ${mode}`);
	return election;
}

function contestOf(election: Election, id: string): Contest {
	const contest = election.contests.get(id);
	if (contest === undefined) throw new Error(`no contest ${id}`);
	return contest;
}

const COUNT = fc.nat(10 ** 7);
const CANDIDATES = ['alba', 'benta', 'chidi'] as const;

const outcomes: fc.Arbitrary<DeclaredOutcome> = fc.oneof(
	fc.record({ kind: fc.constant('elected' as const), candidate: fc.constantFrom(...CANDIDATES) }),
	fc.record({
		kind: fc.constant('runoff' as const),
		candidates: fc.shuffledSubarray([...CANDIDATES], { minLength: 2 }),
	}),
	fc.record({
		kind: fc.constant('tie' as const),
		candidates: fc.shuffledSubarray([...CANDIDATES], { minLength: 2 }),
		by: fc.constantFrom('lots', 'older', 'rerun', 'unsettled'),
	}),
	fc.constant({ kind: 'refer', to: 'assembly-2' } as const),
	fc.constant({ kind: 'special', code: 'special-7' } as const),
	fc.constant({ kind: 'rerun' } as const),
	fc.constant({ kind: 'nobody' } as const),
);

const facts: fc.Arbitrary<DeclarationFacts> = fc.record({
	mark: fc.record(
		{
			area: fc.constant('land'),
			counts: fc.record({
				cancelled: COUNT,
				counted: COUNT,
				disregarded: COUNT,
				due: COUNT,
				merged: COUNT,
				missing: COUNT,
				objections: COUNT,
				postponed: COUNT,
				quarantined: COUNT,
				set_aside: COUNT,
				uncertified: COUNT,
				unverified: COUNT,
			}),
			totals: fc.array(COUNT, { minLength: 4, maxLength: 4 }),
			index: COUNT,
			time: fc.nat(2 ** 31),
			registered: COUNT,
			voided: fc.subarray([...CANDIDATES]),
		},
		{ requiredKeys: ['area', 'counts', 'totals', 'index', 'time'] },
	),
	list: fc.constant('0123456789abcdef'.repeat(4)),
	outcome: outcomes,
	decided: fc.boolean(),
});

function partsOf({ blocks }: DeclarationDocument): readonly Part[] {
	return blocks.flatMap((block) =>
		block.kind === 'table' ? [...block.head, ...block.rows.flat()].flat() : block.parts,
	);
}

function numbersIn(document: DeclarationDocument): readonly string[] {
	return partsOf(document).flatMap((part) => (part.kind === 'number' ? [`${part.of} = ${part.text}`] : []));
}

/** What the facts say at a path, by other code than that which wrote the document. */
function sourceAt(of: string, contest: Contest, { mark }: DeclarationFacts): string {
	const [head = '', name = '', candidate = ''] = of.split('.');
	const totals = new Map(
		contest.fields.filter((field) => field.counted).map(({ id }, place) => [id, mark.totals[place] ?? 0]),
	);
	const votes = (id: string): number => (mark.voided?.includes(id) === true ? 0 : (totals.get(id) ?? 0));
	const valid = CANDIDATES.reduce((sum, id) => sum + votes(id), 0);
	const whole = { valid, cast: valid + (totals.get('rejected') ?? 0), register: mark.registered ?? 0 }[name] ?? -1;
	switch (head) {
		case 'totals':
			return String(totals.get(name));
		case 'sum':
			return String(mark.totals.reduce((sum, one) => sum + one, 0));
		case 'counts':
			return String(new Map<string, number>(Object.entries(mark.counts)).get(name));
		case 'denominator':
			return String(whole);
		case 'share': {
			const scaled = (2n * BigInt(votes(candidate)) * 1_000_000n + BigInt(whole)) / (2n * BigInt(whole));
			return `${scaled / 10_000n}.${String(scaled % 10_000n).padStart(4, '0')}`;
		}
		case 'registered':
			return String(mark.registered);
		case 'contest':
			return String(contest.round);
		default:
			return name === 'time' ? `${new Date(mark.time * 1000).toISOString().slice(0, 19)}Z` : String(mark.index);
	}
}

const DOCUMENTS = [declarationDocument, certificateDocument] as const;

describe('R18 declarations and certificates', () => {
	it('have digits nowhere but in numbers and in what is quoted from the package, ids and digests', () => {
		fc.assert(
			fc.property(
				facts,
				fc.constantFrom(...MODES),
				fc.constantFrom(...DECLARATION_LANGUAGES),
				(given, mode, language) => {
					const election = electionIn(mode);
					for (const documentOf of DOCUMENTS) {
						const document = documentOf(election, contestOf(election, 'president'), given, language);
						for (const part of partsOf(document)) if (part.kind === 'words') expect(part.text).not.toMatch(/[0-9]/);
						expect(numbersIn(document).length).toBeGreaterThan(2);
					}
				},
			),
		);
	});

	it('take every number from where they say', () => {
		fc.assert(
			fc.property(facts, (given) => {
				const election = electionIn('official');
				const contest = contestOf(election, 'president');
				for (const documentOf of DOCUMENTS) {
					const found = numbersIn(documentOf(election, contest, given, 'en'));
					const expected = found
						.map((line) => line.replace(/ = .*$/, ''))
						.map((of) => `${of} = ${sourceAt(of, contest, given)}`);
					expect(found).toEqual(expected);
				}
			}),
		);
	});

	it('hold every total, every count and the size of the log', () => {
		fc.assert(
			fc.property(facts, (given) => {
				const election = electionIn('rehearsal');
				const found = new Set(numbersIn(declarationDocument(election, contestOf(election, 'president'), given, 'sw')));
				const wanted = [
					...['alba', 'benta', 'chidi', 'rejected'].map((id, place) => `totals.${id} = ${given.mark.totals[place]}`),
					...Object.entries(given.mark.counts).map(([name, value]) => `counts.${name} = ${value}`),
					`mark.index = ${given.mark.index}`,
				];
				expect(wanted.filter((line) => !found.has(line))).toEqual([]);
			}),
		);
	});

	it('say the same numbers in every language', () => {
		fc.assert(
			fc.property(facts, fc.constantFrom(...MODES), (given, mode) => {
				const election = electionIn(mode);
				for (const documentOf of DOCUMENTS) {
					const [en, es, sw] = DECLARATION_LANGUAGES.map((language) =>
						[...numbersIn(documentOf(election, contestOf(election, 'president'), given, language))].sort(),
					);
					expect(es).toEqual(en);
					expect(sw).toEqual(en);
				}
			}),
		);
	});

	it('are digested as they are printed, in each language', () => {
		fc.assert(
			fc.property(facts, (given) => {
				const election = electionIn('official');
				const contest = contestOf(election, 'president');
				const digests = declarationTexts(portableSuite, election, contest, given);
				for (const language of DECLARATION_LANGUAGES) {
					const text = declarationText(declarationDocument(election, contest, given, language));
					expect(digests[language]).toBe(portableSuite.sha256Hex(utf8Encode(text)));
					expect(text).toMatch(/[^\n]\n$/);
					expect(text).not.toContain('\r');
				}
			}),
			{ numRuns: 20 },
		);
	});
});

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
		registered: 3750,
	},
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
		const text = textIn('official', { ...GIVEN, mark: { ...GIVEN.mark, voided: ['chidi'] } });
		expect(text).toContain('Chidi Ødegård (votes do not count for the result) | – | 400 | –\n');
		expect(text).toContain('Alba Ruiz | Sun Party | 1200 | 60.0000 %\n');
		expect(text).toContain('valid votes | 2000\n');
	});

	it('says that the register is not known, and gives no share where the rule names none', () => {
		const { registered: _, ...mark } = { ...GIVEN.mark, totals: [10, 9, 3, 2], area: 'north' };
		const text = textIn('official', { ...GIVEN, mark, outcome: { kind: 'elected', candidate: 'dora' } }, 'council');
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
