/**
 * What was filed touches: its own page and those of what it answers, ends or names; the lists and the page of proceedings; the collations and the declaration that it concerns (spec/site.md, W6).
 * It does not know what becomes of returns: their own events do.
 */
import { areaOf, chainAbove } from '@matokeo/core/election/geography.ts';
import type { Contest } from '@matokeo/core/election/types.ts';
import type { Order, Target } from '@matokeo/core/record/filings.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { stationOf } from '@matokeo/core/rules/stations.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import type { RecordReader } from '../record.ts';
import { firstChangeFrom } from '../views/changes.ts';
import { FILINGS_PER_PAGE, filingIds } from '../views/filings.ts';
import { leafAt } from '../views/leaves.ts';
import { missingAreas } from '../views/missing.ts';
import type { FilingKind } from '../views/proceedTypes.ts';
import { statementTopic, type Topic } from './topics.ts';

/** Nothing where the entry is no act and no filing. */
export function* filedTopics(reader: RecordReader, event: LoggedEvent): Generator<Topic> {
	const leaf = leafAt(reader, event.index);
	if (leaf === undefined) return;
	const { id, statement } = leaf;
	switch (statement.type) {
		case 'tally/mark':
		case 'collation/certify':
			yield* marked(reader, statement.contest, statement.area);
			return;
		case 'result/declare':
		case 'result/dissent':
		case 'result/record':
			yield* declared(reader, statement.contest);
			return;
		case 'objection/lodge':
			yield* objected(reader, statement.contest, id, statement.target);
			return;
		case 'objection/answer': {
			const row = reader.rows.get('objection', statement.objection);
			if (row !== undefined) yield* objected(reader, row.contest, statement.objection, row.target);
			return;
		}
		case 'notice/file':
			yield* noticed(reader, event.contest, id, statement);
			return;
		case 'count/lodge':
			yield* lodged(statement.contest, id, statement.seen);
			return;
		case 'authority/order':
			yield* ordered(reader, id, statement.order);
			return;
		default:
			return;
	}
}

/** The area's own collation and those of the areas above it, which list it. */
function* marked(reader: RecordReader, contest: string, area: string): Generator<Topic> {
	const known = reader.election.contests.get(contest);
	if (known === undefined) return;
	yield { topic: 'contest', contest };
	yield { topic: 'home' };
	yield { topic: 'collations', contest };
	const lists = new Set(missingAreas(reader, known));
	for (const above of chainAbove(reader.election, known, area)) {
		yield { topic: 'collation', contest, area: above };
		yield { topic: 'area', contest, area: above };
		if (lists.has(above)) yield { topic: 'missing', contest, area: above };
	}
	yield { topic: 'missing', contest };
	yield { topic: 'declaration', contest };
	yield { topic: 'proceedings', contest };
}

function* declared(reader: RecordReader, contest: string): Generator<Topic> {
	const scope = reader.election.contests.get(contest)?.scope ?? '';
	yield { topic: 'declaration', contest };
	yield { topic: 'proceedings', contest };
	yield { topic: 'collation', contest, area: scope };
}

function* objected(reader: RecordReader, contest: string, id: StatementId, target: Target): Generator<Topic> {
	const known = reader.election.contests.get(contest);
	yield { topic: 'objection', id };
	yield* listed(reader, contest, 'objections', id);
	yield { topic: 'declaration', contest };
	if (known === undefined) return;
	for (const area of areasOfTarget(reader, known, id, target)) yield { topic: 'collation', contest, area };
}

function areasOfTarget(
	{ context, election, rows }: RecordReader,
	contest: Contest,
	id: StatementId,
	target: Target,
): ReadonlySet<string> {
	const station = rows.get('objection', id)?.station;
	const at = station === undefined ? undefined : stationOf(context, rows, station);
	const act = target.kind === 'statement' ? target.statement : '';
	const area = target.kind === 'area' ? target.area : (rows.get('act', act) ?? rows.get('mark', act))?.area;
	const lowest = at === undefined ? area : areaOf(at, contest.hierarchy);
	return new Set([contest.scope, ...(lowest === undefined ? [] : chainAbove(election, contest, lowest))]);
}

function* noticed(
	reader: RecordReader,
	contest: string,
	id: StatementId,
	{ notice }: Extract<Statement, { type: 'notice/file' }>,
): Generator<Topic> {
	const of = notice.kind === 'error' ? contest : '';
	yield { topic: 'notice', id };
	yield* listed(reader, of, 'notices', id);
	if (of !== '') return;
	yield { topic: 'home' };
	for (const one of reader.election.contests.keys()) yield { topic: 'proceedings', contest: one };
}

function* ordered(reader: RecordReader, id: StatementId, order: Order): Generator<Topic> {
	const contest = reader.rows.get('order', id)?.contest ?? '';
	yield { topic: 'order', id };
	yield* listed(reader, contest, 'orders', id);
	const former = 'order' in order ? reader.rows.get('order', order.order) : undefined;
	if ('order' in order) {
		yield { topic: 'order', id: order.order };
		if (former !== undefined) yield* listed(reader, former.contest, 'orders', order.order);
	}
	const scope = reader.election.contests.get(contest)?.scope;
	if (scope === undefined) return;
	yield { topic: 'contest', contest };
	yield { topic: 'home' };
	yield { topic: 'declaration', contest };
	yield { topic: 'collations', contest };
	yield* stayed(reader, contest, former?.order ?? order);
	const station =
		'station' in order ? order.station : former !== undefined && 'station' in former.order ? former.order.station : '';
	if (station !== '') yield { topic: 'station', station };
}

/** The list, the count itself, and the one whose place it takes. */
function* lodged(contest: string, id: StatementId, former: StatementId | undefined): Generator<Topic> {
	yield { topic: 'count', id };
	if (former !== undefined) yield { topic: 'count', id: former };
	yield { topic: 'counts', contest };
	yield { topic: 'contest', contest };
}

/** A stay of the whole contest stands on every collation of it. */
function* stayed(reader: RecordReader, contest: string, order: Order): Generator<Topic> {
	const known = reader.election.contests.get(contest);
	if (known === undefined || order.kind !== 'stay') return;
	if (order.area !== undefined) {
		yield { topic: 'collation', contest, area: order.area };
		return;
	}
	const levels = new Set(known.collation.map(({ level }) => level));
	for (const { id, level } of reader.election.areas.values())
		if (levels.has(level) || id === known.scope) yield { topic: 'collation', contest, area: id };
}

/** The page of the list on which it stands, the last one, and the page of proceedings. */
function* listed(reader: RecordReader, contest: string, kind: FilingKind, id: StatementId): Generator<Topic> {
	const ids = filingIds(reader, contest, kind);
	const last = Math.max(0, Math.ceil(ids.length / FILINGS_PER_PAGE) - 1);
	const at = Math.floor(Math.max(0, ids.indexOf(id)) / FILINGS_PER_PAGE);
	// A page that has just been filled is no longer the last, and the one before it leads to it from here on.
	for (const number of new Set([0, at, Math.max(0, last - 1), last])) yield { topic: kind, contest, number };
	if (contest !== '') yield { topic: 'proceedings', contest };
}

const FILED: ReadonlySet<Statement['type']> = new Set<Statement['type']>([
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
 * What a checkpoint says of the time of entries that waited for a quorum: acts, filings and marks since the one before it, and wherever they stand; and the gates that wait for witnesses. All of these
 * but marks are changes, so that finding them costs their number, however long no quorum was there.
 */
export function* witnessedTopics(reader: RecordReader, { index }: LoggedEvent): Generator<Topic> {
	const from = sizeBefore(reader, index);
	for (const contest of reader.election.contests.values()) {
		yield { topic: 'declaration', contest: contest.id };
		yield* waitingMarks(reader, contest, from);
		const first = firstChangeFrom(reader, contest.id, from);
		for (const event of reader.changes(contest.id, first, reader.changeCount(contest.id) - first)) {
			if (event.index < index) yield* statementTopic(reader, event);
			if (!FILED.has(event.type) || event.index >= index) continue;
			yield* filedTopics(reader, event);
			if (event.station !== '') yield { topic: 'station', station: event.station };
		}
	}
}

function* waitingMarks({ election, rows }: RecordReader, contest: Contest, from: number): Generator<Topic> {
	const levels = new Set(contest.collation.map(({ level }) => level));
	for (const { id, level } of election.areas.values()) {
		if (!levels.has(level) && id !== contest.scope) continue;
		const { mark } = collationRow(rows, contest.id, id);
		if (mark === undefined || (rows.get('mark', mark)?.index ?? -1) < from) continue;
		yield { topic: 'collation', contest: contest.id, area: id };
	}
}

/** The size up to which a quorum had seen the log before this entry. Sizes ascend, and a checkpoint in the log is of a smaller size than its own place. */
function sizeBefore({ rows }: RecordReader, index: number): number {
	for (let place = (logRow(rows).witnessings ?? 0) - 1, passed = false; place >= 0; place--) {
		const row = rows.get('witnessing', `${place}`);
		if (row === undefined || row.size > index || row.before === undefined) continue;
		if (passed) return row.size;
		passed = true;
	}
	return 0;
}
