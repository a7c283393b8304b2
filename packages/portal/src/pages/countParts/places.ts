/** Where a count and the log differ: patterns with how often chance shows the same, areas, the places themselves with the way to their forms, and those that one of the two does not have. */
import type { Comparison, DifferingStation, FieldDifference, OnlyRow } from '@matokeo/compare/comparison.ts';
import { reportWords } from '@matokeo/compare/report/words.ts';
import { foreign } from '../../html/foreign.ts';
import { type Html, html, type Part } from '../../html/html.ts';
import type { ContestHead } from '../../views/types.ts';
import type { PageContext } from '../context.ts';
import { count, sum, table } from '../parts.ts';
import { signed } from '../proceedParts/compare.ts';
import { logState } from './line.ts';
import { fieldName } from './numbers.ts';

export function patternsOf(context: PageContext, { patterns, without_pattern: none, differing }: Comparison): Part {
	const { words, language } = context;
	if (differing === 0) return undefined;
	const own = reportWords(language);
	const shown = patterns.filter(({ stations }) => stations > 0);
	const rows = shown.map(({ pattern, stations, chance }) => {
		const values = { shown: chance.shown, pairs: chance.pairs };
		return html`<tr><th scope="row">${own.plain(`pattern_${pattern}`)}</th>${count(context, stations)}<td class="n">${words.say('counts.chanceOf', values)}</td></tr>`;
	});
	return html`<section id="patterns"><h2>${words.say('counts.patternsTitle')}</h2><p class="note">${words.say('counts.patternsText')}</p>${table(
		{
			kind: 'laid',
			name: words.say('counts.patternsTitle'),
			columns: [
				{ label: words.say('counts.pattern') },
				{ label: words.say('counts.number'), sort: 'number' },
				{ label: words.say('counts.chance'), sort: 'number' },
			],
			rows: [
				...rows,
				none > 0 &&
					html`<tr><th scope="row">${words.say('counts.patternNone')}</th>${count(context, none)}<td class="n">–</td></tr>`,
			],
		},
	)}</section>`;
}

/** The areas of the highest level; those of each level below it are there to be opened. */
export function areasOf(context: PageContext, contest: ContestHead, { levels, fields }: Comparison): Part {
	const { words, link } = context;
	const candidates = fields.compared.flatMap(({ kind }, place) => (kind === 'candidate' ? [place] : []));
	const known = new Set(contest.levels.map(({ id }) => id));
	const told = levels.filter(({ areas }) => areas.length > 0);
	return told.map(({ level, name, areas }, place) => {
		const shown = areas.slice(0, AREAS_SHOWN);
		const text = contest.levels.find(({ id }) => id === level)?.text;
		const title = words.rich('counts.areasTitle', { level: text === undefined ? foreign(name) : words.shown(text) });
		const rows = shown.map((area) => {
			const label = foreign(area.path.at(-1) ?? '');
			const to =
				area.id === undefined || !known.has(level)
					? undefined
					: link({ page: 'area', contest: contest.id, area: area.id });
			const moved = sum(candidates.map((place) => Math.abs(area.difference[place] ?? 0)));
			return html`<tr><th scope="row">${to === undefined ? label : html`<a href="${to}">${label}</a>`}</th>${count(context, area.matched)}${count(context, area.differing)}${count(context, area.only_in_a)}${count(context, area.only_in_b)}${count(context, moved)}</tr>`;
		});
		const listed = html`<p class="note">${words.say('counts.areasText', { shown: shown.length, all: areas.length })}</p>${table(
			{
				kind: 'plain sortable',
				name: name,
				columns: [
					{ label: words.say('counts.area'), sort: 'text' },
					{ label: words.say('counts.matched'), sort: 'number' },
					{ label: words.say('counts.differing'), sort: 'number' },
					{ label: words.say('counts.onlyLog'), sort: 'number' },
					{ label: words.say('counts.onlyCount'), sort: 'number' },
					{ label: words.say('counts.votesDiffer'), sort: 'number' },
				],
				rows,
			},
		)}`;
		return place === 0
			? html`<section id="level-${level}"><h2>${title}</h2>${listed}</section>`
			: html`<section id="level-${level}"><details><summary>${title}</summary>${listed}</details></section>`;
	});
}

const AREAS_SHOWN = 100;

export function placesOf(context: PageContext, contest: ContestHead, comparison: Comparison): Html {
	const { words, language } = context;
	const { stations, differing } = comparison;
	const own = reportWords(language);
	const row = (station: DifferingStation): Html => {
		const figures = station.fields.map((one) => html`<li>${figure(context, contest, comparison, one)}</li>`);
		const patterns = station.patterns.map((pattern) => html`<li>${own.plain(`pattern_${pattern}`)}</li>`);
		return html`<tr><th scope="row">${placeLink(context, contest, comparison, station.key, true)}${areasAbove(station)}</th><td><ul class="plain-list">${figures}</ul></td><td><ul class="plain-list">${patterns}</ul></td></tr>`;
	};
	return html`<section id="places"><h2>${words.say('counts.placesTitle')}</h2>${
		differing === 0
			? html`<p>${words.say('counts.placesNone')}</p>`
			: html`<p class="note">${words.say('counts.placesText', { shown: stations.length, all: differing })}</p>${table({
					kind: 'laid',
					name: words.say('counts.placesTitle'),
					columns: [
						{ label: words.say('counts.place') },
						{ label: words.say('counts.figures') },
						{ label: words.say('counts.pattern') },
					],
					rows: stations.map(row),
				})}`
	}</section>`;
}

function areasAbove({ areas }: { readonly areas: readonly string[] }): Part {
	return areas.length > 0 && html` <small>${areas.map((name, place) => [place > 0 && ' › ', foreign(name)])}</small>`;
}

/** The station's page, where its form is; or the area's. `known`: whether the log has it. */
function placeLink(
	{ words, link }: PageContext,
	contest: ContestHead,
	{ level }: Comparison,
	key: string,
	known: boolean,
): Html {
	if (level === 'station') {
		const label = words.say('station.title', { id: key });
		return known ? html`<a href="${link({ page: 'station', station: key })}">${label}</a>` : foreign(label);
	}
	const tallied = known && level !== 'whole' && contest.levels.some(({ id }) => id === level.area);
	return tallied
		? html`<a href="${link({ page: 'area', contest: contest.id, area: key })}">${foreign(key)}</a>`
		: foreign(key);
}

function figure(
	context: PageContext,
	contest: ContestHead,
	{ fields }: Comparison,
	{ field, a, b, difference }: FieldDifference,
): Html {
	const { words } = context;
	const name = fields.compared.find(({ id }) => id === field)?.name ?? field;
	const shown = (value: number | undefined): Part => (value === undefined ? words.say('counts.notGiven') : value);
	const values = { field: fieldName(context, contest, field, name), log: shown(a), count: shown(b) };
	if (difference === undefined) return words.rich('counts.figureOne', values);
	return words.rich('counts.figure', { ...values, difference: signed(words, difference) });
}

export function onlyOf(context: PageContext, contest: ContestHead, comparison: Comparison): Part {
	const { words } = context;
	const lists = [
		{ title: words.say('counts.onlyLog'), rows: comparison.only.a, all: comparison.only_in_a, inLog: true },
		{ title: words.say('counts.onlyCount'), rows: comparison.only.b, all: comparison.only_in_b, inLog: false },
	].filter(({ all }) => all > 0);
	if (lists.length === 0) return undefined;
	return html`<section id="only"><h2>${words.say('counts.onlyTitle')}</h2>${lists.map(
		({ title, rows, all, inLog }) =>
			html`<h3>${title}</h3><p class="note">${words.say('counts.onlyText', { shown: rows.length, all })}</p>${table({
				kind: 'laid',
				name: title,
				columns: [
					{ label: words.say('counts.place') },
					{ label: words.say('counts.votes'), sort: 'number' },
					...(inLog ? [] : [{ label: words.say('counts.state') }]),
				],
				rows: rows.map((row) => onlyRow(context, contest, comparison, row, inLog)),
			})}`,
	)}</section>`;
}

function onlyRow(
	context: PageContext,
	contest: ContestHead,
	comparison: Comparison,
	row: OnlyRow,
	inLog: boolean,
): Html {
	const { words } = context;
	const known = inLog || row.other !== undefined;
	const state = row.other === undefined ? words.say('counts.unknown') : logState(words, row.other);
	return html`<tr><th scope="row">${placeLink(context, contest, comparison, row.key, known)}${areasAbove(row)}</th>${count(context, row.votes)}${!inLog && html`<td>${state}</td>`}</tr>`;
}
