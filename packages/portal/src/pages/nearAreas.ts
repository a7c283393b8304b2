/**
 * The areas that a condition counts, one by one (RS10, RS11): how many switched ballots turn each over, nearest first, beside what its missing, quarantined, discrepant and disputed returns can hold
 * at most, and whether that is enough. So "minor variances do not matter" is a computed answer for every area.
 */
import type { AreaFact, Fact } from '@matokeo/core/result/facts.ts';
import type { StakeReport } from '@matokeo/core/result/stakes.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { MessageId } from '../words/catalogues.ts';
import type { PageContext } from './context.ts';
import type { Names } from './names.ts';
import { count, table } from './parts.ts';

type AreasFact = Extract<Fact, { readonly areas: readonly AreaFact[] }>;

const KINDS: Readonly<Record<StakeReport['kind'], MessageId>> = {
	missing: 'sentence.stakeMissing',
	quarantined: 'sentence.stakeQuarantined',
	discrepant: 'sentence.stakeDiscrepant',
	disputed: 'sentence.stakeDisputed',
};

/** One table for each fact that counts areas, in the order of the rule, numbered where there are several; conditions with the same fact share one. */
export function nearAreas(context: PageContext, contest: string, facts: readonly Fact[], names: Names): Part {
	const counted = facts.filter((fact): fact is AreasFact => 'areas' in fact && fact.kind !== 'area');
	const once = counted.filter(
		(fact, place) => counted.findIndex((one) => JSON.stringify(one) === JSON.stringify(fact)) === place,
	);
	return once.map((fact, place) => areasOf(context, contest, fact, names, once.length > 1 ? place + 1 : undefined));
}

function areasOf(
	context: PageContext,
	contest: string,
	{ name, areas }: AreasFact,
	names: Names,
	number: number | undefined,
): Html {
	const { words } = context;
	const title = words.rich('contest.nearTitle', { name: names.level(name) });
	return html`<details class="near"><summary>${title}${number !== undefined && ` (${number})`}</summary>${table({
		kind: 'areas near sortable',
		name: words.say('contest.nearCaption'),
		caption: words.say('contest.nearCaption'),
		columns: [
			{ label: words.say('common.area'), sort: 'text' },
			{ label: words.say('contest.nearHolds') },
			{ label: words.say('contest.nearSwitched'), sort: 'number' },
			{ label: words.say('contest.nearBallots'), sort: 'number' },
			{ label: words.say('contest.stakesEnough') },
		],
		rows: areas.map((area) => areaRow(context, contest, area, names)),
	})}</details>`;
}

const VERDICTS = { true: 'contest.enoughYes', false: 'contest.enoughNo', undefined: 'contest.enoughUnknown' } as const;

function areaRow(context: PageContext, contest: string, fact: AreaFact, names: Names): Html {
	const { words, link } = context;
	const { area, holds, distance_switched: switched, stakes = [], stakes_together: together } = fact;
	const present = stakes.filter(({ stations }) => stations > 0);
	const kinds = present.map(({ kind, stations }) => words.say(KINDS[kind], { stations }));
	const more = kinds.length > 0 && html` <small>${words.list(kinds)}</small>`;
	return html`<tr><th scope="row"><a href="${link({ page: 'area', contest, area })}">${names.area(area)}</a></th>
<td>${words.say(holds ? 'contest.nearYes' : 'contest.nearNo')}</td>${switched === 'none' ? html`<td class="n">${words.say('contest.nearNone')}</td>` : count(context, switched)}${ballotsCell(context, together?.ballots, more)}<td>${present.length > 0 && words.say(VERDICTS[`${together?.enough}`])}</td></tr>`;
}

function ballotsCell(context: PageContext, ballots: number | 'unbounded' | undefined, more: Part): Html {
	if (typeof ballots === 'number') return count(context, ballots, more);
	const { words } = context;
	return html`<td class="n">${words.say(ballots === undefined ? 'common.unknown' : 'contest.unbounded')}${more}</td>`;
}
