/** What a log says of the server's books (S45), in the order of the log, out of the rows of any replay. */

import { logRow } from '@matokeo/core/rules/opening.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import type { SaidPeriod } from './checkBooks.ts';

export function saidPeriods(rows: RowReader): readonly SaidPeriod[] {
	const said: SaidPeriod[] = [];
	for (let id = logRow(rows).accessed; id !== undefined; ) {
		const row = rows.get('access', id);
		if (row === undefined) break;
		const { index, from, until, files, prev } = row;
		said.push({ id, index, from, until, files });
		id = prev;
	}
	return said.reverse();
}
