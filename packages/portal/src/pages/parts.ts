/** Small pieces that several pages share: tables that scroll by themselves, columns that can be sorted, and the way down to where one is. */
import { foreign } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { ContestHead, Named } from '../views/types.ts';
import type { PageContext } from './context.ts';

/** What a column is sorted by, where the script is at hand: the text of its cells, or their `data-value`. */
export type Sort = 'text' | 'number';

export interface Column {
	readonly label: Part;
	/** Said smaller below it. */
	readonly note?: Part;
	readonly sort?: Sort;
}

export interface Table {
	/** Said above the table and to those who hear it. */
	readonly caption: Part;
	/** The caption as plain text. */
	readonly name: string;
	readonly columns: readonly Column[];
	readonly rows: Part;
	/** Rows that stay where they are when the others are sorted. */
	readonly sums?: Part;
	readonly kind?: string;
}

/** Wide tables scroll within themselves, so that the page never does. */
export function table({ caption, name, columns, rows, sums, kind }: Table): Html {
	const heads = columns.map(
		({ label, note, sort }) =>
			html`<th scope="col"${sort !== undefined && html` data-sort="${sort}"`}${sort === 'number' && html` class="n"`}>${label}${note !== undefined && html` <small>${note}</small>`}</th>`,
	);
	return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0"><table class="${kind ?? 'plain'}"><caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>${rows}</tbody>${sums !== undefined && html`<tbody class="sums">${sums}</tbody>`}</table></div>`;
}

/** A cell with a number, which sorting goes by. */
export function count({ words }: PageContext, value: number, more?: Part): Html {
	return html`<td class="n" data-value="${value}">${words.number(value)}${more}</td>`;
}

/** From the contest as a whole down to the area above. */
export function crumbs(context: PageContext, contest: ContestHead, path: readonly Named[], here: Part): Html {
	const { words, link } = context;
	const [scope, ...between] = path;
	const items = [
		html`<li><a href="${link({ page: 'contest', contest: contest.id })}">${words.shown(contest.title)}</a></li>`,
		...(scope === undefined ? [] : between).map(
			({ id, name }) =>
				html`<li><a href="${link({ page: 'area', contest: contest.id, area: id })}">${foreign(name)}</a></li>`,
		),
	];
	return html`<nav class="crumbs" aria-label="${words.say('common.path')}"><ol>${items}<li aria-current="page">${here}</li></ol></nav>`;
}

/** Sum of whole numbers, exactly. */
export function sum(values: Iterable<number>): number {
	let total = 0;
	for (const value of values) total += value;
	return total;
}
