/**
 * Finds the key of a table among columns, and joined columns, by known codes: the one whose values are most of all codes of stations or of areas. Codes that lost their
 * leading zeroes, and codes inside a longer text, are found too.
 */
import { cellAt, type Table } from '../table/table.ts';
import { saysKey } from './keyByItself.ts';
import { type KeyWay, keyReader, plainWay } from './keyValues.ts';
import type { KnownCodes } from './known.ts';
import { type ColumnSurvey, sampleRows } from './survey.ts';

export interface CodeMatch {
	readonly way: KeyWay;
	readonly level: KnownCodes['level'];
	/** Of the rows looked at with a value. */
	readonly share: number;
	/** Different codes that were met. */
	readonly met: number;
	/** Of two that match equally: the one that needs less changing, or whose heading says that it is a code, comes first. */
	readonly cost: number;
}

const ROWS = 500;
/** With fewer matches than this the values are not those codes. */
const SHARE_LEAST = 0.5;
const JOINS = ['', '-', '/', '.', '_', ' '];
const JOINED_COLUMNS_MAX = 10;

/** Best first; those that are as good as the first follow it. */
export function matchCodes(
	table: Table,
	surveys: readonly ColumnSurvey[],
	known: readonly KnownCodes[],
): readonly CodeMatch[] {
	const rows = sampleRows(table, ROWS);
	const single = surveys.flatMap((one) =>
		known.flatMap((codes) => bestOf(table, rows, singleWays(table, one, codes), codes)),
	);
	const good = ranked(single, surveys);
	if (good.length > 0) return good;
	const parts = surveys.filter(({ codeLike, filled }) => codeLike && filled > 0).slice(0, JOINED_COLUMNS_MAX);
	const joined = known.flatMap((codes) => joinedWays(table, parts).flatMap((way) => bestOf(table, rows, [way], codes)));
	return ranked(joined, surveys);
}

function ranked(matches: readonly CodeMatch[], surveys: readonly ColumnSurvey[]): readonly CodeMatch[] {
	const cost = ({ way }: CodeMatch): number => {
		const changed = way.pattern !== undefined || way.pads.some((pad) => pad > 0) ? 4 : 0;
		const named = way.columns.some((column) => saysKey(surveys[column]?.name ?? ''));
		return 8 * way.columns.length + changed + (way.prefix === '' ? 0 : 2) + (named ? 0 : 1);
	};
	return matches
		.filter(({ share }) => share >= SHARE_LEAST)
		.map((match) => ({ ...match, cost: cost(match) }))
		.sort((a, b) => b.met - a.met || b.share - a.share || a.cost - b.cost);
}

function bestOf(
	table: Table,
	rows: readonly number[],
	ways: readonly KeyWay[],
	{ codes, level }: KnownCodes,
): readonly CodeMatch[] {
	let best: CodeMatch | undefined;
	for (const way of ways) {
		const read = keyReader(table, way);
		const met = new Set<string>();
		let there = 0;
		let hits = 0;
		for (const row of rows) {
			const key = read(row);
			if (key === undefined) continue;
			there++;
			if (!codes.has(key)) continue;
			hits++;
			met.add(key);
		}
		if (there === 0 || there < 0.5 * rows.length) continue;
		const match = { way, level, share: hits / there, met: met.size, cost: 0 };
		if (best === undefined || match.met > best.met) best = match;
	}
	return best === undefined ? [] : [best];
}

/** The column as it is; with what all codes begin with put before it; with leading zeroes given back; with the code taken out of a longer text. */
function singleWays(table: Table, one: ColumnSurvey, { codes }: KnownCodes): readonly KeyWay[] {
	const plain = plainWay(one.column);
	const prefix = commonPrefix(codes);
	if (prefix === '') return waysOf(table, one, plain, codes);
	const rest = new Set([...codes].map((code) => code.slice(prefix.length)));
	return [plain, ...waysOf(table, one, { ...plain, prefix }, rest)];
}

/** What all codes begin with, up to a sign between parts: `constituency/`. */
function commonPrefix(codes: ReadonlySet<string>): string {
	const [first = ''] = codes;
	let length = first.length;
	for (const code of codes) {
		let same = 0;
		while (same < length && code.charCodeAt(same) === first.charCodeAt(same)) same++;
		length = same;
		if (length === 0) return '';
	}
	return codes.size < 2 ? '' : (/^.*[/.:_-]/.exec(first.slice(0, length))?.[0] ?? '');
}

function waysOf(
	table: Table,
	{ column, codeLike }: ColumnSurvey,
	plain: KeyWay,
	codes: ReadonlySet<string>,
): readonly KeyWay[] {
	const width = commonWidth(codes);
	if (width === undefined) return [plain];
	const sample = sampleRows(table, 50).map((row) => cellAt(table, row, column).trim());
	const ways: KeyWay[] = [plain];
	if (sample.some((cell) => /^[0-9]+$/.test(cell) && cell.length < width)) ways.push({ ...plain, pads: [width] });
	if (codeLike && sample.every((cell) => cell.length > width)) ways.push(...insideWays(plain, sample, width));
	return ways;
}

/** All codes are digits of one width; else `undefined`. */
function commonWidth(codes: ReadonlySet<string>): number | undefined {
	let width: number | undefined;
	for (const code of codes) {
		if (!/^[0-9]+$/.test(code) || (width !== undefined && code.length !== width)) return undefined;
		width = code.length;
	}
	return width;
}

/** Where every cell has a run of that many digits at one place: what stands before it is the same or any. */
function insideWays(plain: KeyWay, sample: readonly string[], width: number): readonly KeyWay[] {
	const first = sample[0] ?? '';
	const run = new RegExp(`(?<![0-9])[0-9]{${width}}(?![0-9])`).exec(first);
	if (run === null) return [];
	const before = first.slice(0, run.index);
	const escaped = before.replace(/[\\#?*()]/g, '\\$&');
	const same = sample.every((cell) => cell.startsWith(before));
	const more = sample.some((cell) => cell.length > run.index + width) ? '*' : '';
	return [{ ...plain, pattern: `${same ? escaped : '*'}(${'#'.repeat(width)})${more}` }];
}

function joinedWays(table: Table, parts: readonly ColumnSurvey[]): readonly KeyWay[] {
	const rows = sampleRows(table, 200);
	const widths = new Map(
		parts.map(({ column }) => {
			const cells = rows.map((row) => cellAt(table, row, column).trim());
			const digits = cells.every((cell) => /^[0-9]*$/.test(cell));
			return [column, digits ? Math.max(...cells.map(({ length }) => length)) : 0];
		}),
	);
	const ways: KeyWay[] = [];
	const add = (...columns: readonly number[]): void => {
		const pads = columns.map((column) => widths.get(column) ?? 0);
		for (const join of JOINS) {
			ways.push({ columns, join, prefix: '', pads: columns.map(() => 0) });
			if (pads.some((pad) => pad > 0)) ways.push({ columns, join, prefix: '', pads });
		}
	};
	const places = parts.map(({ column }) => column);
	for (const one of places) {
		for (const two of places) {
			if (one === two) continue;
			add(one, two);
			for (const three of places) if (three > two && two > one) add(one, two, three);
		}
	}
	return ways;
}
