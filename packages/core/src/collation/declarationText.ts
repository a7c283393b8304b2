/**
 * The text of a declaration and of the certificate that goes with it, made from the law in the package and the facts of a mark (R18): nobody types a number in
 * it, and the same facts give the same bytes in each language. It knows nothing of signatures, pages or paper; who may declare is for the gate.
 */
import type { Contest, DeclarationLaw, Election, Text } from '../election/types.ts';
import type { DeclaredOutcome, MarkCounts } from '../record/acts.ts';
import type { Digest } from '../record/said.ts';
import { utf8Encode } from '../std/bytes.ts';
import { assert } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import { namedIn, outcomeParts } from './declarationOutcome.ts';
import { type Block, count, filled, number, type Parts, printBlocks, verbatim, words } from './declarationParts.ts';
import { countedOf, wholesOf } from './declarationShares.ts';
import { countsTable, wholesTable } from './declarationTables.ts';
import { categoriesTable, votesTable } from './declarationVotes.ts';
import { printUtc } from './utc.ts';
import { DECLARATION_LANGUAGES, DECLARATION_WORDS, type DeclarationLanguage } from './words.ts';
import type { DeclarationWords } from './wordTypes.ts';

/** What a declaration on a mark says, all of it as it stood at the mark. */
export interface DeclarationFacts {
	readonly mark: {
		readonly area: string;
		readonly counts: MarkCounts;
		/** By counted field, in the form's order. */
		readonly totals: readonly number[];
		/** Index of the mark: how many statements the log had before it. */
		readonly index: number;
		/** UTC seconds of the last tick before it. */
		readonly time: number;
	};
	/** Digest of the sheet. */
	readonly list: Digest;
	readonly outcome: DeclaredOutcome;
	/** Whether nothing outstanding can change the outcome. */
	readonly decided: boolean;
	/** Voters on the registers of the stations due; absent: not known for every one. */
	readonly registered?: number;
	/** Candidates whose votes count for nobody, by amendment; absent: none. */
	readonly voided?: readonly string[];
}

export interface DeclarationDocument {
	readonly kind: 'declaration' | 'certificate';
	readonly language: DeclarationLanguage;
	readonly blocks: readonly Block[];
}

/** The contest must say who declares: nothing can be declared where the package names nobody. */
export function declarationDocument(
	election: Election,
	contest: Contest,
	facts: DeclarationFacts,
	language: DeclarationLanguage,
): DeclarationDocument {
	const law = lawOf(contest);
	const sentences = DECLARATION_WORDS[language];
	const { mark } = facts;
	const voided = facts.voided ?? [];
	const counted = countedOf(contest, mark.totals);
	const wholes = wholesOf(contest, counted, facts.registered, voided);
	const formula = textIn(law.formula, language);
	const blocks: readonly (Block | undefined)[] = [
		heading(filled(sentences.title[election.mode], { title: quoted(law.title, language, 'law.title') })),
		modeNote(election, sentences),
		formula === ''
			? undefined
			: paragraph(filled(sentences.formula[election.mode], { formula: [verbatim(formula, 'law.formula')] })),
		paragraph(filled(sentences.declared[election.mode], { outcome: outcomeParts(contest, facts.outcome, sentences) })),
		...identity(election, contest, mark.area, language),
		law.citation === ''
			? undefined
			: paragraph(filled(sentences.citation, { citation: [verbatim(law.citation, 'law.citation')] })),
		paragraph([words(sentences.stage[law.requires])]),
		votesTable(election, contest, counted.candidates, { wholes, voided, language }),
		wholes.length === 0 ? undefined : wholesTable(wholes, sentences),
		categoriesTable(counted, language),
		paragraph(registerParts(facts.registered, sentences)),
		countsTable(mark.counts, sentences),
		paragraph([words(outlook(facts, sentences))]),
		...provenance(election, facts, sentences),
	];
	return { kind: 'declaration', language, blocks: blocks.filter((block) => block !== undefined) };
}

/** What the elected, or those who go on, take with them: the outcome and their own votes. */
export function certificateDocument(
	election: Election,
	contest: Contest,
	facts: DeclarationFacts,
	language: DeclarationLanguage,
): DeclarationDocument {
	const law = lawOf(contest);
	const sentences = DECLARATION_WORDS[language];
	const voided = facts.voided ?? [];
	const counted = countedOf(contest, facts.mark.totals);
	const wholes = wholesOf(contest, counted, facts.registered, voided);
	const named = namedIn(facts.outcome);
	const rows = counted.candidates.filter(({ field }) => named.includes(field.id));
	const blocks: readonly (Block | undefined)[] = [
		heading(filled(sentences.title[election.mode], { title: quoted(law.certificate, language, 'law.certificate') })),
		modeNote(election, sentences),
		...identity(election, contest, facts.mark.area, language),
		paragraph(filled(sentences.certified[election.mode], { outcome: outcomeParts(contest, facts.outcome, sentences) })),
		rows.length === 0 ? undefined : votesTable(election, contest, rows, { wholes, voided, language }),
		...provenance(election, facts, sentences),
	];
	return { kind: 'certificate', language, blocks: blocks.filter((block) => block !== undefined) };
}

export function declarationText({ blocks }: DeclarationDocument): string {
	return printBlocks(blocks);
}

/** Language → SHA-256 of the text of the declaration, as `result/declare` names it. */
export function declarationTexts(
	suite: Suite,
	election: Election,
	contest: Contest,
	facts: DeclarationFacts,
): Readonly<Record<DeclarationLanguage, Digest>> {
	const digest = (language: DeclarationLanguage): Digest =>
		suite.sha256Hex(utf8Encode(declarationText(declarationDocument(election, contest, facts, language))));
	const [en, es, sw] = DECLARATION_LANGUAGES;
	return { en: digest(en), es: digest(es), sw: digest(sw) };
}

function lawOf(contest: Contest): DeclarationLaw {
	assert(contest.declaration !== undefined, 'only a contest whose package says who declares has a declaration');
	return contest.declaration;
}

function heading(parts: Parts): Block {
	return { kind: 'heading', parts };
}

function paragraph(parts: Parts): Block {
	return { kind: 'paragraph', parts };
}

function modeNote({ mode }: Election, sentences: DeclarationWords): Block | undefined {
	return sentences.mode[mode] === '' ? undefined : paragraph([words(sentences.mode[mode])]);
}

/** The text in the language, else in English, else the first that there is. */
function textIn(text: Text, language: string): string {
	return text[language] ?? text['en'] ?? Object.values(text)[0] ?? '';
}

function quoted(text: Text, language: string, of: string): Parts {
	return [verbatim(textIn(text, language), of)];
}

function identity(election: Election, contest: Contest, area: string, language: DeclarationLanguage): readonly Block[] {
	const sentences = DECLARATION_WORDS[language];
	return [
		paragraph(
			filled(sentences.election, {
				title: quoted(election.title, language, 'election.title'),
				id: [verbatim(election.id, 'election.id')],
			}),
		),
		paragraph(filled(sentences.contest, { title: quoted(contest.title, language, 'contest.title') })),
		paragraph(filled(sentences.area, { name: [verbatim(election.areas.get(area)?.name ?? area, 'mark.area')] })),
		paragraph(filled(sentences.round, { round: [count(contest.round, 'contest.round')] })),
	];
}

function registerParts(registered: number | undefined, sentences: DeclarationWords): Parts {
	if (registered === undefined) return [words(sentences.registeredUnknown)];
	return filled(sentences.registered, { number: [count(registered, 'registered')] });
}

function outlook({ decided, mark: { counts } }: DeclarationFacts, sentences: DeclarationWords): string {
	if (!decided) return sentences.open;
	const { missing, unverified, quarantined, postponed } = counts;
	return missing + unverified + quarantined + postponed === 0 ? sentences.settled : sentences.decided;
}

function provenance(
	election: Election,
	{ mark, list }: DeclarationFacts,
	sentences: DeclarationWords,
): readonly Block[] {
	return [
		paragraph(
			filled(sentences.origin, {
				origin: [verbatim(election.log.origin, 'log.origin')],
				index: [count(mark.index, 'mark.index')],
				time: [number(printUtc(mark.time), 'mark.time')],
			}),
		),
		paragraph(filled(sentences.package, { digest: [verbatim(election.digest, 'package.digest')] })),
		paragraph(filled(sentences.list, { digest: [verbatim(list, 'mark.list')] })),
	];
}
