/**
 * Proposes a mapping for a table (K33 to K36): the key, the shape, the fields and the areas, each with its ground, and questions where two possibilities are equally good. It
 * proposes; whoever uses it says so, or is asked.
 */
import { byCodeUnits } from '@matokeo/core/std/canonical.ts';
import type { Table } from '../table/table.ts';
import { findKey } from './findKey.ts';
import { findTotals } from './findTotals.ts';
import type { Known } from './known.ts';
import { type LongShape, longShapes } from './longShape.ts';
import type { AreaRule, FieldRule, Mapping, NumberRule } from './mapping.ts';
import { matchFields } from './matchFields.ts';
import { idOf } from './names.ts';
import { noCounts } from './noCounts.ts';
import { loneRule, offersOf, ownRule } from './offers.ts';
import type { Answers, FoundKey, Proposal, Question } from './proposal.ts';
import { recognizedMapping } from './recognize.ts';
import { type ColumnSurvey, holdsCounts, survey } from './survey.ts';

const NOTHING_KNOWN: Known = { fields: [], codes: [] };

export function proposeMapping(table: Table, known: Known = NOTHING_KNOWN, answers: Answers = {}): Proposal {
	const recognized = answers.key === undefined ? recognizedMapping(table, known) : undefined;
	if (recognized !== undefined) return recognized;
	const surveys = survey(table);
	const key = findKey(table, surveys, known.codes, answers);
	if (key.found === undefined) return { mapping: undefined, questions: key.questions, reasons: key.reasons };
	return proposeWithKey(table, surveys, key.found, known, answers, key.reasons);
}

/** `lone`: the fields of this table that are none of those that are known; found here unless given. */
export function proposeWithKey(
	table: Table,
	surveys: readonly ColumnSurvey[],
	key: FoundKey,
	known: Known,
	answers: Answers,
	grounds: readonly string[],
	lone?: readonly FieldRule[],
): Proposal {
	const shape = shapeOf(table, surveys, key, answers);
	if (shape.question !== undefined) return { mapping: undefined, questions: [shape.question], reasons: grounds };
	const offers = offersOf(surveys, key.columns, shape.long);
	const totals = findTotals(table, offers);
	const matched = matchFields(known.fields, offers, answers);
	const own = lone ?? ownFields(known, matched, offers, new Set(totals.map(({ name }) => name)));
	const fields = [...matched.fields, ...own];
	const met = new Set(matched.fields.map(({ id }) => id));
	const open = known.fields.filter(({ id }) => answers.fields?.[id] === undefined && !met.has(id));
	const questions = [...matched.questions, ...noCounts(table, surveys, key.columns, open)];
	const reasons = [
		...grounds,
		...shape.reasons,
		...matched.reasons,
		...totals.map(({ name, share, of }) => `${JSON.stringify(name)} is the sum of ${of} on ${percent(share)} of rows`),
		...lackingReasons(known, matched.fields, questions, answers),
	];
	const mapping: Mapping = {
		name: 'proposed',
		title: 'Proposed mapping',
		table: undefined,
		shape: shape.long === undefined ? 'wide' : 'long',
		where: [],
		level: key.level,
		key: key.rule,
		areas: areasOf(surveys, key, shape.long, table),
		fields,
		choice:
			shape.long === undefined
				? undefined
				: {
						columns: [table.columns[shape.long.choice] ?? ''],
						join: '',
						votes: table.columns[shape.long.votes] ?? '',
						unlisted: 'zero',
					},
		numbers: numbersOf(surveys),
		status: undefined,
	};
	const none = fields.length === 0 ? [noFields(table)] : [];
	return {
		mapping: fields.length === 0 ? undefined : mapping,
		questions,
		reasons: [...none, ...reasons],
	};
}

function shapeOf(
	table: Table,
	surveys: readonly ColumnSurvey[],
	key: FoundKey,
	answers: Answers,
): { readonly long: LongShape | undefined; readonly question?: Question; readonly reasons: readonly string[] } {
	if (key.different) return { long: undefined, reasons: ['each row has another key: one row for each'] };
	const way = {
		columns: key.columns,
		join: key.rule.join,
		prefix: key.rule.prefix,
		pads: key.rule.columns.map(({ pad }) => pad ?? 0),
	};
	const shapes = longShapes(table, way, surveys);
	const said = answers.fields?.['choice'];
	const [first, second] = said === undefined ? shapes : shapes.filter(({ choice }) => table.columns[choice] === said);
	const nameOf = ({ choice }: LongShape): string => table.columns[choice] ?? '';
	if (first === undefined) {
		const sentence =
			'keys come more than once, and no column tells their rows apart as choices would; name a condition on rows, such as one contest';
		return { long: undefined, question: { about: 'rows', sentence, between: [] }, reasons: [] };
	}
	if (second === undefined) {
		const choice = JSON.stringify(nameOf(first));
		const zero = 'a choice for which a code has no row, while it has others, is taken as no votes';
		return { long: first, reasons: [`keys repeat, once for each text of ${choice}: one row for each choice`, zero] };
	}
	const between = shapes.map(nameOf);
	const sentence = `the choice could be ${between.map((one) => JSON.stringify(one)).join(' or ')}`;
	return { long: undefined, question: { about: 'choice', sentence, between }, reasons: [] };
}

/**
 * With known fields, what is left of the offers is no field: totals that are the source's own are kept, and all where a candidate was not found, who may stand under another name. Without, everything is.
 */
function ownFields(
	known: Known,
	matched: ReturnType<typeof matchFields>,
	offers: ReturnType<typeof offersOf>,
	totals: ReadonlySet<string>,
): readonly FieldRule[] {
	const taken = new Set(known.fields.map(({ id }) => id));
	if (known.fields.length === 0) return offers.map((offer) => ownRule(offer, taken, totals));
	const met = new Set(matched.fields.map(({ id }) => id));
	const lacking = known.fields.some(({ id, kind }) => kind === 'candidate' && !met.has(id));
	return matched.left.filter(({ name }) => lacking || totals.has(name)).map((offer) => loneRule(offer, taken, totals));
}

function lackingReasons(
	known: Known,
	fields: readonly FieldRule[],
	questions: readonly Question[],
	answers: Answers,
): readonly string[] {
	return known.fields
		.filter(({ id }) => !fields.some((field) => field.id === id) && !questions.some(({ about }) => about === id))
		.filter(({ id }) => answers.fields?.[id] !== '')
		.map(({ id, names }) => `no column is called as ${names[0] ?? id} is`);
}

/** Columns of names that many rows share, from left to right. */
function areasOf(
	surveys: readonly ColumnSurvey[],
	key: FoundKey,
	long: LongShape | undefined,
	table: Table,
): readonly AreaRule[] {
	const rows = Math.min(table.rows, 4_000);
	const taken = new Set<string>();
	return surveys
		.filter((one) => !holdsCounts(one) && one.others === 0 && one.counts === 0)
		.filter(({ column }) => !key.columns.includes(column) && column !== long?.choice)
		.filter(({ distinct, filled }) => distinct > 1 && distinct <= rows / 3 && filled >= 0.9 * rows)
		.slice(0, 8)
		.map(({ name }) => {
			const level = idOf(name, taken);
			taken.add(level);
			return { level, name, column: name };
		});
}

function numbersOf(surveys: readonly ColumnSurvey[]): NumberRule {
	const counts = surveys.filter(holdsCounts);
	const thousands = counts.find(({ grouped }) => grouped !== undefined)?.grouped;
	return {
		...(thousands === undefined ? {} : { thousands }),
		nothing: [...new Set(counts.flatMap(({ dashes }) => dashes))].sort(byCodeUnits),
		illegible: [],
		pointZero: counts.some(({ pointZero }) => pointZero),
	};
}

function noFields(table: Table): string {
	const bare = table.columns.every((name, at) => name === `${at + 1}`);
	return bare
		? `the table has no headings, so that its ${table.columns.length} columns are called 1, 2, 3 …; put headings on its first line, or name the columns in a mapping`
		: `none of the ${table.columns.length} columns holds counts that are known fields; name the fields in a mapping`;
}

function percent(share: number): string {
	return `${Math.floor(share * 1000) / 10} %`;
}
