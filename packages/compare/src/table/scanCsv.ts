/**
 * Takes delimited text apart, row by row, in one pass: quotation marks with doubling, line ends LF, CRLF or CR alone. It keeps no cell and copies none; it hands
 * over offsets. It does not know which row is the heading, nor how many cells a row should have.
 */
import { TABLE_LIMITS } from './limits.ts';
import type { Delimiter, TableFault } from './table.ts';

/** One row: cell `n` is from `starts[n]` to `ends[n]`. The arrays are used again for the next row. */
export interface ScannedRow {
	line: number;
	cells: number;
	/** A closing quotation mark with something behind it: the cells are not to be trusted. */
	broken: boolean;
	readonly starts: Uint32Array;
	readonly ends: Uint32Array;
}

export interface CsvScan {
	readonly delimiter: Delimiter;
	readonly quotes: boolean;
	/** Where to stop, a line end or the end of the text. */
	readonly end: number;
}

const QUOTE = 34;
const LF = 10;
const CR = 13;

/** `each` answers whether to go on. Empty lines are passed over. */
export function scanCsv(text: string, scan: CsvScan, each: (row: ScannedRow) => boolean): TableFault | undefined {
	const { end } = scan;
	const mark = text.indexOf('\n') >= 0 ? LF : CR;
	const delimiter = scan.delimiter.charCodeAt(0);
	const size = TABLE_LIMITS.columnsMax + 1;
	const row: ScannedRow = {
		line: 1,
		cells: 0,
		broken: false,
		starts: new Uint32Array(size),
		ends: new Uint32Array(size),
	};
	const state: Place = { text, mark, delimiter, at: 0, end, line: 1 };
	while (state.at < end) {
		row.line = state.line;
		row.cells = 0;
		row.broken = false;
		const fault = scanRow(state, row, scan.quotes);
		if (fault !== undefined) return fault;
		state.line++;
		const empty = row.cells === 1 && !row.broken && row.starts[0] === row.ends[0];
		if (!empty && !each(row)) return undefined;
	}
	return undefined;
}

interface Place {
	readonly text: string;
	readonly mark: number;
	readonly delimiter: number;
	readonly end: number;
	at: number;
	line: number;
}

function scanRow(state: Place, row: ScannedRow, quotes: boolean): TableFault | undefined {
	const { text, mark, delimiter, end } = state;
	for (;;) {
		if (row.cells > TABLE_LIMITS.columnsMax) return tooMany(row.line);
		if (quotes && text.charCodeAt(state.at) === QUOTE && state.at < end) {
			const fault = scanQuoted(state, row);
			if (fault !== undefined) return fault;
		} else {
			const start = state.at;
			let at = start;
			for (; at < end; at++) {
				const unit = text.charCodeAt(at);
				if (unit === delimiter || unit === mark) break;
			}
			state.at = at;
			const fault = addCell(row, start, bare(state, start));
			if (fault !== undefined) return fault;
		}
		if (state.at >= end) return undefined;
		const unit = text.charCodeAt(state.at++);
		if (unit === mark) return undefined;
	}
}

/** Where an unquoted cell ends: before the CR of a CRLF. */
function bare({ text, at, mark, end }: Place, start: number): number {
	const last = at >= end || text.charCodeAt(at) === mark;
	return last && mark === LF && at > start && text.charCodeAt(at - 1) === CR ? at - 1 : at;
}

/** From an opening quotation mark to the delimiter or line end behind the closing one. */
function scanQuoted(state: Place, row: ScannedRow): TableFault | undefined {
	const { text, end } = state;
	const start = state.at + 1;
	let close = text.indexOf('"', start);
	while (close >= 0 && close + 1 < end && text.charCodeAt(close + 1) === QUOTE && close - start < BOUND)
		close = text.indexOf('"', close + 2);
	if (close < 0 || close >= end) return unclosed(row.line);
	if (close - start > BOUND) return tooLong(row.line);
	const inside = text.slice(start, close);
	for (let at = 0; at < inside.length; at++) if (inside.charCodeAt(at) === state.mark) state.line++;
	state.at = close + 1;
	const fault = addCell(row, start, close);
	if (fault !== undefined) return fault;
	const behind = state.at;
	while (state.at < end && !stops(state)) state.at++;
	const rest = text.slice(behind, bare(state, behind));
	if (rest.trim() !== '') row.broken = true;
	return rest.length > BOUND ? tooLong(row.line) : undefined;
}

const BOUND = TABLE_LIMITS.cellLengthMax;

function stops({ text, at, delimiter, mark }: Place): boolean {
	const unit = text.charCodeAt(at);
	return unit === delimiter || unit === mark;
}

function addCell(row: ScannedRow, start: number, end: number): TableFault | undefined {
	if (end - start > BOUND) return tooLong(row.line);
	row.starts[row.cells] = start;
	row.ends[row.cells] = end;
	row.cells++;
	return undefined;
}

function unclosed(line: number): TableFault {
	return {
		line,
		expected: 'a closing quotation mark',
		found: 'none up to the end of the file',
		advice: 'close the quotation, or set "quotes": false where marks are plain text',
	};
}

function tooLong(line: number): TableFault {
	return {
		line,
		expected: `cells of at most ${BOUND} characters`,
		found: 'a longer one',
		advice: 'look for a quotation mark that is not closed, or name the right delimiter',
	};
}

function tooMany(line: number): TableFault {
	return {
		line,
		expected: `at most ${TABLE_LIMITS.columnsMax} columns`,
		found: 'more',
		advice: 'name the right delimiter, or take the table apart',
	};
}
