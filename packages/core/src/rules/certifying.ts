/**
 * `collation/certify` (S35): the returning officer of an area vouches for what a mark has frozen. No number is the officer's own; a later certificate supersedes
 * an earlier one with its reason, and both stay.
 */

import { chainAbove } from '../election/geography.ts';
import type { Contest, Election } from '../election/types.ts';
import type { CollationCertify } from '../record/acts.ts';
import { assert } from '../std/result.ts';
import { officerOf } from './authorities.ts';
import { chained } from './chains.ts';
import { collationRow } from './collations.ts';
import { unmetOf } from './gate.ts';
import { logRow } from './opening.ts';
import type { ActRow, Collated } from './recordRows.ts';
import { firstOf, refuse } from './refusal.ts';
import { collationKey, type Rows } from './rows.ts';
import type { Saying } from './saying.ts';

export const collationCertify: Saying<CollationCertify> = {
	decide: (context, rows, { statement, signers }) => {
		const contest = context.election.contests.get(statement.contest);
		if (contest === undefined) return refuse('S35', `the package has no contest "${statement.contest}": check its id`);
		const { area } = statement;
		return firstOf(
			() => {
				if (stepOf(context.election, contest, area) >= 0) return undefined;
				return refuse('S35', `collations of contest ${contest.id} are not certified at ${area}`);
			},
			() => officerOf(contest, area, signers),
			() => {
				const { number = 0, certificate } = collationRow(rows, contest.id, area);
				const [unmet] = unmetOf(context, rows, contest, area, statement, { number, inForce: certificate });
				return unmet === undefined ? undefined : refuse('S43', `${unmet.condition}: ${unmet.why}`);
			},
		);
	},
	evolve: ({ election }, rows, { index, id, statement }) => {
		const contest = election.contests.get(statement.contest);
		const mark = rows.get('mark', statement.mark);
		assert(contest !== undefined && mark !== undefined, 'a certificate was decided before it is evolved');
		const { area, by, number } = statement;
		const before = collationRow(rows, contest.id, area);
		if (before.certificate !== undefined) supersede(rows, before.certificate, id);
		const act: ActRow = {
			kind: 'certificate',
			contest: contest.id,
			area,
			index,
			time: logRow(rows).time,
			by,
			mark: statement.mark,
			number,
			...chained(rows, contest.id, 'act', id),
		};
		rows.put('act', id, act);
		rows.put('collation', collationKey(contest.id, area), { ...before, number, certificate: id });
		if (stepOf(election, contest, area) !== contest.collation.length - 1) return;
		collate(election, rows, contest, area, { areas: 1, stations: mark.counts.counted, votes: mark.totals });
	},
};

/** The place of the area's level in the contest's chain of collation, from the top; −1 where nothing is certified. */
export function stepOf(election: Election, contest: Contest, area: string): number {
	const level = election.areas.get(area)?.level;
	const within = chainAbove(election, contest, area).includes(contest.scope);
	return within ? contest.collation.findIndex((step) => step.level === level) : -1;
}

export function supersede(rows: Rows, former: string, by: string): void {
	const row = rows.get('act', former);
	assert(row !== undefined, 'what is superseded stands in the log');
	rows.put('act', former, { ...row, until: by });
}

/** The collated stage of an area of the lowest step, and of every area above it, shifted by the difference (T24). */
function collate(election: Election, rows: Rows, contest: Contest, area: string, next: Collated): void {
	const before = collationRow(rows, contest.id, area).collated;
	const [from, ...above] = chainAbove(election, contest, area);
	assert(from === area, 'an area is the lowest of its own chain');
	const inside = above.slice(0, above.indexOf(contest.scope) + 1);
	for (const one of area === contest.scope ? [area] : [area, ...inside]) {
		const row = collationRow(rows, contest.id, one);
		rows.put('collation', collationKey(contest.id, one), { ...row, collated: shifted(row.collated, before, next) });
	}
}

function shifted(total: Collated | undefined, before: Collated | undefined, after: Collated): Collated {
	return {
		areas: (total?.areas ?? 0) - (before?.areas ?? 0) + after.areas,
		stations: (total?.stations ?? 0) - (before?.stations ?? 0) + after.stations,
		votes: after.votes.map((votes, place) => {
			const sum = (total?.votes[place] ?? 0) - (before?.votes[place] ?? 0) + votes;
			assert(Number.isSafeInteger(sum) && sum >= 0, 'a collated total is a safe integer');
			return sum;
		}),
	};
}
