/** What a mark froze, and what stands at the same contest × area now. */
import { rereadSheet, type Sheet } from '@matokeo/core/collation/sheet.ts';
import type { Contest } from '@matokeo/core/election/types.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { coverageOf } from '@matokeo/core/rules/coverage.ts';
import { stageAt } from '@matokeo/core/rules/marks.ts';
import type { MarkRow } from '@matokeo/core/rules/recordRows.ts';
import { intervalOf } from '@matokeo/core/standings/lateness.ts';
import { countsNow } from '@matokeo/core/standings/marking.ts';
import { totalOf } from '@matokeo/core/standings/total.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { RecordReader } from '../record.ts';
import type { FrozenView, NowView } from './collationTypes.ts';

export interface Frozen {
	readonly id: StatementId;
	readonly row: MarkRow;
	readonly sheet: Sheet;
}

/** `undefined` without a mark of this id. */
export function frozenAt({ rows }: RecordReader, id: StatementId | undefined): Frozen | undefined {
	const row = id === undefined ? undefined : rows.get('mark', id);
	const text = id === undefined ? undefined : rows.get('sheet', id)?.text;
	return id === undefined || row === undefined || text === undefined
		? undefined
		: { id, row, sheet: rereadSheet(text) };
}

export function frozenView({ context, rows }: RecordReader, { id, row }: Omit<Frozen, 'sheet'>): FrozenView {
	const { index, time, counts, totals, list } = row;
	const { met, silent } = coverageOf(context, rows, index);
	return {
		id,
		index,
		time,
		said: intervalOf(rows, index),
		counts,
		totals,
		list,
		witnesses: { met, silent: met ? [] : silent },
	};
}

export function nowView(reader: RecordReader, contest: Contest, area: string): NowView {
	const { rows, baseline, election } = reader;
	const stage = stageAt(election, contest, area);
	assert(stage !== undefined, 'a collation is where something is certified or declared');
	const { [stage]: totals } = totalOf(baseline, rows, contest, area);
	return { counts: countsNow(reader, contest, area), totals };
}
