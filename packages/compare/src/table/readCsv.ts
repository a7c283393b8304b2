/**
 * Delimited text as a table. A row with another number of cells than the headings is left out and named: a row that is shifted by one cell would otherwise give
 * every figure to the neighbour.
 */
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { TABLE_LIMITS } from './limits.ts';
import { type ScannedRow, scanCsv } from './scanCsv.ts';
import type { CsvLayout, TableFault, UnreadableRow } from './table.ts';
import { tellCsv } from './tellCsv.ts';

/** What the readers of CSV and of JSON have in common. */
export interface Cells {
	readonly columns: readonly string[];
	readonly rows: number;
	readonly starts: Uint32Array;
	readonly ends: Uint32Array;
	readonly lines: Uint32Array;
	readonly unreadable: readonly UnreadableRow[];
	readonly unreadableCount: number;
	readonly told: readonly string[];
}

export function readCsv(
	text: string,
	given: CsvLayout,
): Result<{ readonly cells: Cells; readonly layout: CsvLayout }, TableFault> {
	const told = tellCsv(text, given);
	if (!told.ok) return told;
	const { delimiter, quotes, header, headings } = told.value;
	const columns = columnNames(headings);
	const filling = new Filling(columns.length, rowsBound(text));
	const fault = scanCsv(text, { delimiter, quotes, end: text.length }, (row) => {
		if (row.line <= header) return true;
		return filling.add(row);
	});
	if (fault !== undefined) return err(fault);
	const full = filling.full();
	if (full !== undefined) return err(full);
	if (filling.rows === 0) return err(noRows(filling.unreadableCount, columns.length));
	const cells: Cells = { columns, ...filling.cells(), told: told.value.told };
	return ok({ cells, layout: { format: 'csv', delimiter, quotes, header } });
}

/** Headings as people read them, white space made single; empty ones by their place, repeated ones numbered. */
export function columnNames(headings: readonly string[]): readonly string[] {
	const names: string[] = [];
	const seen = new Map<string, number>();
	const plain = headings.every((heading) => heading === '');
	for (const [place, heading] of headings.entries()) {
		const text = visible(unquoted(heading));
		const name = text !== '' ? text : plain ? `${place + 1}` : `(${place + 1})`;
		const times = (seen.get(name) ?? 0) + 1;
		seen.set(name, times);
		names.push(times === 1 ? name : `${name} (${times})`);
	}
	return names;
}

const HEADING_MAX = 200;
const UNSEEN = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]/gu;

/** A heading as a mapping can name it: what cannot be seen is taken out, since nobody could write it. */
function visible(heading: string): string {
	return heading.normalize('NFC').replace(/\s+/g, ' ').replace(UNSEEN, '').trim().slice(0, HEADING_MAX).trimEnd();
}

function unquoted(heading: string): string {
	return heading.replaceAll('""', '"');
}

function rowsBound(text: string): number {
	const mark = text.includes('\n') ? '\n' : '\r';
	let rows = 1;
	for (let at = text.indexOf(mark); at >= 0; at = text.indexOf(mark, at + 1)) rows++;
	return rows;
}

function noRows(unreadable: number, width: number): TableFault {
	return {
		expected: `rows of ${width} cells, as the headings have`,
		found: unreadable === 0 ? 'no rows' : `${unreadable} rows, each of another number of cells`,
		advice: 'name the line of the headings and the delimiter in the mapping',
	};
}

/** Offsets of rows as they come. It closes over arrays that were made once, for as many rows as the text has lines. */
class Filling {
	rows = 0;
	unreadableCount = 0;
	private readonly unreadable: UnreadableRow[] = [];
	private readonly starts: Uint32Array;
	private readonly ends: Uint32Array;
	private readonly lines: Uint32Array;
	private readonly width: number;
	private over = false;

	constructor(width: number, rows: number) {
		const size = Math.min(rows * width, TABLE_LIMITS.cellsMax);
		this.width = width;
		this.starts = new Uint32Array(size);
		this.ends = new Uint32Array(size);
		this.lines = new Uint32Array(Math.min(rows, TABLE_LIMITS.cellsMax));
	}

	add(row: ScannedRow): boolean {
		const why = this.wrong(row);
		if (why !== undefined) {
			this.unreadableCount++;
			if (this.unreadable.length < TABLE_LIMITS.unreadableMax) this.unreadable.push({ line: row.line, why });
			return true;
		}
		const at = this.rows * this.width;
		if (at + this.width > this.starts.length) {
			this.over = true;
			return false;
		}
		for (let place = 0; place < this.width; place++) {
			this.starts[at + place] = row.starts[place] ?? 0;
			this.ends[at + place] = row.ends[place] ?? 0;
		}
		this.lines[this.rows] = row.line;
		this.rows++;
		return true;
	}

	/** Cells behind the last heading may be there when they are empty: many programs end each row with a delimiter. */
	private wrong({ cells, broken, starts, ends }: ScannedRow): string | undefined {
		if (broken) return 'there is text behind a closing quotation mark';
		if (cells < this.width) return `it has ${cells} cells and not ${this.width}`;
		for (let place = this.width; place < cells; place++)
			if (starts[place] !== ends[place]) return `it has ${cells} cells and not ${this.width}`;
		return undefined;
	}

	full(): TableFault | undefined {
		if (!this.over) return undefined;
		return {
			expected: `at most ${TABLE_LIMITS.cellsMax} cells`,
			found: 'more',
			advice: 'split the table, for example by region, and keep the headings in each part',
		};
	}

	cells(): Omit<Cells, 'columns' | 'told'> {
		const size = this.rows * this.width;
		return {
			rows: this.rows,
			starts: this.starts.subarray(0, size),
			ends: this.ends.subarray(0, size),
			lines: this.lines.subarray(0, this.rows),
			unreadable: this.unreadable,
			unreadableCount: this.unreadableCount,
		};
	}
}
