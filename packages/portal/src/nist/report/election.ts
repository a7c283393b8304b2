/**
 * One contest as an election of the report. Ballots are counted by election in this format and by contest on paper, where each contest has its own: so each contest of the package is an election of its own, with one contest in it.
 */
import type { Contest, Text } from '@matokeo/core/election/types.ts';
import { assert } from '@matokeo/core/std/result.ts';
import { nistId } from '../write/ids.ts';
import { type Member, type Node, nodes, one, references, some } from '../write/node.ts';
import { candidateNodes } from './candidates.ts';
import { countStatus, externalId, stateOf, texts } from './parts.ts';
import type { NistSource } from './source.ts';
import type { ContestStatus } from './status.ts';
import { type NistTotal, sumOf } from './totals.ts';
import type { ReportedContest } from './units.ts';
import { electionType, voteVariation } from './variation.ts';

export interface Days {
	/** `2027-08-10`. */
	readonly from: string;
	readonly to: string;
}

export function electionNode(
	source: NistSource,
	reported: ReportedContest,
	{ status, days }: { readonly status: ContestStatus; readonly days: Days },
): Node {
	const { election } = source;
	const { contest, places } = reported;
	const total = totalIn(reported, places.root);
	const codes = [
		externalId('election-code', election.id),
		externalId('package-sha256', election.digest),
		externalId('contest-code', contest.id),
	];
	const members = some([
		['BallotCounts', nodes(lazily(() => ballotCounts(reported)))],
		['Candidate', nodes(candidateNodes(source, contest, status))],
		['Contest', nodes([contestNode(reported, total)])],
		['CountStatus', nodes([countStatus(stateOf(total))])],
		['ElectionScopeId', one(nistId('area', contest.scope))],
		['ExternalIdentifier', nodes(codes)],
		['Name', texts(election.title)],
		['StartDate', days.from],
		['EndDate', days.to],
		['Type', electionType(contest)],
	]);
	return { class: 'Election', long: true, members: () => members };
}

function contestNode(reported: ReportedContest, total: NistTotal): Node {
	const { contest } = reported;
	const members = some([
		['BallotTitle', texts(contest.title)],
		['ContestSelection', nodes(selections(reported))],
		['CountStatus', nodes([countStatus(stateOf(total))])],
		['ElectionDistrictId', one(nistId('area', contest.scope))],
		['ExternalIdentifier', nodes([externalId('contest-code', contest.id)])],
		['Name', oneText(contest.title)],
		['SubUnitsReported', total.done],
		['TotalSubUnits', total.due],
		...voteVariation(contest),
		['NumberElected', 1],
		// Every ballot is in exactly one counted field of its form.
		['VotesAllowed', 1],
	]);
	return {
		class: 'CandidateContest',
		id: nistId('contest', contest.id),
		derived: true,
		long: true,
		members: () => members,
	};
}

function oneText(text: Text): string {
	return text['en'] ?? Object.values(text)[0] ?? '';
}

function selections(reported: ReportedContest): readonly Node[] {
	const { contest } = reported;
	const fields = contest.fields.filter(({ counted }) => counted);
	return contest.candidates.map(({ id, order }) => {
		const field = fields.findIndex((one) => one.id === id);
		const members = some([
			['SequenceOrder', order],
			['VoteCounts', nodes(lazily(() => voteCounts(reported, field)))],
			references('CandidateIds', [nistId('candidate', contest.id, id)]),
		]);
		const selection = nistId('selection', contest.id, id);
		return { class: 'CandidateSelection', id: selection, derived: true, long: true, members: () => members };
	});
}

/** Where something counts: areas first, then stations. What counts nowhere has no number, which is not zero. */
function* voteCounts(reported: ReportedContest, field: number): Generator<Node> {
	const { places, table } = reported;
	for (const { id } of places.areas) {
		const { counted, votes } = totalIn(reported, id);
		if (counted > 0) yield count('VoteCounts', nistId('area', id), TOTAL, ['Count', votes[field] ?? 0]);
	}
	if (table === undefined) return;
	for (const [place, { id }] of table.stations.entries())
		if (table.counts(place))
			yield count('VoteCounts', nistId('station', id), TOTAL, ['Count', table.votes(place, field)]);
}

function* ballotCounts(reported: ReportedContest): Generator<Node> {
	const { contest, places, table } = reported;
	const fields = contest.fields.filter(({ counted }) => counted);
	for (const { id } of places.areas) {
		const { counted, votes, quarantined, quarantinedVotes } = totalIn(reported, id);
		if (counted > 0) yield* ballotsOf(nistId('area', id), fields, votes);
		if (quarantined > 0)
			yield count('BallotCounts', nistId('area', id), other('quarantined'), [
				'BallotsOutstanding',
				sumOf(quarantinedVotes),
			]);
	}
	if (table === undefined) return;
	for (const [place, { id }] of table.stations.entries()) {
		if (!table.counts(place)) continue;
		const votes = fields.map((_, field) => table.votes(place, field));
		yield* ballotsOf(nistId('station', id), fields, votes);
	}
}

/** The one category for which the format has a word. */
const REJECTED = 'rejected';

function* ballotsOf(unit: string, fields: Contest['fields'], votes: readonly number[]): Generator<Node> {
	const categories = fields.flatMap(({ id, candidate }, place) =>
		candidate ? [] : [[id, votes[place] ?? 0] as const],
	);
	const rejected = categories.find(([id]) => id === REJECTED)?.[1];
	yield count(
		'BallotCounts',
		unit,
		TOTAL,
		['BallotsCast', sumOf(votes)],
		...(rejected === undefined ? [] : ([['BallotsRejected', rejected]] as const)),
	);
	for (const [id, ballots] of categories) yield count('BallotCounts', unit, other(id), ['BallotsCast', ballots]);
}

const TOTAL: readonly Member[] = [['Type', 'total']];

function other(word: string): readonly Member[] {
	return [
		['Type', 'other'],
		['OtherType', word],
	];
}

function count(name: string, unit: string, type: readonly Member[], ...figures: readonly Member[]): Node {
	return { class: name, members: () => [['GpUnitId', one(unit)], ...type, ...figures] };
}

function totalIn({ totals }: ReportedContest, area: string): NistTotal {
	const total = totals.get(area);
	assert(total !== undefined, 'every area of a report has a total');
	return total;
}

/** Begins anew each time it is asked, so that one tree can be written twice. */
function lazily(make: () => Generator<Node>): Iterable<Node> {
	return { [Symbol.iterator]: make };
}
