/** The key of a table: as the person says, else by known codes, else by the table itself. */
import { columnOf, type Table } from '../table/table.ts';
import { matchCodes } from './keyByCodes.ts';
import { keysByThemselves } from './keyByItself.ts';
import { countKeys, type KeyWay, keyReader, nearlyDifferent, plainWay } from './keyValues.ts';
import type { KnownCodes } from './known.ts';
import type { Answers, FoundKey, Question } from './proposal.ts';
import { type ColumnSurvey, sampleRows } from './survey.ts';

export interface KeySearch {
	readonly found: FoundKey | undefined;
	readonly questions: readonly Question[];
	readonly reasons: readonly string[];
}

export function findKey(
	table: Table,
	surveys: readonly ColumnSurvey[],
	known: readonly KnownCodes[],
	answers: Answers,
): KeySearch {
	const asked = surveys.filter(({ name }) => answers.key === undefined || answers.key.includes(name));
	const matches = matchCodes(table, asked, known);
	const [best] = matches;
	if (best !== undefined) {
		const equal = matches.filter(
			({ met, share, cost }) => met === best.met && share === best.share && cost === best.cost,
		);
		const search = settle(
			table,
			equal.map(({ way }) => way),
			best.level,
		);
		return { ...search, reasons: [...matchReasons(table, best), ...search.reasons] };
	}
	if (answers.key !== undefined) return said(table, answers.key, known);
	if (known.length > 0) return { found: undefined, questions: [noCodes(table, surveys, known)], reasons: [] };
	return settle(table, keysByThemselves(table, surveys), 'station');
}

/** Equal possibilities with the same values are one; others are a question. */
function settle(table: Table, ways: readonly KeyWay[], level: FoundKey['level']): KeySearch {
	const [first, ...more] = ways;
	if (first === undefined) {
		const sentence = 'no column, and no columns together, are different on every row; name the columns of the code';
		return {
			found: undefined,
			questions: [{ about: 'key', sentence, between: table.columns.slice(0, 20) }],
			reasons: [],
		};
	}
	const others = more.filter((way) => !sameValues(table, first, way));
	if (others.length === 0)
		return { found: foundKey(table, first, level), questions: [], reasons: [keyReason(table, first)] };
	const between = [first, ...others].map((way) => namesOf(table, way).join(' + '));
	const sentence = `the code could be ${between.map((one) => JSON.stringify(one)).join(' or ')}`;
	return { found: undefined, questions: [{ about: 'key', sentence, between }], reasons: [] };
}

function sameValues(table: Table, one: KeyWay, other: KeyWay): boolean {
	const [a, b] = [keyReader(table, one), keyReader(table, other)];
	return sampleRows(table, 500).every((row) => a(row) === b(row));
}

function said(table: Table, names: readonly string[], known: readonly KnownCodes[]): KeySearch {
	const columns = names.map((name) => columnOf(table, name));
	if (columns.includes(-1)) {
		const sentence = `there is no column called ${names.map((name) => JSON.stringify(name)).join(', ')}`;
		return {
			found: undefined,
			questions: [{ about: 'key', sentence, between: table.columns.slice(0, 20) }],
			reasons: [],
		};
	}
	const level = known[0]?.level ?? 'station';
	const reasons = known.length === 0 ? [] : ['few of its values are codes that are known here'];
	return { found: foundKey(table, plainWay(...columns), level), questions: [], reasons };
}

export function foundKey(table: Table, way: KeyWay, level: FoundKey['level']): FoundKey {
	const columns = way.columns.map((column, place) => {
		const pad = way.pads[place] ?? 0;
		return {
			column: table.columns[column] ?? '',
			...(way.pattern === undefined ? {} : { pattern: way.pattern }),
			...(pad === 0 ? {} : { pad }),
		};
	});
	const different = nearlyDifferent(countKeys(table, way));
	return { rule: { columns, join: way.join, prefix: way.prefix }, level, columns: way.columns, different };
}

function namesOf(table: Table, way: KeyWay): readonly string[] {
	return way.columns.map((column) => table.columns[column] ?? '');
}

export function keyReason(table: Table, way: KeyWay): string {
	const names = namesOf(table, way)
		.map((name) => JSON.stringify(name))
		.join(' + ');
	const pad = way.pads.find((one) => one > 0);
	const inside = way.pattern === undefined ? '' : `, the part in parentheses of ${way.pattern}`;
	const before = way.prefix === '' ? '' : `, with ${JSON.stringify(way.prefix)} before it`;
	return `the code is ${names}${inside}${before}${pad === undefined ? '' : `, filled with zeroes to ${pad} digits`}`;
}

function matchReasons(
	table: Table,
	{ share, level }: { readonly share: number; readonly level: FoundKey['level'] },
): readonly string[] {
	const what = level === 'station' ? 'stations' : `areas of the level ${level.area}`;
	const rows = Math.min(table.rows, 500);
	return [`${Math.round(share * 1000) / 10} % of the values looked at (${rows} rows) are codes of ${what}`];
}

/** Says whether the table has names where codes are wanted. */
function noCodes(table: Table, surveys: readonly ColumnSurvey[], known: readonly KnownCodes[]): Question {
	const wanted = known[0];
	const examples = [...(wanted?.codes ?? [])].slice(0, 3).map((code) => JSON.stringify(code));
	const rows = sampleRows(table, 200);
	const named = surveys.flatMap(({ column, name }) => {
		const read = keyReader(table, plainWay(column));
		return known.flatMap(({ names, level }) => {
			const hits = rows.filter((row) => names.has(read(row) ?? '')).length;
			return hits >= 0.5 * rows.length && hits > 0 ? [{ name, level }] : [];
		});
	});
	const [first] = named;
	const hint =
		first === undefined
			? ''
			: `; ${JSON.stringify(first.name)} holds names ${first.level === 'station' ? 'of stations' : `of the level ${first.level.area}`}, and names alone are not compared, because they repeat and are spelled in many ways`;
	const sentence = `no column, and no columns together, hold codes such as ${examples.join(', ')}${hint}`;
	return { about: 'key', sentence, between: [] };
}
