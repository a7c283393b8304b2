/**
 * R18: whatever the facts, no number stands in a generated declaration or certificate but theirs, and in every language the same. What a number is taken from is
 * looked up here afresh.
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
import { DECLARATION_LANGUAGES } from '../../src/collation/words.ts';
import type { Contest } from '../../src/election/types.ts';
import type { DeclaredOutcome } from '../../src/record/acts.ts';
import { utf8Encode } from '../../src/std/bytes.ts';
import { portableSuite } from '../../src/std/portable.ts';
import { contestOf, electionIn, MODES } from './support.ts';

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

const facts: fc.Arbitrary<DeclarationFacts> = fc.record(
	{
		mark: fc.record({
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
		}),
		list: fc.constant('0123456789abcdef'.repeat(4)),
		outcome: outcomes,
		decided: fc.boolean(),
		registered: COUNT,
		voided: fc.subarray([...CANDIDATES]),
	},
	{ requiredKeys: ['mark', 'list', 'outcome', 'decided'] },
);

function partsOf({ blocks }: DeclarationDocument): readonly Part[] {
	return blocks.flatMap((block) =>
		block.kind === 'table' ? [...block.head, ...block.rows.flat()].flat() : block.parts,
	);
}

function numbersIn(document: DeclarationDocument): readonly string[] {
	return partsOf(document).flatMap((part) => (part.kind === 'number' ? [`${part.of} = ${part.text}`] : []));
}

/** What the facts say at a path, by other code than that which wrote the document. */
function sourceAt(of: string, contest: Contest, { mark, registered, voided }: DeclarationFacts): string {
	const [head = '', name = '', candidate = ''] = of.split('.');
	const totals = new Map(
		contest.fields.filter((field) => field.counted).map(({ id }, place) => [id, mark.totals[place] ?? 0]),
	);
	const votes = (id: string): number => (voided?.includes(id) === true ? 0 : (totals.get(id) ?? 0));
	const valid = CANDIDATES.reduce((sum, id) => sum + votes(id), 0);
	const whole = { valid, cast: valid + (totals.get('rejected') ?? 0), register: registered ?? 0 }[name] ?? -1;
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
			return String(registered);
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
