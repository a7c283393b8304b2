/**
 * A polling station as it stands now: the package's record with what amendments have said of it, and the status of a contest there
 * (S21, S31).
 */
import { inScope } from '../election/geography.ts';
import type { Station } from '../election/types.ts';
import { err, ok, type Result } from '../std/result.ts';
import type { Context } from './context.ts';
import { type Refusal, refuse } from './refusal.ts';
import { isOfficial, type Place } from './returns.ts';
import { type ReturnRow, type RowReader, returnKey, type UnitRow, unitKey } from './rows.ts';

const PLANNED: UnitRow = { poll: 1, status: 'planned', reason: '' };
const NO_RETURN: ReturnRow = { captures: [] };

export function unitOf(rows: RowReader, contest: string, station: string): UnitRow {
	return rows.get('unit', unitKey(contest, station)) ?? PLANNED;
}

export function returnOf(rows: RowReader, contest: string, station: string, poll: number): ReturnRow {
	return rows.get('return', returnKey(contest, station, poll)) ?? NO_RETURN;
}

export function stationOf(context: Context, rows: RowReader, id: string): Station | undefined {
	const planned = context.election.stations.get(id);
	const row = rows.get('station', id);
	if (row === undefined) return planned;
	const station = planned ?? blank(id);
	return {
		...station,
		areas: row.area === undefined ? station.areas : { geographic: row.area },
		registered: row.registered ?? station.registered,
		supplementary: row.supplementary ?? station.supplementary,
		ballots: row.ballots ?? station.ballots,
	};
}

/** Whether an officer has captured a form of the latest poll of the contest there, held or not. */
export function hasForm(rows: RowReader, contest: string, station: string): boolean {
	return returnOf(rows, contest, station, unitOf(rows, contest, station).poll).captures.some(isOfficial);
}

/** Contest and station of something that is in the log already, whether or not the station still votes in the contest. */
export function placeOf({ election }: Context, contestId: string, station: Station | undefined): Place | undefined {
	const contest = election.contests.get(contestId);
	return contest === undefined || station === undefined ? undefined : { contest, station };
}

/** Whether an amendment has merged the station into another: it is then no longer due. */
export function isMerged(rows: RowReader, id: string): boolean {
	return rows.get('station', id)?.mergedInto !== undefined;
}

export function contestAt(
	context: Context,
	rows: RowReader,
	contestId: string,
	stationId: string,
): Result<Place, Refusal> {
	const contest = context.election.contests.get(contestId);
	if (contest === undefined) return err(refuse('S10', `the package has no contest "${contestId}": check its id`));
	const station = stationOf(context, rows, stationId);
	if (station === undefined)
		return err(refuse('S10', `there is no polling station "${stationId}" in this election: check its id`));
	if (!inScope(context.election, contest, station))
		return err(refuse('S10', `station ${stationId} does not vote in contest ${contestId}: check both ids`));
	return ok({ contest, station });
}

export function blank(id: string): Station {
	return {
		id,
		name: id,
		areas: {},
		registered: undefined,
		supplementary: undefined,
		ballots: undefined,
		attributes: {},
	};
}
