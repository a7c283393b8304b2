/**
 * The collation of contest × area: the sheet of the certificate in force, or of the latest mark, beside what stands in the log now. Rows beyond the first thousand stand on pages of their own;
 * the sheet itself never changes.
 */

import { sameVotes } from '@matokeo/core/standings/returnView.ts';
import { foreign, plainName } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { CollationView } from '../views/collationTypes.ts';
import { collatedAreas, collatedStations, partsOf } from './collationRows.ts';
import { certificatesSection } from './collationSigned.ts';
import type { PageContext } from './context.ts';
import { layout } from './layout.ts';
import { crumbs } from './parts.ts';
import { countsCompared, votesCompared } from './proceedParts/compare.ts';
import { objectionsTable, ordersTable } from './proceedParts/lists.ts';

/** Stations on one page. */
export const COLLATION_ROWS = 1_000;

export function collationPage(context: PageContext, view: CollationView, part: number, parts: number): string {
	const { words, data } = context;
	const { contest, area, path } = view;
	const sheet = titleOf(context, view);
	const title = words.say('collation.title', {
		sheet: words.text(view.title) || sheet.plain,
		area: plainName(area.name),
	});
	const json = html`<p><a href="${data({ data: 'collation', contest: contest.id, area: area.id })}">${words.say('said.json')}</a></p>`;
	return layout(context, {
		title: `${title} – ${plainName(words.text(contest.title))}`,
		contest,
		here: 'collations',
		follows: contest.id,
		body: html`${crumbs(context, contest, path, words.rich('collation.title', { sheet: sheet.shown, area: foreign(area.name) }))}
<h1>${words.rich('collation.title', { sheet: sheet.shown, area: foreign(area.name) })}</h1>
${part === 1 ? [opening(context, view), figures(context, view)] : undefined}
${partsOf(context, view, part, parts)}
${part === 1 && collatedAreas(context, view)}
${collatedStations(context, view, { part, parts, rows: COLLATION_ROWS }, part === 1 && [objections(context, view), certificatesSection(context, view), check(context, view)])}
${json}`,
	});
}

function titleOf({ words }: PageContext, { title }: CollationView): { readonly shown: Part; readonly plain: string } {
	const plain = words.say('collation.plain');
	return { shown: words.text(title) === '' ? plain : words.shown(title), plain };
}

/** What this sheet is: certified, only marked, or neither; and whether anything has moved since. */
function opening(context: PageContext, view: CollationView): Html {
	const { words, link } = context;
	const { contest, certificate, mark, later, above, stage, stays } = view;
	const at = mark === undefined ? undefined : { index: String(mark.index), time: words.timeTag(mark.time) };
	const state =
		at === undefined
			? words.say('collation.noMark')
			: certificate === undefined
				? words.rich('collation.noCertificate', at)
				: words.rich('collation.inForce', { ...at, n: certificate.number ?? 0 });
	const over =
		above !== undefined &&
		html`<a href="${link({ page: 'collation', contest: contest.id, area: above.id })}">${foreign(above.name)}</a>`;
	return html`${stays.length > 0 && html`<div class="ordered">${ordersTable(context, stays, contest)}</div>`}
<div class="stage"><p class="headline"><strong>${state}</strong></p>
${mark !== undefined && html`<p>${words.say(moved(view) ? 'collation.differs' : 'collation.same')}</p>`}
${later !== undefined && html`<p>${words.rich('collation.later', { index: String(later.index), time: words.timeTag(later.time) })}</p>`}</div>
<p class="note">${words.say('collation.stage', { stage })}${above !== undefined && [' ', words.rich('collation.above', { area: over })]}</p>`;
}

function moved({ mark, now, areas, stations }: CollationView): boolean {
	if (mark === undefined) return false;
	if (
		areas.some(({ now: one }) => one !== undefined) ||
		stations.some((one) => one.now !== undefined || one.moved !== undefined)
	)
		return true;
	return mark.counts.counted !== now.counts.counted || !sameVotes(mark.totals, now.totals);
}

function figures(context: PageContext, view: CollationView): Html {
	const { words } = context;
	const { contest, mark, now } = view;
	const columns = [words.say('collation.atMark'), words.say('collation.now')] as const;
	return html`<section id="counts"><h2>${words.say('collation.countsTitle')}</h2>${countsCompared(context, mark?.counts, now.counts, columns)}</section>
<section id="totals"><h2>${words.say('collation.totalsTitle')}</h2>${votesCompared(context, contest, {
		name: words.say(mark === undefined ? 'collation.totalsTitle' : 'collation.totalsCaption'),
		columns,
		first: mark?.totals,
		second: now.totals,
	})}</section>`;
}

function objections(context: PageContext, { objections: open, mark }: CollationView): Part {
	const { words } = context;
	if (mark === undefined) return undefined;
	return html`<section id="objections"><h2>${words.say('collation.objectionsTitle')}</h2>${open.length === 0 ? html`<p>${words.say('collation.objectionsNone')}</p>` : objectionsTable(context, open)}</section>`;
}

function check({ words, election }: PageContext, { mark }: CollationView): Part {
	if (mark === undefined) return undefined;
	const { met, silent } = mark.witnesses;
	const seen = met
		? words.say('collation.witnessedMet')
		: words.rich('collation.witnessedNot', {
				names: silent.length === 0 ? words.say('common.none') : words.items(silent.map((name) => foreign(name))),
			});
	return html`<section id="mark"><h2>${words.say('collation.checkTitle')}</h2>
<p>${words.rich('collation.checkText', { digest: html`<code class="digest">${mark.list}</code>` })}</p>
<pre class="command"><code>matokeo verify FOLDER --anchor ${election.digest}</code></pre>
<p>${seen}</p></section>`;
}
