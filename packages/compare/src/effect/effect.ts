/**
 * What the difference between two counts means for the result (K13–K16 of spec/comparison.md), as plain data: the rule of the contest on each count as it is, and on the base with what the other says
 * put in its place. Exact shares; no sentences. It does not know how likely any of these is.
 */
import type { ConditionReport, Outcome } from '@matokeo/core/result/evaluate.ts';
import type { Side } from '../comparison.ts';

export interface Effect {
	/** The side that the changed versions start from. */
	readonly base: Side;
	readonly versions: readonly EffectVersion[];
	/** Whether all versions to which the rule was applied have the same outcome. Absent where there are not two of them. */
	readonly same_outcome?: boolean;
	/** Whether the candidates whom all versions have stand in the same order in all of them. */
	readonly same_ranking: boolean;
	/** Conditions of the base, with what is at stake in the stations that differ or are in one only. Empty without a rule. */
	readonly stakes: readonly EffectStake[];
	/** Why the rule was not applied to some version; absent where it was applied to all. */
	readonly without_rule?: 'no-package' | 'hidden' | 'fields-missing' | 'areas-missing';
	/** Fields that the rule reads and a version does not have. */
	readonly missing_fields?: readonly string[];
	/** Levels by whose areas the rule counts and in none of which a row of some version lies. */
	readonly missing_levels?: readonly string[];
}

/**
 * `a`, `b`: as they are. `differing`: the base, with the other's figures at the stations that differ. `completed`: besides, the stations that only the other has.
 */
export type Basis = 'a' | 'b' | 'differing' | 'completed';

export interface EffectVersion {
	readonly basis: Basis;
	readonly rows: number;
	/** Most votes first; ties in the order of the fields. */
	readonly ranking: readonly RankedCandidate[];
	/** Sum of the candidates. */
	readonly sum: number;
	/** Of the first over the second; absent when there is no second. Share of the sum of the candidates. */
	readonly lead?: {
		readonly first: string;
		readonly second: string;
		readonly votes: number;
		readonly exact?: string;
		readonly points?: string;
	};
	/** By the contest's rule; absent without one. */
	readonly outcome?: Outcome;
	readonly conditions?: readonly EffectCondition[];
}

export interface RankedCandidate {
	readonly candidate: string;
	readonly name: string;
	readonly votes: number;
	/** Of the sum of the candidates, `p/q`, and per cent with four decimals; absent when the sum is zero. */
	readonly exact?: string;
	readonly percent?: string;
}

/** Nothing is outstanding in a version, so a condition holds or does not. */
export type EffectCondition = Pick<
	ConditionReport,
	'id' | 'text' | 'name' | 'about' | 'holds' | 'facts' | 'distance_switched' | 'distance_exact'
>;

export interface EffectStake {
	readonly condition: string;
	/** On the base's figures. */
	readonly distance_switched: number | 'none';
	/** The most switched ballots that all of `parts` together can be worth. */
	readonly at_stake: number;
	/** False: fewer than the distance, a proof that these stations cannot change the condition. Absent: not known. */
	readonly enough?: boolean;
	/** The same of each kind of station by itself; those of which there are none are left out. */
	readonly parts: readonly StakePart[];
}

export interface StakePart {
	readonly of: 'differing' | 'only_in_a' | 'only_in_b';
	readonly stations: number;
	readonly at_stake: number;
	readonly enough?: boolean;
}
