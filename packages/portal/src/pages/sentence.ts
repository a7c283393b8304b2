/**
 * The sentences about a condition in the reader's language, from the facts of its report (RS11): the state and why, what is outstanding, how many switched ballots would change it, and
 * what is at stake in returns that need explanation. In English they are those of `core/result/sentence.ts`, which a property holds; no number in any of them is typed.
 */
import type { ConditionReport } from '@matokeo/core/result/evaluate.ts';
import { judgedAreas } from '@matokeo/core/result/facts.ts';
import type { Condition } from '@matokeo/core/result/rule.ts';
import type { StakeReport } from '@matokeo/core/result/stakes.ts';
import { type Html, html, joined, type Part } from '../html/html.ts';
import type { MessageId } from '../words/catalogues.ts';
import type { Words } from '../words/words.ts';
import { conditionWords } from './conditionWords.ts';
import { factWords } from './factWords.ts';
import type { Names } from './names.ts';

type Report = Omit<ConditionReport, 'sentence'>;

/** `condition`: the one that the report is about, to describe it where the package has no text for it in this language. */
export function sentenceInWords(words: Words, report: Report, names: Names, condition?: Condition): Html {
	const sentences = [
		stateSentence(words, report, names, condition),
		outstandingSentence(words, report, names),
		...switchedSentences(words, report, names),
		...stakeSentences(words, report),
		...areaSentences(words, report, names),
	];
	return joined(sentences.map((sentence, place) => [place > 0 && ' ', sentence]));
}

/** The name of a condition: its text in the reader's language, else what it asks for in words, else what the report calls it. */
export function conditionName(
	words: Words,
	report: Pick<Report, 'text' | 'name'>,
	names: Names,
	condition?: Condition,
): Html {
	const own = report.text?.[words.language];
	if (own !== undefined) return html`<bdi>${own}</bdi>`;
	if (words.language === 'en') return html`<bdi>${report.name}</bdi>`;
	if (condition !== undefined) return html`${conditionWords(words, condition, names)}`;
	return words.shown(report.text ?? { en: report.name });
}

const STATES = {
	met: { final: 'sentence.stateMetFinal', whatever: 'sentence.stateMetWhatever' },
	cannot: { final: 'sentence.stateCannotFinal', whatever: 'sentence.stateCannotWhatever' },
} as const;

function stateSentence(words: Words, report: Report, names: Names, condition: Condition | undefined): Html {
	const { state, outstanding, holds } = report;
	const incomplete = outstanding.stations > 0 || outstanding.ballots !== 0;
	const open: MessageId = holds ? 'sentence.stateOpenHolds' : 'sentence.stateOpen';
	const id = state === 'open' ? open : STATES[state][incomplete ? 'whatever' : 'final'];
	return words.rich(id, {
		name: conditionName(words, report, names, condition),
		reason: reasonWords(words, report, names),
	});
}

function reasonWords(words: Words, { state, about, facts }: Report, names: Names): Part {
	if (about === undefined) return words.say('sentence.reasonNobody');
	const told = facts.map((fact) => factWords(words, fact, names));
	return words.rich(state === 'cannot' ? 'sentence.reasonMost' : 'sentence.reasonAbout', {
		about: names.candidate(about),
		facts: told.reduce((first, second) => words.rich('sentence.and', { first, second })),
	});
}

function outstandingSentence(words: Words, { outstanding, state, about, extremes }: Report, names: Names): Html {
	const { stations, ballots } = outstanding;
	if (stations === 0 && ballots === 0) return words.rich('sentence.outstandingNothing', {});
	const what =
		ballots === 'unbounded'
			? words.say('sentence.outstandingUnbounded', { stations })
			: words.say('sentence.outstandingBounded', { stations, ballots });
	if (state !== 'open' || about === undefined) return words.rich('sentence.outstandingSettled', { what });
	if (ballots === 'unbounded') return words.rich('sentence.outstandingUncertain', { what });
	const values = { what, about: names.candidate(about) };
	return extremes?.failsWith === undefined
		? words.rich('sentence.outstandingMay', values)
		: words.rich('sentence.outstandingEither', { ...values, rival: names.candidate(extremes.failsWith) });
}

function switchedSentences(words: Words, report: Report, names: Names): readonly Html[] {
	const { about, holds, distance_switched: ballots, distance_exact } = report;
	if (about === undefined) return [];
	const candidate = names.candidate(about);
	if (ballots === 'none') return [words.rich('sentence.switchedNever', { about: candidate })];
	const exact = distance_exact ? 'yes' : 'no';
	return [words.rich(holds ? 'sentence.switchedFail' : 'sentence.switchedHold', { exact, ballots, about: candidate })];
}

const STAKES = {
	missing: 'sentence.stakeMissing',
	quarantined: 'sentence.stakeQuarantined',
	discrepant: 'sentence.stakeDiscrepant',
	disputed: 'sentence.stakeDisputed',
} as const;

function stakeSentences(words: Words, { stakes, stakes_together: together }: Report): readonly string[] {
	const present = stakes.filter((stake) => stake.stations > 0);
	const sentences = present.map((stake) => stakeWords(words, stake));
	const { ballots, enough } = together;
	if (present.length < 2 || ballots === 'unbounded' || enough === undefined) return sentences;
	return [...sentences, words.say(enough ? 'sentence.togetherEnough' : 'sentence.togetherFew', { ballots })];
}

function stakeWords(words: Words, { kind, stations, ballots, enough }: StakeReport): string {
	const returns = words.say(STAKES[kind], { stations });
	const held =
		ballots === 'unbounded'
			? words.say('sentence.stakeUnknown', { returns, stations })
			: words.say('sentence.stakeKnown', { returns, stations, ballots });
	const explains = kind === 'discrepant' || kind === 'quarantined';
	const what = explains ? words.say('sentence.stakeExplain', { what: held, stations }) : held;
	if (ballots === 'unbounded' || enough === undefined) return words.say('sentence.stakePlain', { what });
	return words.say(enough ? 'sentence.stakeEnough' : 'sentence.stakeFew', { what, stations });
}

/** Of the areas that a condition counts: in how many of those with returns in question these could turn the area over. */
function areaSentences(words: Words, { facts }: Report, names: Names): readonly Html[] {
	return facts.flatMap((fact) => {
		if (fact.kind !== 'areas' && fact.kind !== 'electors') return [];
		const { concerned, few, enough } = judgedAreas(fact.areas);
		if (concerned === 0) return [];
		const unsure = concerned - few - enough;
		const rest = unsure === 0 ? '' : words.say('sentence.areaStakesUnsure', { n: unsure });
		return [words.rich('sentence.areaStakes', { concerned, level: names.level(fact.name), few, enough, rest })];
	});
}
