/** The smaller tables of a declaration: what its shares are of, and how many returns stand where. Classes that are empty are listed too, so that no absence has to be noticed. */
import type { MarkCounts } from '../record/acts.ts';
import { type Block, count, type Parts, verbatim, words } from './declarationParts.ts';
import type { Whole } from './declarationShares.ts';
import type { DeclarationWords } from './wordTypes.ts';

/** Those that make up `due` first, then those that are not due, then what stands open beside them. */
export const COUNT_CLASSES = [
	'due',
	'counted',
	'missing',
	'unverified',
	'quarantined',
	'disregarded',
	'set_aside',
	'postponed',
	'cancelled',
	'merged',
	'objections',
	'uncertified',
] as const satisfies readonly (keyof MarkCounts)[];

export function countsTable(counts: MarkCounts, sentences: DeclarationWords): Block {
	return {
		kind: 'table',
		head: [[words(sentences.stations)], [words(sentences.number)]],
		rows: COUNT_CLASSES.map((name) => [[words(sentences.counts[name])], [count(counts[name], `counts.${name}`)]]),
	};
}

export function wholesTable(wholes: readonly Whole[], sentences: DeclarationWords): Block {
	return {
		kind: 'table',
		head: [[words(sentences.whole)], [words(sentences.number)]],
		rows: wholes.map(({ name, value }) => [
			denominatorParts(name, sentences),
			[value === undefined ? words(sentences.unknown) : count(value, `denominator.${name}`)],
		]),
	};
}

/** What the denominator is called: words for those that packages commonly name, else the package's own name for it. */
export function denominatorParts(name: string, { denominators }: DeclarationWords): Parts {
	const known = (['candidates', 'cast', 'registered', 'valid'] as const).find((one) => one === name);
	return known === undefined ? [verbatim(name, 'denominators')] : [words(denominators[known])];
}
