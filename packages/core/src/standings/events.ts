/**
 * Events (T21): what one statement did to one contest × station, as whoever folds the log sees it happen. Histories, lists of changes and arrival curves are made of
 * them; no rule and no total reads one.
 */
import type { StatementType } from '../record/statement.ts';
import type { Context, Said } from '../rules/context.ts';
import type { RowReader } from '../rules/rows.ts';
import { stationOf } from '../rules/stations.ts';
import { type ReturnView, sameVotes } from './returnView.ts';

export interface ReturnEvent {
	/** '' together with `station` for what concerns the election as a whole. */
	readonly contest: string;
	readonly station: string;
	/** The station's latest poll after the statement. */
	readonly poll: number;
	readonly type: StatementType;
	/** Both present only where they differ. */
	readonly before?: ReturnView;
	readonly after?: ReturnView;
}

/** An event with its place in the log and the log's own time then (the last tick), UTC seconds. */
export interface LoggedEvent extends ReturnEvent {
	readonly index: number;
	readonly time: number;
}

/** A form came to count that did not count before. */
export function isArrival({ before, after }: Pick<ReturnEvent, 'before' | 'after'>): boolean {
	return before !== undefined && before.form !== 'counts' && after?.form === 'counts';
}

/** Statements in which somebody decides, certifies, declares, objects, notifies or orders. */
const DECISIONS: ReadonlySet<StatementType> = new Set([
	'form/ruling',
	'station/status',
	'election/amend',
	'blob/withhold',
	'key/revoke',
	'collation/certify',
	'result/declare',
	'result/dissent',
	'result/record',
	'objection/lodge',
	'objection/answer',
	'notice/file',
	'authority/order',
	'count/lodge',
]);

/**
 * Where a statement that touched no return is told: a contest (with '' as station), or with '' as contest the election as a whole. Errors and objections that name a station are told there
 * too, so that its history has them.
 */
export function eventsBeyondReturns(
	context: Context,
	rows: RowReader,
	{ id, statement }: Said,
): readonly { readonly contest: string; readonly station: string }[] {
	switch (statement.type) {
		case 'election/open':
		case 'key/revoke':
		case 'blob/withhold':
		case 'log/witnessed':
		case 'access/digest':
			return [{ contest: '', station: '' }];
		case 'election/amend':
			return [{ contest: statement.change.kind === 'candidate' ? statement.change.contest : '', station: '' }];
		case 'tally/mark':
		case 'collation/certify':
		case 'result/declare':
		case 'result/dissent':
		case 'result/record':
		case 'count/lodge':
			return [{ contest: statement.contest, station: '' }];
		case 'objection/lodge':
			return [{ contest: statement.contest, station: rows.get('objection', id)?.station ?? '' }];
		case 'objection/answer': {
			const row = rows.get('objection', statement.objection);
			return [{ contest: row?.contest ?? '', station: row?.station ?? '' }];
		}
		case 'notice/file': {
			const { notice } = statement;
			if (notice.kind !== 'error') return [{ contest: '', station: '' }];
			const known = notice.station !== undefined && stationOf(context, rows, notice.station) !== undefined;
			return [{ contest: notice.contest, station: known ? notice.station : '' }];
		}
		case 'authority/order':
			return [{ contest: rows.get('order', id)?.contest ?? '', station: '' }];
		default:
			return [];
	}
}

/**
 * Whether it belongs on the page of what changed (R11, R20): somebody decided something, figures that were known became others, or documents were found to differ. A first arrival and a
 * verification that confirms what was reported are progress, not change.
 */
export function isChange({ type, before, after }: Pick<ReturnEvent, 'type' | 'before' | 'after'>): boolean {
	if (DECISIONS.has(type)) return true;
	if (before === undefined || after === undefined) return false;
	if (after.differs === 'open' && before.differs !== 'open') return true;
	const changed = (a: readonly number[] | undefined, b: readonly number[] | undefined) =>
		a !== undefined && !sameVotes(a, b);
	return changed(before.reported, after.reported) || changed(before.verified, after.verified);
}
