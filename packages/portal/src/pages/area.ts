/** The page of an area: where it lies, its votes and stations, and what lies directly in it, down to the stations themselves. */
import { foreign, plainName, wholeName } from '../html/foreign.ts';
import { type Html, html } from '../html/html.ts';
import type { AreaView } from '../views/types.ts';
import { areasTable } from './areasTable.ts';
import type { PageContext } from './context.ts';
import { headline } from './headline.ts';
import { layout } from './layout.ts';
import { crumbs } from './parts.ts';
import { stationList } from './stationList.ts';
import { stationsTable } from './stationsTable.ts';
import { ranked, votesTable } from './votesTable.ts';

export function areaPage(context: PageContext, view: AreaView): string {
	const { words } = context;
	const { contest, area, results, areas, stations } = view;
	const body = html`${crumbs(context, contest, view.path, foreign(area.name))}
${wholeName(area.name)}
<p class="note">${levelOf(context, view)}</p>
${headline(words, results)}
<section id="votes"><h2>${words.say('contest.votesTitle')}</h2>${votesTable(context, contest, results)}</section>
<section id="stations"><h2>${words.say('contest.stationsTitle')}</h2>${stationsTable(context, results)}</section>
${areas.length > 0 && html`<section id="areas"><h2>${words.say('contest.areasTitle')}</h2>${areasTable(context, contest, results, areas)}</section>`}
${(stations.length > 0 || areas.length === 0) && here(context, view)}`;
	return layout(context, {
		title: words.say('area.title', { area: plainName(area.name), contest: plainName(words.text(contest.title)) }),
		body,
		contest,
		here: 'areas',
		follows: contest.id,
	});
}

function levelOf({ words }: PageContext, { contest, area }: AreaView): Html {
	const level = contest.levels.find(({ id }) => id === area.level);
	const contestName = words.shown(contest.title);
	return level === undefined
		? contestName
		: words.rich('area.level', { level: words.shown(level.text), contest: contestName });
}

function here(context: PageContext, { contest, results, stations }: AreaView): Html {
	const { words } = context;
	return html`<section id="list"><h2>${words.say('area.stationsTitle')}</h2>${stations.length === 0 ? html`<p>${words.say('area.none')}</p>` : stationList(context, contest, stations, ranked(contest, results))}</section>`;
}
