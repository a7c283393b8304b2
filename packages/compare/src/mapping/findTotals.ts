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
	const numbers = new Map(
		columns.map((one) => [one, Float64Array.from(rows, (row) => digits(cellAt(table, row, one.column)))]),
	);
	const sumOf = (parts: readonly Offer[]): Float64Array =>
		Float64Array.from(rows, (_, at) => parts.reduce((all, one) => all + (numbers.get(one)?.[at] || 0), 0));
	const [valid, cast] = [sumOf(plain), sumOf([...plain, ...ballots])];
	const inPlain = new Set(plain);
	const apart = new Set(ballots);
	const found: FoundTotal[] = [];
	for (const total of columns) {
		if (apart.has(total) || plain.length - (inPlain.has(total) ? 1 : 0) < 2) continue;
		const stated = numbers.get(total) ?? new Float64Array();
		const own = inPlain.has(total) ? 2 : 1;
		const [asValid, asCast] = [shareOf(stated, own, valid), ballots.length === 0 ? 0 : shareOf(stated, own, cast)];
		const share = Math.max(asValid, asCast);
		if (share < NEARLY) continue;
		const of = asValid >= asCast ? 'the candidates' : 'the candidates, blank and invalid votes';
		found.push({ name: total.name, share, of });
	}
	return found;
}

/** Rows of zeroes say nothing. `own`: how often the stated number is the sum when it is itself among what was added up, 2, or not, 1. */
function shareOf(stated: Float64Array, own: number, sums: Float64Array): number {
	let asked = 0;
	let equal = 0;
	for (const [at, number] of stated.entries()) {
		if (!(number > 0)) continue;
		asked++;
		if (sums[at] === own * number) equal++;
	}
	return asked === 0 ? 0 : equal / asked;
}

function digits(cell: string): number {
	const plain = cell.replace(/[,.' \u00a0\u202f](?=[0-9]{3}(?:[^0-9]|$))/g, '').trim();
	return /^[0-9]{1,15}$/.test(plain) ? Number(plain) : Number.NaN;
}
