/** The first page: the contests of the election and how far each is. A day with many contests gets a table instead of a paragraph for each. */
import { stagesBar } from '../design/charts.ts';
import { type Html, html } from '../html/html.ts';
import type { HomeView } from '../views/aboutTypes.ts';
import type { CandidateHead } from '../views/types.ts';
import type { PageContext } from './context.ts';
import { contestHeadline } from './headline.ts';
import { layout } from './layout.ts';
import { count, table } from './parts.ts';
import { ordersBand } from './proceedParts/standing.ts';
import { shareFor } from './shares.ts';
import { candidateName, ranked } from './votesTable.ts';

type Entry = HomeView['contests'][number];

const LIMITS = {
	/** Contests that each get a paragraph: as many as one ballot day usually has (Kenya: six). */
	paragraphsMax: 8,
	/** Candidates named with a contest. */
	namedMax: 3,
} as const;

export function homePage(context: PageContext, { contests, notices }: HomeView): string {
	const { words, link, election } = context;
	const about = html`<a href="${link({ page: 'about' })}">${words.say('common.navAbout')}</a>`;
	const data = html`<a href="${link({ page: 'data' })}">${words.say('common.navData')}</a>`;
	const list =
		contests.length <= LIMITS.paragraphsMax
			? html`${contests.map((entry) => paragraph(context, entry))}`
			: contestsTable(context, contests);
	const body = html`<h1>${words.shown(election.title)}</h1>
<p class="note">${words.say('home.lead')}</p>
${list}
${notices > 0 && html`<p><a href="${link({ page: 'notices' })}">${words.say('filings.homeNotices', { n: notices })}</a></p>`}
<section><h2>${words.say('home.check')}</h2><p>${words.rich('home.checkText', { about, data })}</p></section>`;
	const [first] = contests;
	return layout(context, {
		title: words.say('home.title'),
		body,
		here: 'home',
		...(first === undefined ? {} : { follows: first.contest.id }),
	});
}

function paragraph(context: PageContext, { contest, results, standing }: Entry): Html {
	const { words, link } = context;
	const { verified } = results.stages;
	const named = ranked(contest, results).slice(0, LIMITS.namedMax);
	const share = shareFor(words, contest);
	const whole = share.of(verified);
	const of = share.name;
	return html`<section class="contest"><h2><a href="${link({ page: 'contest', contest: contest.id })}">${words.shown(contest.title)}</a></h2>
${contestHeadline(context, contest, results, standing)}
${whole > 0 && html`<p class="note">${words.say('home.leading')}</p><ul class="leading">${named.map((one) => leader(context, one, verified.votes[one.id] ?? 0, whole, of))}</ul>`}</section>`;
}

function leader(context: PageContext, candidate: CandidateHead, votes: number, whole: number, of: string): Html {
	const { words } = context;
	const share = words.say('common.share', { percent: words.percent(votes, whole), of });
	return html`<li><span>${candidateName(context, candidate)}</span> <span class="n">${words.number(votes)} <small>${share}</small></span></li>`;
}

function contestsTable(context: PageContext, contests: readonly Entry[]): Html {
	const { words, link } = context;
	return table({
		kind: 'areas sortable',
		name: words.say('home.tableCaption'),
		caption: words.say('home.tableCaption'),
		columns: [
			{ label: words.say('home.contest'), sort: 'text' },
			{ label: words.say('home.verified'), sort: 'number' },
			{ label: words.say('home.due'), sort: 'number' },
		],
		rows: contests.map(
			({ contest, results: { due, stages }, standing }) =>
				html`<tr><th scope="row"><a href="${link({ page: 'contest', contest: contest.id })}">${words.shown(contest.title)}</a>${ordersBand(context, contest, standing)}</th>${count(context, stages.verified.stations, stagesBar(stages.verified.stations, stages.reported.stations, due))}${count(context, due)}</tr>`,
		),
	});
}
