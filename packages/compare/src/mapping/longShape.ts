/** Whether a table whose key repeats has one row for each station and choice, and which columns are the choice and its votes. */
import type { Table } from '../table/table.ts';
import { countKeys, type KeyWay } from './keyValues.ts';
import { normalized } from './names.ts';
import { textAt } from './rows.ts';
import { type ColumnSurvey, holdsCounts } from './survey.ts';

export interface LongShape {
	readonly choice: number;
	readonly votes: number;
	/** Texts of the choice column, in the order in which they come. */
	readonly choices: readonly string[];
}

const CHOICES_MAX = 2_000;
const VOTES = /\b(votes?|votos?|qt votos|cantidad|votos cantidad|suara|jumlah)\b/;

/** All choice columns that would do: several are a question. */
export function longShapes(table: Table, key: KeyWay, surveys: readonly ColumnSurvey[]): readonly LongShape[] {
	const rest = surveys.filter(({ column, filled }) => !key.columns.includes(column) && filled > 0);
	const votes = votesColumn(rest);
	if (votes === undefined) return [];
	const keys = countKeys(table, key);
	return rest.flatMap(({ column, distinct }) => {
		if (column === votes || distinct < 2 || distinct > CHOICES_MAX) return [];
		const pair = { columns: [...key.columns, column], join: '\u0000', prefix: '', pads: [...key.pads, 0] };
		const together = countKeys(table, pair);
		if (together.distinct < 0.98 * together.rows || together.rows < 1.5 * keys.distinct) return [];
		const choices = choicesOf(table, column);
		return choices === undefined ? [] : [{ choice: column, votes, choices }];
	});
}

function votesColumn(rest: readonly ColumnSurvey[]): number | undefined {
	const counts = rest.filter(holdsCounts);
	const named = counts.filter(({ name }) => VOTES.test(normalized(name.replaceAll('_', ' '))));
	const [only, more] = named.length > 0 ? named : counts;
	return more === undefined ? only?.column : undefined;
}

function choicesOf(table: Table, column: number): readonly string[] | undefined {
	const choices = new Set<string>();
	for (let row = 0; row < table.rows; row++) {
		choices.add(textAt(table, row, column));
		if (choices.size > CHOICES_MAX) return undefined;
	}
	choices.delete('');
	return [...choices];
}
