/**
 * Tells the layout of delimited text from its first rows: the delimiter, how many cells a row has, and whether and where headings stand behind lines that belong to
 * no table (titles, dates, a small table of totals). What it concludes is said in sentences, and each of it can be set instead. It does not judge what columns mean.
 */
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { TABLE_LIMITS } from './limits.ts';
import { scanCsv } from './scanCsv.ts';
import type { CsvLayout, Delimiter, TableFault } from './table.ts';

export interface ToldCsv {
	readonly delimiter: Delimiter;
	readonly quotes: boolean;
	/** Line of the headings; 0: none. */
	readonly header: number;
	/** The headings as they stand, or as many empty texts as rows have cells. */
	readonly headings: readonly string[];
	readonly told: readonly string[];
}

const DELIMITERS: readonly Delimiter[] = [',', ';', '|', '\t'];
const NAMES: Readonly<Record<Delimiter, string>> = { ',': 'comma', ';': 'semicolon', '|': 'bar', '\t': 'tab' };

interface SampleRow {
	readonly line: number;
	readonly cells: readonly string[];
}

interface Sample {
	readonly delimiter: Delimiter;
	readonly rows: readonly SampleRow[];
	/** The number of cells that most rows have. */
	readonly width: number;
	readonly score: number;
}

export function tellCsv(text: string, given: CsvLayout): Result<ToldCsv, TableFault> {
	const quotes = given.quotes ?? true;
	const end = sampleEnd(text);
	const samples = (given.delimiter === undefined ? DELIMITERS : [given.delimiter]).map((delimiter) =>
		sampleOf(text, delimiter, quotes, end, given.header),
	);
	const best = samples.reduce((one, other) => (other.score > one.score ? other : one));
	if (best.width < 2) return err(noTable(best, given));
	const told: string[] = [];
	if (given.delimiter === undefined) told.push(`the delimiter is the ${NAMES[best.delimiter]}`);
	const head = headingOf(best, given.header);
	if (!head.ok) return head;
	if (given.header === undefined) told.push(...headingSentences(best, head.value));
	return ok({
		delimiter: best.delimiter,
		quotes,
		header: head.value?.line ?? 0,
		headings: headingsOf(best, head.value),
		told,
	});
}

function sampleEnd(text: string): number {
	if (text.length <= TABLE_LIMITS.sampleLength) return text.length;
	const mark = text.includes('\n') ? '\n' : '\r';
	const last = text.lastIndexOf(mark, TABLE_LIMITS.sampleLength);
	return last < 0 ? TABLE_LIMITS.sampleLength : last + 1;
}

function sampleOf(
	text: string,
	delimiter: Delimiter,
	quotes: boolean,
	end: number,
	header: number | undefined,
): Sample {
	const rows: SampleRow[] = [];
	// A fault in the sample is met again, and told, when the whole text is read.
	scanCsv(text, { delimiter, quotes, end }, ({ line, cells, broken, starts, ends }) => {
		const all = Array.from({ length: cells }, (_, place) => text.slice(starts[place], ends[place]).trim());
		if (!broken) rows.push({ line, cells: all });
		return rows.length < TABLE_LIMITS.sampleRows + (header ?? 0);
	});
	const widths = new Map<number, number>();
	for (const { cells } of rows) widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
	let width = 1;
	let score = 0;
	for (const [cells, count] of widths) {
		const worth = count * bits(cells);
		if (worth > score) [width, score] = [cells, worth];
	}
	return { delimiter, rows, width, score };
}

/** Grows slowly with the number of cells, so that a comma in every address does not win over a semicolon between all cells. */
function bits(cells: number): number {
	return 32 - Math.clz32(cells) - (cells === 1 ? 1 : 0);
}

function noTable(best: Sample, given: CsvLayout): TableFault {
	const first = best.rows[0];
	const found = first === undefined ? 'no rows' : `${JSON.stringify(first.cells.join(' ').slice(0, 80))}`;
	const expected =
		given.delimiter === undefined
			? 'rows of cells between commas, semicolons, bars or tabs'
			: `rows of cells between ${JSON.stringify(given.delimiter)}`;
	return {
		...(first === undefined ? {} : { line: first.line }),
		expected,
		found,
		advice: 'name the delimiter in the mapping, or save the table as CSV',
	};
}

function headingOf(sample: Sample, given: number | undefined): Result<SampleRow | undefined, TableFault> {
	if (given === 0) return ok(undefined);
	if (given !== undefined) {
		const row = sample.rows.find(({ line }) => line === given);
		if (row !== undefined) return ok(row);
		return err({
			line: given,
			expected: 'headings',
			found: 'no such row',
			advice: 'name the line on which the headings stand, 1 for the first',
		});
	}
	const at = sample.rows.findIndex(({ cells }) => fills(cells, sample.width));
	const row = sample.rows[at];
	if (row === undefined || isData(row, sample.rows.slice(at + 1))) return ok(undefined);
	return ok(row);
}

/** A title in a spreadsheet's first row is followed by as many delimiters as any row: headings fill most of their cells. */
function fills(cells: readonly string[], width: number): boolean {
	const filled = cells.filter((cell) => cell !== '').length;
	return filled >= Math.max(2, 0.6 * width) && filled <= width && cells.length >= width - 1;
}

const NUMBER = /^-?[0-9][0-9.,' ]*$/;

/** No headings: where the rows below hold numbers, the first row does too. */
function isData(first: SampleRow, below: readonly SampleRow[]): boolean {
	const columns = first.cells.map((cell, place) => ({
		cell,
		numbers: below.filter(({ cells }) => NUMBER.test(cells[place] ?? '')).length,
		filled: below.filter(({ cells }) => (cells[place] ?? '') !== '').length,
	}));
	const numeric = columns.filter(({ numbers, filled }) => filled > 0 && numbers >= 0.9 * filled);
	if (numeric.length === 0 || isNumbering(numeric.map(({ cell }) => cell))) return false;
	return numeric.every(({ cell }) => cell === '' || NUMBER.test(cell));
}

/** `1, 2, 3`: parties by their numbers. */
function isNumbering(cells: readonly string[]): boolean {
	const [first = ''] = cells;
	return (
		cells.length > 2 && cells.every((cell, place) => /^[0-9]{1,6}$/.test(first) && cell === `${Number(first) + place}`)
	);
}

/** As many as there are columns: up to the last one that has a heading, or anything below it. */
function headingsOf({ rows, width }: Sample, heading: SampleRow | undefined): readonly string[] {
	const below = rows.filter(({ line, cells }) => line >= (heading?.line ?? 0) && cells.length === width);
	const used = below.reduce((most, { cells }) => Math.max(most, cells.findLastIndex((cell) => cell !== '') + 1), 0);
	const named = (heading?.cells.findLastIndex((cell) => cell !== '') ?? -1) + 1;
	return Array.from({ length: Math.max(used, named) }, (_, place) => heading?.cells[place] ?? '');
}

function headingSentences(sample: Sample, heading: SampleRow | undefined): readonly string[] {
	if (heading === undefined) {
		const names = `columns are called 1 to ${sample.width}`;
		return [`there are no headings: the first row holds numbers where the others do; ${names}`];
	}
	const before = sample.rows.filter(({ line }) => line < heading.line).length;
	if (before === 0) return [];
	return [`the headings stand on line ${heading.line}; ${before} rows above them belong to no table`];
}
