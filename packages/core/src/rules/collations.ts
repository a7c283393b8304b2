/** The row of contest × area: what was marked and certified there, what stays it, and from when on earlier marks are out of date (S34, S35, S43). */
import type { StatementId } from '../record/said.ts';
import type { CollationRow } from './recordRows.ts';
import { collationKey, type RowReader, type Rows } from './rows.ts';

export function collationRow(rows: RowReader, contest: string, area: string): CollationRow {
	return rows.get('collation', collationKey(contest, area)) ?? {};
}

/** Whoever certifies or declares after this statement does so on a mark that is later than it. Where nothing is marked yet, any mark will be. */
export function outdateMarks(
	rows: Rows,
	contest: string,
	areas: readonly string[],
	{ id, index }: { readonly id: StatementId; readonly index: number },
): void {
	for (const area of areas) {
		const row = collationRow(rows, contest, area);
		if (row.mark === undefined) continue;
		rows.put('collation', collationKey(contest, area), { ...row, outdated: { by: id, at: index } });
	}
}
