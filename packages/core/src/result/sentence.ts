/**
 * The English sentences about a condition, from its facts (RS11): the state and why, what is outstanding, how many switched ballots
 * would change it, and what is at stake in returns that need explanation. Plain and neutral; every number comes from the facts, none is typed.
 */
import { denominatorWords, grouped, plural } from './describe.ts';
import type { ConditionReport } from './evaluate.ts';
import { type Fact, judgedAreas, type ThresholdFact } from './facts.ts';
import { parseRational } from './rational.ts';
import type { StakeReport } from './stakes.ts';

export function sentenceOf(report: Omit<ConditionReport, 'sentence'>): string {
	return [
		stateSentence(report),
		outstandingSentence(report),
		switchedSentence(report),
		...stakeSentences(report),
		...areaSentences(report),
	]
		.filter((text) => text !== '')
		.join(' ');
}

function stateSentence({ name, state, outstanding, about, facts, holds }: Omit<ConditionReport, 'sentence'>): string {
	const incomplete = outstanding.stations > 0 || outstanding.ballots !== 0;
	const words = {
		met: incomplete ? 'is met whatever the outstanding stations say' : 'is met',
		cannot: incomplete ? 'cannot be met whatever the outstanding stations say' : 'cannot be met',
		open: `is open${holds ? ', though the verified totals meet it' : ''}`,
	};
	if (about === undefined) return `"${name}" ${words[state]}: no candidate can be elected.`;
	const most = state === 'cannot' ? ' (the most votes of those who can be elected)' : '';
	return `"${name}" ${words[state]}: ${about}${most} ${facts.map(factWords).join(' and ')}.`;
}

function needed({ op, exact, percent }: ThresholdFact, unit: '%' | 'points'): string {
	const [whole = '', decimals = ''] = percent.split('.');
	const trimmed = decimals.replace(/0+$/, '');
	const text = `${whole}${trimmed === '' ? '' : `.${trimmed}`} ${unit}`;
	const fraction = parseRational(exact);
	const isRound = fraction !== undefined && (fraction.num * 1_000_000n) % fraction.den === 0n;
	return `${op === 'gt' ? 'more than' : 'at least'} ${isRound ? text : exact}`;
}

function factWords(fact: Fact): string {
	switch (fact.kind) {
		case 'share': {
			const counts = `${grouped(fact.part)} of ${grouped(fact.whole)}`;
			return `has ${fact.percent ?? 'no'} % of ${denominatorWords(fact.of)} (${counts}; ${needed(fact.needed, '%')} needed)`;
		}
		case 'lead': {
			const { percent = '0' } = fact;
			const verb = fact.part < 0 ? 'is behind' : 'leads';
			const over = fact.over === undefined ? 'nobody' : fact.over;
			const votes = plural(Math.abs(fact.part), 'vote', 'votes');
			return `${verb} ${over} by ${percent.replace('-', '')} points (${votes}; a lead of ${needed(fact.needed, 'points')} needed)`;
		}
		case 'turnout': {
			const counts = `${grouped(fact.part)} of ${grouped(fact.whole)}`;
			return `faces a turnout of ${fact.percent ?? '0'} % of ${denominatorWords(fact.of)} (${counts}; ${needed(fact.needed, '%')} needed)`;
		}
		case 'rank':
			if (fact.ahead > 0) return `has ${plural(fact.ahead, 'candidate', 'candidates')} ahead`;
			return fact.level > 0
				? `shares the most votes with ${plural(fact.level, 'candidate', 'candidates')}`
				: 'has the most votes';
		case 'area':
			return `${fact.holds ? 'has' : 'does not have'} what is needed in ${fact.name}`;
		case 'areas':
			return `has what is needed in ${grouped(fact.reached)} of ${grouped(fact.whole)} areas of level ${fact.name} (${grouped(fact.needed)} needed)`;
		case 'electors':
			return `has ${grouped(fact.reached)} of ${grouped(fact.whole)} electors (${grouped(fact.needed)} needed)`;
	}
}

function outstandingSentence({ outstanding, state, about, extremes }: Omit<ConditionReport, 'sentence'>): string {
	const { stations, ballots } = outstanding;
	if (stations === 0 && ballots === 0) return 'Nothing is outstanding.';
	const verb = stations === 1 ? 'is' : 'are';
	const count = plural(stations, 'station', 'stations');
	const what =
		ballots === 'unbounded'
			? `${count} ${verb} outstanding, and for some no ceiling is known`
			: `${count} with up to ${plural(ballots, 'ballot', 'ballots')} ${verb} outstanding`;
	if (state !== 'open' || about === undefined) return `${what}.`;
	if (ballots === 'unbounded') return `${what}: nothing is certain without one.`;
	if (extremes?.failsWith === undefined)
		return `${what}: if all of them were for ${about} it would be met, and that it will be met is not certain.`;
	const { failsWith } = extremes;
	return `${what}: if all of them were for ${about} it would be met, if all of them were for ${failsWith} it would not.`;
}

function switchedSentence({
	about,
	holds,
	distance_switched: distance,
	distance_exact: exact,
}: Omit<ConditionReport, 'sentence'>): string {
	if (about === undefined) return '';
	if (distance === 'none')
		return `On the totals as they stand, no number of switched ballots changes this for ${about}.`;
	const least = exact ? plural(distance, 'ballot', 'ballots') : `at least ${plural(distance, 'ballot', 'ballots')}`;
	return holds
		? `On the totals as they stand, ${least} switched from ${about} to others would make it fail.`
		: `On the totals as they stand, ${least} switched from others to ${about} would make it hold.`;
}

const STAKES = {
	missing: 'missing',
	quarantined: 'quarantined',
	discrepant: 'discrepant',
	disputed: 'disputed',
} as const;

function stakeSentences({ stakes, stakes_together: together }: Omit<ConditionReport, 'sentence'>): readonly string[] {
	const present = stakes.filter((stake) => stake.stations > 0);
	const sentences = present.map(stakeWords);
	if (present.length < 2 || together.ballots === 'unbounded' || together.enough === undefined) return sentences;
	const verdict = together.enough
		? 'enough to matter to this condition'
		: 'too few to change this condition, whatever is found in them';
	return [
		...sentences,
		`Together these returns hold at most ${plural(together.ballots, 'ballot', 'ballots')}: ${verdict}.`,
	];
}

function stakeWords({ kind, stations, ballots, enough }: StakeReport): string {
	const returns = `${plural(stations, `${STAKES[kind]} return`, `${STAKES[kind]} returns`)}`;
	const verb = stations === 1 ? 'holds' : 'hold';
	const explains =
		kind === 'discrepant' || kind === 'quarantined' ? ` and ${stations === 1 ? 'needs' : 'need'} explanation` : '';
	if (ballots === 'unbounded') return `${returns} ${verb} an unknown number of ballots${explains}.`;
	const what = `${returns} ${verb} up to ${plural(ballots, 'ballot', 'ballots')}${explains}`;
	if (enough === undefined) return `${what}.`;
	return `${what}: by ${stations === 1 ? 'itself' : 'themselves'} ${enough ? 'enough to matter to' : 'too few to change'} this condition.`;
}

/** Of the areas that a condition counts: in how many of those with returns in question these could turn the area over, and in how many they are too few. */
function areaSentences({ facts }: Omit<ConditionReport, 'sentence'>): readonly string[] {
	return facts.flatMap((fact) => {
		if (fact.kind !== 'areas' && fact.kind !== 'electors') return [];
		const { concerned, few, enough } = judgedAreas(fact.areas);
		if (concerned === 0) return [];
		const where = `${plural(concerned, 'area', 'areas')} of level ${fact.name} ${concerned === 1 ? 'has' : 'have'} returns in question`;
		const unsure = concerned - few - enough;
		const rest = unsure === 0 ? '' : `, and in ${grouped(unsure)} that cannot be said`;
		return [
			`${where}: in ${grouped(few)} they hold too few ballots to turn the area over, in ${grouped(enough)} enough${rest}.`,
		];
	});
}
