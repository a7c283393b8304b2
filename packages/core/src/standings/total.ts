/** The total of an area as it stands: its row, or the baseline where nothing has been said (T10). */
import type { Contest } from '../election/types.ts';
import { type RowReader, type TotalRow, totalKey } from '../rules/rows.ts';
import type { Baseline } from './baseline.ts';
import { emptyTotal } from './vector.ts';

export function totalOf(baseline: Baseline, rows: RowReader, contest: Contest, area: string): TotalRow {
	const key = totalKey(contest.id, area);
	return (
		rows.get('total', key) ?? baseline.get(key) ?? emptyTotal(contest.fields.filter(({ counted }) => counted).length)
	);
}
