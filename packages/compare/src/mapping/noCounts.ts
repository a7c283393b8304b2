/**
 * Columns that bear the name of a figure and hold numbers that are no counts: percentages, fractions, decimal signs, figures filled with zeroes. To pass over them would be to compare the rest and call it the
 * same, so that they are a question.
 */
import { cellAt, type Table } from '../table/table.ts';
import { likeness } from './names.ts';
import type { Question } from './proposal.ts';
import { type ColumnSurvey, holdsCounts, sampleRows } from './survey.ts';

/** `wanted`: figures that no column of counts was found for, with their names. */
export function noCounts(
	table: Table,
	surveys: readonly ColumnSurvey[],
	keyColumns: readonly number[],
	wanted: readonly { readonly id: string; readonly names: readonly string[] }[],
): readonly Question[] {
	const numbers = surveys.filter(
		(one) => !keyColumns.includes(one.column) && !holdsCounts(one) && one.counts + one.others >= 0.5 * one.filled,
	);
	return wanted.flatMap(({ id, names }): readonly Question[] => {
		const column = numbers.find(({ name, filled }) => filled > 0 && names.some((one) => likeness(name, one) >= ALIKE));
		if (column === undefined) return [];
		const example = sampleRows(table)
			.map((row) => cellAt(table, row, column.column).trim())
			.find((cell) => !PLAIN.test(cell));
		const sentence = `${JSON.stringify(column.name)} holds numbers that are no counts, such as ${JSON.stringify(example ?? '')}: votes are whole numbers without decimals or leading zeroes, and no percentages`;
		return [{ about: id, sentence, between: [] }];
	});
}

/** The same name, but for common words. */
const ALIKE = 4;
const PLAIN = /^(0|[1-9][0-9]*|)$/;
