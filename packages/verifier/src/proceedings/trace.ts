/**
 * The text of a declaration, number by number (R18, V83): each number is followed to what the log says it is taken from, and worked out again from there, by arithmetic of this file's own; between
 * numbers there may be words and quotations, and no digit in a word. A number that does not come out is named.
 */

import type { Part } from '@matokeo/core/collation/declarationParts.ts';
import {
	certificateDocument,
	type DeclarationFacts,
	declarationDocument,
	declarationText,
} from '@matokeo/core/collation/declarationText.ts';
import { DECLARATION_LANGUAGES, type DeclarationLanguage } from '@matokeo/core/collation/words.ts';
import type { Contest, Election } from '@matokeo/core/election/types.ts';
import type { MarkRow } from '@matokeo/core/rules/recordRows.ts';

export interface TracedNumber {
	/** As it stands in the text. */
	readonly text: string;
	/** What it is taken from, in the words of the text's parts: `totals.alba`, `counts.missing`, `share.valid.alba`. */
	readonly of: string;
	/** Where that stands in the record, for people. */
	readonly source: string;
	readonly traced: boolean;
}

export interface TracedText {
	readonly kind: 'declaration' | 'certificate';
	readonly language: DeclarationLanguage;
	readonly text: string;
	readonly numbers: readonly TracedNumber[];
}

/** The facts that a mark froze; `undefined` for a mark on which nothing can be declared. */
function factsOf(mark: MarkRow): DeclarationFacts | undefined {
	const { outcome, decided, list, registered, voided } = mark;
	if (outcome === undefined || decided === undefined) return undefined;
	return {
		mark,
		list,
		outcome,
		decided,
		...(registered === undefined ? {} : { registered }),
		...(voided === undefined ? {} : { voided }),
	};
}

/** The declaration and its certificate in every language. */
export function tracedTexts(election: Election, contest: Contest, mark: MarkRow): readonly TracedText[] {
	const facts = factsOf(mark);
	if (facts === undefined) return [];
	return DECLARATION_LANGUAGES.flatMap((language) =>
		[declarationDocument, certificateDocument].map((make): TracedText => {
			const document = make(election, contest, facts, language);
			const parts = document.blocks.flatMap((block) =>
				block.kind === 'table' ? [...block.head, ...block.rows.flat()].flat() : block.parts,
			);
			const numbers = parts.flatMap((part) => traced(part, contest, mark));
			return { kind: document.kind, language, text: declarationText(document), numbers };
		}),
	);
}

function traced(part: Part, contest: Contest, mark: MarkRow): readonly TracedNumber[] {
	if (part.kind === 'verbatim') return [];
	if (part.kind === 'words')
		return /[0-9]/.test(part.text)
			? [{ text: part.text, of: 'words', source: 'nothing: a digit among words', traced: false }]
			: [];
	const found = sourceOf(part.of, contest, mark);
	return [{ text: part.text, of: part.of, source: found?.source ?? 'nothing', traced: found?.value === part.text }];
}

interface Source {
	readonly value: string | undefined;
	readonly source: string;
}

function sourceOf(of: string, contest: Contest, mark: MarkRow): Source | undefined {
	const [head = '', name = '', candidate = ''] = of.split('.');
	switch (head) {
		case 'totals':
			return {
				value: printed(totalOf(contest, mark, name)),
				source: `field ${name}, added up over the ${mark.counts.counted} returns that count at the mark`,
			};
		case 'counts': {
			const counts = new Map<string, number>(Object.entries(mark.counts));
			return { value: printed(counts.get(name)), source: `returns and areas of the mark's sheet that are ${name}` };
		}
		case 'sum':
			return { value: String(mark.totals.reduce((a, b) => a + b, 0)), source: 'all counted fields added up' };
		case 'registered':
			return { value: printed(mark.registered), source: 'registers of the stations due, added up' };
		case 'denominator':
			return { value: wholeOf(contest, mark, name)?.toString(), source: `"${name}" as the package defines it` };
		case 'share':
			return {
				value: shareOf(contest, mark, name, candidate),
				source: `field ${candidate}, of "${name}" as the package defines it, to four places`,
			};
		case 'contest':
			return { value: String(contest.round), source: 'round of the contest in the package' };
		case 'mark':
			return name === 'index'
				? { value: String(mark.index), source: 'index of the mark in the log' }
				: { value: iso(mark.time), source: 'last tick before the mark' };
		default:
			return undefined;
	}
}

function printed(value: number | undefined): string | undefined {
	return value === undefined ? undefined : String(value);
}

function totalOf({ fields }: Contest, { totals }: MarkRow, id: string): number | undefined {
	const place = fields.filter(({ counted }) => counted).findIndex((field) => field.id === id);
	return place < 0 ? undefined : totals[place];
}

function wholeOf(contest: Contest, mark: MarkRow, name: string): bigint | undefined {
	const definition = contest.denominators[name];
	if (definition === undefined) return undefined;
	if (definition === 'registered') return mark.registered === undefined ? undefined : BigInt(mark.registered);
	const counted = contest.fields.filter((field) =>
		field.candidate
			? definition.candidates && mark.voided?.includes(field.id) !== true
			: definition.categories.includes(field.id),
	);
	return counted.reduce((all, { id }) => all + BigInt(totalOf(contest, mark, id) ?? 0), 0n);
}

/** Per cent with four places, half rounded up: counts are never negative. */
function shareOf(contest: Contest, mark: MarkRow, name: string, candidate: string): string | undefined {
	const whole = wholeOf(contest, mark, name);
	const votes = totalOf(contest, mark, candidate);
	if (whole === undefined || whole === 0n || votes === undefined) return undefined;
	const scaled = (2_000_000n * BigInt(votes) + whole) / (2n * whole);
	const digits = String(scaled).padStart(5, '0');
	return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** Years of four digits; what a log dates beyond them is not traced. */
const LAST_SECOND = 253_402_300_799;

function iso(seconds: number): string | undefined {
	if (seconds > LAST_SECOND) return undefined;
	return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}
