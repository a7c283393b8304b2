/** Stations of one area in groups by what is known of them, each group with an address of its own, so that nothing has to be filtered by a script. */
import type { ReturnState } from '@matokeo/core/standings/returnView.ts';
import { returnMarks, stateWord } from '../design/marks.ts';
import { foreign } from '../html/foreign.ts';
import { type Html, html } from '../html/html.ts';
import type { CandidateHead, ContestHead, StationLine } from '../views/types.ts';
import type { PageContext } from './context.ts';
import { count, sum, table } from './parts.ts';

/** What needs looking at first, what is settled last. */
const ORDER: readonly ReturnState[] = [
	'quarantined',
	'no-form-seen',
	'missing',
	'received',
	'verified',
	'disregarded',
	'postponed',
	'cancelled',
	'merged',
];

/** Candidates with a column of their own. */
const CANDIDATES_SHOWN = 4;

export function stationList(
	context: PageContext,
	contest: ContestHead,
	stations: readonly StationLine[],
	order: readonly CandidateHead[],
): Html {
	const { words } = context;
	const groups = ORDER.map((state) => ({ state, lines: stations.filter(({ view }) => view.state === state) })).filter(
		({ lines }) => lines.length > 0,
	);
	const shown = order.slice(0, CANDIDATES_SHOWN);
	const jump = groups.map(
		({ state, lines }) =>
			html`<li><a href="#${state}">${words.say('area.stationsOf', { state: words.say(stateWord(state)), n: lines.length })}</a></li>`,
	);
	return html`${groups.length > 1 && html`<nav class="jump" aria-label="${words.say('area.jump')}"><ul>${jump}</ul></nav>`}
${groups.map(({ state, lines }) => group(context, contest, state, lines, shown))}`;
}

function group(
	context: PageContext,
	contest: ContestHead,
	state: ReturnState,
	lines: readonly StationLine[],
	shown: readonly CandidateHead[],
): Html {
	const { words } = context;
	const title = words.say('area.stationsOf', { state: words.say(stateWord(state)), n: lines.length });
	const stage = state === 'verified' ? 'verified' : 'reported';
	const places = placesOf(contest);
	const hasVotes = lines.some(({ view }) => view[stage] !== undefined);
	const votes = hasVotes
		? [
				...shown.map(({ name }) => ({ label: foreign(name), sort: 'number' }) as const),
				{ label: words.say('common.total'), sort: 'number' } as const,
			]
		: [];
	const what = words.say(stage === 'verified' ? 'area.verifiedVotes' : 'area.reportedVotes');
	return html`<section id="${state}"><h3>${title}</h3>${table({
		kind: 'lines sortable',
		name: title,
		...(hasVotes ? { caption: what } : {}),
		columns: [
			{ label: words.say('common.station'), sort: 'text' },
			{ label: words.say('common.status'), sort: 'text' },
			{ label: words.say('missing.registered'), sort: 'number' },
			...votes,
		],
		rows: lines.map(
			(line) =>
				html`<tr>${stationCells(context, line)}${hasVotes && votesCells(context, line.view[stage], shown, places)}</tr>`,
		),
	})}</section>`;
}

/** Name, state and register of one station, for every list of them. */
export function stationCells(context: PageContext, line: StationLine): Html {
	const { words, link } = context;
	const { id, name, registered, poll } = line;
	return html`<th scope="row"><a href="${link({ page: 'station', station: id })}">${foreign(name)} <small class="id">${id}</small></a></th>
<td><ul class="marks">${returnMarks(words, line.view).map((mark) => html`<li>${mark}</li>`)}${poll > 1 && html`<li>${words.say('common.poll', { n: poll })}</li>`}</ul></td>
${registered === undefined ? html`<td class="n">–</td>` : count(context, registered)}`;
}

/** Place of each field among the counted ones, which votes are listed by. */
function placesOf({ fields }: ContestHead): ReadonlyMap<string, number> {
	return new Map(fields.filter(({ counted }) => counted).map(({ id }, place) => [id, place]));
}

function votesCells(
	context: PageContext,
	votes: readonly number[] | undefined,
	shown: readonly CandidateHead[],
	places: ReadonlyMap<string, number>,
): Html {
	if (votes === undefined) return html`${[...shown, undefined].map(() => html`<td class="n">–</td>`)}`;
	return html`${shown.map(({ id }) => count(context, votes[places.get(id) ?? -1] ?? 0))}${count(context, sum(votes))}`;
}
