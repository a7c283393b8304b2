/**
 * The rule of a contest as types: rounds, each with the condition that elects and what follows when nobody meets it
 * (RS2 of spec/results.md). There is no negation, so every condition is monotone in votes moved to a candidate
 * (docs/decisions/0005-no-negation-in-result-rules.md). Reading is in `parseRule.ts`; nothing here counts anything.
 */
import type { Rational } from './rational.ts';

export type RuleText = Readonly<Record<string, string>>;

/** `gt` is "more than", `gte` "not less than". */
export interface Threshold {
	readonly op: 'gt' | 'gte';
	readonly value: Rational;
}

/** How many areas: a fraction of the areas counted, or a number of them. */
export type AreaCount =
	| (Threshold & { readonly unit: 'fraction' })
	| { readonly op: 'gt' | 'gte'; readonly unit: 'areas'; readonly value: number };

interface Named {
	readonly id?: string;
	readonly text?: RuleText;
}

/** A condition about one set of figures: the whole contest's, or one area's. */
export type UnitCondition =
	| (Named & { readonly kind: 'share'; readonly threshold: Threshold; readonly of: string })
	| (Named & { readonly kind: 'lead'; readonly threshold: Threshold; readonly of: string })
	| (Named & { readonly kind: 'rank' })
	| (Named & { readonly kind: 'turnout'; readonly threshold: Threshold; readonly cast: string; readonly of: string });

/** A condition about how many areas, which area, or the electors of areas. */
export type TerritoryCondition =
	| (Named & {
			readonly kind: 'areas';
			readonly level: string;
			readonly where: Condition;
			readonly count: AreaCount;
			readonly exclude: readonly string[];
			readonly universe?: string;
	  })
	| (Named & { readonly kind: 'area'; readonly area: string; readonly where: Condition })
	| (Named & {
			readonly kind: 'electors';
			readonly level: string;
			readonly allocate: 'winner-take-all';
			readonly need: Threshold;
	  });

export type Leaf = UnitCondition | TerritoryCondition;

export type Condition =
	| Leaf
	| (Named & { readonly kind: 'all'; readonly parts: readonly Condition[] })
	| (Named & { readonly kind: 'any'; readonly parts: readonly Condition[] });

/** What follows when nobody meets the condition. */
export type Otherwise =
	| { readonly kind: 'top'; readonly places: number }
	| { readonly kind: 'most-areas'; readonly level: string }
	| { readonly kind: 'refer'; readonly to: string }
	| { readonly kind: 'special'; readonly code: string }
	| { readonly kind: 'rerun' };

export type TieRule = 'lots' | 'older' | 'rerun';

export interface Round {
	readonly elect: Condition;
	readonly otherwise?: Otherwise;
	readonly tie?: TieRule;
}

export interface ResultRule {
	/** Round 1 first; at least one. */
	readonly rounds: readonly Round[];
	readonly note?: string;
}

/** Every condition of a tree with a name, outermost first, and the tree itself, called `elect` when it has none. */
export function namedConditions(root: Condition): readonly (Condition & { readonly id: string })[] {
	const found: (Condition & { readonly id: string })[] = [];
	const walk = (condition: Condition): void => {
		if (condition.id !== undefined) found.push({ ...condition, id: condition.id });
		else if (condition === root) found.push({ ...condition, id: 'elect' });
		if (condition.kind === 'all' || condition.kind === 'any') for (const part of condition.parts) walk(part);
	};
	walk(root);
	return found;
}
