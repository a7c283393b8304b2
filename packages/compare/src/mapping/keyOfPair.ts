/**
 * The key of two tables of which no codes are known: the column of one and the column of the other that share most different values, leading zeroes given back where one of the
 * two has lost them. Where no single column will do, the same columns joined.
 */
import { columnOf, type Table } from '../table/table.ts';
import { keysByThemselves, mayBeKey, saysKey } from './keyByItself.ts';
import { countKeys, type KeyWay, keyReader, nearlyDifferent, plainWay } from './keyValues.ts';
import { longShapes } from './longShape.ts';
import { normalized } from './names.ts';
import { textAt } from './rows.ts';
import { type ColumnSurvey, sampleRows } from './survey.ts';

export interface KeyPair {
	readonly a: KeyWay;
	readonly b: KeyWay;
	/** Different values of the sample of A that B has too, and how many values the sample has. */
	readonly met: number;
	readonly asked: number;
}

const ROWS = 1_000;
/** Two counts of one election share at least so much of their stations; two elections mostly share nothing. */
const LEAST = 0.1;
const TRIED_MAX = 8;

/** Best first; those that are as good as the first follow it. */
export function keyPairs(
	a: Table,
	surveysA: readonly ColumnSurvey[],
	b: Table,
	surveysB: readonly ColumnSurvey[],
): readonly KeyPair[] {
	const sorted = sharing(a, surveysA, b, surveysB);
	const most = sorted.find((pair) => isKey(a, surveysA, pair.a) && isKey(b, surveysB, pair.b))?.met;
	const best = sorted.filter(({ met }) => met === most);
	return best.length > 0 ? best : joinedPair(a, surveysA, b);
}

/** Where there is no pair of keys: the columns that share most values, codes that stand on several rows. */
export function repeatedPair(
	a: Table,
	surveysA: readonly ColumnSurvey[],
	b: Table,
	surveysB: readonly ColumnSurvey[],
): KeyPair | undefined {
	return sharing(a, surveysA, b, surveysB)[0];
}

/** Columns that share values, those with most first. Numbers are codes where one of the two headings says so. */
function sharing(
	a: Table,
	surveysA: readonly ColumnSurvey[],
	b: Table,
	surveysB: readonly ColumnSurvey[],
): readonly KeyPair[] {
	const pairs: KeyPair[] = [];
	const able = (one: ColumnSurvey): boolean =>
		one.codeLike && one.distinct > 1 && one.others === 0 && (!one.running || saysKey(one.name));
	const columnsB = surveysB.filter(able).map(partnerOf);
	const valuesB = new Map<number, ReadonlySet<string>>();
	const valuesIn = (column: number): ReadonlySet<string> => {
		const values = valuesB.get(column) ?? valuesOf(b, column);
		valuesB.set(column, values);
		return values;
	};
	for (const partner of surveysA.filter(able).map(partnerOf)) {
		const { one } = partner;
		const partners = columnsB.filter((other) => mayBePair(partner, other));
		if (partners.length === 0) continue;
		const sample = new Set(sampleRows(a, ROWS).map((row) => textAt(a, row, one.column)));
		sample.delete('');
		for (const { one: other } of partners) {
			const pair = pairOf(one.column, sample, other.column, valuesIn(other.column));
			if (pair.met < Math.max(2, LEAST * sample.size)) continue;
			pairs.push({ ...pair, met: pair.met + preference(one, other) });
		}
	}
	return pairs.sort((x, y) => y.met - x.met).slice(0, TRIED_MAX);
}

interface Partner {
	readonly one: ColumnSurvey;
	/** May be a key by itself. */
	readonly may: boolean;
	readonly says: boolean;
}

function partnerOf(one: ColumnSurvey): Partner {
	return { one, may: mayBeKey(one), says: saysKey(one.name) };
}

/** Beside a heading that says code, a table without headings has one as well; two that both hold counts and say nothing have none. */
function mayBePair(a: Partner, b: Partner): boolean {
	return (a.may && b.may) || (a.says && b.one.different) || (b.says && a.one.different);
}

/** Below one value: decides between pairs that share equally many. A running number is seldom a code, and a heading may say that it is one. */
function preference(one: ColumnSurvey, other: ColumnSurvey): number {
	const same = normalized(one.name) === normalized(other.name) ? 0.4 : 0;
	const words = [one, other].filter(({ name }) => saysKey(name)).length * 0.1;
	return same + words - [one, other].filter(({ running }) => running).length * 0.2;
}

/** One row for each value, or one for each value and choice. */
function isKey(table: Table, surveys: readonly ColumnSurvey[], way: KeyWay): boolean {
	return nearlyDifferent(countKeys(table, way)) || longShapes(table, way, surveys).length > 0;
}

function valuesOf(table: Table, column: number): ReadonlySet<string> {
	const values = new Set<string>();
	for (let row = 0; row < table.rows; row++) values.add(textAt(table, row, column));
	return values;
}

function pairOf(one: number, sample: ReadonlySet<string>, other: number, values: ReadonlySet<string>): KeyPair {
	const plain = { a: plainWay(one), b: plainWay(other), met: metOf(sample, values), asked: sample.size };
	if (plain.met > 0.5 * sample.size) return plain;
	const [widthA, widthB] = [widthOf(sample), widthOf(values)];
	const width = Math.max(widthA, widthB);
	if (widthA === 0 || widthB === 0) return plain;
	const pad = (texts: ReadonlySet<string>): ReadonlySet<string> =>
		new Set([...texts].map((text) => text.padStart(width, '0')));
	const met = metOf(pad(sample), pad(values));
	if (met <= plain.met) return plain;
	return { a: { ...plainWay(one), pads: [width] }, b: { ...plainWay(other), pads: [width] }, met, asked: sample.size };
}

function metOf(sample: ReadonlySet<string>, values: ReadonlySet<string>): number {
	let met = 0;
	for (const value of sample) if (values.has(value)) met++;
	return met;
}

/** The greatest number of digits; 0 if anything else is there. */
function widthOf(values: ReadonlySet<string>): number {
	let width = 0;
	for (const value of values) {
		if (value === '') continue;
		if (!/^[0-9]{1,20}$/.test(value)) return 0;
		width = Math.max(width, value.length);
	}
	return width;
}

function joinedPair(a: Table, surveysA: readonly ColumnSurvey[], b: Table): readonly KeyPair[] {
	return keysByThemselves(a, surveysA).flatMap((way) => {
		const places = way.columns.map((column) => columnOf(b, a.columns[column] ?? ''));
		if (places.includes(-1)) return [];
		const other = { ...way, columns: places };
		const [readA, readB] = [keyReader(a, way), keyReader(b, other)];
		const sample = new Set(sampleRows(a, ROWS).flatMap((row) => readA(row) ?? []));
		const values = new Set(Array.from({ length: b.rows }, (_, row) => readB(row) ?? ''));
		const met = metOf(sample, values);
		return met < Math.max(2, LEAST * sample.size) ? [] : [{ a: way, b: other, met, asked: sample.size }];
	});
}
