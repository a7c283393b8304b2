/**
 * A table as a source published it: rows of cells that are still text, each row with the line on which it begins. One decoded text and two offsets for
 * each cell, so that a million rows of twelve cells are a hundred megabytes and not ten million strings. What the columns mean is not known here.
 */
import type { Digest } from '@matokeo/core/record/said.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export type Delimiter = ',' | ';' | '|' | '\t';

/** What is not given is told from the bytes. */
export interface CsvLayout {
	readonly format: 'csv';
	readonly encoding?: Encoding;
	readonly delimiter?: Delimiter;
	/** The line on which the headings stand, 1 for the first; 0: there are none, and columns are called `1`, `2`, … */
	readonly header?: number;
	/** Whether a cell that begins with a quotation mark goes on to the next one. Yes unless said. */
	readonly quotes?: boolean;
}

export interface JsonLayout {
	readonly format: 'json';
	readonly encoding?: Encoding;
	/** The members that lead to the list of rows, or to the object whose members are the rows, joined by points; empty: the document itself. */
	readonly rows?: string;
	/** For a list inside a row: the member by whose value its items are named. Items of other lists are named by their place, from 1. */
	readonly lists?: Readonly<Record<string, string>>;
}

export type Layout = CsvLayout | JsonLayout;

/** A row that has another number of cells than the headings, or cannot be taken apart. */
export interface UnreadableRow {
	readonly line: number;
	readonly why: string;
}

export interface Table {
	readonly columns: readonly string[];
	readonly rows: number;
	/** The layout in full, as it was read. */
	readonly layout: Layout;
	readonly text: string;
	/** Of cell `row * columns.length + column`: where it begins in the text, inside its quotation marks, and where it ends. */
	readonly starts: Uint32Array;
	readonly ends: Uint32Array;
	readonly lines: Uint32Array;
	/** The first of them; `unreadableCount` is how many there are. */
	readonly unreadable: readonly UnreadableRow[];
	readonly unreadableCount: number;
	/** What was told from the bytes, as sentences. */
	readonly told: readonly string[];
	readonly source: { readonly digest: Digest; readonly size: number };
}

/** Why a file is not a table: what was expected, what came, what to do. */
export interface TableFault {
	readonly line?: number;
	readonly expected: string;
	readonly found: string;
	readonly advice: string;
}

/** The column that holds the names of the members when a JSON object's members are the rows. */
export const KEY_COLUMN = '(key)';

export function faultSentence({ line, expected, found, advice }: TableFault): string {
	const place = line === undefined ? '' : `line ${line}: `;
	return `${place}expected ${expected}, found ${found}; ${advice}`;
}

const QUOTE = 34;

/** A cell as text, its quotation taken off. Text for text: nothing is trimmed. */
export function cellAt(table: Table, row: number, column: number): string {
	const place = row * table.columns.length + column;
	const start = table.starts[place] ?? 0;
	const end = table.ends[place] ?? 0;
	if (end <= start) return '';
	const cell = table.text.slice(start, end);
	if (table.text.charCodeAt(start - 1) !== QUOTE) return cell;
	if (table.layout.format === 'csv') return cell.includes('"') ? cell.replaceAll('""', '"') : cell;
	return cell.includes('\\') ? unescapeJson(cell) : cell;
}

/** The place of a column by its heading, -1 if there is none. */
export function columnOf(table: Table, name: string): number {
	return table.columns.indexOf(name);
}

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** The scanner has seen that every escape is one of JSON's. */
export function unescapeJson(text: string): string {
	return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, unit: string | undefined, letter: string | undefined) =>
		unit === undefined ? (ESCAPES[letter ?? ''] ?? letter ?? '') : String.fromCharCode(Number.parseInt(unit, 16)),
	);
}
