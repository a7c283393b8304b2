/**
 * The sheet of a mark as a paper (R13, R14): which certificate rests on it, where every return stands, totals with before and after, everything that is not counted with its reason and where
 * that is written, open objections, the areas below with their certificates, and the stations that are counted. Every figure is the sheet's; nothing is counted again here.
 */

import type { Sheet } from '@matokeo/core/collation/sheet.ts';
import { DECLARATION_WORDS } from '@matokeo/core/collation/words.ts';
import type { Contest, Election } from '@matokeo/core/election/types.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Language } from '../site/paths.ts';
import { type Words, wordsOf } from '../words/words.ts';
import { footOf, modeOf, noticeBlocks, originFacts } from './frame.ts';
import { type Paper, type PaperBlock, type PaperFact, plainOf, type Said, textIn } from './paper.ts';
import { areaBlocks, countedBlocks } from './sheetLists.ts';
import { objectionBlocks, openBlocks } from './sheetOpen.ts';
import { countsTable, totalsBlocks } from './sheetTotals.ts';
import { proceedBlocks, type Signed, signatureBlocks } from './signed.ts';

export interface SheetContext {
	readonly election: Election;
	readonly contest: Contest;
	readonly sheet: Sheet;
	readonly words: Words;
}

/** `list` is the digest of the sheet's text. Without a certificate it is the sheet of a mark on which nobody has certified. */
export function sheetPaper(
	election: Election,
	{ sheet, list }: { readonly sheet: Sheet; readonly list: Digest },
	certificate: Signed | undefined,
	language: Language,
): Paper {
	const contest = election.contests.get(sheet.contest);
	assert(contest !== undefined, 'a sheet is of a contest of its election');
	const words = wordsOf(language);
	const context = { election, contest, sheet, words };
	const title = titleOf(context);
	const blocks: readonly PaperBlock[] = [
		{ kind: 'title', text: title },
		{
			kind: 'facts',
			items: [
				...certificateFacts(words, certificate),
				...placeFacts(context),
				...originFacts(election, words, sheet),
				{ label: words.say('papers.sheetDigest'), value: { foreign: list } },
			],
		},
		{ kind: 'paragraph', text: DECLARATION_WORDS[language].stage[sheet.stage] },
		countsTable(context),
		...proceedBlocks(election, words, certificate),
		...totalsBlocks(context, certificate?.supersedes),
		...openBlocks(context),
		...objectionBlocks(context),
		...areaBlocks(context),
		...countedBlocks(context),
		...signatureBlocks(words, certificate, words.say('papers.certificateNone')),
		...noticeBlocks(election, words),
	];
	const mode = modeOf(election, words);
	return {
		language,
		title: plainOf(title),
		...(mode === undefined ? {} : { mode }),
		blocks,
		foot: footOf(election, words, sheet.size, list),
		time: sheet.time,
	};
}

/** “Form B: President, North”: what the package calls the sheet of this level. */
function titleOf({ election, contest, sheet, words }: SheetContext): Said {
	const { language } = words;
	const step = contest.collation.find(({ level }) => level === sheet.level);
	const called = step === undefined ? words.say('papers.sheetPlain') : textIn(language, step.title);
	const area = { foreign: election.areas.get(sheet.area)?.name ?? sheet.area };
	return [called, ': ', textIn(language, contest.title), ', ', area];
}

function certificateFacts(words: Words, certificate: Signed | undefined): readonly PaperFact[] {
	const label = words.say('papers.certificate');
	if (certificate === undefined) return [{ label, value: words.say('papers.certificateNone') }];
	const { number, until } = certificate;
	const ended = until === undefined ? '' : ` ${words.say('papers.ended', { id: until })}`;
	return [{ label, value: `${words.say('papers.certificateNumber', { n: number })}.${ended}` }];
}

function placeFacts({ election, contest, sheet, words }: SheetContext): readonly PaperFact[] {
	const { language } = words;
	const area = election.areas.get(sheet.area);
	return [
		{
			label: words.say('papers.election'),
			value: [textIn(language, election.title), ' (', { foreign: election.id }, ')'],
		},
		{ label: words.say('papers.contest'), value: textIn(language, contest.title) },
		{
			label: words.say('papers.area'),
			value: [{ foreign: area?.name ?? sheet.area }, ' (', { foreign: sheet.area }, ')'],
		},
	];
}
