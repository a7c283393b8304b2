/** What has not come in: how much of the whole, for which reasons, by area, and in the end station by station (T14). */
import type { AreaResults } from '@matokeo/core/standings/results.ts';
import { bar, thousandths } from '../design/charts.ts';
import { stateWord } from '../design/marks.ts';
import { foreign, plainName } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { AreaLine, MissingView, StationLine } from '../views/types.ts';
import type { Words } from '../words/words.ts';
import { arrivalSection } from './arrivals.ts';
import type { PageContext } from './context.ts';
import { layout } from './layout.ts';
import { count, table, wayDown } from './parts.ts';
import { stationCells } from './stationList.ts';
import { statusWord } from './stationParts/codeWords.ts';

export function missingPage(context: PageContext, view: MissingView): string {
	const { words } = context;
	const { contest, area, results, areas, stations } = view;
	const title =
		area === undefined ? words.say('missing.title') : words.say('missing.titleArea', { area: plainName(area.name) });
	const body = html`${path(context, view)}
<h1>${area === undefined ? title : words.rich('missing.titleArea', { area: foreign(area.name) })}</h1>
${missingHeadline(context, results)}
${results.missing > 0 && area === undefined && reasons(context, results)}
${areas.length > 0 && html`<section id="areas"><h2>${words.say('missing.byArea')}</h2>${byArea(context, view)}</section>`}
${stations.length > 0 && html`<section id="list"><h2>${words.say('missing.list')}</h2>${byReason(context, stations)}</section>`}
${arrivalSection(context, view.arrivals, view.arrivals_step, results.due)}`;
	return layout(context, {
		title: `${title} – ${plainName(words.text(contest.title))}`,
		body,
		contest,
		here: 'missing',
		follows: contest.id,
	});
}

function path(context: PageContext, { contest, area }: MissingView): Html {
	const whole = context.words.say('missing.title');
	if (area === undefined) return wayDown(context, contest, [], whole);
	const step = { label: whole, to: { page: 'missing', contest: contest.id } } as const;
	return wayDown(context, contest, [step], foreign(area.name));
}

function missingHeadline({ words }: PageContext, { missing, due }: AreaResults): Html {
	const text =
		missing === 0 ? words.say('missing.headNone', { n: due }) : words.say('missing.head', { missing, n: due });
	return html`<div class="stage"><p class="headline"><strong>${text}</strong></p>${bar(due - missing, due)}</div>`;
}

/** Of a whole contest only counts are known here; the lists of the areas give each station's own reason. */
function reasons(context: PageContext, { missing, no_form_seen: unseen, due }: AreaResults): Html {
	const { words } = context;
	const row = (label: string, value: number): Html =>
		html`<tr><th scope="row">${label}</th>${count(context, value)}<td class="n">${words.percent(value, due)}</td></tr>`;
	return html`<section id="reasons"><h2>${words.say('missing.reasons')}</h2>${table({
		name: words.say('missing.reasonsCaption'),
		caption: words.say('missing.reasonsCaption'),
		columns: [
			{ label: words.say('missing.reason') },
			{ label: words.say('contest.stationsCount'), sort: 'number' },
			{ label: words.say('missing.share'), sort: 'number' },
		],
		rows: [row(words.say('missing.reasonNothing'), missing - unseen), row(words.say('missing.reasonNoForm'), unseen)],
	})}</section>`;
}

/** Those with the most missing first. A column stands only where there is something to count in it. */
function byArea(context: PageContext, { contest, areas }: MissingView): Html {
	const { words, link } = context;
	const name = ({ id, name: own, results }: AreaLine): Part =>
		results.missing === 0
			? foreign(own)
			: html`<a href="${link({ page: 'missing', contest: contest.id, area: id })}">${foreign(own)}</a>`;
	const counts = [
		{ label: words.say('missing.missing'), of: ({ missing }: AreaResults) => missing, always: true },
		{ label: words.say('missing.noFormSeen'), of: ({ no_form_seen: unseen }: AreaResults) => unseen, always: false },
		{ label: words.say('missing.postponed'), of: ({ postponed }: AreaResults) => postponed, always: false },
		{ label: words.say('missing.due'), of: ({ due }: AreaResults) => due, always: true },
	].filter(({ of, always }) => always || areas.some(({ results }) => of(results) > 0));
	return table({
		kind: 'areas sortable',
		name: words.say('missing.byAreaCaption'),
		caption: words.say('missing.byAreaCaption'),
		columns: [
			{ label: words.say('common.area'), sort: 'text' },
			...counts.map(({ label }) => ({ label, sort: 'number' }) as const),
			{ label: words.say('missing.share'), sort: 'number' },
		],
		rows: areas
			.toSorted((a, b) => b.results.missing - a.results.missing)
			.map((area) => {
				const { missing, due } = area.results;
				return html`<tr><th scope="row">${name(area)}</th>${counts.map(({ of }) => count(context, of(area.results)))}<td class="n" data-value="${thousandths(missing, due)}">${words.percent(missing, due)}${bar(missing, due)}</td></tr>`;
			}),
	});
}

/** Stations together that lack a form for the same reason: their state, and the listed reason if somebody gave one. */
function byReason(context: PageContext, stations: readonly StationLine[]): Html {
	const { words } = context;
	// Nearly every station of a country is here on the first evening: each is looked at once.
	const groups = Map.groupBy(stations, (station) => reasonOf(words, station));
	return html`${[...groups].map(([reason, lines]) => {
		const values = { reason: plainName(reason), n: lines.length };
		return table({
			kind: 'lines sortable',
			name: words.say('missing.listCaption', values),
			caption: words.rich('missing.listCaption', { ...values, reason: foreign(reason) }),
			columns: [
				{ label: words.say('common.station'), sort: 'text' },
				{ label: words.say('common.status'), sort: 'text' },
				{ label: words.say('missing.registered'), sort: 'number' },
				{ label: words.say('common.area'), sort: 'text' },
			],
			rows: lines.map((line) => html`<tr>${stationCells(context, line)}<td>${foreign(line.area.name)}</td></tr>`),
		});
	})}`;
}

/** What became of a station that is due, where that is why nothing came from it; other states say it themselves. */
const TOLD = new Set<StationLine['status']>(['delayed', 'not-opened', 'return-lost']);

function reasonOf(words: Words, { view, status, status_reason: code }: StationLine): string {
	const state = words.say(stateWord(view.state));
	const told = TOLD.has(status)
		? words.say('missing.reasonGiven', { state, reason: statusWord(words, status) })
		: state;
	return code === undefined
		? told
		: words.say('missing.reasonGiven', { state: told, reason: words.text(code.text) || code.id });
}
