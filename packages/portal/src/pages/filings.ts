/** One page of a list of objections, orders or notices, newest first; pages are counted from the oldest. */
import { plainName } from '../html/foreign.ts';
import { type Html, html } from '../html/html.ts';
import type { FilingKind, FilingsView } from '../views/proceedTypes.ts';
import type { MessageId } from '../words/catalogues.ts';
import type { PageContext } from './context.ts';
import { layout } from './layout.ts';
import { crumbs } from './parts.ts';
import { noticesTable, objectionsTable, ordersTable } from './proceedParts/lists.ts';

const OF: Readonly<Record<FilingKind, MessageId>> = {
	objections: 'filings.objectionsOf',
	orders: 'filings.ordersOf',
	notices: 'filings.noticesOf',
};
const NAMES: Readonly<Record<FilingKind, MessageId>> = {
	objections: 'filings.objectionsTitle',
	orders: 'filings.ordersTitle',
	notices: 'filings.noticesTitle',
};

export function filingsPage(context: PageContext, view: FilingsView): string {
	const { words, data } = context;
	const { contest, kind, page, pages, total } = view;
	const whole = words.say(kind === 'orders' ? 'filings.ordersAll' : 'filings.noticesAll');
	const title = contest === undefined ? whole : words.say(OF[kind], { contest: plainName(words.text(contest.title)) });
	const heading = contest === undefined ? whole : words.rich(OF[kind], { contest: words.shown(contest.title) });
	const json = data({ data: kind, ...(contest === undefined ? {} : { contest: contest.id }), number: page });
	return layout(context, {
		title,
		...(contest === undefined ? {} : { contest, follows: contest.id, here: 'proceedings' as const }),
		body: html`${contest !== undefined && crumbs(context, contest, [], words.say(NAMES[kind]))}
<h1>${heading}</h1>
<p><strong>${words.say('filings.total', { n: total })}</strong>${pages > 1 && html` ${words.say('filings.page', { n: page + 1, of: pages })}.`}</p>
${turn(context, view)}
${total > 0 && listOf(context, view)}
<p><a href="${json}">${words.say('said.json')}</a></p>`,
	});
}

function listOf(context: PageContext, { kind, objections, orders, notices }: FilingsView): Html {
	if (kind === 'objections') return objectionsTable(context, objections.toReversed());
	return kind === 'orders' ? ordersTable(context, orders.toReversed()) : noticesTable(context, notices.toReversed());
}

/** The way to the neighbours and the ends; the last page is the one without a number. */
function turn(context: PageContext, { contest, kind, page, pages }: FilingsView): Html | undefined {
	const { words, link } = context;
	if (pages < 2) return undefined;
	const last = pages - 1;
	const of = contest === undefined ? {} : { contest: contest.id };
	const entry = (id: MessageId, number: number): Html => {
		const to = link({ page: kind, ...of, ...(number === last ? {} : { number }) });
		return html`<li><a href="${to}">${words.say(id)}</a></li>`;
	};
	return html`<nav aria-label="${words.say('filings.page', { n: page + 1, of: pages })}"><ul>
${page > 0 && [entry('changes.oldest', 0), entry('changes.older', page - 1)]}
${page < last && [entry('changes.newer', page + 1), entry('changes.latest', last)]}
</ul></nav>`;
}
