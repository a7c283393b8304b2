/** A row that is the sum of all others: the line of totals at the end of a spreadsheet, whatever stands where its code should be. Taken for a station it would double every sum. */
import type { CountField } from '../count.ts';
import type { Gathered } from './wide.ts';

/** Of fewer rows one may be the sum of the others by chance. */
const OTHERS_LEAST = 3;
const FIELDS_LEAST = 2;

/** The row whose every candidate and total is what all other rows of these have together; two of these fields at least have votes. */
export function totalsRow(
	{ values, texts }: Gathered,
	fields: readonly CountField[],
	kept: readonly number[],
): number | undefined {
	if (kept.length <= OTHERS_LEAST) return undefined;
	const width = fields.length;
	const asked = fields.flatMap(({ kind }, field) => (kind === 'other' ? [] : [field]));
	const sums = asked.map((field) => kept.reduce((sum, row) => sum + (values[row * width + field] || 0), 0));
	if (sums.filter((sum) => sum > 0).length < FIELDS_LEAST) return undefined;
	const isHalf = (row: number): boolean =>
		asked.every(
			(field, place) => 2 * (values[row * width + field] || 0) === sums[place] && !texts.has(row * width + field),
		);
	return kept.find(isHalf);
}
