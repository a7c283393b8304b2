/**
 * One lodged count: where it came from, in its lodger's words and in the log's, and its comparison with the verified and the reported figures of the log (S44, W18). What differs needs explanation; nothing
 * here says who is right.
 */
import { unreachable } from '@matokeo/core/std/result.ts';
import { foreign, plainName } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import { countCsvPath } from '../site/paths.ts';
import type { ComparedCount, CountView } from '../views/countTypes.ts';
import type { PageContext } from './context.ts';
import { effectOf } from './countParts/effect.ts';
import { lineOf, obtainedWords, rowsOf, standingOf } from './countParts/line.ts';
import { numbersOf, totalsOf, verdictOf } from './countParts/numbers.ts';
import { areasOf, onlyOf, patternsOf, placesOf } from './countParts/places.ts';
import { ratesOf } from './countParts/rates.ts';
import { layout } from './layout.ts';
import { wayDown } from './parts.ts';
import { historySection } from './proceedParts/effects.ts';
import { factRows, fileLine, signersLine, whenLine } from './proceedParts/lines.ts';
import { shortDigest } from './stationParts/digest.ts';

export function countPage(context: PageContext, view: CountView): string {
	const { words, data } = context;
	const { contest, count } = view;
	const list = { label: words.say('counts.heading'), to: { page: 'counts', contest: contest.id } } as const;
	return layout(context, {
		title: words.say('counts.pageTitle', { contest: plainName(words.text(contest.title)) }),
		contest,
		here: 'proceedings',
		body: html`${wayDown(context, contest, [list], shortDigest(count.id))}
<h1>${words.rich('counts.pageTitle', { contest: words.shown(contest.title) })}</h1>
<div class="stage"><p class="headline"><strong>${words.rich('counts.countOf', { who: signersLine(words, count) })}</strong></p><p>${words.say('counts.notResult')}</p></div>
${facts(context, view)}
${lodgerWords(context, view)}
<section id="comparison"><h2>${words.say('counts.compareTitle')}</h2>${comparison(context, view)}</section>
${view.compared?.state === 'compared' && parts(context, view, view.compared)}
${historySection(context, contest, view.history)}
<p><a href="${data({ data: 'count', id: count.id })}">${words.say('said.json')}</a></p>`,
	});
}

function facts(context: PageContext, { count, table, text }: CountView): Html {
	const { words, link } = context;
	const former = count.replaces;
	return factRows([
		{ label: words.say('filings.lodgedBy'), value: signersLine(words, count) },
		{ label: words.say('said.when'), value: whenLine(words, count) },
		{ label: words.say('counts.asOf'), value: words.timeTag(count.at) },
		{ label: words.say('counts.obtained'), value: obtainedWords(words, count) },
		{ label: words.say('counts.rows'), value: rowsOf(words, count) },
		{ label: words.say('counts.standing'), value: standingOf(context, count) },
		former !== undefined && {
			label: words.say('counts.replaces'),
			value: html`<a href="${link({ page: 'count', id: former })}">${shortDigest(former)}</a>`,
		},
		{ label: words.say('counts.table'), value: fileLine(context, table) },
		{ label: words.say('said.text'), value: fileLine(context, text) },
		{ label: words.say('said.statement'), value: html`<code class="digest">${count.id}</code>` },
	]);
}

function lodgerWords({ words }: PageContext, { words: said }: CountView): Part {
	if (said === undefined || said === '') return undefined;
	const lines = said.split('\n').filter((line) => line.trim() !== '');
	return html`<section id="words"><h2>${words.say('counts.lodgerWords')}</h2><p class="note">${words.say('counts.lodgerWordsText')}</p>
<blockquote>${lines.map((line) => html`<p><bdi>${line}</bdi></p>`)}</blockquote></section>`;
}

function comparison(context: PageContext, { compared }: CountView): Html {
	const { words } = context;
	if (compared === undefined) return html`<p>${words.say('counts.waiting')}</p>`;
	switch (compared.state) {
		case 'not-held':
			return html`<p>${words.say('counts.notHeld')}</p>`;
		case 'withheld':
			return html`<p>${words.say('counts.withheld')}</p>`;
		case 'unreadable': {
			const { line, expected, came } = compared;
			const values = { line: String(line), expected: foreign(expected), came: foreign(came) };
			return html`<p>${words.rich('counts.unreadable', values)}</p>`;
		}
		case 'compared': {
			const { size, until, time, stages } = compared;
			const stands =
				size === until
					? words.rich('counts.standsAt', { n: size, time: words.timeTag(time) })
					: words.rich('counts.standsBetween', { from: size, n: until, time: words.timeTag(time) });
			return html`<p>${stands}</p>
${verdictOf(context, stages.verified.comparison, lineOf)}
${numbersOf(context, stages)}`;
		}
		default:
			return unreachable(compared);
	}
}

function parts(context: PageContext, view: CountView, { stages }: ComparedCount): Html {
	const { contest, count } = view;
	const { words, file } = context;
	const { comparison, effect } = stages.verified;
	const csv = (stage: 'verified' | 'reported', label: string): Html =>
		html`<a href="${file(countCsvPath(count.id, stage))}">${label}</a>`;
	return html`<section id="means"><h2>${words.say('counts.meansTitle')}</h2><p>${words.say('counts.means')} ${words.say('counts.meansRates')}</p>${ratesOf(context)}</section>
${totalsOf(context, contest, comparison)}
${effectOf(context, view, comparison, effect)}
${patternsOf(context, comparison)}
${areasOf(context, contest, comparison)}
${placesOf(context, contest, comparison)}
${onlyOf(context, contest, comparison)}
<p>${csv('verified', words.say('counts.csv'))} · ${csv('reported', words.say('counts.csvReported'))}</p>`;
}
