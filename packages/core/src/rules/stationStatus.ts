/**
 * The status of a contest at a station (S31): what the returning officer sees (open, delayed, not opened, return lost) and what only the
 * authority's quorum may say (postponed, cancelled, merged, re-poll). A re-poll starts the next poll; earlier ones leave the totals. What the
 * authority has cancelled or merged away no officer can open again.
 */
import { chainOf } from '../election/geography.ts';
import { POLLS_MAX } from '../record/limits.ts';
import type { StationStatus } from '../record/statement.ts';
import { assert } from '../std/result.ts';
import { outdateMarks } from './collations.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import { returnKey, unitKey } from './rows.ts';
import { seenLast } from './rulings.ts';
import type { Saying } from './saying.ts';
import { onlySigner, quorumOf, reaches } from './signers.ts';
import { contestAt, hasForm, returnOf, unitOf } from './stations.ts';

const OF_AUTHORITY = new Set(['postponed', 'cancelled', 'merged', 're-poll']);

export const stationStatus: Saying<StationStatus> = {
	decide: (context, rows, { statement, signers }) => {
		const at = contestAt(context, rows, statement.contest, statement.station);
		if (!at.ok) return at.error;
		const unit = unitOf(rows, statement.contest, statement.station);
		return firstOf(
			() => {
				if (OF_AUTHORITY.has(statement.status))
					return quorumOf(signers, 'authority', context.election.authority.quorum);
				const officer = onlySigner(signers, 'returning-officer');
				return officer.ok ? reaches(context, officer.value, at.value.contest, at.value.station) : officer.error;
			},
			() => seenLast(returnOf(rows, statement.contest, statement.station, unit.poll), statement.seen),
			() => knownReason(context.election.codes.status, statement.reason),
			() => possible(unit.status, unit.poll, statement.status),
			() => {
				if (statement.status !== 'merged' || !hasForm(rows, statement.contest, statement.station)) return undefined;
				return refuse('S31', 'a form of this contest is captured here: its votes cannot be merged away');
			},
		);
	},
	evolve: (context, rows, { id, index, statement }) => {
		const { contest, station, status, reason } = statement;
		const at = contestAt(context, rows, contest, station);
		assert(at.ok, 'a status was decided before it is evolved');
		// What the authority has decided of a station, whoever certifies or declares after it obeys.
		if (OF_AUTHORITY.has(status))
			outdateMarks(rows, contest, chainOf(context.election, at.value.contest, at.value.station), { id, index });
		const unit = unitOf(rows, contest, station);
		const poll = status === 're-poll' ? unit.poll + 1 : unit.poll;
		rows.put('unit', unitKey(contest, station), { poll, status, reason });
		rows.put('return', returnKey(contest, station, poll), { ...returnOf(rows, contest, station, poll), last: id });
	},
};

function knownReason(codes: readonly { readonly id: string }[], reason: string): Refusal | undefined {
	if (codes.some(({ id }) => id === reason)) return undefined;
	return refuse(
		'S31',
		`the package does not list the reason "${reason}"; it lists ${codes.map(({ id }) => id).join(', ') || 'nothing'}`,
	);
}

function possible(now: string, poll: number, next: StationStatus['status']): Refusal | undefined {
	if (now === next && next !== 're-poll') return refuse('S31', `the status is "${next}" already`);
	if (next === 're-poll' && poll >= POLLS_MAX)
		return refuse('S31', `there have been ${poll} polls, which is the most this version counts`);
	if (!OF_AUTHORITY.has(now) || now === 're-poll' || OF_AUTHORITY.has(next)) return undefined;
	if (now === 'postponed' && next === 'open') return undefined;
	return refuse(
		'S31',
		`the contest is "${now}" here: ${now === 'postponed' ? 'it can be opened, or' : 'only'} the authority decides again`,
	);
}
