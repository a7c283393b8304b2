/** Tables of as many rows as a test of proposals wants, written row by row. */
import type { Table } from '@matokeo/compare/table/table.ts';
import { table } from './given.ts';

/** Rows of a table with this heading; `cells` for the n-th, from 1. */
export function rows(heading: string, count: number, cells: (n: number) => readonly (string | number)[]): Table {
	return table(`${heading}\n${Array.from({ length: count }, (_, n) => cells(n + 1).join(',')).join('\n')}\n`);
}

/** Votes of the n-th row, unlike any code. */
export const v = (n: number, at = 0): number => 400 + ((37 * n + 11 * at) % 97);

export const pad = (n: number, width: number): string => `${n}`.padStart(width, '0');
