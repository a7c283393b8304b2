/** What changed in a contest (R11, R20): every decision and every figure that became another, with before and after, who and why, newest first. Pages are counted from the oldest, so that a full one never changes again. */
import { plainName } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { ChangeEntry, ChangesView, ContestHead } from '../views/types.ts';
import type { MessageId } from '../words/catalogues.ts';
import type { PageContext } from './context.ts';
import { layout } from './layout.ts';
import { crumbs } from './parts.ts';
import { areaLink, entryItem, stationLink } from './stationParts/entry.ts';

export function changesPage(context: PageContext, view: ChangesView): string {
	const { words, data } = context;
	const { contest, entries, total, page, pages } = view;
	const title = words.say('changes.heading');
	const items = entries.toReversed().map((entry) =>
		entryItem(context, contest, entry, {
			place: placeOf(context, contest, entry),
			anchor: anchorOf(entry),
			cited: true,
		}),
	);
	const turning = (id: MessageId) => pages > 1 && turn(context, view, words.say(id));
	const json = data({ data: 'changes', contest: contest.id, number: page });
	return layout(context, {
		title: words.say('changes.title', { contest: plainName(words.text(contest.title)) }),
		contest,
		here: 'changes',
		follows: contest.id,
		body: html`${crumbs(context, contest, [], title)}
<h1>${words.rich('changes.title', { contest: words.shown(contest.title) })}</h1>
<p class="note">${words.say('changes.intro')}</p>
${
	total === 0
		? html`<p>${words.say('changes.none')}</p>`
		: html`<p><strong>${words.say('changes.total', { n: total })}</strong>${pages > 1 && html` ${words.say('changes.page', { n: page + 1, of: pages })}.`}</p>
${turning('changes.pages')}
<ol class="entries">${items}</ol>
${turning('changes.pagesAgain')}`
}
<p><a href="${context.link({ page: 'feed', contest: contest.id })}" type="application/atom+xml">${words.say('feed.follow')}</a> · <a href="${json}">${words.say('changes.json')}</a></p>`,
	});
}

/** One statement may change several returns. */
export function anchorOf({ index, station }: Pick<ChangeEntry, 'index' | 'station'>): string {
	return station === undefined ? `e${index}` : `e${index}-${station.id}`;
}

export function placeOf(
	context: PageContext,
	contest: Pick<ContestHead, 'id' | 'title'>,
	{ station, area, whole_contest: whole }: ChangeEntry,
): Part {
	if (whole === true) return context.words.shown(contest.title);
	if (station === undefined) return context.words.say('changes.wholeElection');
	return [stationLink(context, station), area !== undefined && [', ', areaLink(context, contest.id, area)]];
}

/** The way to the neighbours and the ends; the last page is the one without a number. */
function turn(context: PageContext, { contest, page, pages }: ChangesView, name: string): Html {
	const { words, link } = context;
	const last = pages - 1;
	const entry = (id: MessageId, number: number, relation?: 'prev' | 'next'): Html => {
		const to = { page: 'changes', contest: contest.id, ...(number === last ? {} : { number }) } as const;
		return html`<li><a href="${link(to)}"${relation !== undefined && html` rel="${relation}"`}>${words.say(id)}</a></li>`;
	};
	return html`<nav aria-label="${name}"><ul>
${page > 0 && [entry('changes.oldest', 0), entry('changes.older', page - 1, 'prev')]}
${page < last && [entry('changes.newer', page + 1, 'next'), entry('changes.latest', last)]}
</ul></nav>
`;
}
