/**
 * What the differences would mean for the result (K13–K16): the lead and every condition of the rule on each count, and on the base with figures of the other in their place. The rule is applied elsewhere;
 * here it is put into words.
 */
import type { Outcome } from '@matokeo/core/result/evaluate.ts';
import type { Fact } from '@matokeo/core/result/facts.ts';
import { unreachable } from '@matokeo/core/std/result.ts';
import type { EffectCondition, EffectStake, EffectVersion } from '../effect/effect.ts';
import { wholeRuleOf } from '../effect/whole.ts';
import { type Block, foreign, type Line, paragraph, type Section, type Span } from './document.ts';
import { otherSide, type Report, sideName } from './report.ts';
import { joinLines, type ReportWords } from './words.ts';

export function effectSection(words: ReportWords, report: Report): Section {
	const { effect } = report;
	const who = (id: string): Span => foreign(candidateName(effect.versions, id));
	const base = sideName(effect.base);
	const rule: Block =
		effect.without_rule === undefined
			? paragraph(words.say('effectRule', { base }))
			: paragraph(withoutRule(words, report), 'small');
	const verdicts: readonly Line[] = [
		...(effect.same_outcome === undefined ? [] : [words.say(effect.same_outcome ? 'sameOutcome' : 'otherOutcome')]),
		...(effect.versions.every(({ ranking }) => ranking.length > 1)
			? [words.say(effect.same_ranking ? 'sameRanking' : 'otherRanking')]
			: []),
	];
	return {
		id: 'effect',
		heading: words.say('effect'),
		blocks: [
			rule,
			leadTable(words, report, who),
			...conditionTables(words, report, who),
			...verdicts.map((line) => paragraph(line, 'strong')),
			...effect.stakes.map((one) => paragraph(stakeLine(words, report, one))),
		],
	};
}

function withoutRule(words: ReportWords, { effect }: Report): Line {
	const fields = joinLines(
		(effect.missing_fields ?? []).map((id) => [foreign(id)]),
		', ',
	);
	switch (effect.without_rule) {
		case 'fields-missing':
			return words.say('effectNoRule_fields_missing', { fields });
		case 'areas-missing':
			return words.say('effectNoRule_areas_missing');
		case 'hidden':
			return words.say('effectNoRule_hidden');
		default:
			return words.say('effectNoRule_no_package');
	}
}

function basisLine(words: ReportWords, { effect }: Report, { basis }: EffectVersion): Line {
	if (basis === 'a' || basis === 'b') return words.say(`basis_${basis}`);
	return words.say(`basis_${basis}`, { base: sideName(effect.base), other: sideName(otherSide(effect.base)) });
}

/** Without versions that are another one by another name: with nothing put in its place, or nothing added. */
function shownVersions({ effect, comparison }: Report): readonly EffectVersion[] {
	const { differing, only_in_a, only_in_b } = comparison;
	const added = effect.base === 'a' ? only_in_b : only_in_a;
	return effect.versions.filter(({ basis }) =>
		basis === 'differing' ? differing > 0 : basis === 'completed' ? added > 0 : true,
	);
}

function leadTable(words: ReportWords, report: Report, who: (id: string) => Span): Block {
	const versions = shownVersions(report);
	const ruled = versions.some(({ outcome }) => outcome !== undefined);
	return {
		kind: 'table',
		columns: [
			{ label: words.plain('version') },
			{ label: words.plain('rows'), numbers: true },
			{ label: words.plain('lead') },
			...(ruled ? [{ label: words.plain('outcome') }] : []),
		],
		rows: versions.map((version) => [
			basisLine(words, report, version),
			[words.number(version.rows)],
			leadLine(words, version, who),
			...(ruled ? [version.outcome === undefined ? ['–'] : outcomeLine(words, version.outcome, who)] : []),
		]),
	};
}

function leadLine(words: ReportWords, { lead }: EffectVersion, who: (id: string) => Span): Line {
	if (lead === undefined) return words.say('leadNone');
	const { first, second, votes, points } = lead;
	const said = words.say('leadWords', { first: who(first), second: who(second), votes });
	return points === undefined ? said : [...said, ', ', ...words.say('leadPoints', { points: words.decimal(points) })];
}

function outcomeLine(words: ReportWords, outcome: Outcome, who: (id: string) => Span): Line {
	const all = (ids: readonly string[]): Line =>
		joinLines(
			ids.map((id) => [who(id)]),
			', ',
		);
	switch (outcome.kind) {
		case 'elected':
			return words.say('outcome_elected', { who: who(outcome.candidate) });
		case 'runoff':
		case 'tie':
			return words.say(`outcome_${outcome.kind}`, { who: all(outcome.candidates) });
		case 'refer':
			return words.say('outcome_refer', { who: foreign(outcome.to) });
		case 'special':
			return words.say('outcome_special', { who: foreign(outcome.code) });
		case 'rerun':
		case 'nobody':
			return words.say(`outcome_${outcome.kind}`);
		default:
			return unreachable(outcome);
	}
}

/** One table for each condition, a row for each version. */
function conditionTables(words: ReportWords, report: Report, who: (id: string) => Span): readonly Block[] {
	const versions = shownVersions(report);
	const ids = versions.flatMap(({ conditions }) => conditions?.map(({ id }) => id) ?? []);
	return [...new Set(ids)].flatMap((id): readonly Block[] => {
		const named = (version: EffectVersion) => version.conditions?.find((one) => one.id === id);
		const name = conditionName(
			words,
			versions.map(named).find((one) => one !== undefined),
			wholeRuleOf(versions),
		);
		const rows = versions.map((version): readonly Line[] => {
			const condition = named(version);
			if (condition === undefined) return [basisLine(words, report, version), ['–'], []];
			const met = words.say(condition.holds ? 'met' : 'notMet');
			return [basisLine(words, report, version), met, factsLine(words, condition, who)];
		});
		const labels = [words.plain('version'), words.plain('holds'), words.plain('measured')];
		return [
			paragraph([`${words.plain('condition')}: `, foreign(name), '.'], 'strong'),
			{ kind: 'table', columns: labels.map((label) => ({ label })), rows },
		];
	});
}

/** A rule without a text is spelled in English; in other languages it is called the whole rule, and its parts are beside it. */
function conditionName(words: ReportWords, condition: EffectCondition | undefined, whole: string | undefined): string {
	if (whole !== undefined && condition?.id === whole && words.language !== 'en') return words.plain('wholeRule');
	return condition?.text?.[words.language] ?? condition?.name ?? '';
}

function factsLine(words: ReportWords, condition: EffectCondition, who: (id: string) => Span): Line {
	const about = condition.about === undefined ? '–' : who(condition.about);
	return joinLines(
		condition.facts.map((fact) => factLine(words, fact, about)),
		'; ',
	);
}

function factLine(words: ReportWords, fact: Fact, who: Span): Line {
	const decimal = (text: string | undefined): string => (text === undefined ? '–' : words.decimal(text));
	switch (fact.kind) {
		case 'share':
		case 'lead': {
			const needed = `${fact.needed.op === 'gt' ? '>' : '≥'} ${decimal(fact.needed.percent.replace(/\.?0+$/, ''))}`;
			const percent = decimal(fact.percent);
			return words.say(fact.kind === 'share' ? 'factShare' : 'factLead', { who, percent, needed });
		}
		case 'turnout':
			return words.say('factTurnout', {
				percent: decimal(fact.percent),
				needed: decimal(fact.needed.percent.replace(/\.?0+$/, '')),
			});
		case 'rank':
			return words.say('factRank', { place: fact.ahead + 1 });
		case 'areas':
		case 'area':
		case 'electors':
			return words.say('factAreas', { who, reached: fact.reached, whole: fact.whole, needed: fact.needed });
		default:
			return unreachable(fact);
	}
}

function stakeLine(words: ReportWords, report: Report, stake: EffectStake): Line {
	const { effect } = report;
	const found = effect.versions.flatMap(({ conditions }) => conditions ?? []).find(({ id }) => id === stake.condition);
	const condition = foreign(conditionName(words, found, wholeRuleOf(effect.versions)) || stake.condition);
	const base = sideName(effect.base);
	if (stake.distance_switched === 'none') return words.say('stakeNone', { condition, base });
	const enough = stake.enough === undefined ? 'stakeUnknown' : stake.enough ? 'stakeEnough' : 'stakeNotEnough';
	return words.say('stake', {
		condition,
		base,
		distance: stake.distance_switched,
		at_stake: stake.at_stake,
		enough: words.plain(enough),
	});
}

function candidateName(versions: readonly EffectVersion[], id: string): string {
	return versions[0]?.ranking.find(({ candidate }) => candidate === id)?.name ?? id;
}
