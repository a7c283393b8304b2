/**
 * What is at stake in returns that are missing, in quarantine, discrepant or disputed (RS10): the most ballots that they can hold, beside a distance in switched ballots. Fewer than the distance are
 * a proof that they cannot turn a condition over. It does not know how the returns came to stand there.
 */
import type { Condition } from './rule.ts';

export interface Stake {
	readonly stations: number;
	/** The most ballots that these returns can hold. */
	readonly ballots: number | 'unbounded';
}

/** Returns that may still change the totals; one return may stand under several heads. */
export interface Stakes {
	readonly missing: Stake;
	readonly quarantined: Stake;
	readonly discrepant: Stake;
	readonly disputed: Stake;
}

export interface StakeReport extends Stake {
	readonly kind: keyof Stakes;
	/** False: fewer ballots than the distance, a proof that they cannot change the condition. Absent: not known. */
	readonly enough?: boolean;
}

export interface StakesReport {
	readonly stakes: readonly StakeReport[];
	/** The sum over all heads, an upper bound: one return may stand under several. */
	readonly stakes_together: { readonly ballots: number | 'unbounded'; readonly enough?: boolean };
}

const KINDS = ['missing', 'quarantined', 'discrepant', 'disputed'] as const;

/** A ballot added, lost or changed is worth at most one switched ballot, unless turnout counts. `switched`: the distance; `undefined` when no number of ballots changes the condition. */
export function stakesReport(stakes: Stakes, switched: bigint | undefined, condition: Condition): StakesReport {
	const comparable = switched !== undefined && !countsTurnout(condition);
	const compared = <T extends Pick<Stake, 'ballots'>>(stake: T): T & { readonly enough?: boolean } => {
		if (!comparable || stake.ballots === 'unbounded') return stake;
		return { ...stake, enough: BigInt(stake.ballots) >= switched };
	};
	let together: number | 'unbounded' = 0;
	for (const kind of KINDS) {
		const { ballots } = stakes[kind];
		together = together === 'unbounded' || ballots === 'unbounded' ? 'unbounded' : together + ballots;
	}
	return {
		stakes: KINDS.map((kind) => compared({ kind, ...stakes[kind] })),
		stakes_together: compared({ ballots: together }),
	};
}

function countsTurnout(condition: Condition): boolean {
	if (condition.kind === 'all' || condition.kind === 'any') return condition.parts.some(countsTurnout);
	if (condition.kind === 'areas' || condition.kind === 'area') return countsTurnout(condition.where);
	return condition.kind === 'turnout';
}
