/** The second section of a report: whether the two can be compared at all, and what stands in the way (K9). It is to be read before any number. */
import { unreachable } from '@matokeo/core/std/result.ts';
import type { CodeRemedy, Comparison, FieldPair, Finding, Verdict } from '../comparison.ts';
import { type Block, foreign, type Line, paragraph, type Section } from './document.ts';
import { comparedName, fieldName, levelName, type Report, sideName } from './report.ts';
import { joinLines, type ReportWords } from './words.ts';

export function verdictSection(words: ReportWords, report: Report): Section {
	const { comparison, sources } = report;
	const { verdict, added_up } = comparison;
	const findings = verdict.findings.map(
		(one): Block => paragraph(findingLine(words, comparison, one, (id) => fieldName(words, report, id))),
	);
	const log = sources.a.kind === 'log' || sources.b.kind === 'log';
	return {
		id: 'verdict',
		heading: words.say('verdict'),
		blocks: [
			paragraph(comparableLine(words, comparison, verdict), 'strong'),
			...(added_up === undefined ? [] : [paragraph(words.say('addedUp', { side: sideName(added_up) }))]),
			...findings,
			...loneBlocks(words, comparison),
			...(verdict.comparable === 'no'
				? []
				: [paragraph([...words.say('neutral'), ' ', ...words.say(log ? 'settlesLog' : 'settles')])]),
		],
	};
}

/** What no number of the report speaks of: to be read before them, since rows are the same only in what was compared. */
function loneBlocks(words: ReportWords, { fields: { compared, only_in_a, only_in_b } }: Comparison): readonly Block[] {
	const votes = compared.some(({ kind }) => kind === 'candidate');
	const lone = [
		{ side: 'A', fields: only_in_a },
		{ side: 'B', fields: only_in_b },
	].filter(({ fields }) => fields.length > 0);
	return [
		...lone.map(({ side, fields }) => {
			const names = fields.slice(0, NAMES_MAX).map(({ name }): Line => [foreign(name)]);
			const more: readonly Line[] = fields.length > NAMES_MAX ? [['…']] : [];
			return paragraph(words.say('loneFields', { side, fields: joinLines([...names, ...more], ', ') }));
		}),
		...(votes || compared.length === 0 ? [] : [paragraph(words.say('noVotes'))]),
	];
}

/** Of a table of a thousand columns the first are enough to see what happened; JSON has all. */
const NAMES_MAX = 20;

function comparableLine(words: ReportWords, comparison: Comparison, { comparable }: Verdict): Line {
	const { level } = comparison;
	if (comparable !== 'areas') return words.say(`comparable_${comparable}`);
	const name = typeof level === 'object' ? levelName(comparison, level.area) : '';
	return words.say('comparable_areas', { level: foreign(name) });
}

/** `field`: how a field is called; as the comparison calls it unless given. */
export function findingLine(
	words: ReportWords,
	comparison: Comparison,
	finding: Finding,
	field: (id: string) => string = (id) => comparedName(comparison, id),
): Line {
	const level = (id: string) => foreign(levelName(comparison, id));
	const names = (ids: readonly string[]): Line =>
		joinLines(
			[
				...ids.slice(0, NAMES_MAX).map((id): Line => ['“', foreign(id), '”']),
				...(ids.length > NAMES_MAX ? [['…']] : []),
			],
			', ',
		);
	switch (finding.code) {
		case 'other_codes':
			return [
				...words.say('finding_other_codes', {
					matched: finding.matched,
					rows_a: finding.rows_a,
					rows_b: finding.rows_b,
					examples_a: names(finding.examples_a),
					examples_b: names(finding.examples_b),
				}),
				' ',
				...remedyLine(words, finding.remedy),
			];
		case 'rows_shifted':
			return shiftedLine(words, finding);
		case 'fields_exchanged':
		case 'fields_named_otherwise':
			return words.say(`finding_${finding.code}`, { pairs: pairsLine(words, finding.pairs, field) });
		case 'unrelated_numbers':
			return words.say('finding_unrelated_numbers', {
				equal: finding.equal,
				of: finding.of,
				by_chance: finding.by_chance,
			});
		case 'other_scale':
			return words.say('finding_other_scale', {
				side: sideName(finding.side),
				power: words.signed(finding.power),
				equal: finding.equal,
				of: finding.of,
			});
		case 'percentages':
			return words.say('finding_percentages', {
				side: sideName(finding.side),
				equal: finding.equal,
				of: finding.of,
			});
		case 'not_below':
			return words.say('finding_not_below', { side: sideName(finding.side), level: level(finding.level) });
		case 'levels_apart':
			return words.say('finding_levels_apart', { level_a: level(finding.level_a), level_b: level(finding.level_b) });
		case 'only_whole':
			return words.say('finding_only_whole', { side: sideName(finding.side) });
		case 'no_common_fields':
			return words.say('finding_no_common_fields', {
				fields_a: names(finding.fields_a),
				fields_b: names(finding.fields_b),
			});
		case 'no_rows':
			return words.say('finding_no_rows', { side: sideName(finding.side) });
		default:
			return unreachable(finding);
	}
}

function shiftedLine(words: ReportWords, finding: Extract<Finding, { readonly code: 'rows_shifted' }>): Line {
	const { by, order, equal, of, own } = finding;
	const where = order === 'code' ? words.say('orderCode') : words.say('orderSource', { side: sideName(order) });
	return words.say('finding_rows_shifted', { by: words.signed(by), order: where, equal, of, own });
}

function pairsLine(words: ReportWords, pairs: readonly FieldPair[], field: (id: string) => string): Line {
	const lines = pairs
		.slice(0, NAMES_MAX)
		.map(({ a, b, equal, of, own }) =>
			words.say('exchangedPair', { a: foreign(field(a)), b: foreign(field(b)), equal, of, own }),
		);
	return joinLines([...lines, ...(pairs.length > NAMES_MAX ? [['…']] : [])], '; ');
}

function remedyLine(words: ReportWords, remedy: CodeRemedy | undefined): Line {
	if (remedy === undefined) return words.say('remedyNone');
	const said =
		remedy.kind === 'prefix' || remedy.kind === 'suffix'
			? words.say(`remedy_${remedy.kind}`, {
					text: foreign(remedy.text),
					side: sideName(remedy.side),
					n: remedy.matched,
				})
			: words.say(`remedy_${remedy.kind}`, { n: remedy.matched });
	return [...said, ' ', ...words.say('remedyHow')];
}
