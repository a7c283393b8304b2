/**
 * Amendments of the election by the authority's quorum (S21): what happened to a candidate, a station, a register or a deadline. Rules and
 * checks are not among them: those are frozen with the package.
 */
import { chainOf, GEOGRAPHIC, inScope } from '../election/geography.ts';
import type { Station } from '../election/types.ts';
import type { Amendment, ElectionAmend } from '../record/statement.ts';
import { unreachable } from '../std/result.ts';
import { outdateMarks } from './collations.ts';
import type { Context } from './context.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import { candidateKey, type RowReader, type Rows, type StationRow } from './rows.ts';
import type { Saying } from './saying.ts';
import { quorumOf } from './signers.ts';
import { blank, hasForm, isMerged, stationOf } from './stations.ts';

const COLUMNS = ['registered', 'supplementary', 'ballots'] as const;

export const electionAmend: Saying<ElectionAmend> = {
	decide: (context, rows, { statement, signers }) =>
		firstOf(
			() => quorumOf(signers, 'authority', context.election.authority.quorum),
			() => {
				if (context.election.codes.amend.some(({ id }) => id === statement.basis)) return undefined;
				return refuse(
					'S21',
					`the package lists no basis "${statement.basis}" for an amendment; it lists ${context.election.codes.amend.map(({ id }) => id).join(', ') || 'nothing'}`,
				);
			},
			() => decideChange(context, rows, statement.change),
		),
	evolve: (context, rows, { id, index, statement }) => {
		const { change } = statement;
		const before = totalsTouched(context, rows, change);
		evolveChange(context, rows, change);
		for (const [contest, areas] of [...before, ...totalsTouched(context, rows, change)])
			outdateMarks(rows, contest, areas, { id, index });
	},
};

/** Contest → the areas whose marks the change puts out of date as it stands now: where a station lies, or the scope where somebody stands. */
function totalsTouched(
	context: Context,
	rows: RowReader,
	change: Amendment,
): readonly (readonly [string, readonly string[]])[] {
	const { contests } = context.election;
	if (change.kind === 'deadline') return [];
	if (change.kind === 'candidate') {
		const contest = contests.get(change.contest);
		return contest === undefined ? [] : [[contest.id, [contest.scope]]];
	}
	const named = change.kind === 'station-merged' ? [change.station, change.into] : [change.station];
	return named.flatMap((id) => {
		const station = stationOf(context, rows, id);
		if (station === undefined) return [];
		const voting = [...contests.values()].filter((contest) => inScope(context.election, contest, station));
		return voting.map((contest) => [contest.id, chainOf(context.election, contest, station)] as const);
	});
}

function decideChange(context: Context, rows: RowReader, change: Amendment): Refusal | undefined {
	const { election } = context;
	switch (change.kind) {
		case 'candidate': {
			const contest = election.contests.get(change.contest);
			if (contest === undefined || !contest.candidates.some(({ id }) => id === change.candidate))
				return refuse('S21', `contest ${change.contest} has no candidate ${change.candidate}: check both ids`);
			if (change.status !== 'standing' || change.votes === 'counted') return undefined;
			return refuse('S21', `the votes of a candidate who is standing are counted: write "counted"`);
		}
		case 'station-added':
			if (stationOf(context, rows, change.station) !== undefined)
				return refuse('S21', `station ${change.station} exists already: a new station needs a new id`);
			return lowestArea(context, change.area) ?? totalled(context, stationIn(blank(change.station), change.area));
		case 'station-moved':
			return lowestArea(context, change.area) ?? decideMove(context, rows, change.station, change.area);
		case 'station-merged':
			return decideMerger(context, rows, change.station, change.into);
		case 'register':
			return knownStation(context, rows, change.station);
		case 'deadline':
			return undefined;
		default:
			return unreachable(change);
	}
}

function evolveChange(context: Context, rows: Rows, change: Amendment): void {
	switch (change.kind) {
		case 'candidate':
			rows.put('candidate', candidateKey(change.contest, change.candidate), {
				status: change.status,
				votes: change.votes,
			});
			return;
		case 'station-added':
			place(rows, change.station, { added: true, area: change.area, registered: change.registered });
			return;
		case 'station-moved':
			place(rows, change.station, { area: change.area });
			return;
		case 'station-merged':
			amend(
				rows,
				change.into,
				mergedRegister(stationOf(context, rows, change.station), stationOf(context, rows, change.into)),
			);
			amend(rows, change.station, { mergedInto: change.into });
			return;
		case 'register': {
			const { registered, supplementary } = change;
			amend(rows, change.station, supplementary === undefined ? { registered } : { registered, supplementary });
			return;
		}
		case 'deadline':
			rows.put('clock', change.name, { time: change.time });
			return;
		default:
			unreachable(change);
	}
}

function amend(rows: Rows, station: string, members: StationRow): void {
	rows.put('station', station, { ...rows.get('station', station), ...members });
}

/** A station that is put where the package does not have it joins the chain of those. */
function place(rows: Rows, station: string, members: StationRow): void {
	if (rows.get('station', station)?.placed !== undefined) {
		amend(rows, station, members);
		return;
	}
	const placed = rows.get('amended', '')?.last ?? '';
	rows.put('amended', '', { last: station });
	amend(rows, station, { ...members, placed });
}

function knownStation(context: Context, rows: RowReader, id: string): Refusal | undefined {
	return stationOf(context, rows, id) === undefined ? refuse('S21', `there is no station ${id}`) : undefined;
}

function stationIn(station: Station, area: string): Station {
	return { ...station, areas: { [GEOGRAPHIC]: area } };
}

/** Every contest that is voted on there has the station in its totals, also where it is tallied along a hierarchy of its own, and in a certificate of each level (P72). */
function totalled({ election }: Context, station: Station): Refusal | undefined {
	for (const contest of election.contests.values()) {
		if (!inScope(election, contest, station)) continue;
		const chain = chainOf(election, contest, station);
		if (!chain.includes(contest.scope))
			return refuse('S21', `contest ${contest.id} would be voted on there and be in no total of ${contest.scope}`);
		const levels = new Set(chain.map((id) => election.areas.get(id)?.level));
		const missed = contest.collation.find(({ level }) => !levels.has(level));
		if (missed !== undefined)
			return refuse(
				'S21',
				`contest ${contest.id} would be voted on there and be in no certificate of level ${missed.level}`,
			);
	}
	return undefined;
}

/** Ballots of a contest that were counted at a station stay in that contest: a move cannot take them out of it. */
function decideMove(context: Context, rows: RowReader, id: string, area: string): Refusal | undefined {
	const station = stationOf(context, rows, id);
	if (station === undefined) return refuse('S21', `there is no station ${id}`);
	const moved = stationIn(station, area);
	for (const contest of context.election.contests.values()) {
		const leaves = inScope(context.election, contest, station) && !inScope(context.election, contest, moved);
		if (leaves && hasForm(rows, contest.id, id))
			return refuse('S21', `a form of contest ${contest.id} is captured at ${id}, which would no longer vote in it`);
	}
	return totalled(context, moved);
}

/** Before its forms come in, a station can be merged into one that votes in the same contests and is itself not merged away. */
function decideMerger(context: Context, rows: RowReader, id: string, into: string): Refusal | undefined {
	const [from, to] = [stationOf(context, rows, id), stationOf(context, rows, into)];
	if (from === undefined) return refuse('S21', `there is no station ${id}`);
	if (to === undefined) return refuse('S21', `there is no station ${into}`);
	if (into === id) return refuse('S21', 'a station cannot be merged into itself');
	if (isMerged(rows, id)) return refuse('S21', `station ${id} is merged already`);
	if (isMerged(rows, into)) return refuse('S21', `station ${into} is itself merged away: name the one that opens`);
	for (const contest of context.election.contests.values()) {
		if (!inScope(context.election, contest, from)) continue;
		if (!inScope(context.election, contest, to))
			return refuse('S21', `voters of ${id} vote in contest ${contest.id}, which is not voted on at ${into}`);
		if (hasForm(rows, contest.id, id))
			return refuse('S21', `a form of contest ${contest.id} is captured at ${id}: its votes cannot be merged away`);
	}
	const unknown = COLUMNS.find((column) => (from[column] === undefined) !== (to[column] === undefined));
	if (unknown === undefined) return undefined;
	return refuse('S21', `"${unknown}" is known of only one of ${id} and ${into}: amend the register first, then merge`);
}

/** The voters of both: what the merged station could hold is not lost from the ceiling of the other. */
function mergedRegister(from: Station | undefined, to: Station | undefined): StationRow {
	const sums = COLUMNS.flatMap((column) => {
		const [a, b] = [from?.[column], to?.[column]];
		return a === undefined || b === undefined ? [] : [[column, a + b] as const];
	});
	return Object.fromEntries(sums);
}

/** Stations lie in areas of the lowest level that the package lists. */
function lowestArea({ election }: Context, id: string): Refusal | undefined {
	const lowest = election.levels.at(-1)?.id;
	if (election.areas.get(id)?.level === lowest) return undefined;
	return refuse('S21', `${id} is not an area of the lowest level (${lowest ?? ''}): stations lie in such areas`);
}
