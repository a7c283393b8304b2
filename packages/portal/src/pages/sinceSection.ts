/**
 * From the declaration to now: figures then and now with their difference, whether the rule says another outcome, what is still in question beside the distance to each threshold, and every change,
 * objection and order since.
 */
import type { DeclaredOutcome } from '@matokeo/core/record/acts.ts';
import type { Outcome } from '@matokeo/core/result/evaluate.ts';
import { sameVotes } from '@matokeo/core/standings/returnView.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { DeclarationView, DeclaredView, SinceView } from '../views/collationTypes.ts';
import type { ChangeEntry } from '../views/types.ts';
import { placeOf } from './changes.ts';
import type { PageContext } from './context.ts';
import { namesOf } from './names.ts';
import { nearAreas } from './nearAreas.ts';
import { countsCompared, votesCompared } from './proceedParts/compare.ts';
import { objectionsTable, ordersTable } from './proceedParts/lists.ts';
import { conditionsOf, outcomeWords, stakesTable } from './ruleSection.ts';
import { entryItem } from './stationParts/entry.ts';

export function sinceSection(context: PageContext, view: DeclarationView): Part {
	const { words, election } = context;
	const { declared, since, contest } = view;
	if (declared === undefined || since === undefined) return undefined;
	const columns = [
		words.say('declaration.declaredColumn', { mode: election.mode }),
		words.say('collation.now'),
	] as const;
	return html`<section id="since"><h2>${words.say('declaration.sinceTitle')}</h2>
<p class="note">${words.say('declaration.sinceText')}</p>
<p><strong>${outcomeNow(context, view, declared, since)}</strong></p>
${votesCompared(context, contest, {
	name: words.say('declaration.sinceCaption'),
	columns,
	first: declared.mark.totals,
	second: since.now.totals,
})}
${countsCompared(context, declared.mark.counts, since.now.counts, columns)}
${couldMatter(context, view, since)}
${changes(context, view, since)}
${since.objections.length > 0 && html`<h3>${words.say('declaration.sinceObjections')}</h3>${objectionsTable(context, since.objections)}`}
${since.orders.length > 0 && html`<h3>${words.say('declaration.sinceOrders')}</h3>${ordersTable(context, since.orders, contest)}`}</section>`;
}

function outcomeNow(
	context: PageContext,
	{ contest }: DeclarationView,
	{ mark }: DeclaredView,
	since: SinceView,
): Html {
	const { words } = context;
	const { gained, lost, same_outcome: same, outcome, now } = since;
	if (sameVotes(mark.totals, now.totals)) return html`${words.say('declaration.sinceNone')}`;
	const moved = words.say('declaration.sinceMoved', { gained, lost, most: Math.max(gained, lost) });
	if (same) return html`${moved} ${words.say('declaration.sinceSame')}`;
	const other = outcomeWords(context, contest, plainOutcome(outcome));
	return html`${moved} ${words.rich('declaration.sinceOther', { outcome: other })}`;
}

/** A statement spells how a tie is settled as a word; a page says only that there is one. */
export function plainOutcome(outcome: DeclaredOutcome): Outcome {
	return outcome.kind === 'tie' ? { kind: 'tie', candidates: outcome.candidates, by: 'unsettled' } : outcome;
}

/** Missing, quarantined, discrepant and disputed returns as they stand now, beside the distance to each threshold. */
function couldMatter(context: PageContext, view: DeclarationView, { conditions }: SinceView): Part {
	const { words } = context;
	const names = namesOf(words, view.contest, view.areas);
	const named = conditionsOf(view.rule, view.contest.round, conditions);
	const stakes = stakesTable(context, named, names);
	if (stakes === undefined) return undefined;
	const facts = conditions.flatMap((report) => report.facts);
	return html`<h3>${words.say('declaration.sinceCould')}</h3>${stakes}${nearAreas(context, view.contest.id, facts, names)}`;
}

function changes(
	context: PageContext,
	view: DeclarationView,
	{ changes: entries, changes_total: total }: SinceView,
): Html {
	const { words, link } = context;
	if (total === 0) return html`<p>${words.say('declaration.sinceChangesNone')}</p>`;
	const items = entries.map((entry) =>
		entryItem(context, view.contest, entry, { place: placeOf(context, view.contest, entry), anchor: anchorOf(entry) }),
	);
	const more = entries.length < total;
	return html`<h3>${words.say('declaration.sinceChanges')}</h3>
<ol class="entries">${items}</ol>
${more && html`<p><a href="${link({ page: 'changes', contest: view.contest.id })}">${words.say('declaration.sinceChangesMore', { n: entries.length, all: total })}</a></p>`}`;
}

function anchorOf({ index, station }: ChangeEntry): string {
	return station === undefined ? `e${index}` : `e${index}-${station.id}`;
}
