/**
 * From a declaration to what stands now: the figures of its mark beside those of the log, everything that changed after the mark, and whether the difference could matter. The declaration itself
 * never moves.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import { objectionsOf, ordersOf } from '@matokeo/core/rules/chains.ts';
import { outcomeAt } from '@matokeo/core/standings/markedOutcome.ts';
import { contestResults } from '@matokeo/core/standings/results.ts';
import { printCanonical } from '@matokeo/core/std/canonical.ts';
import type { RecordReader } from '../record.ts';
import { changeEntry, firstChangeFrom } from './changes.ts';
import type { DeclaredView, SinceView } from './collationTypes.ts';
import { nowView } from './frozen.ts';
import { objectionLine } from './objections.ts';
import { orderLine } from './orders.ts';
import type { ChangeEntry } from './types.ts';

/** Changes that are named here; the pages of what changed have all of them. */
const CHANGES_MAX = 100;
/** Objections and orders since, likewise. */
const FILINGS_MAX = 100;

export function sinceView(
	reader: RecordReader,
	contest: Contest,
	{ mark, outcome: declared }: Pick<DeclaredView, 'mark' | 'outcome'>,
): SinceView {
	const now = nowView(reader, contest, contest.scope);
	const { outcome } = outcomeAt(reader, contest, contest.declaration?.requires ?? 'verified');
	const differences = now.totals.map((votes, place) => votes - (mark.totals[place] ?? 0));
	const report = contestResults(reader, contest).outcome;
	const { changes, total } = changesAfter(reader, contest, mark.index);
	return {
		now,
		outcome,
		same_outcome: printCanonical(outcome) === printCanonical(declared),
		gained: differences.reduce((sum, one) => sum + Math.max(0, one), 0),
		lost: differences.reduce((sum, one) => sum + Math.max(0, -one), 0),
		conditions: 'hidden_until' in report ? [] : report.conditions,
		changes,
		changes_total: total,
		objections: after(objectionsOf(reader.rows, contest.id), mark.index, (id) => objectionLine(reader, id)),
		orders: after(ordersOf(reader.rows, contest.id), mark.index, (id) => orderLine(reader, id)),
	};
}

function after<Line>(
	chain: Iterable<{ readonly id: string; readonly row: { readonly index: number } }>,
	index: number,
	line: (id: string) => Line | undefined,
): readonly Line[] {
	const lines: Line[] = [];
	for (const { id, row } of chain) {
		if (row.index <= index || lines.length === FILINGS_MAX) break;
		const one = line(id);
		if (one !== undefined) lines.push(one);
	}
	return lines;
}

/** Newest first. */
function changesAfter(
	reader: RecordReader,
	contest: Contest,
	index: number,
): { readonly changes: readonly ChangeEntry[]; readonly total: number } {
	const all = reader.changeCount(contest.id);
	const total = all - firstChangeFrom(reader, contest.id, index + 1);
	const shown = Math.min(total, CHANGES_MAX);
	const events = reader.changes(contest.id, all - shown, shown);
	return { changes: events.flatMap((event) => changeEntry(reader, contest, event) ?? []).reverse(), total };
}
