/**
 * Where a contest stands in law, as it is said above its figures: declared, recorded outside the gate or not declared, and what orders have made of that. In a rehearsal and in a parallel count
 * the word *declared* never stands alone.
 */
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { ContestStanding, OrderLine } from '../../views/proceedTypes.ts';
import type { ContestHead } from '../../views/types.ts';
import type { PageContext } from '../context.ts';
import { courtName } from './lines.ts';

type Contest = Pick<ContestHead, 'id' | 'candidates' | 'declarable'>;

/** Annulments, stays and a winner who was replaced: before anything else that is said of the contest. */
export function ordersBand(context: PageContext, contest: Contest, standing: ContestStanding): Html | undefined {
	const { annulled, stays, replaced } = standing;
	const lines: readonly Part[] = [
		annulled !== undefined && orderSentence(context, annulled, 'contest.annulledBy', {}),
		...stays.map((stay) =>
			orderSentence(context, stay, 'contest.stayedBy', {
				place:
					stay.place === undefined ? '' : context.words.rich('contest.stayedIn', { area: foreign(stay.place.name) }),
			}),
		),
		replaced !== undefined &&
			orderSentence(context, replaced, 'contest.replacedBy', { candidate: winnerOf(contest, replaced) }),
	].filter((line) => line !== false);
	return lines.length === 0 ? undefined : html`<div class="ordered">${lines}</div>`;
}

function winnerOf({ candidates }: Contest, { order }: OrderLine): Html {
	const id = order.kind === 'replace-winner' ? order.candidate : '';
	return foreign(candidates.find((one) => one.id === id)?.name ?? id);
}

function orderSentence(
	{ words, link }: PageContext,
	line: OrderLine,
	id: 'contest.annulledBy' | 'contest.stayedBy' | 'contest.replacedBy',
	more: Readonly<Record<string, Part>>,
): Html {
	const values = {
		court: courtName(words, line.court),
		citation: foreign(line.citation),
		time: words.timeTag(line.decided),
		...more,
	};
	return html`<p><strong>${words.rich(id, values)}</strong> <a href="${link({ page: 'order', id: line.id })}">${words.say('contest.orderMore')}</a></p>`;
}

/** The stage, truthfully: with the moment at which the figures were frozen. `here`: on the page of the declaration itself. */
export function declaredSentence(
	context: PageContext,
	contest: Contest,
	standing: ContestStanding,
	here = false,
): Html {
	const { words, election, link } = context;
	const { mode } = election;
	const { declared, recorded } = standing;
	const more = (id: 'contest.standingMore' | 'contest.gateMore') =>
		!here && html` <a href="${link({ page: 'declaration', contest: contest.id })}">${words.say(id)}</a>`;
	if (declared !== undefined) {
		const values = { mode, n: declared.number, at: String(declared.at), time: words.timeTag(declared.time) };
		return html`<strong class="declared">${words.rich('contest.declaredOn', values)}</strong>${more('contest.standingMore')}`;
	}
	if (recorded !== undefined) {
		const values = { mode, time: words.timeTag(recorded.made) };
		return html`<strong class="undeclared">${words.rich('contest.recordedOn', values)}</strong>${more('contest.standingMore')}`;
	}
	return html`<strong class="undeclared">${words.say('contest.notDeclared', { mode })}</strong>${contest.declarable && more('contest.gateMore')}`;
}
