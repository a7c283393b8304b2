/** The page of a contest: what stage it is at, the votes, what the law asks and how far it is, what is known of the stations, the areas, and how the forms came in. */

import { bar } from '../design/charts.ts';
import { plainName } from '../html/foreign.ts';
import { type Html, html } from '../html/html.ts';
import type { ContestView } from '../views/types.ts';
import { areasTable } from './areasTable.ts';
import { arrivalSection } from './arrivals.ts';
import type { PageContext } from './context.ts';
import { contestHeadline } from './headline.ts';
import { layout } from './layout.ts';
import { count, table } from './parts.ts';
import { ruleSection } from './ruleSection.ts';
import { stationsTable } from './stationsTable.ts';
import { votesTable } from './votesTable.ts';

export function contestPage(context: PageContext, view: ContestView): string {
	const { words, link } = context;
	const { contest, results } = view;
	const missing = link({ page: 'missing', contest: contest.id });
	const changes = link({ page: 'changes', contest: contest.id });
	const filed = link({ page: 'proceedings', contest: contest.id });
	const body = html`<h1>${words.shown(contest.title)}${contest.round > 1 && html` <small>${words.say('contest.round', { n: contest.round })}</small>`}</h1>
${contestHeadline(context, contest, results, view.standing)}
<section id="votes"><h2>${words.say('contest.votesTitle')}</h2>${votesTable(context, contest, results)}</section>
${ruleSection(context, view)}
<section id="stations"><h2>${words.say('contest.stationsTitle')}</h2>${stationsTable(context, results)}
<p><a href="${missing}">${words.say('common.navMissing')}</a> · <a href="${changes}">${words.say('contest.changes', { n: view.changes })}</a> · <a href="${filed}">${words.say('contest.objectionsOpen', { n: view.objections })}</a>${view.counts > 0 && html` · <a href="${link({ page: 'counts', contest: contest.id })}">${words.say('counts.onContest', { n: view.counts })}</a>`}</p></section>
${stepsSection(context, view)}${view.areas.length > 0 && html`<section id="areas"><h2>${words.say('contest.areasTitle')}</h2>${areasTable(context, contest, results, view.areas)}</section>`}
${arrivalSection(context, view.arrivals, view.arrivals_step, results.due)}`;
	return layout(context, {
		title: plainName(words.text(contest.title)),
		body,
		contest,
		here: 'contest',
		follows: contest.id,
	});
}

/** How much of each step of the collation is certified, from the top down. */
function stepsSection(context: PageContext, { contest, steps }: ContestView): Html | undefined {
	const { words, link } = context;
	if (steps.length === 0) return undefined;
	const list = link({ page: 'collations', contest: contest.id });
	const rows = steps.map(
		({ level, name, title, certified, areas }) =>
			html`<tr><th scope="row"><a href="${list}#step-${level}">${words.shown(name)}</a></th><td>${words.shown(title)}</td>${count(context, certified, bar(certified, areas))}${count(context, areas)}</tr>`,
	);
	return html`<section id="collation"><h2>${words.say('contest.collationTitle')}</h2>${table({
		name: words.say('contest.collationTitle'),
		caption: words.say('contest.collationCaption'),
		columns: [
			{ label: words.say('contest.collationStep') },
			{ label: words.say('contest.collationSheet') },
			{ label: words.say('contest.collationCertified'), sort: 'number' },
			{ label: words.say('contest.collationAreas'), sort: 'number' },
		],
		rows,
	})}</section>
`;
}
