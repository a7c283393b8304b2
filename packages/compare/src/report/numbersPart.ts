/** The numbers of a comparison: how many rows are in both, the same, differing, in one only; sums by column; rows that were left out. */
import type { ComparedSide, Side } from '../comparison.ts';
import { type Block, foreign, type Line, paragraph, type Section } from './document.ts';
import { fieldName, type Report, SIDES, sideName } from './report.ts';
import { joinLines, type ReportWords } from './words.ts';

export function numbersSection(words: ReportWords, report: Report): Section {
	const { comparison } = report;
	const { matched, same, differing, only_in_a, only_in_b } = comparison;
	const whole = matched + only_in_a + only_in_b;
	const row = (what: Line, n: number, of: number): readonly Line[] => [what, [words.number(n)], [words.share(n, of)]];
	const counts: Block = {
		kind: 'table',
		columns: [
			{ label: words.plain('what') },
			{ label: words.plain('count'), numbers: true },
			{ label: words.plain('share'), numbers: true },
		],
		rows: [
			row(words.say('inBoth'), matched, whole),
			row(words.say('same'), same, matched),
			row(words.say('differing'), differing, matched),
			row(words.say('onlyIn', { side: 'A' }), only_in_a, whole),
			row(words.say('onlyIn', { side: 'B' }), only_in_b, whole),
		],
	};
	return {
		id: 'numbers',
		heading: words.say('numbers'),
		blocks: [counts, ...fieldBlocks(words, report)],
	};
}

function fieldBlocks(words: ReportWords, report: Report): readonly Block[] {
	const { comparison } = report;
	const { compared } = comparison.fields;
	const { a_matched, b_matched, difference } = comparison.whole;
	if (compared.length === 0) return [];
	return [
		paragraph([...words.say('byField'), '. ', ...words.say('byFieldNote')]),
		{
			kind: 'table',
			columns: [
				{ label: words.plain('field') },
				{ label: words.plain('differ'), numbers: true },
				{ label: 'A', numbers: true },
				{ label: 'B', numbers: true },
				{ label: words.plain('bLessA'), numbers: true },
			],
			rows: compared.map(({ id, other_name, differing }, at) => [
				[foreign(fieldName(words, report, id)), ...(other_name === undefined ? [] : [' = ', foreign(other_name)])],
				[words.number(differing)],
				[words.number(a_matched[at] ?? 0)],
				[words.number(b_matched[at] ?? 0)],
				[words.signed(difference[at] ?? 0)],
			]),
		},
	];
}

/** Rows that were left out, told one by one. */
const LEFT_OUT_MAX = 10;

export function leftOutSection(words: ReportWords, { comparison }: Report): Section {
	const items = SIDES.flatMap((side) => [
		...leftOutLines(words, comparison[side], side),
		...absentLines(words, comparison[side], side),
	]);
	return {
		id: 'left-out',
		heading: words.say('leftOut'),
		blocks: items.length === 0 ? [paragraph(words.say('leftOutNone'))] : [{ kind: 'list', items }],
	};
}

function leftOutLines(words: ReportWords, side: ComparedSide, which: Side): readonly Line[] {
	const name = sideName(which);
	const told = (['twice', 'no-key', 'unreadable', 'total'] as const).flatMap((why): readonly Line[] => {
		const n = side.left_out[why];
		if (n === 0) return [];
		const rows = side.left_out_rows.filter((row) => row.why === why).slice(0, LEFT_OUT_MAX);
		const each = joinLines(
			rows.map(({ line, key }) => words.say('leftOutLine', { line: String(line), key: foreign(key) })),
			'; ',
		);
		const said = words.say(`leftOut_${why === 'no-key' ? 'no_key' : why}`, { side: name, n });
		return [rows.length === 0 ? said : [...said, ': ', ...each, ...(rows.length < n ? ['; …'] : [])]];
	});
	return side.filtered === 0 ? told : [...told, words.say('leftOutFiltered', { side: name, n: side.filtered })];
}

function absentLines(words: ReportWords, { absent }: ComparedSide, side: Side): readonly Line[] {
	return Object.entries(absent).map(([state, n]) =>
		words.say('absent', { side: sideName(side), n, state: foreign(state) }),
	);
}
