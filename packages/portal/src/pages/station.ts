/**
 * The page of one polling station: what is known of it in every contest that it votes in, the forms beside their figures, the checks, the whole history, and how to check all of it. Everything
 * stands on the page itself; nothing needs a script.
 */
import type { StatementId } from '@matokeo/core/record/said.ts';
import { foreign, plainName } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { StationContestView, StationView } from '../views/stationTypes.ts';
import type { PageContext } from './context.ts';
import { layout } from './layout.ts';
import { crumbs } from './parts.ts';
import { checksSection } from './stationParts/checks.ts';
import { entryItem } from './stationParts/entry.ts';
import { formsSection } from './stationParts/forms.ts';
import { filedSection, originalsSection } from './stationParts/originals.ts';
import { proofSection, reportSection } from './stationParts/proof.ts';
import { mergedInto, stateSection } from './stationParts/state.ts';

export function stationPage(context: PageContext, view: StationView): string {
	const { words } = context;
	const { station, contests } = view;
	const [only] = contests;
	const title = words.say('station.title', { id: station.id });
	return layout(context, {
		title: `${title}, ${plainName(station.name)}`,
		here: 'find',
		...(only !== undefined && contests.length === 1 ? { contest: only.contest } : {}),
		body: html`${heading(context, view, title)}
${contests.length > 1 && overview(context, contests)}
${contests.length === 0 && html`<p>${words.say('station.noContests')}</p>`}
${contests.map((part) => contestSection(context, part, view))}
${reportSection(context, view)}${proofSection(context, view)}`,
	});
}

function heading(context: PageContext, { station, path, contests }: StationView, title: string): Html {
	const { words } = context;
	const [only] = contests;
	const here = html`${title}`;
	const numbers = [
		['station.register', station.registered],
		['station.supplementary', station.supplementary],
		['station.ballots', station.ballots],
	] as const;
	const facts = numbers.map(
		([id, value]) => value !== undefined && html`<div><dt>${words.say(id)}</dt><dd>${words.number(value)}</dd></div>`,
	);
	const further = Object.entries(station.attributes).map(
		([name, value]) => value !== '' && html`<div><dt>${foreign(name)}</dt><dd><bdi>${value}</bdi></dd></div>`,
	);
	return html`${only !== undefined && contests.length === 1 && crumbs(context, only.contest, only.path, here)}
<h1>${title}: ${foreign(station.name)}</h1>
${station.name !== plainName(station.name) && html`<p class="whole" tabindex="0"><bdi>${station.name}</bdi></p>`}
<p class="where">${path.map(({ name }, place) => [place > 0 && ' › ', foreign(name)])}</p>
<dl class="facts">${facts}${further}</dl>
${station.added && html`<p>${words.say('station.added')}</p>`}${station.merged_into !== undefined && mergedInto(context, station.merged_into)}`;
}

/** One line for each contest: at six contests the page is long. */
function overview({ words }: PageContext, contests: readonly StationContestView[]): Html {
	const items = contests.map(
		({ contest }, place) => html`<li><a href="#${anchorOf(place)}">${words.shown(contest.title)}</a></li>`,
	);
	return html`<nav class="jump" aria-label="${words.say('station.contests')}"><ul>${items}</ul></nav>`;
}

function anchorOf(place: number): string {
	return `contest-${place + 1}`;
}

function contestSection(context: PageContext, part: StationContestView, view: StationView): Html {
	const place = view.contests.indexOf(part);
	const several = view.contests.length > 1;
	const anchor = several ? `e${place + 1}-` : 'e';
	return html`<section class="return" id="${anchorOf(place)}"><h2>${context.words.shown(part.contest.title)}</h2>
${several && tallied(context, part)}
${stateSection(context, part)}${filedSection(context, part)}${formsSection(context, part, view.station.id)}${originalsSection(context, part, anchor)}${checksSection(context, part)}${history(context, part, anchor)}
</section>
`;
}

/** Where the station is added up in this contest, which need not be where it lies. */
function tallied({ words, link }: PageContext, { contest, path }: StationContestView): Html {
	const [, ...areas] = path;
	const whole = html`<a href="${link({ page: 'contest', contest: contest.id })}">${words.shown(contest.title)}</a>`;
	const steps = areas.map(
		({ id, name }) => html` › <a href="${link({ page: 'area', contest: contest.id, area: id })}">${foreign(name)}</a>`,
	);
	return html`<p class="where small">${whole}${steps}</p>`;
}

function history(
	context: PageContext,
	{ contest, captures, history: entries }: StationContestView,
	anchor: string,
): Part {
	const { words } = context;
	const readings = new Map<StatementId, number>(
		captures.flatMap((capture) => capture.readings.map(({ id }, place) => [id, place + 1] as const)),
	);
	const items = entries.map((entry) =>
		entryItem(context, contest, entry, { readings, anchor: `${anchor}${entry.index}` }),
	);
	return html`<h3>${words.say('station.history')}</h3>
${entries.length === 0 ? html`<p>${words.say('station.historyNone')}</p>` : html`<p>${words.say('station.historyText')}</p><ol class="entries">${items}</ol>`}`;
}
