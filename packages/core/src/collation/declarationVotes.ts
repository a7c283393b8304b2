/**
 * The tables of votes in a declaration: candidates in the form's order with their shares, and the other ballots. Every number is one of the mark's totals, or
 * a share of them printed to four places.
 */
import type { Contest, Election } from '../election/types.ts';
import { printPercent } from '../result/rational.ts';
import { type Block, count, filled, number, type Part, type Parts, verbatim, words } from './declarationParts.ts';
import { type Counted, type CountedField, shareOf, type Whole } from './declarationShares.ts';
import { denominatorParts } from './declarationTables.ts';
import { DECLARATION_WORDS, type DeclarationLanguage } from './words.ts';
import type { DeclarationWords } from './wordTypes.ts';

interface VotesContext {
	readonly wholes: readonly Whole[];
	readonly voided: readonly string[];
	readonly language: DeclarationLanguage;
}

export function votesTable(
	election: Election,
	contest: Contest,
	candidates: readonly CountedField[],
	{ wholes, voided, language }: VotesContext,
): Block {
	const sentences = DECLARATION_WORDS[language];
	const shares = wholes.map(({ name }) => filled(sentences.share, { denominator: denominatorParts(name, sentences) }));
	const rows = candidates.map(({ field: { id }, votes }): readonly Parts[] => {
		const isVoid = voided.includes(id);
		const name = [nameOfCandidate(contest, id)];
		return [
			isVoid ? filled(sentences.voided, { name }) : name,
			partyParts(election, contest, id, language),
			[count(votes, `totals.${id}`)],
			...wholes.map((whole) => (isVoid ? [words('–')] : shareParts(id, votes, whole, sentences))),
		];
	});
	const head = [[words(sentences.candidate)], [words(sentences.party)], [words(sentences.votes)], ...shares];
	return { kind: 'table', head, rows };
}

/** What is counted and is no candidate's, and all ballots together; absent where a form counts nothing but candidates. */
export function categoriesTable({ candidates, categories }: Counted, language: DeclarationLanguage): Block | undefined {
	if (categories.length === 0) return undefined;
	const sentences = DECLARATION_WORDS[language];
	const all = [...candidates, ...categories].reduce((sum, { votes }) => sum + votes, 0);
	const rows = categories.map(({ field: { id, label }, votes }): readonly Parts[] => [
		[verbatim(label[language] ?? label['en'] ?? Object.values(label)[0] ?? id, `fields.${id}`)],
		[count(votes, `totals.${id}`)],
	]);
	return {
		kind: 'table',
		head: [[words(sentences.category)], [words(sentences.ballots)]],
		rows: [...rows, [[words(sentences.ballotsAll)], [count(all, 'sum')]]],
	};
}

export function nameOfCandidate(contest: Contest, id: string): Part {
	return verbatim(contest.candidates.find((one) => one.id === id)?.name ?? id, `candidates.${id}`);
}

function partyParts(election: Election, contest: Contest, candidate: string, language: string): Parts {
	const id = contest.candidates.find((one) => one.id === candidate)?.party ?? '';
	if (id === '') return [words('–')];
	const name = election.parties.find((party) => party.id === id)?.name ?? {};
	return [verbatim(name[language] ?? name['en'] ?? Object.values(name)[0] ?? id, `parties.${id}`)];
}

function shareParts(candidate: string, votes: number, whole: Whole, sentences: DeclarationWords): Parts {
	const share = shareOf(votes, whole);
	if (share === undefined) return [words(whole.value === undefined ? sentences.unknown : '–')];
	return filled(sentences.percent, { number: [number(printPercent(share), `share.${whole.name}.${candidate}`)] });
}
