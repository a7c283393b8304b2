/** What a comparison would mean for the result: the rule on the log, on the count, and on the log with the count's figures in their place; and whether the places in question can change a condition. */
import type { Comparison } from '@matokeo/compare/comparison.ts';
import type { Basis, Effect, EffectVersion } from '@matokeo/compare/effect/effect.ts';
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { CountView } from '../../views/countTypes.ts';
import type { ContestHead } from '../../views/types.ts';
import type { MessageId } from '../../words/catalogues.ts';
import type { PageContext } from '../context.ts';
import { namesOf } from '../names.ts';
import { count, table } from '../parts.ts';
import { conditionsOf, headingOf, outcomeWords } from '../ruleSection.ts';

const VERSIONS: Readonly<Record<Basis, MessageId>> = {
	a: 'counts.basisLog',
	b: 'counts.basisCount',
	differing: 'counts.basisDiffering',
	completed: 'counts.basisCompleted',
};

export function effectOf(
	context: PageContext,
	view: CountView,
	{ only_in_a: lacking }: Comparison,
	effect: Effect,
): Html {
	const { words } = context;
	const { contest } = view;
	const { versions, same_outcome: same } = effect;
	const conditions = versions.find((one) => one.conditions !== undefined)?.conditions ?? [];
	const columns = namesOfConditions(context, view, effect).map(({ name }) => ({ label: name }));
	const rows = versions.map(
		(version) =>
			html`<tr><th scope="row">${words.say(VERSIONS[version.basis])}</th>${count(context, version.rows)}<td>${leadOf(context, contest, version)}</td><td>${version.outcome !== undefined && outcomeWords(context, contest, version.outcome)}</td>${conditions.map(
				(_, place) => {
					const holds = version.conditions?.[place]?.holds;
					return html`<td>${holds !== undefined && words.say('counts.holds', { holds: holds ? 'yes' : 'no' })}</td>`;
				},
			)}</tr>`,
	);
	return html`<section id="effect"><h2>${words.say('counts.effectTitle')}</h2><p class="note">${words.say('counts.effectText')}</p>
${effect.without_rule !== undefined && html`<p>${words.say('counts.effectNoRule')}</p>`}
${lacking > 0 && html`<p>${words.say('counts.effectPartial', { n: lacking })}</p>`}
${same !== undefined && html`<p><strong>${words.say('counts.sameOutcome', { same: same ? 'yes' : 'no' })}</strong></p>`}
${table({
	kind: 'laid',
	name: words.say('counts.effectTitle'),
	columns: [
		{ label: words.say('counts.version') },
		{ label: words.say('counts.number'), sort: 'number' },
		{ label: words.say('counts.lead') },
		{ label: words.say('counts.outcomeColumn') },
		...columns,
	],
	rows,
})}
${stakes(context, view, effect)}</section>`;
}

/** The conditions of the rule, called what the contest's page calls them. */
function namesOfConditions(
	{ words }: PageContext,
	{ rule, contest }: CountView,
	{ versions }: Effect,
): readonly { readonly id: string; readonly name: Part }[] {
	const known = versions.find((one) => one.conditions !== undefined)?.conditions ?? [];
	const names = namesOf(words, contest);
	return conditionsOf(rule, contest.round, known).map((one) => ({
		id: one.report.id,
		name: headingOf(words, one, names),
	}));
}

function leadOf({ words }: PageContext, { candidates }: ContestHead, { lead }: EffectVersion): Part {
	if (lead === undefined) return words.say('counts.leadNone');
	const name = (id: string): Html => foreign(candidates.find((one) => one.id === id)?.name ?? id);
	return words.rich('counts.leadText', {
		first: name(lead.first),
		second: name(lead.second),
		votes: lead.votes,
		points: words.decimal(lead.points ?? '0'),
	});
}

const ENOUGH = { true: 'counts.stakeYes', false: 'counts.stakeNo', undefined: 'counts.stakeUnknown' } as const;

function stakes(context: PageContext, view: CountView, effect: Effect): Part {
	const { words } = context;
	const { stakes: all } = effect;
	if (all.length === 0) return undefined;
	const known = namesOfConditions(context, view, effect);
	const rows = all.map(({ condition: id, distance_switched: distance, at_stake, enough }) => {
		const name = known.find((one) => one.id === id)?.name ?? foreign(id);
		return html`<tr><th scope="row">${name}</th>${distance === 'none' ? html`<td class="n">–</td>` : count(context, distance)}${count(context, at_stake)}<td>${words.say(ENOUGH[`${enough}`])}</td></tr>`;
	});
	return html`<h3>${words.say('counts.stakesTitle')}</h3>${table({
		kind: 'laid',
		name: words.say('counts.stakesTitle'),
		columns: [
			{ label: words.say('counts.condition') },
			{ label: words.say('counts.stakeDistance'), sort: 'number' },
			{ label: words.say('counts.stakeMost'), sort: 'number' },
			{ label: words.say('counts.stakeAnswer') },
		],
		rows,
	})}`;
}
