/** A table with one row for each station: figures of the rows, and which rows cannot stand. A key that comes twice with other figures leaves both rows out: which of them counts is not for us to say. */
import type { LeftOut } from '../count.ts';
import { cellAt, type Table } from '../table/table.ts';
import type { Placed } from './columns.ts';
import type { Mapping } from './mapping.ts';
import { type NumberReader, numberReader } from './readNumber.ts';
import { AreaColumns, walkRows } from './rows.ts';

/** Rows in the order of the source, before those without figures are taken out. */
export interface Gathered {
	readonly keys: readonly string[];
	readonly lines: readonly number[];
	readonly values: Float64Array;
	readonly texts: ReadonlyMap<number, string>;
	readonly status: ReadonlyMap<number, string>;
	readonly dropped: ReadonlySet<number>;
	readonly areas: AreaColumns;
	readonly filtered: number;
	readonly leftOut: readonly LeftOut[];
	readonly problem?: string;
}

/** Words where numbers should be: with more of them the mapping names the wrong columns. */
export const TEXTS_MAX = 1_000_000;

export function gatherWide(table: Table, mapping: Mapping, placed: Placed): Gathered {
	const width = placed.fields.length;
	const values = new Float64Array(table.rows * width);
	const texts = new Map<number, string>();
	const status = new Map<number, string>();
	const keys: string[] = [];
	const lines: number[] = [];
	const seen = new Map<string, number>();
	const dropped = new Set<number>();
	const areas = new AreaColumns(table, placed.areas);
	const read = numberReader(table, mapping.numbers);
	const twice: LeftOut[] = [];
	const { filtered, leftOut } = walkRows(table, mapping, placed, (row, key, line) => {
		const place = keys.length;
		readFields(read, placed, row, values, place * width, texts);
		const earlier = seen.get(key);
		if (earlier === undefined) {
			seen.set(key, place);
			keys.push(key);
			lines.push(line);
			areas.add(row);
			if (placed.status >= 0) status.set(place, cellAt(table, row, placed.status).trim());
			return;
		}
		const same = sameRow(values, texts, earlier * width, place * width, width);
		if (!same && !dropped.has(earlier)) {
			dropped.add(earlier);
			twice.push({ line: lines[earlier] ?? 0, key, why: 'twice', same: false });
		}
		twice.push({ line, key, why: 'twice', same });
		for (let field = 0; field < width; field++) texts.delete(place * width + field);
	});
	const all = [...leftOut, ...twice].sort((a, b) => a.line - b.line);
	const problem =
		texts.size > TEXTS_MAX ? `more than ${TEXTS_MAX} cells hold words where numbers should be` : undefined;
	const gathered = { keys, lines, values, texts, status, dropped, areas, filtered, leftOut: all };
	return problem === undefined ? gathered : { ...gathered, problem };
}

function readFields(
	read: NumberReader,
	{ fields }: Placed,
	row: number,
	values: Float64Array,
	at: number,
	texts: Map<number, string>,
): void {
	for (let field = 0; field < fields.length; field++) {
		const columns = fields[field]?.columns ?? [];
		let sum = Number.NaN;
		for (const column of columns) {
			const one = read(row, column);
			if (one === undefined) continue;
			if (typeof one === 'string') {
				sum = Number.NaN;
				if (texts.size <= TEXTS_MAX) texts.set(at + field, one);
				break;
			}
			sum = Number.isNaN(sum) ? one : sum + one;
		}
		values[at + field] = sum;
	}
}

function sameRow(
	values: Float64Array,
	texts: ReadonlyMap<number, string>,
	one: number,
	other: number,
	width: number,
): boolean {
	for (let field = 0; field < width; field++) {
		if (!Object.is(values[one + field], values[other + field])) return false;
		if (texts.get(one + field) !== texts.get(other + field)) return false;
	}
	return true;
}
