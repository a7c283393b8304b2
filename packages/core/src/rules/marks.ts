/**
 * `tally/mark` (S34): the log's key freezes contest × area at its own index. What is frozen is made from the rows and totals as they stand, by the fold
 * (`standings/marking.ts`); this file only says which marks there may be.
 */
import { chainAbove } from '../election/geography.ts';
import type { Contest, CountedStage, Election } from '../election/types.ts';
import type { TallyMark } from '../record/acts.ts';
import { collationRow } from './collations.ts';
import { firstOf, refuse } from './refusal.ts';
import type { Saying } from './saying.ts';
import { onlySigner } from './signers.ts';

/** The stage that is certified or declared at an area of the contest; `undefined` where neither happens. */
export function stageAt(election: Election, contest: Contest, area: string): CountedStage | undefined {
	const known = election.areas.get(area);
	if (known === undefined || !chainAbove(election, contest, area).includes(contest.scope)) return undefined;
	const step = contest.collation.find(({ level }) => level === known.level);
	return step?.requires ?? (area === contest.scope ? contest.declaration?.requires : undefined);
}

export const tallyMark: Saying<TallyMark> = {
	decide: ({ election }, rows, { statement, signers }) =>
		firstOf(
			() => {
				const signer = onlySigner(signers, 'log');
				return signer.ok ? undefined : signer.error;
			},
			() => {
				const contest = election.contests.get(statement.contest);
				if (contest === undefined)
					return refuse('S34', `the package has no contest "${statement.contest}": check its id`);
				if (stageAt(election, contest, statement.area) !== undefined) return undefined;
				const levels = contest.collation.map(({ level }) => level).join(', ');
				return refuse(
					'S34',
					`contest ${contest.id} is neither certified nor declared at ${statement.area}: ${levels === '' ? 'the package names no level of collation' : `collations are certified at the levels ${levels}`}`,
				);
			},
			() => {
				const { mark } = collationRow(rows, statement.contest, statement.area);
				if (mark === statement.seen) return undefined;
				return refuse(
					'S32',
					`"seen" names ${statement.seen ?? 'nothing'}, the latest mark there is ${mark ?? 'none'}: ask for a new one`,
				);
			},
		),
	evolve: () => undefined,
};
