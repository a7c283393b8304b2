/**
 * What is declared of a contest, as results say it (T26): the declaration in force at its own mark, and what orders have made of it. Figures of a declaration never move; what has changed since
 * stands beside them.
 */
import type { Contest } from '../election/types.ts';
import type { DeclaredOutcome } from '../record/acts.ts';
import type { StatementId } from '../record/said.ts';
import { contestRow } from '../rules/chains.ts';
import type { RowReader } from '../rules/rows.ts';
import { type StageResult, stage } from './stage.ts';

export interface DeclaredResult extends StageResult {
	readonly declaration: StatementId;
	readonly number: number;
	/** Size of the log at the mark, and UTC seconds of the last tick before it. */
	readonly at: number;
	readonly time: number;
	readonly outcome: DeclaredOutcome;
	/** The order that annulled the contest, stays what was declared, or replaced its winner. */
	readonly annulled?: StatementId;
	readonly stayed?: StatementId;
	readonly replaced?: { readonly order: StatementId; readonly candidate: string };
}

export function declaredResult(rows: RowReader, contest: Contest): DeclaredResult | undefined {
	const { declaration, annulled, replaced, stays } = contestRow(rows, contest.id);
	const act = declaration === undefined ? undefined : rows.get('act', declaration);
	const mark = act?.mark === undefined ? undefined : rows.get('mark', act.mark);
	if (declaration === undefined || act?.number === undefined || mark?.outcome === undefined) return undefined;
	const stayed = stays?.[0];
	return {
		declaration,
		number: act.number,
		at: mark.index,
		time: mark.time,
		outcome: mark.outcome,
		...(annulled === undefined ? {} : { annulled }),
		...(stayed === undefined ? {} : { stayed }),
		...(replaced === undefined ? {} : { replaced }),
		...stage(contest, mark.counts.counted, mark.totals),
	};
}
