/**
 * The areas below, each with how far it is and the verified votes of those who lead the whole; the rest of the candidates stand together, and apart on the area's own page. Sorting is
 * for the script; without it the rows are in the order of the package.
 */
import type { AreaResults } from '@matokeo/core/standings/results.ts';
import { stagesBar } from '../design/charts.ts';
import { foreign } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { AreaLine, CandidateHead, ContestHead } from '../views/types.ts';
import type { PageContext } from './context.ts';
import { type Column, count, sum, table } from './parts.ts';
import { ranked } from './votesTable.ts';

/** Candidates with a column of their own: what a table holds before it must scroll on a laptop. */
const CANDIDATES_SHOWN = 4;

export function areasTable(
	context: PageContext,
	contest: ContestHead,
	results: AreaResults,
	areas: readonly AreaLine[],
): Html {
	const { words } = context;
	const order = ranked(contest, results);
	const shown = order.slice(0, order.length === CANDIDATES_SHOWN + 1 ? CANDIDATES_SHOWN + 1 : CANDIDATES_SHOWN);
	const others = order.slice(shown.length);
	return table({
		kind: 'areas sortable',
		name: words.say('contest.areasTitle'),
		caption: captionOf(context, contest, areas),
		columns: [
			{ label: words.say('common.area'), sort: 'text' },
			{ label: words.say('contest.areasVerified'), sort: 'number' },
			{ label: words.say('contest.areasMissing'), sort: 'number' },
			{ label: words.say('contest.areasLook'), note: words.say('contest.areasLookText'), sort: 'number' },
			...shown.map(({ name }): Column => ({ label: foreign(name), sort: 'number' })),
			...(others.length > 0 ? [{ label: words.say('contest.areasOthers'), sort: 'number' } as const] : []),
		],
		rows: areas.map((area) => row(context, contest, area, shown, others)),
	});
}

function captionOf({ words }: PageContext, { levels }: ContestHead, areas: readonly AreaLine[]): Part {
	const [first] = areas;
	const level = levels.find(({ id }) => id === first?.level);
	return level === undefined || areas.some((area) => area.level !== level.id)
		? words.say('contest.areasCaptionMixed')
		: words.rich('contest.areasCaption', { level: words.shown(level.text) });
}

function row(
	context: PageContext,
	contest: ContestHead,
	{ id, name, results }: AreaLine,
	shown: readonly CandidateHead[],
	others: readonly CandidateHead[],
): Html {
	const { words, link } = context;
	const { verified, reported } = results.stages;
	const votes = (candidates: readonly CandidateHead[]): number =>
		sum(candidates.map((one) => verified.votes[one.id] ?? 0));
	return html`<tr><th scope="row"><a href="${link({ page: 'area', contest: contest.id, area: id })}">${foreign(name)}</a></th>
<td class="n" data-value="${verified.stations}">${words.say('contest.ofDue', { part: verified.stations, due: results.due })}${stagesBar(verified.stations, reported.stations, results.due)}</td>
${count(context, results.missing)}${count(context, results.quarantined + results.discrepant_open)}${shown.map((one) => count(context, votes([one])))}${others.length > 0 && count(context, votes(others))}</tr>`;
}
