/**
 * Amendments of the election by the authority's quorum (S21): what happened to a candidate, a station, a register or a deadline. Rules and
 * checks are not among them: those are frozen with the package.
 */
import type { Amendment, ElectionAmend } from '../record/statement.ts';
import { unreachable } from '../std/result.ts';
import type { Context } from './context.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import { candidateKey, type RowReader, type Rows, type StationRow } from './rows.ts';
import type { Saying } from './saying.ts';
import { quorumOf } from './signers.ts';
import { isMerged, stationOf } from './stations.ts';

export const electionAmend: Saying<ElectionAmend> = {
	decide: (context, rows, { statement, signers }) =>
		firstOf(
			() => quorumOf(signers, 'authority', context.election.authority.quorum),
			() => {
				if (context.election.codes.amend.some(({ id }) => id === statement.basis)) return undefined;
				return refuse('S21', `the package lists no basis "${statement.basis}" for an amendment`);
			},
			() => decideChange(context, rows, statement.change),
		),
	evolve: (_context, rows, { statement }) => evolveChange(rows, statement.change),
};

function decideChange(context: Context, rows: RowReader, change: Amendment): Refusal | undefined {
	const { election } = context;
	switch (change.kind) {
		case 'candidate': {
			const contest = election.contests.get(change.contest);
			if (contest?.candidates.some(({ id }) => id === change.candidate)) return undefined;
			return refuse('S21', `contest ${change.contest} has no candidate ${change.candidate}`);
		}
		case 'station-added':
			if (stationOf(context, rows, change.station) !== undefined)
				return refuse('S21', `station ${change.station} exists already`);
			return lowestArea(context, change.area);
		case 'station-moved':
			return knownStation(context, rows, change.station) ?? lowestArea(context, change.area);
		case 'station-merged':
			if (change.into === change.station) return refuse('S21', 'a station cannot be merged into itself');
			if (isMerged(rows, change.station)) return refuse('S21', `station ${change.station} is merged already`);
			return knownStation(context, rows, change.station) ?? knownStation(context, rows, change.into);
		case 'register':
			return knownStation(context, rows, change.station);
		case 'deadline':
			return undefined;
		default:
			return unreachable(change);
	}
}

function evolveChange(rows: Rows, change: Amendment): void {
	switch (change.kind) {
		case 'candidate':
			rows.put('candidate', candidateKey(change.contest, change.candidate), {
				status: change.status,
				votes: change.votes,
			});
			return;
		case 'station-added':
			amend(rows, change.station, { added: true, area: change.area, registered: change.registered });
			return;
		case 'station-moved':
			amend(rows, change.station, { area: change.area });
			return;
		case 'station-merged':
			amend(rows, change.station, { mergedInto: change.into });
			return;
		case 'register': {
			const { registered, supplementary } = change;
			amend(rows, change.station, supplementary === undefined ? { registered } : { registered, supplementary });
			return;
		}
		case 'deadline':
			return;
		default:
			unreachable(change);
	}
}

function amend(rows: Rows, station: string, members: StationRow): void {
	rows.put('station', station, { ...rows.get('station', station), ...members });
}

function knownStation(context: Context, rows: RowReader, id: string): Refusal | undefined {
	return stationOf(context, rows, id) === undefined ? refuse('S21', `there is no station ${id}`) : undefined;
}

/** Stations lie in areas of the lowest level that the package lists. */
function lowestArea({ election }: Context, id: string): Refusal | undefined {
	const lowest = election.levels.at(-1)?.id;
	if (election.areas.get(id)?.level === lowest) return undefined;
	return refuse('S21', `${id} is not an area of the lowest level (${lowest ?? ''})`);
}
