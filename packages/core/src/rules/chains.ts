/**
 * The chains of what is certified, declared, objected to, notified and ordered: each row names the one before it, the contest's row names the last. One more
 * costs the same at any length.
 */
import type { StatementId } from '../record/said.ts';
import type { ActRow, ContestRow, CountRow, NoticeRow, ObjectionRow, OrderRow } from './recordRows.ts';
import type { RowReader, Rows } from './rows.ts';

type Chain = 'act' | 'objection' | 'notice' | 'order' | 'count';

export function contestRow(rows: RowReader, contest: string): ContestRow {
	return rows.get('contest', contest) ?? {};
}

export function changeContest(rows: Rows, contest: string, members: ContestRow): void {
	rows.put('contest', contest, { ...contestRow(rows, contest), ...members });
}

/** Makes `id` the head of a chain; the member by which its row names the one before it. */
export function chained(rows: Rows, contest: string, chain: Chain, id: StatementId): { readonly prev?: StatementId } {
	const before = contestRow(rows, contest)[chain];
	changeContest(rows, contest, { [chain]: id });
	return before === undefined ? {} : { prev: before };
}

export interface Linked<T> {
	readonly id: StatementId;
	readonly row: T;
}

/** Objections of a contest, the newest first. */
export function objectionsOf(rows: RowReader, contest: string): Generator<Linked<ObjectionRow>> {
	return chain(contestRow(rows, contest).objection, (id) => rows.get('objection', id));
}

/** Certificates, declarations, dissents and records of a contest, the newest first. */
export function actsOf(rows: RowReader, contest: string): Generator<Linked<ActRow>> {
	return chain(contestRow(rows, contest).act, (id) => rows.get('act', id));
}

/** Notices of a contest, or with '' of the election as a whole, the newest first. */
export function noticesOf(rows: RowReader, contest: string): Generator<Linked<NoticeRow>> {
	return chain(contestRow(rows, contest).notice, (id) => rows.get('notice', id));
}

/** Orders of a contest, the newest first; with '' copies of orders that name one which is not here. */
export function ordersOf(rows: RowReader, contest: string): Generator<Linked<OrderRow>> {
	return chain(contestRow(rows, contest).order, (id) => rows.get('order', id));
}

/** Comparison counts of a contest, the newest first, those among them whose place a later one has taken. */
export function countsOf(rows: RowReader, contest: string): Generator<Linked<CountRow>> {
	return chain(contestRow(rows, contest).count, (id) => rows.get('count', id));
}

function* chain<T extends { readonly prev?: StatementId }>(
	head: StatementId | undefined,
	get: (id: StatementId) => T | undefined,
): Generator<Linked<T>> {
	for (let id = head; id !== undefined; ) {
		const row = get(id);
		if (row === undefined) return;
		yield { id, row };
		id = row.prev;
	}
}

/** The list without this one; absent when none is left. */
export function without(list: readonly StatementId[] | undefined, id: StatementId): readonly StatementId[] | undefined {
	const rest = (list ?? []).filter((one) => one !== id);
	return rest.length === 0 ? undefined : rest;
}
