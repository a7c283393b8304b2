/** Everything that was filed about a contest, at a glance: what orders have made of it, the law's clocks, and the newest objections, orders and notices with the way to all of them. */
import { plainName } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { FilingKind, ProceedingsView } from '../views/proceedTypes.ts';
import type { MessageId } from '../words/catalogues.ts';
import type { PageContext } from './context.ts';
import { layout } from './layout.ts';
import { crumbs } from './parts.ts';
import { clockTable } from './proceedParts/clockTable.ts';
import { noticesTable, objectionsTable, ordersTable } from './proceedParts/lists.ts';
import { ordersBand } from './proceedParts/standing.ts';

export function proceedingsPage(context: PageContext, view: ProceedingsView): string {
	const { words, link, data } = context;
	const { contest, standing, objections, orders, notices, open, clocks, election_notices: others } = view;
	const heading = words.say('filings.heading');
	return layout(context, {
		title: words.say('filings.title', { contest: plainName(words.text(contest.title)) }),
		contest,
		here: 'proceedings',
		follows: contest.id,
		body: html`${crumbs(context, contest, [], heading)}
<h1>${words.rich('filings.title', { contest: words.shown(contest.title) })}</h1>
<p class="note">${words.say('filings.intro')}</p>
${ordersBand(context, contest, standing)}
${part(context, contest.id, 'orders', orders, (lines) => ordersTable(context, lines, contest))}
${part(context, contest.id, 'objections', objections, (lines) => objectionsTable(context, lines), objections.total > 0 && html`<p><strong>${words.say('filings.allOpen', { open, n: objections.total })}</strong></p>`)}
${part(context, contest.id, 'notices', notices, (lines) => noticesTable(context, lines))}
${others > 0 && html`<p><a href="${link({ page: 'notices' })}">${words.say('filings.homeNotices', { n: others })}</a></p>`}
<p><a href="${link({ page: 'counts', contest: contest.id })}">${words.say('counts.heading')}</a></p>
<section id="clocks"><h2>${words.say('filings.clocksTitle')}</h2>${clockTable(context, clocks)}</section>
<p><a href="${data({ data: 'proceedings', contest: contest.id })}">${words.say('said.json')}</a></p>`,
	});
}

const TITLES: Readonly<Record<FilingKind, MessageId>> = {
	objections: 'filings.objectionsTitle',
	orders: 'filings.ordersTitle',
	notices: 'filings.noticesTitle',
};

function part<Line>(
	context: PageContext,
	contest: string,
	kind: FilingKind,
	{ total, newest }: { readonly total: number; readonly newest: readonly Line[] },
	tableOf: (lines: readonly Line[]) => Html,
	lead?: Part,
): Html {
	const { words, link } = context;
	const all = html`<a href="${link({ page: kind, contest })}">${words.say('filings.all')}</a>`;
	return html`<section id="${kind}"><h2>${words.say(TITLES[kind])}</h2>${lead}
${total === 0 ? html`<p>${words.say('filings.total', { n: 0 })}</p>` : tableOf(newest)}
${total > newest.length && html`<p>${words.say('filings.total', { n: total })} ${all}</p>`}</section>`;
}
