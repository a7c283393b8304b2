/** Lists of objections, orders and notices as tables, each line leading to its own page: on the pages of lists, of a declaration, of a station, of a collation. */
import type { ObjectionRow } from '@matokeo/core/rules/recordRows.ts';
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { NoticeLine, ObjectionLine, OrderLine } from '../../views/proceedTypes.ts';
import type { ContestHead } from '../../views/types.ts';
import type { MessageId } from '../../words/catalogues.ts';
import type { Words } from '../../words/words.ts';
import type { PageContext } from '../context.ts';
import { table } from '../parts.ts';
import { codeWords } from '../stationParts/codeWords.ts';
import { noticeWords, orderWords, targetWords } from '../stationParts/filingWords.ts';
import { courtName, signersLine, timelyWord } from './lines.ts';

const STATES: Readonly<Record<ObjectionRow['state'], MessageId>> = {
	open: 'filings.stateOpen',
	referred: 'filings.stateReferred',
	upheld: 'filings.stateUpheld',
	dismissed: 'filings.stateDismissed',
};

export function objectionState(words: Words, { state }: Pick<ObjectionLine, 'state'>): string {
	return words.say(STATES[state]);
}

export function objectionsTable(context: PageContext, lines: readonly ObjectionLine[]): Html {
	const { words, link } = context;
	return table({
		kind: 'filings',
		name: words.say('filings.objectionsTitle'),
		columns: [
			{ label: words.say('filings.objection') },
			{ label: words.say('filings.about') },
			{ label: words.say('filings.lodgedBy') },
			{ label: words.say('filings.state') },
		],
		rows: lines.map((line) => {
			const { id, ground, target, place, standing, clocks } = line;
			return html`<tr><th scope="row"><a href="${link({ page: 'objection', id })}">${words.text(ground.text) === '' ? foreign(ground.id) : words.shown(ground.text)}</a></th>
<td>${targetWords(words, target, areasOf(place))}${place !== undefined && target.kind !== 'area' && html` <small>${foreign(place.name)}</small>`}</td>
<td>${signersLine(words, line)} <small>${words.timeTag(line.time)}</small></td>
<td>${objectionState(words, line)}${!standing && html`<br><small>${words.say('filings.standingNo')}</small>`}${clocks.length > 0 && html`<br><small>${timelyWord(words, clocks)}</small>`}</td></tr>`;
		}),
	});
}

function areasOf(place: { readonly id: string; readonly name: string } | undefined) {
	return place === undefined ? {} : { areas: { [place.id]: place.name } };
}

export function orderState(words: Words, { state, order }: Pick<OrderLine, 'state' | 'order'>): string {
	if (state === 'filed') return words.say('filings.orderFiled');
	if (order.kind === 'lift' || order.kind === 'reinstate') return words.say('filings.orderDone');
	return words.say(state === 'in-force' ? 'filings.orderInForce' : 'filings.orderEnded');
}

export function orderSentence(
	words: Words,
	line: OrderLine,
	contest?: Pick<ContestHead, 'candidates' | 'fields'>,
): Part {
	const known = { contest: contest ?? { candidates: [], fields: [] }, ...areasOf(line.place) };
	return orderWords(words, line.order, known);
}

export function ordersTable(
	context: PageContext,
	lines: readonly OrderLine[],
	contest?: Pick<ContestHead, 'candidates' | 'fields'>,
): Html {
	const { words, link } = context;
	return table({
		kind: 'filings',
		name: words.say('filings.ordersTitle'),
		columns: [
			{ label: words.say('filings.what') },
			{ label: words.say('filings.orderCitation') },
			{ label: words.say('filings.orderDecided') },
			{ label: words.say('filings.state') },
		],
		rows: lines.map(
			(line) =>
				html`<tr><th scope="row"><a href="${link({ page: 'order', id: line.id })}">${orderSentence(words, line, contest)}</a></th>
<td>${courtName(words, line.court)}, ${foreign(line.citation)}</td><td>${words.timeTag(line.decided)}</td><td>${orderState(words, line)}</td></tr>`,
		),
	});
}

export function noticeSentence(words: Words, { notice, surface, attempted }: NoticeLine): Part {
	const texts = Object.fromEntries(
		[surface, attempted].flatMap((code) => (code === undefined ? [] : [[code.id, code.text]])),
	);
	return noticeWords(words, notice, { contest: { candidates: [], fields: [] }, mode: 'official', texts });
}

export function noticesTable(context: PageContext, lines: readonly NoticeLine[]): Html {
	const { words, link } = context;
	return table({
		kind: 'filings',
		name: words.say('filings.noticesTitle'),
		columns: [{ label: words.say('filings.what') }, { label: words.say('said.by') }, { label: words.say('said.when') }],
		rows: lines.map(
			(line) =>
				html`<tr><th scope="row"><a href="${link({ page: 'notice', id: line.id })}">${noticeSentence(words, line)}</a>${line.reason !== undefined && html`<br><small>${codeWords(words, line.reason)}</small>`}</th>
<td>${signersLine(words, line)}</td><td>${words.timeTag(line.time)}</td></tr>`,
		),
	});
}
