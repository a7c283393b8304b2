/** The values that a table would have as keys by some rule, and whether they differ from row to row. */
import type { Table } from '../table/table.ts';
import { parsePattern } from './pattern.ts';
import { partOf, textAt } from './rows.ts';

/** A way to make keys, by places of columns. */
export interface KeyWay {
	readonly columns: readonly number[];
	readonly join: string;
	readonly prefix: string;
	/** One for each column; 0: as it stands. */
	readonly pads: readonly number[];
	readonly pattern?: string;
}

export function keyReader(
	table: Table,
	{ columns, join, prefix, pads, pattern }: KeyWay,
): (row: number) => string | undefined {
	const parsed = pattern === undefined ? undefined : parsePattern(pattern);
	return (row) => {
		const parts: string[] = [];
		for (const [place, column] of columns.entries()) {
			const part = partOf(textAt(table, row, column), { pattern: parsed, pad: pads[place] ?? 0 });
			if (part === undefined) return undefined;
			parts.push(part);
		}
		return prefix + parts.join(join);
	};
}

/** How many rows have a key and how many different ones there are, over the whole table. */
export function countKeys(table: Table, way: KeyWay): { readonly rows: number; readonly distinct: number } {
	const read = keyReader(table, way);
	const seen = new Set<string>();
	let rows = 0;
	for (let row = 0; row < table.rows; row++) {
		const key = read(row);
		if (key === undefined) continue;
		rows++;
		seen.add(key);
	}
	return { rows, distinct: seen.size };
}

/** Nearly every row has another key: a few rows may stand twice, and are told when the mapping is applied. */
export function nearlyDifferent({ rows, distinct }: { readonly rows: number; readonly distinct: number }): boolean {
	return rows > 0 && distinct >= 0.98 * rows;
}

export function plainWay(...columns: readonly number[]): KeyWay {
	return { columns, join: '', prefix: '', pads: columns.map(() => 0) };
}
