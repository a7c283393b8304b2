/**
 * Which statements concern the subject of a bundle (B5): everything that is said of a return, an area, an objection or a declaration. Asked twice by the same function: of every statement of the log by whoever makes a bundle, with the rows of
 * the whole log, and of those in the bundle by whoever checks it. It does not know what they rest on (`support.ts` of whoever makes a bundle).
 */
import { chainAbove, isWithin } from '@matokeo/core/election/geography.ts';
import type { Contest } from '@matokeo/core/election/types.ts';
import type { Order, Target } from '@matokeo/core/record/filings.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import { stationOf } from '@matokeo/core/rules/stations.ts';
import type { Subject } from './manifest.ts';

export type Concern = (id: StatementId, statement: Statement) => boolean;

export function concernOf(context: Context, rows: RowReader, subject: Subject): Concern {
	switch (subject.kind) {
		case 'station':
			return concernOfPlaces(rows, {
				station: (station, contest) =>
					station === subject.station && (subject.contest === undefined || contest === subject.contest),
				area: () => false,
				contest: (contest) => subject.contest === undefined || contest === subject.contest,
			});
		case 'area':
			return concernOfPlaces(rows, placesIn(context, rows, subject.contest, subject.area));
		case 'objection':
			return concernOfObjection(context, rows, subject.objection);
		case 'declaration':
			return concernOfDeclaration(rows, subject.declaration);
	}
}

/** Which returns and areas are meant. */
interface Places {
	readonly station: (station: string, contest: string) => boolean;
	readonly area: (area: string, contest: string) => boolean;
	/** Where who stands in it matters. */
	readonly contest: (contest: string) => boolean;
}

/** Stations that lie there now, and those that the package put there: one that was moved away has its history in both. */
function placesIn(context: Context, rows: RowReader, contestId: string, area: string): Places {
	const { election } = context;
	const contest = election.contests.get(contestId);
	const known = new Map<string, boolean>();
	const lies = (id: string): boolean => {
		const now = stationOf(context, rows, id);
		const planned = election.stations.get(id);
		return [now, planned].some((one) => one !== undefined && isWithin(election, area, one, contest));
	};
	return {
		station: (station, of) => {
			if (of !== contestId) return false;
			const answer = known.get(station) ?? lies(station);
			known.set(station, answer);
			return answer;
		},
		area: (one, of) => of === contestId && contest !== undefined && isInside(context, contest, one, area),
		contest: (of) => of === contestId,
	};
}

function isInside({ election }: Context, contest: Contest, one: string, area: string): boolean {
	return chainAbove(election, contest, one).includes(area);
}

function concernOfPlaces(rows: RowReader, places: Places): Concern {
	const ofCapture = (id: StatementId): boolean => {
		const ref = rows.get('capture', id);
		return ref !== undefined && places.station(ref.station, ref.contest);
	};
	return (id, statement) => {
		switch (statement.type) {
			case 'form/capture': {
				const { station, area = '', contest } = statement;
				return station === undefined ? places.area(area, contest) : places.station(station, contest);
			}
			case 'form/reading':
			case 'reading/open':
				return ofCapture(statement.capture);
			case 'form/ruling':
			case 'form/original':
			case 'station/status':
				return places.station(statement.station, statement.contest);
			case 'election/amend':
				return statement.change.kind === 'candidate' && places.contest(statement.change.contest);
			case 'tally/mark':
			case 'collation/certify':
				return places.area(statement.area, statement.contest);
			case 'objection/lodge':
				return ofObjection(rows, places, id);
			case 'objection/answer':
				return ofObjection(rows, places, statement.objection);
			case 'notice/file': {
				const { notice } = statement;
				if (notice.kind !== 'error') return false;
				const { station, area, contest, documents } = notice;
				const named =
					station === undefined ? area !== undefined && places.area(area, contest) : places.station(station, contest);
				return named || documents.some(ofCapture);
			}
			case 'authority/order':
				return ofOrder(rows, places, statement.order);
			default:
				return false;
		}
	};
}

function ofObjection(rows: RowReader, places: Places, id: StatementId): boolean {
	const row = rows.get('objection', id);
	if (row === undefined) return false;
	const { station, contest, target } = row;
	if (station !== undefined) return places.station(station, contest);
	if (target.kind === 'area') return places.area(target.area, contest);
	const act = target.kind === 'statement' ? actOf(rows, target.statement) : undefined;
	return act !== undefined && places.area(act.area, act.contest);
}

function actOf(rows: RowReader, id: StatementId): { readonly area: string; readonly contest: string } | undefined {
	return rows.get('act', id) ?? rows.get('mark', id);
}

function ofOrder(rows: RowReader, places: Places, order: Order): boolean {
	if ('station' in order) return places.station(order.station, order.contest);
	if (order.kind === 'stay') return order.area !== undefined && places.area(order.area, order.contest);
	const former = 'order' in order ? rows.get('order', order.order)?.order : undefined;
	return former !== undefined && !('order' in former) && ofOrder(rows, places, former);
}

/** The objection, its answers, and everything of what it is about. */
function concernOfObjection(context: Context, rows: RowReader, objection: StatementId): Concern {
	const row = rows.get('objection', objection);
	const about = row === undefined ? (): boolean => false : concernOfTarget(context, rows, row.contest, row);
	return (id, statement) => {
		if (id === objection) return true;
		if (statement.type === 'objection/answer') return statement.objection === objection || about(id, statement);
		return about(id, statement);
	};
}

function concernOfTarget(
	context: Context,
	rows: RowReader,
	contest: string,
	{ target, station }: { readonly target: Target; readonly station?: string },
): Concern {
	if (station !== undefined) return concernOf(context, rows, { kind: 'station', station, contest });
	if (target.kind === 'area')
		return (_id, statement) =>
			(statement.type === 'collation/certify' || statement.type === 'tally/mark') &&
			statement.area === target.area &&
			statement.contest === contest;
	return (id) => target.kind === 'statement' && id === target.statement;
}

/** Every declaration of the contest with its mark and dissents, the certificates below it, orders on the contest as a whole and objections to it. */
function concernOfDeclaration(rows: RowReader, declaration: StatementId): Concern {
	const act = rows.get('act', declaration);
	const contest = act?.contest ?? '';
	const isOfContest = (id: StatementId): boolean => {
		const one = rows.get('act', id);
		return one?.contest === contest && one.kind !== 'certificate';
	};
	return (id, statement) => {
		switch (statement.type) {
			case 'result/declare':
			case 'result/dissent':
			case 'result/record':
			case 'collation/certify':
				return statement.contest === contest;
			case 'tally/mark':
				return statement.contest === contest && isMarkInUse(rows, id, contest);
			case 'authority/order':
				return onContest(rows, statement.order, contest);
			case 'objection/lodge':
				return statement.target.kind === 'statement' && isOfContest(statement.target.statement);
			case 'objection/answer': {
				const target = rows.get('objection', statement.objection)?.target;
				return target?.kind === 'statement' && isOfContest(target.statement);
			}
			case 'election/amend':
				return statement.change.kind === 'candidate' && statement.change.contest === contest;
			default:
				return false;
		}
	};
}

/** Whether a certificate or declaration rests on the mark. Marks that nobody used say nothing to anybody. */
function isMarkInUse(rows: RowReader, mark: StatementId, contest: string): boolean {
	for (let id = rows.get('contest', contest)?.act; id !== undefined; id = rows.get('act', id)?.prev)
		if (rows.get('act', id)?.mark === mark) return true;
	return false;
}

function onContest(rows: RowReader, order: Order, contest: string): boolean {
	const former = 'order' in order ? rows.get('order', order.order)?.order : order;
	if (former === undefined || !('contest' in former) || former.contest !== contest) return false;
	return (
		former.kind === 'annul' || former.kind === 'replace-winner' || (former.kind === 'stay' && former.area === undefined)
	);
}
