/**
 * Strict CSV (`spec/package.md`, P30–P33; why an own reader: `docs/decisions/0010`): commas, double quotes only around a
 * whole cell, LF, a line feed at the end of the last row. Newlines inside quotes are read, so that positions stay
 * right; whether a cell may hold one is `csvTable.ts`'s business.
 */
import { type ProblemList, quote } from './problem.ts';
import type { SourceText } from './sourceText.ts';

export interface Row {
	/** Where the row begins in the text. */
	readonly at: number;
	readonly cells: readonly string[];
}

/** Hands out the rows in order; stops at what cannot be read further. */
export function readRows(source: SourceText, problems: ProblemList, each: (row: Row) => void): void {
	const { text } = source;
	const tell = (offset: number, expected: string, came: string, toDo: string) =>
		problems.add({ rule: 'P30', file: source.file, ...source.placeAt(offset), expected, came, toDo });
	let at = 0;
	while (at < text.length) {
		const feed = text.indexOf('\n', at);
		if (feed < 0)
			tell(
				text.length,
				'a line feed after the last row',
				'the end of the file',
				'the file may be cut off: compare it with its source, then end the last line',
			);
		const end = feed < 0 ? text.length : feed;
		const line = text.slice(at, end);
		if (!line.includes('"')) {
			each({ at, cells: line.split(',') });
			at = end + 1;
			continue;
		}
		const row = readQuoted(text, at);
		if (row.wrong !== undefined) {
			tell(row.wrong.at, 'double quotes around a whole cell, doubled inside', row.wrong.came, row.wrong.toDo);
			if (row.wrong.fatal) return;
		} else each({ at, cells: row.cells });
		at = row.end + 1;
	}
}

/** Where cell `index` of a row begins: only problems ask. */
export function cellOffset(text: string, row: Row, index: number): number {
	let at = row.at;
	for (let cell = 0; cell < index; cell++) {
		at = text.charAt(at) === '"' ? closingQuote(text, at) + 2 : text.indexOf(',', at) + 1;
	}
	return at;
}

interface Wrong {
	readonly at: number;
	readonly came: string;
	readonly toDo: string;
	/** The rest of the file cannot be divided into rows. */
	readonly fatal: boolean;
}

interface QuotedRow {
	readonly cells: readonly string[];
	/** Offset of the row's line feed, or of the end. */
	readonly end: number;
	readonly wrong: Wrong | undefined;
}

function readQuoted(text: string, start: number): QuotedRow {
	const cells: string[] = [];
	let wrong: Wrong | undefined;
	let at = start;
	for (;;) {
		if (text.charAt(at) === '"') {
			const close = closingQuote(text, at);
			if (close < 0) return { cells, end: text.length, wrong: { at, ...UNCLOSED, fatal: true } };
			cells.push(text.slice(at + 1, close).replaceAll('""', '"'));
			at = close + 1;
			if (at < text.length && text.charAt(at) !== ',' && text.charAt(at) !== '\n') {
				const rest = cellEnd(text, at);
				wrong ??= { at, came: `${quote(text.slice(at, rest))} after a closing quote`, toDo: DOUBLE, fatal: false };
				at = rest;
			}
		} else {
			const end = cellEnd(text, at);
			const cell = text.slice(at, end);
			const stray = cell.indexOf('"');
			if (stray >= 0) wrong ??= { at: at + stray, came: 'a quote inside an unquoted cell', toDo: DOUBLE, fatal: false };
			cells.push(cell);
			at = end;
		}
		if (text.charAt(at) !== ',') return { cells, end: at, wrong };
		at += 1;
	}
}

/** Offset of the quote that ends the cell whose opening quote is at `open`; -1 if none does. */
function closingQuote(text: string, open: number): number {
	let at = open + 1;
	for (;;) {
		const close = text.indexOf('"', at);
		if (close < 0 || text.charAt(close + 1) !== '"') return close;
		at = close + 2;
	}
}

function cellEnd(text: string, at: number): number {
	let end = at;
	while (end < text.length && text.charAt(end) !== ',' && text.charAt(end) !== '\n') end += 1;
	return end;
}

const UNCLOSED = { came: 'a quote that never closes', toDo: 'close the quote at the end of its cell' };
const DOUBLE = 'put the whole cell into quotes and double the quotes inside it';
