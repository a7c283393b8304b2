/**
 * The whole state change of one leaf (T17): `evolve` writes its rows, and for every contest × station that it touched the difference between what
 * it contributed before and what it contributes now goes into the totals of its areas. Totals are so at every index the sum of the returns.
 */
import { chainOf, inScope } from '../election/geography.ts';
import type { Contest } from '../election/types.ts';
import type { Context, Said } from '../rules/context.ts';
import { evolve } from '../rules/decide.ts';
import {
	type CaptureRefRow,
	type RowReader,
	type Rows,
	type TableName,
	type Tables,
	type TotalRow,
	totalKey,
} from '../rules/rows.ts';
import { isMerged, returnOf, stationOf, unitOf } from '../rules/stations.ts';
import type { Baseline } from './baseline.ts';
import { contributionOf } from './contribution.ts';
import { eventsBeyondReturns, type ReturnEvent } from './events.ts';
import { freeze, isMark } from './marking.ts';
import { type ReturnView, returnViewOf, sameView } from './returnView.ts';
import { totalOf } from './total.ts';
import { sameTotal, shifted } from './vector.ts';

/** What one contest × station contributed, and to which areas. */
interface Share {
	readonly contest: Contest;
	readonly station: string;
	readonly areas: readonly string[];
	readonly total: TotalRow | undefined;
	readonly poll: number;
	/** Only where somebody observes, and where the station votes in the contest. */
	readonly view?: ReturnView;
}

/** `observe` is told what the statement did to each contest × station that it touched (T21); it changes nothing. */
export function fold(
	context: Context,
	baseline: Baseline,
	rows: Rows,
	said: Said,
	observe?: (event: ReturnEvent) => void,
): void {
	const before = new Map<string, Share>();
	const watched = observe !== undefined;
	const remember = (contestId: string, station: string) => {
		const key = `${contestId}|${station}`;
		const contest = context.election.contests.get(contestId);
		if (contest !== undefined && !before.has(key)) before.set(key, shareOf(context, rows, contest, station, watched));
	};
	if (watched) for (const { contest, station } of waitingFor(rows, said)) remember(contest, station);
	evolve(context, watching(context, rows, remember), said);
	let told = false;
	for (const share of before.values()) {
		const after = shareOf(context, rows, share.contest, share.station, watched);
		apply(baseline, rows, share, after);
		if (observe === undefined || (share.total === undefined && after.total === undefined)) continue;
		told = true;
		observe(eventOf(said, share, after));
	}
	if (isMark(said)) freeze({ context, baseline, rows }, said);
	if (observe !== undefined && !told) tellAll(context, rows, said, observe);
}

function eventOf({ statement }: Said, before: Share, after: Share): ReturnEvent {
	const event = { contest: after.contest.id, station: after.station, poll: after.poll, type: statement.type };
	if (before.view === undefined || after.view === undefined || sameView(before.view, after.view)) return event;
	return { ...event, before: before.view, after: after.view };
}

/** The returns whose images a statement says are held, also where that changes none of their rows: a second image of a capture that counts already. */
function waitingFor(rows: RowReader, { statement }: Said): readonly CaptureRefRow[] {
	if (statement.type !== 'blob/held') return [];
	const waiting = statement.blobs.flatMap(({ sha256 }) => rows.get('blob', sha256)?.waiting ?? []);
	return waiting.flatMap(({ capture }) => rows.get('capture', capture) ?? []);
}

/** What concerns the election, or a contest, as a whole. Ticks, enrolments and the like are in the log, and nobody's history. */
function tellAll(context: Context, rows: RowReader, said: Said, observe: (event: ReturnEvent) => void): void {
	for (const place of eventsBeyondReturns(context, rows, said))
		observe({ ...place, poll: 0, type: said.statement.type });
}

/** Rows that tell, before a row is first replaced, whose contribution may change by it. */
function watching(context: Context, rows: Rows, remember: (contest: string, station: string) => void): Rows {
	const put = <T extends TableName>(table: T, key: string, row: Tables[T]) => {
		if (table === 'return' || table === 'unit') {
			const [contest = '', station = ''] = key.split('|');
			remember(contest, station);
		} else if (table === 'station') {
			for (const contest of context.election.contests.keys()) remember(contest, key);
		}
		rows.put(table, key, row);
	};
	return { get: rows.get, indexOf: rows.indexOf, rootAt: rows.rootAt, put };
}

function shareOf(context: Context, rows: RowReader, contest: Contest, stationId: string, watched: boolean): Share {
	const station = stationOf(context, rows, stationId);
	if (station === undefined || !inScope(context.election, contest, station)) {
		return { contest, station: stationId, areas: [], total: undefined, poll: 0 };
	}
	const unit = unitOf(rows, contest.id, stationId);
	const row = returnOf(rows, contest.id, stationId, unit.poll);
	const merged = isMerged(rows, stationId);
	const share = {
		contest,
		station: stationId,
		areas: chainOf(context.election, contest, station),
		total: contributionOf({ contest, station }, unit, row, merged),
		poll: unit.poll,
	};
	return watched ? { ...share, view: returnViewOf(contest, unit, row, merged) } : share;
}

function apply(baseline: Baseline, rows: Rows, before: Share, after: Share): void {
	const { contest } = after;
	const shift = (area: string, minus: TotalRow | undefined, plus: TotalRow | undefined) =>
		rows.put('total', totalKey(contest.id, area), shifted(totalOf(baseline, rows, contest, area), minus, plus));
	if (before.areas === after.areas) {
		if (before.total !== undefined && after.total !== undefined && sameTotal(before.total, after.total)) return;
		for (const area of after.areas) shift(area, before.total, after.total);
		return;
	}
	for (const area of before.areas) shift(area, before.total, undefined);
	for (const area of after.areas) shift(area, undefined, after.total);
}
