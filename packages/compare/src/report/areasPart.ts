/** Patterns of differences with what chance would show, rates of other elections, and the differences by area. */
import type { ComparedLevel } from '../comparison.ts';
import { type Block, foreign, type Line, paragraph, type Section } from './document.ts';
import { fieldName, type Report } from './report.ts';
import { joinLines, type ReportWords } from './words.ts';

export function patternsSection(words: ReportWords, { comparison }: Report): Section {
	const { patterns, without_pattern, differing } = comparison;
	const row = (what: Line, n: number, chance: Line): readonly Line[] => [
		what,
		[words.number(n)],
		[words.share(n, differing)],
		chance,
	];
	return {
		id: 'patterns',
		heading: words.say('patterns'),
		blocks: [
			paragraph(words.say('patternsNote')),
			{
				kind: 'table',
				columns: [
					{ label: words.plain('pattern') },
					{ label: words.plain('differ'), numbers: true },
					{ label: words.plain('share'), numbers: true },
					{ label: words.plain('byChance'), numbers: true },
				],
				rows: [
					...patterns.map(({ pattern, stations, chance }) =>
						row(words.say(`pattern_${pattern}`), stations, [
							...words.say('chanceOf', chance),
							` (${words.share(chance.shown, chance.pairs)})`,
						]),
					),
					row(words.say('pattern_none'), without_pattern, ['']),
				],
			},
		],
	};
}

export function areaSections(words: ReportWords, report: Report, most: number): readonly Section[] {
	const { fields, levels } = report.comparison;
	const names = fields.compared.map(({ id }) => fieldName(words, report, id));
	return levels.map((level) => areaSection(words, names, level, most));
}

function areaSection(words: ReportWords, names: readonly string[], level: ComparedLevel, most: number): Section {
	const shown = level.areas.slice(0, most);
	const table: Block = {
		kind: 'table',
		columns: [
			{ label: words.plain('area') },
			{ label: words.plain('inBoth'), numbers: true },
			{ label: words.plain('differ'), numbers: true },
			{ label: words.plain('onlyIn').replace('{side}', 'A'), numbers: true },
			{ label: words.plain('onlyIn').replace('{side}', 'B'), numbers: true },
			{ label: words.plain('bLessA') },
		],
		rows: shown.map(({ path, matched, differing, only_in_a, only_in_b, difference }) => [
			joinLines(
				path.map((name) => [foreign(name)]),
				' / ',
			),
			...[matched, differing, only_in_a, only_in_b].map((n): Line => [words.number(n)]),
			differences(words, names, difference),
		]),
	};
	return {
		id: `area-${level.level.replace(/[^a-z0-9]+/gi, '-')}`,
		heading: words.say('areas', { level: foreign(level.name) }),
		blocks: [
			paragraph(words.say('areasNote', { shown: shown.length, all: level.areas.length })),
			...(shown.length === 0 ? [] : [table]),
		],
	};
}

/** Columns in which the sums differ. */
function differences(words: ReportWords, names: readonly string[], difference: readonly number[]): Line {
	const lines = names.flatMap((name, at): readonly Line[] => {
		const by = difference[at] ?? 0;
		return by === 0 ? [] : [[foreign(name), ` ${words.signed(by)}`]];
	});
	return lines.length === 0 ? ['0'] : joinLines(lines, '; ');
}
