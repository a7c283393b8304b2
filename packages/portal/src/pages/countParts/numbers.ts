/** A comparison in numbers: whether the two can be compared at all, how many places agree, and the votes side by side. A is the log, B the comparison count. */
import type { Comparison } from '@matokeo/compare/comparison.ts';
import type { Line } from '@matokeo/compare/report/document.ts';
import { findingLine } from '@matokeo/compare/report/verdictPart.ts';
import { reportWords } from '@matokeo/compare/report/words.ts';
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import { COMPARED_STAGES, type ComparedCount } from '../../views/countTypes.ts';
import type { ContestHead } from '../../views/types.ts';
import type { PageContext } from '../context.ts';
import { count, table } from '../parts.ts';
import { signed } from '../proceedParts/compare.ts';
import { logState } from './line.ts';

/** Before any number: what can be compared, and what stands in the way, in the words of the report that anybody can make. */
export function verdictOf({ words, language }: PageContext, comparison: Comparison, shown: (line: Line) => Html): Html {
	const { verdict, level } = comparison;
	const own = reportWords(language);
	const areas = typeof level === 'object' ? level.area : '';
	const name = comparison.levels.find((one) => one.level === areas)?.name ?? areas;
	const first =
		verdict.comparable === 'areas'
			? own.say('comparable_areas', { level: { foreign: name } })
			: own.say(`comparable_${verdict.comparable}`);
	const findings = verdict.findings.map((one) => html`<p>${shown(findingLine(own, comparison, one))}</p>`);
	return html`<p>${own.plain('verdict')} <strong>${shown(first)}</strong></p>${findings.length > 0 && html`<p class="note">${words.say('counts.sides')}</p>${findings}`}`;
}

export function numbersOf(context: PageContext, stages: ComparedCount['stages']): Html {
	const { words } = context;
	const sides = COMPARED_STAGES.map((stage) => stages[stage].comparison);
	const row = (label: Part, number: (one: Comparison) => number): Html =>
		html`<tr><th scope="row">${label}</th>${sides.map((one) => count(context, number(one)))}</tr>`;
	const states = [...new Set(sides.flatMap(({ a }) => Object.keys(a.absent)))].sort();
	return table({
		kind: 'plain',
		name: words.say('counts.numbersCaption'),
		caption: words.say('counts.numbersCaption'),
		columns: [
			{ label: words.say('counts.number') },
			{ label: words.say('counts.againstVerified'), sort: 'number' },
			{ label: words.say('counts.againstReported'), sort: 'number' },
		],
		rows: [
			row(words.say('counts.matched'), ({ matched }) => matched),
			row(words.say('counts.same'), ({ same }) => same),
			row(words.say('counts.differing'), ({ differing }) => differing),
			row(words.say('counts.onlyLog'), ({ only_in_a }) => only_in_a),
			row(words.say('counts.onlyCount'), ({ only_in_b }) => only_in_b),
			...states.map((state) =>
				row(words.rich('counts.noFigures', { state: logState(words, state) }), ({ a }) => a.absent[state] ?? 0),
			),
		],
	});
}

export function totalsOf(context: PageContext, contest: ContestHead, { fields, whole }: Comparison): Part {
	const { words } = context;
	if (fields.compared.length === 0) return undefined;
	const rows = fields.compared.map(({ id, name }, place) => {
		const at = (list: readonly number[]): number => list[place] ?? 0;
		return html`<tr><th scope="row">${fieldName(context, contest, id, name)}</th>${count(context, at(whole.a_matched))}${count(context, at(whole.b_matched))}<td class="n">${signed(words, at(whole.difference))}</td>${count(context, at(whole.a))}${count(context, at(whole.b))}</tr>`;
	});
	return html`<section id="totals"><h2>${words.say('counts.totalsTitle')}</h2>${table({
		kind: 'laid',
		name: words.say('counts.totalsTitle'),
		caption: words.say('counts.totalsCaption'),
		columns: [
			{ label: words.say('said.field') },
			{ label: words.say('counts.log'), sort: 'number' },
			{ label: words.say('counts.count'), sort: 'number' },
			{ label: words.say('counts.less'), sort: 'number' },
			{ label: words.say('counts.logAll'), sort: 'number' },
			{ label: words.say('counts.countAll'), sort: 'number' },
		],
		rows,
	})}</section>`;
}

/** As the form of the contest calls it in the reader's language. */
export function fieldName({ words }: PageContext, { fields }: ContestHead, id: string, name: string): Html {
	const label = fields.find((field) => field.id === id)?.label;
	return label === undefined || words.text(label) === '' ? foreign(name) : words.shown(label);
}
