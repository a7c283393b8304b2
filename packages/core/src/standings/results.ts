/**
 * The results of one contest as plain data (T18, T19): counts, stages, quarantine and outcome at the scope, and the counts and stages of every area. The
 * same function makes what the server publishes and what the verifier recomputes; member names are those of the published JSON.
 */
import type { Contest, Election } from '../election/types.ts';
import { evaluateResult, type ResultReport } from '../result/evaluate.ts';
import { collationRow } from '../rules/collations.ts';
import { logRow } from '../rules/opening.ts';
import type { RowReader, TotalRow } from '../rules/rows.ts';
import type { Baseline } from './baseline.ts';
import { type DeclaredResult, declaredResult } from './declared.ts';
import { areasOf, resultInputOf, stakesOf } from './resultInput.ts';
import { type StageResult, stage } from './stage.ts';
import { totalOf } from './total.ts';
import { countAt } from './vector.ts';

export interface AreaResults {
	readonly due: number;
	readonly missing: number;
	readonly postponed: number;
	readonly cancelled: number;
	readonly merged: number;
	readonly quarantined: number;
	readonly disregarded: number;
	/** Out of every stage by an order. */
	readonly set_aside: number;
	/** With open objections that have standing, or ordered to be counted again. */
	readonly disputed: number;
	readonly discrepant: number;
	readonly discrepant_open: number;
	/** Forms captured of which no image is held: in no total. */
	readonly no_form_seen: number;
	readonly as_written: number;
	/** Verified forms that a warning-level check flags: they need explanation and are counted. */
	readonly flagged: number;
	readonly registered: number;
	readonly stages: {
		readonly reported: StageResult;
		readonly verified: StageResult;
		readonly inspected: StageResult;
		/** What certificates of collation say, at the lowest step and summed above it. */
		readonly collated: StageResult;
	};
	/** What the returns in quarantine say; in no stage (R21). */
	readonly quarantine: StageResult;
}

/** Before `publish_from` the outcome is arithmetic that the package asks not to show. */
export type ShownOutcome = ResultReport | { readonly hidden_until: number };

export interface ContestResults extends AreaResults {
	readonly outcome: ShownOutcome;
	/** Absent while nothing is declared. */
	readonly declared?: DeclaredResult;
}

export interface Standing {
	readonly election: Election;
	readonly baseline: Baseline;
	readonly rows: RowReader;
}

export function contestResults({ election, baseline, rows }: Standing, contest: Contest): ContestResults {
	const total = totalOf(baseline, rows, contest, contest.scope);
	const declared = declaredResult(rows, contest);
	return {
		...areaResult(rows, contest, contest.scope, total),
		outcome: outcomeOf({ election, baseline, rows }, contest, total),
		...(declared === undefined ? {} : { declared }),
	};
}

/** The figures of one area of the contest, or of its scope, without the outcome. */
export function resultsOfArea({ baseline, rows }: Standing, contest: Contest, area: string): AreaResults {
	return areaResult(rows, contest, area, totalOf(baseline, rows, contest, area));
}

/** Results by area, for every area that is totalled, in the order of the package. */
export function areaResults(
	{ election, baseline, rows }: Standing,
	contest: Contest,
): ReadonlyMap<string, AreaResults> {
	const entries = areasOf(election, contest).map(
		({ id }) => [id, areaResult(rows, contest, id, totalOf(baseline, rows, contest, id))] as const,
	);
	return new Map(entries);
}

function areaResult(rows: RowReader, contest: Contest, area: string, total: TotalRow): AreaResults {
	const { collated } = collationRow(rows, contest.id, area);
	return {
		due: countAt(total, 'due'),
		missing: countAt(total, 'missing'),
		postponed: countAt(total, 'postponed'),
		cancelled: countAt(total, 'cancelled'),
		merged: countAt(total, 'merged'),
		quarantined: countAt(total, 'quarantined'),
		disregarded: countAt(total, 'disregarded'),
		set_aside: countAt(total, 'setAside'),
		disputed: countAt(total, 'disputed'),
		discrepant: countAt(total, 'discrepant'),
		discrepant_open: countAt(total, 'discrepantOpen'),
		no_form_seen: countAt(total, 'noFormSeen'),
		as_written: countAt(total, 'asWritten'),
		flagged: countAt(total, 'flagged'),
		registered: countAt(total, 'registered'),
		stages: {
			reported: stage(contest, countAt(total, 'reported'), total.reported),
			verified: stage(contest, countAt(total, 'verified'), total.verified),
			inspected: stage(contest, countAt(total, 'inspected'), total.inspected),
			collated: stage(contest, collated?.stations ?? 0, collated?.votes ?? []),
		},
		quarantine: stage(contest, countAt(total, 'quarantined'), total.quarantined),
	};
}

function outcomeOf({ election, baseline, rows }: Standing, contest: Contest, total: TotalRow): ShownOutcome {
	const { publishFrom } = contest;
	if (publishFrom !== undefined && logRow(rows).time < publishFrom) return { hidden_until: publishFrom };
	return evaluateResult(contest, resultInputOf(election, baseline, rows, contest), stakesOf(total));
}
