/**
 * Counts that others have lodged beside the log (V89): whose they are, and whether the table that each names is here, in its one spelling, of this contest's form, and with as many rows as were said. What is otherwise is the lodger's
 * and needs explanation; it is no fault of the log. What a table says is laid beside the log by whoever compares.
 */
import { join } from 'node:path';
import type { Contest } from '@matokeo/core/election/types.ts';
import { checkCountTable, explainCountTable, misfitOf } from '@matokeo/core/record/countTable.ts';
import type { CountLodge } from '@matokeo/core/record/filings.ts';
import { COUNT_TABLE_BYTES_MAX } from '@matokeo/core/record/limits.ts';
import type { Digest, StatementId } from '@matokeo/core/record/said.ts';
import { countsOf } from '@matokeo/core/rules/chains.ts';
import type { CountRow } from '@matokeo/core/rules/recordRows.ts';
import { type TimedEntry, untimed } from '@matokeo/core/standings/timed.ts';
import { PROCEEDINGS_NAMED_MAX } from '../check/limits.ts';
import type { Run } from '../check/run.ts';
import { readWhole } from '../node/files.ts';

export interface ShownCount extends Partial<Pick<CountLodge, 'at' | 'obtained' | 'rows'>> {
	readonly statement: StatementId;
	readonly by: string;
	/** Of its rows; absent: polling stations. */
	readonly level?: string;
	readonly said: TimedEntry;
	readonly table: Digest;
	/** `not held`: the log has never said so. `not here`: it has, and this folder has no such file to look at. */
	readonly held: 'read' | 'not held' | 'withheld' | 'not here';
	/** Of a table that was read: what is otherwise than its statement or the spelling says. */
	readonly explain: readonly string[];
}

export interface ContestCounts {
	/** Lodged in all, and those of them whose place the same holder's next one has taken. */
	readonly lodged: number;
	readonly followed: number;
	/** The newest of those in force. */
	readonly list: readonly ShownCount[];
}

/** Without contests of which nobody has lodged a count. */
export function shownCounts(run: Run): Readonly<Record<string, ContestCounts>> {
	const shown: Record<string, ContestCounts> = {};
	for (const contest of run.context.election.contests.values()) {
		let lodged = 0;
		let followed = 0;
		const list: ShownCount[] = [];
		for (const { id, row } of countsOf(run.rows, contest.id)) {
			lodged++;
			if (row.until !== undefined) followed++;
			else if (list.length < PROCEEDINGS_NAMED_MAX) list.push(shownCount(run, contest, id, row));
		}
		if (lodged > 0) shown[contest.id] = { lodged, followed, list };
	}
	return shown;
}

function shownCount(run: Run, contest: Contest, statement: StatementId, row: CountRow): ShownCount {
	const { by, level, table, index, time } = row;
	const said = run.proceedings.lodged(statement);
	return {
		statement,
		by,
		...(level === undefined ? {} : { level }),
		...(said === undefined ? {} : { at: said.at, obtained: said.obtained, rows: said.rows }),
		said: untimed(run.rows, { index, time }),
		table,
		...lookedInto(run, contest, row, said?.rows),
	};
}

function lookedInto(
	{ rows, blobs, folder }: Run,
	contest: Contest,
	{ table, level }: CountRow,
	rowsSaid: number | undefined,
): Pick<ShownCount, 'held' | 'explain'> {
	const blob = rows.get('blob', table);
	if (blob?.withheld !== undefined) return { held: 'withheld', explain: [] };
	if (blob?.held === undefined) return { held: 'not held', explain: [] };
	const size = blobs.fileSize(table);
	if (size === undefined || size < 0) return { held: 'not here', explain: [] };
	const read = readWhole(join(folder, 'blob', table.slice(0, 2), table), COUNT_TABLE_BYTES_MAX);
	if (!read.ok) return { held: 'read', explain: [`it cannot be read: ${read.error.why}`] };
	const checked = checkCountTable(read.value);
	if (!checked.ok) return { held: 'read', explain: [explainCountTable(checked.error)] };
	const misfit = misfitOf(checked.value, contest, level);
	const counted = checked.value.rows;
	return {
		held: 'read',
		explain: [
			...(misfit === undefined ? [] : [explainCountTable(misfit)]),
			...(rowsSaid === undefined || rowsSaid === counted
				? []
				: [`it has ${counted} rows, its statement says ${rowsSaid}`]),
		],
	};
}
