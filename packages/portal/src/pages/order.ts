/** One order of a court, tribunal or legislature: what it decided and under which number, who entered it, whether it is in force, and what it did. */
import { foreign } from '../html/foreign.ts';
import { type Html, html } from '../html/html.ts';
import type { OrderView } from '../views/proceedTypes.ts';
import type { PageContext } from './context.ts';
import { layout } from './layout.ts';
import { wayDown } from './parts.ts';
import { effectsSection, historySection } from './proceedParts/effects.ts';
import { courtName, factRows, fileLine, referenceLine, signersLine, whenLine } from './proceedParts/lines.ts';
import { orderSentence, orderState } from './proceedParts/lists.ts';
import { codeWords } from './stationParts/codeWords.ts';
import { shortDigest } from './stationParts/digest.ts';

export function orderPage(context: PageContext, view: OrderView): string {
	const { words, data } = context;
	const { contest, order, head } = view;
	const court = words.text(order.court.text) || order.court.id;
	const list =
		contest === undefined
			? undefined
			: ({ label: words.say('filings.ordersTitle'), to: { page: 'orders', contest: contest.id } } as const);
	return layout(context, {
		title: words.say('filings.orderTitle', { court }),
		...(contest === undefined ? {} : { contest, here: 'proceedings' as const }),
		body: html`${contest !== undefined && list !== undefined && wayDown(context, contest, [list], foreign(order.citation))}
<h1>${words.rich('filings.orderTitle', { court: courtName(words, order.court) })}</h1>
<div class="stage"><p class="headline"><strong>${orderSentence(words, order, head)}</strong></p><p>${orderState(words, order)}</p></div>
${facts(context, view)}
${effectsSection(context, head, view.effects)}
${head !== undefined && historySection(context, head, view.history)}
<p><a href="${data({ data: 'order', id: order.id })}">${words.say('said.json')}</a></p>`,
	});
}

function facts(context: PageContext, { order, document, names }: OrderView): Html {
	const { words, link } = context;
	const { until, place } = order;
	const ended =
		until !== undefined &&
		words.rich('filings.orderUntil', {
			id: html`<a href="${link({ page: 'order', id: until })}">${shortDigest(until)}</a>`,
		});
	const station = 'station' in order.order ? order.order.station : undefined;
	return factRows([
		{ label: words.say('filings.orderCitation'), value: foreign(order.citation) },
		{ label: words.say('filings.orderBasis'), value: codeWords(words, order.basis) },
		{ label: words.say('filings.orderDecided'), value: words.timeTag(order.decided) },
		{
			label: words.say('said.by'),
			value: html`${signersLine(words, order)} ${words.say('filings.orderEntered', { by: order.entered })}`,
		},
		{ label: words.say('said.when'), value: whenLine(words, order) },
		ended !== false && { label: words.say('filings.state'), value: ended },
		place !== undefined && {
			label: words.say('filings.about'),
			value:
				station === undefined
					? foreign(place.name)
					: html`<a href="${link({ page: 'station', station })}">${foreign(station)}</a> ${foreign(place.name)}`,
		},
		names !== undefined && { label: words.say('filings.orderNames'), value: referenceLine(context, names) },
		{ label: words.say('said.document'), value: fileLine(context, document) },
		{ label: words.say('said.statement'), value: html`<code class="digest">${order.id}</code>` },
	]);
}
