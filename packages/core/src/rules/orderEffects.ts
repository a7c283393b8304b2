/**
 * What an order changes once it is decided (S42): a mark of the order on the contest, on a collation or on a return, so that every change can be traced to it. Undoing one takes that mark
 * away again and leaves both orders in the log.
 */
import { chainOf } from '../election/geography.ts';
import type { Order } from '../record/filings.ts';
import type { StatementId } from '../record/said.ts';
import { assert, unreachable } from '../std/result.ts';
import { changeContest, contestRow, without } from './chains.ts';
import { collationRow, outdateMarks } from './collations.ts';
import type { Context } from './context.ts';
import type { ContestRow } from './recordRows.ts';
import { allSettled, type Place, settle, substitutedCapture } from './returns.ts';
import { collationKey, type ReturnRow, type Rows, returnKey, unitKey } from './rows.ts';
import { contestAt, placeOf, returnOf, stationOf, unitOf } from './stations.ts';

export interface Carried {
	readonly id: StatementId;
	readonly index: number;
	readonly order: Order;
	readonly contest: string;
	readonly basis: string;
}

/** The order that this one ends, if it is of that kind. */
export function endedBy(order: Order): StatementId | undefined {
	return order.kind === 'lift' || order.kind === 'reinstate' ? order.order : undefined;
}

export function carryOut(context: Context, rows: Rows, carried: Carried): void {
	const { order, id, contest } = carried;
	switch (order.kind) {
		case 'lift':
		case 'reinstate':
			undo(context, rows, order.order, carried);
			return;
		case 'stay':
			stay(rows, order, id);
			changeContest(rows, contest, { last: id });
			return;
		case 'annul':
			changeContest(rows, contest, { annulled: id, last: id });
			return;
		case 'replace-winner':
			changeContest(rows, contest, { replaced: { order: id, candidate: order.candidate }, last: id });
			return;
		case 're-poll':
			rePoll(context, rows, order, carried);
			return;
		case 'recount':
			onReturn(context, rows, order, carried, (row) => ({ ...row, recount: { order: id, at: carried.index } }));
			return;
		case 'admit':
			onReturn(context, rows, order, carried, ({ disregard: _out, quarantine: _held, ...row }) => row);
			return;
		case 'set-aside':
			onReturn(context, rows, order, carried, (row) => ({ ...row, setAside: id }));
			return;
		case 'substitute':
			onReturn(context, rows, order, carried, (row) => ({ ...row, substitute: { capture: order.capture, order: id } }));
			return;
		default:
			unreachable(order);
	}
}

interface OnReturn {
	readonly contest: string;
	readonly station: string;
}

function onReturn(
	context: Context,
	rows: Rows,
	{ contest, station }: OnReturn,
	by: Carried,
	change: (row: ReturnRow) => ReturnRow,
): void {
	const at = contestAt(context, rows, contest, station);
	assert(at.ok, 'an order was decided before it is carried out');
	outdate(context, rows, at.value, by);
	const { poll } = unitOf(rows, contest, station);
	const former = returnOf(rows, contest, station, poll);
	const next = settle(at.value, change({ ...former, last: by.id }));
	// Figures that are put in place settle what they differ from, also what is seen only now that they are the ones that count.
	const took = substitutedCapture(former) === undefined && substitutedCapture(next) !== undefined;
	rows.put('return', returnKey(contest, station, poll), took ? allSettled(next) : next);
}

/** Marks that were made before the order cannot be certified or declared any more: each area of the return says so. */
function outdate({ election }: Context, rows: Rows, { contest, station }: Place, by: Carried): void {
	outdateMarks(rows, contest.id, chainOf(election, contest, station), by);
}

function rePoll(context: Context, rows: Rows, { contest, station }: OnReturn, by: Carried): void {
	const { id, basis } = by;
	const at = contestAt(context, rows, contest, station);
	assert(at.ok, 'an order was decided before it is carried out');
	outdate(context, rows, at.value, by);
	const poll = unitOf(rows, contest, station).poll + 1;
	rows.put('unit', unitKey(contest, station), { poll, status: 're-poll', reason: basis });
	rows.put('return', returnKey(contest, station, poll), { ...returnOf(rows, contest, station, poll), last: id });
}

function stay(rows: Rows, { contest, area }: Extract<Order, { kind: 'stay' }>, id: StatementId): void {
	if (area === undefined) {
		changeContest(rows, contest, { stays: [...(contestRow(rows, contest).stays ?? []), id] });
		return;
	}
	const row = collationRow(rows, contest, area);
	rows.put('collation', collationKey(contest, area), { ...row, stays: [...(row.stays ?? []), id] });
}

/** Takes away what an earlier order wrote, wherever the return stands now. */
function undo(context: Context, rows: Rows, former: StatementId, by: Carried): void {
	const row = rows.get('order', former);
	assert(row !== undefined, 'an order that is ended was decided before');
	rows.put('order', former, { ...row, state: 'ended', until: by.id });
	const { order } = row;
	switch (order.kind) {
		case 'stay':
			liftStay(rows, order, former);
			changeContest(rows, row.contest, { last: by.id });
			return;
		case 'annul':
			replaceContest(rows, row.contest, by.id, ({ annulled: _gone, ...rest }) => rest);
			return;
		case 'replace-winner':
			replaceContest(rows, row.contest, by.id, ({ replaced: _gone, ...rest }) => rest);
			return;
		case 'recount':
			onEachPoll(context, rows, order, by, (one) => {
				const { recount, ...rest } = one;
				return recount?.order === former ? rest : one;
			});
			return;
		case 'set-aside':
			onEachPoll(context, rows, order, by, (one) => {
				const { setAside, ...rest } = one;
				return setAside === former ? rest : one;
			});
			return;
		case 'substitute':
			onEachPoll(context, rows, order, by, (one) => {
				const { substitute, ...rest } = one;
				return substitute?.order === former ? rest : one;
			});
			return;
		default:
			throw new Error(`invariant broken: an order of kind ${order.kind} cannot be ended`);
	}
}

/** The order lies on the poll that was the latest when it was made; there are nine polls at the most. The station may have moved out of the contest since. */
function onEachPoll(
	context: Context,
	rows: Rows,
	{ contest, station }: OnReturn,
	by: Carried,
	change: (row: ReturnRow) => ReturnRow,
): void {
	const at = placeOf(context, contest, stationOf(context, rows, station));
	assert(at !== undefined, 'an order was decided for a contest and a station of this election');
	outdate(context, rows, at, by);
	const { poll: last } = unitOf(rows, contest, station);
	for (let poll = 1; poll <= last; poll++) {
		const row = returnOf(rows, contest, station, poll);
		const next = change(row);
		if (next !== row) rows.put('return', returnKey(contest, station, poll), settle(at, { ...next, last: by.id }));
	}
}

function replaceContest(rows: Rows, contest: string, last: StatementId, change: (row: ContestRow) => ContestRow): void {
	rows.put('contest', contest, { ...change(contestRow(rows, contest)), last });
}

function liftStay(rows: Rows, { contest, area }: Extract<Order, { kind: 'stay' }>, id: StatementId): void {
	if (area === undefined) {
		const { stays, ...row } = contestRow(rows, contest);
		const rest = without(stays, id);
		rows.put('contest', contest, rest === undefined ? row : { ...row, stays: rest });
		return;
	}
	const { stays, ...row } = collationRow(rows, contest, area);
	const rest = without(stays, id);
	rows.put('collation', collationKey(contest, area), rest === undefined ? row : { ...row, stays: rest });
}
