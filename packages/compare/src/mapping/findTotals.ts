/** Columns that are sums of others on nearly every row: stated totals, whatever they are called. */
import { cellAt, type Table } from '../table/table.ts';
import { meaningOf } from './names.ts';
import type { Offer } from './offers.ts';
import { sampleRows } from './survey.ts';

const ROWS = 1_000;
const NEARLY = 0.95;

export interface FoundTotal {
	readonly name: string;
	/** Share of the rows looked at on which it is the sum. */
	readonly share: number;
	readonly of: 'the candidates' | 'the candidates, blank and invalid votes';
}

/** Looks at columns of wide tables only: a long table's totals are choices, and their headings say so or nothing does. */
export function findTotals(table: Table, offers: readonly Offer[]): readonly FoundTotal[] {
	const columns = offers.filter(({ column }) => column >= 0);
	const ballots = columns.filter(({ name }) => ['blank', 'invalid', 'apart'].includes(meaningOf(name) ?? ''));
	const plain = columns.filter(({ name }) => meaningOf(name) === undefined);
	const rows = sampleRows(table, ROWS);
	const found: FoundTotal[] = [];
	for (const total of columns) {
		if (ballots.includes(total)) continue;
		const parts = plain.filter((one) => one !== total);
		if (parts.length < 2) continue;
		const valid = shareOf(table, rows, total, parts);
		const cast = ballots.length === 0 ? 0 : shareOf(table, rows, total, [...parts, ...ballots]);
		const share = Math.max(valid, cast);
		if (share < NEARLY) continue;
		const of = valid >= cast ? 'the candidates' : 'the candidates, blank and invalid votes';
		found.push({ name: total.name, share, of });
	}
	return found;
}

/** Rows of zeroes say nothing. */
function shareOf(table: Table, rows: readonly number[], total: Offer, parts: readonly Offer[]): number {
	let asked = 0;
	let equal = 0;
	for (const row of rows) {
		const stated = digits(cellAt(table, row, total.column));
		if (!(stated > 0)) continue;
		asked++;
		const sum = parts.reduce((all, { column }) => all + (digits(cellAt(table, row, column)) || 0), 0);
		if (sum === stated) equal++;
	}
	return asked === 0 ? 0 : equal / asked;
}

function digits(cell: string): number {
	const plain = cell.replace(/[,.' \u00a0\u202f](?=[0-9]{3}(?:[^0-9]|$))/g, '').trim();
	return /^[0-9]{1,15}$/.test(plain) ? Number(plain) : Number.NaN;
}
