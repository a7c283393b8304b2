/** The format's words for how a contest is decided and what kind of election it is, from the rule of the package. Only a rule that is exactly what a word means gets that word; any other is told in the package's own words. */
import type { Contest } from '@matokeo/core/election/types.ts';
import { nameOf } from '@matokeo/core/result/describe.ts';
import type { Condition, Round } from '@matokeo/core/result/rule.ts';
import type { Member } from '../write/node.ts';

export function voteVariation(contest: Contest): readonly Member[] {
	const round = roundOf(contest);
	const word = round === undefined ? undefined : wordFor(round.elect);
	if (word !== undefined) return [['VoteVariation', word]];
	return [
		['VoteVariation', 'other'],
		['OtherVoteVariation', round === undefined ? 'not said by the package' : nameOf(round.elect)],
	];
}

/** A later round is a runoff between those whom the rule advances, or a poll that is held anew. */
export function electionType(contest: Contest): 'general' | 'runoff' | 'special' {
	const before = contest.rule.rounds[contest.round - 2]?.otherwise;
	if (contest.round === 1) return 'general';
	return before?.kind === 'rerun' ? 'special' : 'runoff';
}

function roundOf({ rule, round }: Contest): Round | undefined {
	return rule.rounds[round - 1];
}

function wordFor(condition: Condition): 'plurality' | 'majority' | 'super-majority' | undefined {
	if (condition.kind === 'rank') return 'plurality';
	if (condition.kind !== 'share') return undefined;
	const { op, value } = condition.threshold;
	const [twice, whole] = [value.num * 2n, value.den];
	if (twice > whole) return 'super-majority';
	return twice === whole && op === 'gt' ? 'majority' : undefined;
}
