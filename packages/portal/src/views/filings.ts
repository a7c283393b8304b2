/** Lists of what was filed: everything about a contest at a glance, and whole lists in pages, oldest first, so that a full page of notices or orders keeps its place. */
import type { Contest } from '@matokeo/core/election/types.ts';
import { contestRow, noticesOf, objectionsOf, ordersOf } from '@matokeo/core/rules/chains.ts';
import type { RecordReader } from '../record.ts';
import { contestClocks } from './clocks.ts';
import { contestHead, stampOf } from './heads.ts';
import { noticeLine } from './notices.ts';
import { objectionLine } from './objections.ts';
import { orderLine } from './orders.ts';
import type { FilingKind, FilingsView, ListedView, ProceedingsView } from './proceedTypes.ts';
import { namedContest } from './said.ts';
import { contestStanding } from './standing.ts';

export const FILINGS_PER_PAGE = 100;
/** Of each kind, on the page that shows all at a glance. */
const NEWEST_MAX = 20;

const CHAINS = { objections: objectionsOf, orders: ordersOf, notices: noticesOf } as const;

/** Ids of a kind, oldest first; of the election as a whole with '' as contest. */
export function filingIds(reader: RecordReader, contest: string, kind: FilingKind): readonly string[] {
	const ids: string[] = [];
	for (const { id } of CHAINS[kind](reader.rows, contest)) ids.push(id);
	return ids.reverse();
}

export function filingPages(total: number): number {
	return Math.max(1, Math.ceil(total / FILINGS_PER_PAGE));
}

/** The last page without a number; `undefined` when there is no such page, or no such contest. */
export function filingsView(
	reader: RecordReader,
	contest: string,
	kind: FilingKind,
	number?: number,
): FilingsView | undefined {
	if (contest !== '' && !reader.election.contests.has(contest)) return undefined;
	const ids = filingIds(reader, contest, kind);
	const pages = filingPages(ids.length);
	const page = number ?? pages - 1;
	if (page < 0 || page >= pages) return undefined;
	const shown = ids.slice(page * FILINGS_PER_PAGE, (page + 1) * FILINGS_PER_PAGE);
	return {
		stamp: stampOf(reader),
		...(contest === '' ? {} : { contest: namedContest(reader, contest) }),
		kind,
		page,
		pages,
		total: ids.length,
		objections: kind === 'objections' ? shown.flatMap((id) => objectionLine(reader, id) ?? []) : [],
		orders: kind === 'orders' ? shown.flatMap((id) => orderLine(reader, id) ?? []) : [],
		notices: kind === 'notices' ? shown.flatMap((id) => noticeLine(reader, id) ?? []) : [],
	};
}

export function proceedingsView(reader: RecordReader, contest: Contest): ProceedingsView {
	const listed = <Line>(kind: FilingKind, line: (id: string) => Line | undefined): ListedView<Line> => {
		const ids = filingIds(reader, contest.id, kind);
		const newest = ids.slice(-NEWEST_MAX).reverse();
		return { total: ids.length, newest: newest.flatMap((id) => line(id) ?? []) };
	};
	return {
		stamp: stampOf(reader),
		contest: contestHead(reader, contest),
		standing: contestStanding(reader, contest),
		open: contestRow(reader.rows, contest.id).open ?? 0,
		objections: listed('objections', (id) => objectionLine(reader, id)),
		orders: listed('orders', (id) => orderLine(reader, id)),
		notices: listed('notices', (id) => noticeLine(reader, id)),
		election_notices: filingIds(reader, '', 'notices').length,
		clocks: contestClocks(reader, contest),
	};
}
