/** The lodged counts of a contest, newest first, each with where it came from and its comparison in a line (S44, W18). None of their figures stands here: a comparison count never looks like a result. */
import { plainName } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import { COUNTS_LISTED } from '../views/counts.ts';
import type { CountLine, CountsView } from '../views/countTypes.ts';
import type { PageContext } from './context.ts';
import { obtainedWords, rowsOf, standingOf } from './countParts/line.ts';
import { layout } from './layout.ts';
import { crumbs, table } from './parts.ts';
import { signersLine } from './proceedParts/lines.ts';

export function countsPage(context: PageContext, view: CountsView): string {
	const { words, data } = context;
	const { contest, counts } = view;
	return layout(context, {
		title: words.say('counts.title', { contest: plainName(words.text(contest.title)) }),
		contest,
		here: 'proceedings',
		body: html`${crumbs(context, contest, [], words.say('counts.heading'))}
<h1>${words.rich('counts.title', { contest: words.shown(contest.title) })}</h1>
<p class="note">${words.say('counts.intro')}</p>
${counts.length === 0 ? html`<p>${words.say('counts.none')}</p>` : list(context, counts)}
${counts.length === COUNTS_LISTED && html`<p>${words.say('counts.more', { n: COUNTS_LISTED })}</p>`}
<p>${words.say('counts.lodgeHow')}</p>
<pre class="command"><code>${words.say('counts.command')}</code></pre>
<p><a href="${data({ data: 'counts', contest: contest.id })}">${words.say('said.json')}</a></p>`,
	});
}

function list(context: PageContext, counts: readonly CountLine[]): Html {
	const { words, link } = context;
	return table({
		kind: 'filings',
		name: words.say('counts.heading'),
		columns: [
			{ label: words.say('counts.count') },
			{ label: words.say('counts.obtained') },
			{ label: words.say('counts.rows') },
			{ label: words.say('counts.standing') },
			{ label: words.say('counts.outcome') },
		],
		rows: counts.map((line) => {
			const name = words.rich('counts.countOf', { who: signersLine(words, line) });
			return html`<tr><th scope="row"><a href="${link({ page: 'count', id: line.id })}">${name}</a> <small>${words.say('counts.asOf')}: ${words.timeTag(line.at)}</small></th>
<td>${obtainedWords(words, line)}<br><small>${words.say('counts.lodged')}: ${words.timeTag(line.time)}</small></td><td>${rowsOf(words, line)}</td><td>${standingOf(context, line)}</td><td>${outcomeOf(context, line)}</td></tr>`;
		}),
	});
}

function outcomeOf({ words }: PageContext, { compared }: CountLine): Part {
	if (compared === undefined || compared.verdict.comparable === 'no') return words.say('counts.outcomeNone');
	const { differing, matched, only_in_a: log, only_in_b: count } = compared;
	return words.say('counts.outcomeLine', { differing, matched, log, count });
}
