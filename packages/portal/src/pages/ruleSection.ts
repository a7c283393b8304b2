/**
 * What the law asks, and how far it is: each condition of the round as met, out of reach or open, the distance in switched ballots, and whether what is outstanding could matter (RS9–RS11).
 * It is arithmetic on the verified totals and says so; nobody is declared anything here.
 */
import type { ConditionReport, Outcome, ResultReport } from '@matokeo/core/result/evaluate.ts';
import { type Condition, namedConditions } from '@matokeo/core/result/rule.ts';
import type { StakeReport } from '@matokeo/core/result/stakes.ts';
import { unreachable } from '@matokeo/core/std/result.ts';
import { conditionMark } from '../design/marks.ts';
import { foreign } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { ContestHead, ContestView } from '../views/types.ts';
import type { MessageId } from '../words/catalogues.ts';
import type { Words } from '../words/words.ts';
import type { PageContext } from './context.ts';
import { type Names, namesOf } from './names.ts';
import { nearAreas } from './nearAreas.ts';
import { table } from './parts.ts';
import { conditionName, sentenceInWords } from './sentence.ts';

export function ruleSection(context: PageContext, view: ContestView): Html {
	const { results } = view;
	const { words, link } = context;
	const about = html`<a href="${link({ page: 'about' })}">${words.say('common.navAbout')}</a>`;
	return html`<section class="rule" id="rule"><h2>${words.say('contest.ruleTitle')}</h2>
<p class="note">${words.say('contest.ruleLead')}</p>
${'hidden_until' in results.outcome ? html`<p>${words.rich('contest.hidden', { time: words.timeTag(results.outcome.hidden_until) })}</p>` : outcomeOf(context, view, results.outcome)}
<p class="note">${words.rich('contest.ruleAbout', { about })}</p></section>`;
}

/** One condition of the rule: what is reported of it, and how the rule spells it. The report alone speaks English. */
export interface NamedCondition<Told = ConditionReport> {
	readonly report: Told;
	readonly condition?: Condition;
	/** Whether it is the rule itself rather than a part of it. */
	readonly isWhole: boolean;
}

/** The reports of a round with the conditions that they are about. */
export function conditionsOf<Told extends { readonly id: string }>(
	rule: ContestView['rule'],
	round: number,
	conditions: readonly Told[],
): readonly NamedCondition<Told>[] {
	const elect = rule.rounds[round - 1]?.elect;
	const known = elect === undefined ? [] : namedConditions(elect);
	return conditions.map((report, place) => {
		const condition = known.find(({ id }) => id === report.id);
		return { report, isWhole: place === 0 && known.length > 1, ...(condition === undefined ? {} : { condition }) };
	});
}

function outcomeOf(context: PageContext, view: ContestView, report: ResultReport): Html {
	const { words } = context;
	const { contest, areas } = view;
	const names = namesOf(words, contest, areas);
	const conditions = conditionsOf(view.rule, report.round, report.conditions);
	const outcome = (one: Outcome): Html => outcomeWords(context, contest, one);
	const decided =
		report.decided === 'open'
			? html`<p><strong>${words.say('contest.decidedOpen')}</strong> ${words.rich('contest.asCounted', { outcome: outcome(report.as_counted) })}</p>`
			: html`<p class="decided">${words.rich(report.complete ? 'contest.decidedComplete' : 'contest.decided', { outcome: outcome(report.decided) })}</p>`;
	return html`${decided}${conditions.map((one, place) => conditionPart(context, one, names, place === 0))}
${stakesTable(context, conditions, names)}${nearAreas(
	context,
	contest.id,
	report.conditions.flatMap(({ facts }) => facts),
	names,
)}`;
}

export function outcomeWords({ words }: PageContext, contest: ContestHead, outcome: Outcome): Html {
	const name = (id: string): Html => foreign(contest.candidates.find((one) => one.id === id)?.name ?? id);
	switch (outcome.kind) {
		case 'elected':
			return words.rich('contest.outElected', { who: name(outcome.candidate) });
		case 'runoff':
			return words.rich('contest.outRunoff', { who: words.items(outcome.candidates.map(name)) });
		case 'tie':
			return words.rich('contest.outTie', { who: words.items(outcome.candidates.map(name)) });
		case 'refer':
			return words.rich('contest.outRefer', { to: foreign(outcome.to) });
		case 'special':
			return words.rich('contest.outSpecial', { code: foreign(outcome.code) });
		case 'rerun':
			return html`${words.say('contest.outRerun')}`;
		case 'nobody':
			return html`${words.say('contest.outNobody')}`;
		default:
			return unreachable(outcome);
	}
}

/** The first is the condition as a whole; its sentence is open, those of its parts are there to be opened. */
function conditionPart(context: PageContext, one: NamedCondition, names: Names, isOpen: boolean): Html {
	const { words } = context;
	const { report, condition } = one;
	return html`<article class="condition"><h3>${headingOf(words, one, names)}</h3>
<p class="verdict">${conditionMark(words, report.state)} ${report.about !== undefined && html`<span class="about">${words.rich('contest.conditionFor', { candidate: names.candidate(report.about) })}</span>`}</p>
<p class="distance"><span>${words.say('contest.distance')}</span> ${distance(context, report)}</p>
<details${isOpen && html` open`}><summary>${words.say('contest.conditionWhy')}</summary><p>${sentenceInWords(words, report, names, condition)}</p></details></article>`;
}

/** A rule with parts of its own is called just that, unless the package gives it a text; its sentence says what it is. */
export function headingOf(
	words: Words,
	{ report, condition, isWhole }: NamedCondition<Pick<ConditionReport, 'text' | 'name'>>,
	names: Names,
): Part {
	if (isWhole && report.text === undefined) return words.say('contest.wholeRule');
	return conditionName(words, report, names, condition);
}

function distance({ words }: PageContext, report: ConditionReport): string {
	if (report.distance_switched === 'none') return words.say('contest.distanceNone');
	const id = report.distance_exact ? 'contest.distanceExact' : 'contest.distanceLeast';
	return words.say(id, { n: report.distance_switched });
}

const KINDS: Readonly<Record<StakeReport['kind'], MessageId>> = {
	missing: 'contest.stakeMissing',
	quarantined: 'contest.stakeQuarantined',
	discrepant: 'contest.stakeDiscrepant',
	disputed: 'contest.stakeDisputed',
};

/** Whether the returns in question hold enough ballots to reach each distance: a proof where they do not. The returns are the same for every condition. */
export function stakesTable(
	context: PageContext,
	conditions: readonly NamedCondition[],
	names: Names,
): Html | undefined {
	const { words } = context;
	const first = conditions[0]?.report;
	const present = first?.stakes.filter(({ stations }) => stations > 0) ?? [];
	if (first === undefined || present.length === 0) return undefined;
	const rows = present.map(({ kind, stations, ballots }) =>
		stakeRow(
			context,
			words.say(KINDS[kind]),
			words.number(stations),
			ballots,
			conditions.map(({ report }) => report.stakes.find((stake) => stake.kind === kind)?.enough),
		),
	);
	const together = stakeRow(
		context,
		words.say('contest.stakeTogether'),
		undefined,
		first.stakes_together.ballots,
		conditions.map(({ report }) => report.stakes_together.enough),
	);
	return html`<section id="stakes"><h3>${words.say('contest.stakesTitle')}</h3>${table({
		kind: 'stakes',
		name: words.say('contest.stakesTitle'),
		caption: words.say('contest.stakesCaption'),
		columns: [
			{ label: words.say('contest.stakesKind') },
			{ label: words.say('contest.stakesStations'), sort: 'number' },
			{ label: words.say('contest.stakesBallots'), sort: 'number' },
			...conditions.map((one) => ({
				label: words.say('contest.stakesEnough'),
				note: headingOf(words, one, names),
			})),
		],
		rows,
		...(present.length < 2 ? {} : { sums: together }),
	})}</section>`;
}

function stakeRow(
	{ words }: PageContext,
	label: Part,
	stations: Part,
	ballots: number | 'unbounded',
	enough: readonly (boolean | undefined)[],
): Html {
	const verdict = { true: 'contest.enoughYes', false: 'contest.enoughNo', undefined: 'contest.enoughUnknown' } as const;
	const most = ballots === 'unbounded' ? words.say('contest.unbounded') : words.number(ballots);
	return html`<tr><th scope="row">${label}</th><td class="n">${stations}</td><td class="n">${most}</td>${enough.map((one) => html`<td>${words.say(verdict[`${one}`])}</td>`)}</tr>`;
}
