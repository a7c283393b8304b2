/**
 * Charts as SVG without scripts or styles of their own: bars and the curve of arrivals. Shapes stretch with the page, text does not, since labels stand outside the stretched part.
 * Every chart stands beside the numbers that it draws, so bars are hidden from those who hear the page. Geometry is whole thousandths; no vote passes through here as a fraction.
 */
import { type Html, html, type Part } from '../html/html.ts';

const FULL = 1000;

/** Thousandths of a whole, never more than all of it. */
export function thousandths(part: number, whole: number): number {
	if (whole <= 0 || part <= 0) return 0;
	const found = Number((BigInt(part) * BigInt(FULL)) / BigInt(whole));
	return Math.min(FULL, found);
}

/** A bar from the start of the line: how much of a whole. */
export function bar(part: number, whole: number): Html {
	const width = thousandths(part, whole);
	return html`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="rest" width="1000" height="10"/><rect class="fill" width="${width}" height="10"/></svg>`;
}

/** Two stages over one another: the darker is part of the lighter. */
export function stagesBar(verified: number, reported: number, due: number): Html {
	return html`<svg class="bar stages" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="rest" width="1000" height="10"/><rect class="half" width="${thousandths(reported, due)}" height="10"/><rect class="fill" width="${thousandths(verified, due)}" height="10"/></svg>`;
}

export interface Curve {
	/** Unique on the page. */
	readonly id: string;
	readonly title: string;
	readonly description: string;
	/** Where steps begin and what came within each, oldest first. */
	readonly points: readonly { readonly time: number; readonly count: number }[];
	readonly step: number;
	/** The height of the whole: what is expected. */
	readonly whole: number;
	readonly label: (count: number) => string;
	readonly time: (seconds: number) => Part;
}

/** How much had come in by when, as steps: what lies between two counts is not known. */
export function arrivalCurve(curve: Curve): Html {
	const { id, title, description, points, step, whole, label, time } = curve;
	const [first] = points;
	const last = points.at(-1);
	if (first === undefined || last === undefined) return html``;
	const end = last.time + step;
	const x = (seconds: number): number => thousandths(seconds - first.time, end - first.time);
	const top = topOf(sumOf(points), whole);
	let sum = 0;
	let path = `M0 ${FULL}`;
	for (const point of points) {
		path += `H${x(point.time)}`;
		sum += point.count;
		path += `V${FULL - thousandths(sum, top)}`;
	}
	path += `H${FULL}`;
	const middle = first.time + Math.floor((end - first.time) / 2 / step) * step;
	return html`<figure class="curve"><svg class="chart" role="img" aria-labelledby="${id}-title ${id}-text" height="194" width="100%">
<title id="${id}-title">${title}</title><desc id="${id}-text">${description}</desc>
<svg class="plot" y="22" height="170" width="100%" viewBox="0 0 1000 1000" preserveAspectRatio="none"><path class="grid" d="M0 0H1000M0 500H1000M0 1000H1000"/><path class="area" d="${path}V${FULL}Z"/><path class="line" d="${path}"/></svg>
<text x="0" y="16">${label(top)}</text><text x="0" y="101">${label(Math.floor(top / 2))}</text><text class="value" x="100%" y="${Math.max(16, 16 + Math.floor(((FULL - thousandths(sum, top)) * 170) / FULL))}">${label(sum)}</text>
</svg><p class="axis" aria-hidden="true"><span>${time(first.time)}</span><span class="middle">${time(middle)}</span><span>${time(end)}</span></p></figure>`;
}

/** The whole, once a third of it is in; before that the next round number above what is in, since a line along the floor shows nothing. */
function topOf(sum: number, whole: number): number {
	if (sum * 3 >= whole) return Math.max(whole, sum);
	for (let step = 1; ; step *= 10)
		for (const part of [2, 4, 6, 8, 10]) if (part * step >= sum) return Math.min(part * step, whole);
}

function sumOf(points: Curve['points']): number {
	return points.reduce((sum, { count }) => sum + count, 0);
}
