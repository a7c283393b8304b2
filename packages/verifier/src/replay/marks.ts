/**
 * Marks, frozen afresh (S34): the totals of the area are added up from its returns at this very index, and the sheet, the outcome and the texts are made from them. A certificate or
 * declaration that names anything else is then refused, like any other false statement.
 */
import type { TallyMark } from '@matokeo/core/record/acts.ts';
import type { Context, Said } from '@matokeo/core/rules/context.ts';
import { freeze } from '@matokeo/core/standings/marking.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { ReplayRows } from './memoryRows.ts';
import { totalsWithin } from './totals.ts';

export function freezeAfresh(context: Context, rows: ReplayRows, said: Said<TallyMark>): void {
	const contest = context.election.contests.get(said.statement.contest);
	assert(contest !== undefined, 'a mark was decided before it is frozen');
	const baseline = totalsWithin(context, rows, contest, said.statement.area);
	freeze({ context, baseline, rows: { ...rows, get: rows.peek } }, said);
}
