/** How the forms came in: the curve, and the same as a table. The curve rises in steps, since what lies between two counts is not known. */
import { arrivalCurve } from '../design/charts.ts';
import { type Html, html } from '../html/html.ts';
import type { ArrivalPoint } from '../record.ts';
import type { PageContext } from './context.ts';
import { count, sum, table } from './parts.ts';

export function arrivalSection(
	context: PageContext,
	points: readonly ArrivalPoint[],
	step: number,
	due: number,
): Html | undefined {
	const { words } = context;
	const last = points.at(-1);
	if (last === undefined) return undefined;
	const came = sum(points.map(({ forms }) => forms));
	return html`<section id="arrivals"><h2>${words.say('contest.arrivalTitle')}</h2>
${arrivalCurve({
	id: 'curve',
	title: words.say('contest.arrivalTitle'),
	description: words.say('contest.arrivalDesc', { came, due, time: words.time(last.time + step) }),
	points: points.map(({ time, forms }) => ({ time, count: forms })),
	step,
	whole: due,
	label: words.number,
	time: words.timeTag,
})}
<p class="note">${words.rich('contest.arrivalDesc', { came, due, time: words.timeTag(last.time + step) })}</p>
<details><summary>${words.say('contest.arrivalTable')}</summary>${arrivalTable(context, points)}</details></section>`;
}

function arrivalTable(context: PageContext, points: readonly ArrivalPoint[]): Html {
	const { words } = context;
	let together = 0;
	const rows = points.map(({ time, forms }) => {
		together += forms;
		return html`<tr><th scope="row">${words.timeTag(time)}</th>${count(context, forms)}${count(context, together)}</tr>`;
	});
	return table({
		name: words.say('contest.arrivalTitle'),
		columns: [
			{ label: words.say('contest.arrivalTime') },
			{ label: words.say('contest.arrivalForms'), sort: 'number' },
			{ label: words.say('contest.arrivalSum'), sort: 'number' },
		],
		rows,
	});
}
