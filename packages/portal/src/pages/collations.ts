/** The certificates of a contest's collation: every area of every step, with the certificate in force, who signed it and when, and how much of the area it counts. */
import { foreign, plainName } from '../html/foreign.ts';
import { type Html, html } from '../html/html.ts';
import type { CertifiedArea, CollationsView } from '../views/collationTypes.ts';
import type { PageContext } from './context.ts';
import { layout } from './layout.ts';
import { count, crumbs, table } from './parts.ts';
import { signersLine } from './proceedParts/lines.ts';

export function collationsPage(context: PageContext, view: CollationsView): string {
	const { words, data } = context;
	const { contest, steps } = view;
	const heading = words.say('collation.listHeading');
	return layout(context, {
		title: words.say('collation.listTitle', { contest: plainName(words.text(contest.title)) }),
		contest,
		here: 'collations',
		follows: contest.id,
		body: html`${crumbs(context, contest, [], heading)}
<h1>${words.rich('collation.listTitle', { contest: words.shown(contest.title) })}</h1>
<p class="note">${words.say('collation.listIntro')}</p>
${steps.map((step) => stepSection(context, contest.id, step))}
<p><a href="${data({ data: 'collations', contest: contest.id })}">${words.say('said.json')}</a></p>`,
	});
}

function stepSection(context: PageContext, contest: string, step: CollationsView['steps'][number]): Html {
	const { words } = context;
	const { name, title, areas, level } = step;
	const certified = areas.filter(({ certificate }) => certificate !== undefined).length;
	const caption = words.rich('collation.listCaption', { level: words.shown(name), sheet: words.shown(title) });
	return html`<section id="step-${level}"><h2>${caption}</h2>
<p><strong>${words.say('collation.listProgress', { n: certified, all: areas.length })}</strong> ${words.say('collation.stage', { stage: step.stage })}</p>
${table({
	kind: 'areas sortable',
	name: words.say('collation.listCaption', { level: words.text(name), sheet: words.text(title) }),
	columns: [
		{ label: words.say('common.area'), sort: 'text' },
		{ label: words.say('collation.certificate'), sort: 'number' },
		{ label: words.say('collation.signed') },
		{ label: words.say('collation.counted'), sort: 'number' },
		{ label: words.say('collation.due'), sort: 'number' },
	],
	rows: areas.map((area) => areaRow(context, contest, area)),
})}</section>`;
}

function areaRow(context: PageContext, contest: string, area: CertifiedArea): Html {
	const { words, link } = context;
	const { id, name, certificate, counted, due, stayed } = area;
	const number = certificate?.number ?? 0;
	const stay = stayed && html` <small>${words.say('collation.stayed')}</small>`;
	const signed =
		certificate !== undefined &&
		html`${words.timeTag(certificate.time)} <small>${signersLine(words, certificate)}</small>`;
	return html`<tr><th scope="row"><a href="${link({ page: 'collation', contest, area: id })}">${foreign(name)}</a></th><td class="n" data-value="${number}">${number === 0 ? words.say('collation.none') : words.say('collation.number', { n: number })}${stay}</td><td>${signed}</td>${counted === undefined ? html`<td class="n">–</td>` : count(context, counted)}${count(context, due)}</tr>`;
}
