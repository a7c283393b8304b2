/**
 * The rows of a table that a mapping means, one after the other, each with its key: what both shapes of table have in common. A row without a key is left out and
 * named; a row that a condition excludes is counted.
 */
import type { CountAreas, LeftOut } from '../count.ts';
import { cellAt, type Table } from '../table/table.ts';
import type { Placed, PlacedKey } from './columns.ts';
import type { AreaRule, KeyRule, Mapping } from './mapping.ts';
import { matchPattern } from './pattern.ts';

export interface Walked {
	readonly filtered: number;
	readonly leftOut: LeftOut[];
}

const KEY_LENGTH_MAX = 256;

/** A cell as a text that can be laid beside another: white space off its ends, letters composed. */
export function textAt(table: Table, row: number, column: number): string {
	return cellAt(table, row, column).trim().normalize('NFC');
}

export function walkRows(
	table: Table,
	mapping: Mapping,
	placed: Placed,
	each: (row: number, key: string, line: number) => void,
): Walked {
	const leftOut: LeftOut[] = table.unreadable.map(({ line }) => ({ line, key: '', why: 'unreadable' }));
	let filtered = 0;
	for (let row = 0; row < table.rows; row++) {
		if (!placed.where.every((rule) => isMeant(rule, textAt(table, row, rule.column)))) {
			filtered++;
			continue;
		}
		const line = table.lines[row] ?? 0;
		const key = keyOf(table, row, mapping.key, placed.key);
		if (key === undefined) leftOut.push({ line, key: '', why: 'no-key' });
		else each(row, key, line);
	}
	return { filtered, leftOut };
}

function isMeant({ is, not }: Placed['where'][number], cell: string): boolean {
	return (is === undefined || is.has(cell)) && (not === undefined || !not.has(cell));
}

function keyOf(
	table: Table,
	row: number,
	{ join, prefix }: KeyRule,
	columns: readonly PlacedKey[],
): string | undefined {
	let key = prefix;
	for (let place = 0; place < columns.length; place++) {
		const one = columns[place];
		const part = one === undefined ? undefined : partOf(textAt(table, row, one.column), one);
		if (part === undefined) return undefined;
		key += place === 0 ? part : join + part;
	}
	return key.length > KEY_LENGTH_MAX ? undefined : key;
}

export function partOf(cell: string, { pattern, pad }: Pick<PlacedKey, 'pattern' | 'pad'>): string | undefined {
	const code = pattern === undefined ? cell : matchPattern(pattern, cell);
	if (code === undefined || code === '') return undefined;
	return code.length < pad ? code.padStart(pad, '0') : code;
}

/** The names of the areas that rows lie in, each name once. */
export class AreaColumns {
	private readonly lists: { readonly values: string[]; readonly places: Map<string, number>; readonly of: number[] }[];
	private readonly table: Table;
	private readonly columns: readonly number[];

	constructor(table: Table, columns: readonly number[]) {
		this.table = table;
		this.columns = columns;
		this.lists = columns.map(() => ({ values: [], places: new Map(), of: [] }));
	}

	add(row: number): void {
		for (const [place, { values, places, of }] of this.lists.entries()) {
			const cell = textAt(this.table, row, this.columns[place] ?? 0);
			let value = cell === '' ? -1 : places.get(cell);
			if (value === undefined) {
				value = values.push(cell) - 1;
				places.set(cell, value);
			}
			of.push(value);
		}
	}

	/** For these of the rows that were added. */
	areas(rules: readonly AreaRule[], kept: readonly number[]): readonly CountAreas[] {
		return rules.map(({ level, name }, place) => {
			const list = this.lists[place];
			return { level, name, values: list?.values ?? [], of: Int32Array.from(kept, (row) => list?.of[row] ?? -1) };
		});
	}
}
