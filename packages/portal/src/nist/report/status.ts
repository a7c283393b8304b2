/**
 * What a report calls its results (spec/exports.md, E10–E12). The word of the format and the law's word are not the same thing: `certified` is said only where the figures of the report are, number for number, those of a declaration in force of an official election, and nowhere in a rehearsal or a parallel count.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import { contestRow, ordersOf } from '@matokeo/core/rules/chains.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { type DeclaredResult, declaredResult } from '@matokeo/core/standings/declared.ts';
import { sameVotesOf } from '@matokeo/core/standings/vector.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { NistSource, NistStage } from './source.ts';
import { nistTotal } from './totals.ts';

export type NistStatus =
	| 'pre-election'
	| 'unofficial-partial'
	| 'unofficial-complete'
	| 'recount'
	| 'correction'
	| 'certified';

export interface ContestStatus {
	readonly status: NistStatus;
	/** Whether nothing more is awaited of any station of the report. */
	readonly complete: boolean;
	/** The declaration in force, whether or not the figures of the report are its. */
	readonly declared?: DeclaredResult;
	/** Whether the figures at the scope are those of the declaration. */
	readonly asDeclared: boolean;
}

export function contestStatus(source: NistSource, contest: Contest, stage: NistStage, root: string): ContestStatus {
	const { election, rows } = source;
	const declared = declaredResult(rows, contest);
	const whole = nistTotal(source, contest, contest.scope, stage);
	const asDeclared =
		declared !== undefined &&
		declared.stations === whole.counted &&
		sameVotesOf(votesOf(contest, declared), whole.votes);
	const here = nistTotal(source, contest, root, stage);
	const complete = here.done === here.due;
	const known = { asDeclared, complete, ...(declared === undefined ? {} : { declared }) };
	const certified = election.mode === 'official' && asDeclared && stands(declared);
	if (certified) return { status: declared.number === 1 ? 'certified' : 'correction', ...known };
	if (election.mode === 'official' && isRecounted(source, contest)) return { status: 'recount', ...known };
	if (here.done === 0 && here.received === 0 && !logRow(rows).captured) return { status: 'pre-election', ...known };
	return { status: complete ? 'unofficial-complete' : 'unofficial-partial', ...known };
}

function votesOf(contest: Contest, { votes, categories }: DeclaredResult): readonly number[] {
	return contest.fields.flatMap(({ id, counted }) => (counted ? [votes[id] ?? categories[id] ?? 0] : []));
}

function stands({ annulled, stayed }: DeclaredResult): boolean {
	return annulled === undefined && stayed === undefined;
}

/** An order to count again is in force that no declaration has come after. */
function isRecounted({ rows }: NistSource, contest: Contest): boolean {
	const { declaration } = contestRow(rows, contest.id);
	const since = declaration === undefined ? -1 : (rows.get('act', declaration)?.index ?? -1);
	for (const { row } of ordersOf(rows, contest.id))
		if (row.order.kind === 'recount' && row.state === 'in-force' && row.index > since) return true;
	return false;
}

/** One word for all contests of a report: their common one; else no more than is true of each. */
export function togetherOf(statuses: readonly ContestStatus[]): NistStatus {
	const [first, ...others] = statuses;
	assert(first !== undefined, 'a report is about at least one contest');
	if (others.every(({ status }) => status === first.status)) return first.status;
	if (statuses.every(({ status }) => isCertified(status))) return 'correction';
	return statuses.every(({ complete }) => complete) ? 'unofficial-complete' : 'unofficial-partial';
}

export function isCertified(status: NistStatus): boolean {
	return status === 'certified' || status === 'correction';
}
