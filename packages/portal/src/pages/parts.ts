/** Small pieces that several pages share: tables that scroll by themselves, columns that can be sorted, and the way down to where one is. */
import { foreign } from '../html/foreign.ts';
import { type Html, html, type Part } from '../html/html.ts';
import type { PageAddress } from '../site/paths.ts';
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
	/** Said above the table; absent where a heading just above says the same. */
	readonly caption?: Part;
	/** What the table is called for those who hear it. */
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
	return html`<div class="scroll" role="region" aria-label="${name}" tabindex="0"><table class="${kind ?? 'plain'}">${caption !== undefined && html`<caption><span>${caption}</span></caption>`}
<thead><tr>${heads}</tr></thead>
<tbody>${rows}</tbody>${sums !== undefined && html`<tbody class="sums">${sums}</tbody>`}</table></div>`;
}

/** A cell with a number, which sorting goes by. */
export function count({ words }: PageContext, value: number, more?: Part): Html {
	return html`<td class="n" data-value="${value}">${words.number(value)}${more}</td>`;
}

interface Step {
	readonly label: Part;
	readonly to: PageAddress;
}

/** From the contest as a whole down to the page itself, which is the last and has no way to it. */
export function wayDown(
	{ words, link }: PageContext,
	contest: Pick<ContestHead, 'id' | 'title'>,
	between: readonly Step[],
	here: Part,
): Html {
	const whole: Step = { label: words.shown(contest.title), to: { page: 'contest', contest: contest.id } };
	const steps = [whole, ...between].map(({ label, to }) => html`<li><a href="${link(to)}">${label}</a></li>`);
	return html`<nav class="crumbs" aria-label="${words.say('common.path')}"><ol>${steps}<li aria-current="page"><span>${here}</span></li></ol></nav>`;
}

/** The same along areas, from the scope down: the scope stands for the contest itself. */
export function crumbs(
	context: PageContext,
	contest: Pick<ContestHead, 'id' | 'title'>,
	[, ...path]: readonly Named[],
	here: Part,
): Html {
	const areas = path.map(
		({ id, name }): Step => ({ label: foreign(name), to: { page: 'area', contest: contest.id, area: id } }),
	);
	return wayDown(context, contest, areas, here);
}

/** Sum of whole numbers, exactly. */
export function sum(values: Iterable<number>): number {
	let total = 0;
	for (const value of values) total += value;
	return total;
}
