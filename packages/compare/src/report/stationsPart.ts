/** The rows of a comparison one by one: the largest differences with what settles each, and the rows that only one side has, by what the other says of them. */
import type { DifferingStation, FieldDifference, OnlyRow, Side } from '../comparison.ts';
import { type Block, foreign, type Line, paragraph, type Section } from './document.ts';
import { fieldName, otherSide, type Report, SIDES, sideName } from './report.ts';
import { joinLines, type ReportWords } from './words.ts';

/** Codes of rows in one source only, named of each kind. */
const EXAMPLES_MAX = 12;

export function largestSection(words: ReportWords, report: Report, most: number): Section {
	const { stations, differing } = report.comparison;
	const shown = stations.slice(0, most);
	const places = report.form !== undefined;
	const table: Block = {
		kind: 'table',
		columns: [
			{ label: words.plain('code') },
			{ label: words.plain('difference') },
			{ label: words.plain('pattern') },
			{ label: words.plain(places ? 'form' : 'places') },
		],
		rows: shown.map((one) => stationRow(words, report, one)),
	};
	return {
		id: 'differences',
		heading: words.say('largest'),
		blocks: [
			paragraph(words.say('largestNote', { shown: shown.length, all: differing })),
			...(shown.length === 0 ? [] : [table]),
		],
	};
}

function stationRow(words: ReportWords, report: Report, station: DifferingStation): readonly Line[] {
	const { key, areas, patterns } = station;
	const place: Line =
		areas.length === 0
			? [foreign(key)]
			: [
					foreign(key),
					' · ',
					...joinLines(
						areas.map((one) => [foreign(one)]),
						' / ',
					),
				];
	const told = patterns.map((one) => words.say(`pattern_${one}`));
	const neighbour: Line = station.neighbour === undefined ? [] : [' (', foreign(station.neighbour.equals), ')'];
	return [
		place,
		joinLines(
			station.fields.map((one) => fieldLine(words, report, one)),
			'; ',
		),
		told.length === 0 ? words.say('pattern_none') : [...joinLines(told, '; '), ...neighbour],
		placeLine(words, report, station),
	];
}

function fieldLine(words: ReportWords, report: Report, one: FieldDifference): Line {
	const name = fieldName(words, report, one.field);
	const value = (number: number | undefined, text: string | undefined): Line =>
		number !== undefined
			? [words.number(number)]
			: text !== undefined
				? ['“', foreign(text), '”']
				: words.say('notGiven');
	const values = { field: foreign(name), a: value(one.a, one.text_a), b: value(one.b, one.text_b) };
	return one.difference === undefined
		? words.say('fieldDifferenceText', values)
		: words.say('fieldDifference', { ...values, difference: words.signed(one.difference) });
}

/** The page of the form where one side is a log, and the lines of tables, for whoever looks it up. */
function placeLine(words: ReportWords, { form }: Report, { key, line_a, line_b }: DifferingStation): Line {
	const place = form?.(key);
	const lines: Line =
		line_a !== undefined && line_b !== undefined
			? words.say('linesOf', { line_a: String(line_a), line_b: String(line_b) })
			: line_a !== undefined
				? words.say('lineOf', { line: String(line_a), side: 'A' })
				: line_b !== undefined
					? words.say('lineOf', { line: String(line_b), side: 'B' })
					: [];
	if (place === undefined) return lines;
	return [foreign(place.path, place.href), ...(lines.length === 0 ? [] : ['; ', ...lines])];
}

export function onlySection(words: ReportWords, report: Report): Section {
	return {
		id: 'one-sided',
		heading: words.say('onlySection'),
		blocks: SIDES.flatMap((side) => onlyBlocks(words, report, side)),
	};
}

function onlyBlocks(words: ReportWords, { comparison }: Report, side: Side): readonly Block[] {
	const n = comparison[side === 'a' ? 'only_in_a' : 'only_in_b'];
	const rows = comparison.only[side];
	if (n === 0) return [paragraph(words.say('onlyNone', { side: sideName(side) }))];
	const votes = rows.reduce((sum, row) => sum + row.votes, 0);
	const head = paragraph(words.say('onlyCount', { side: sideName(side), n, votes }));
	const other = sideName(otherSide(side));
	const groups = Map.groupBy(rows, (row) => row.other);
	return [
		head,
		{
			kind: 'table',
			columns: [
				{ label: words.plain('state') },
				{ label: words.plain('count'), numbers: true },
				{ label: words.plain('examples') },
			],
			rows: [...groups].map(([state, list]) => [
				state === undefined
					? words.say('onlyUnknown', { other })
					: words.say('onlyState', { other, state: foreign(state) }),
				[words.number(list.length)],
				examples(list),
			]),
		},
	];
}

function examples(rows: readonly OnlyRow[]): Line {
	const first: readonly Line[] = rows.slice(0, EXAMPLES_MAX).map(({ key }) => [foreign(key)]);
	return joinLines(rows.length > EXAMPLES_MAX ? [...first, ['…']] : first, ', ');
}
