/**
 * The sums that shares in a declaration are of: which denominators the rule of the round names, and what they come to on the totals of a mark. Votes that a law
 * voids are in no denominator, as everywhere in `result/`. It knows nothing of words.
 */
import type { Contest, Field } from '../election/types.ts';
import { type Rational, rational } from '../result/rational.ts';
import type { Condition } from '../result/rule.ts';
import { denominatorOf } from '../result/tally.ts';
import { assert } from '../std/result.ts';

export interface Counted {
	/** In the order of the form, with what the mark says of it. */
	readonly candidates: readonly CountedField[];
	readonly categories: readonly CountedField[];
}

export interface CountedField {
	readonly field: Field;
	readonly votes: number;
}

export interface Whole {
	readonly name: string;
	/** Absent: the register is not known for every station. */
	readonly value?: number;
}

export function countedOf(contest: Contest, totals: readonly number[]): Counted {
	const fields = contest.fields.filter(({ counted }) => counted);
	assert(fields.length === totals.length, 'a mark has one total for each counted field');
	const all = fields.map((field, place) => ({ field, votes: totals[place] ?? 0 }));
	return {
		candidates: all.filter(({ field }) => field.candidate),
		categories: all.filter(({ field }) => !field.candidate),
	};
}

/** The denominators of the contest's round in the order in which its rule names them, each once. */
export function wholesOf(
	contest: Contest,
	{ candidates, categories }: Counted,
	registered: number | undefined,
	voided: readonly string[],
): readonly Whole[] {
	const figures = {
		votes: candidates.map(({ field, votes }) => (voided.includes(field.id) ? 0n : BigInt(votes))),
		categories: Object.fromEntries(categories.map(({ field, votes }) => [field.id, BigInt(votes)])),
		registered: BigInt(registered ?? 0),
		room: undefined,
	};
	const condition = contest.rule.rounds[contest.round - 1]?.elect;
	assert(condition !== undefined, 'the rule has the round of the contest');
	return [...new Set(denominatorsIn(condition))].map((name) => {
		if (contest.denominators[name] === 'registered' && registered === undefined) return { name };
		return { name, value: Number(denominatorOf(figures, contest.denominators, name)) };
	});
}

export function shareOf(votes: number, { value }: Whole): Rational | undefined {
	return value === undefined || value === 0 ? undefined : rational(BigInt(votes), BigInt(value));
}

function denominatorsIn(condition: Condition): readonly string[] {
	switch (condition.kind) {
		case 'share':
		case 'lead':
			return [condition.of];
		case 'turnout':
			return [condition.cast, condition.of];
		case 'areas':
		case 'area':
			return denominatorsIn(condition.where);
		case 'all':
		case 'any':
			return condition.parts.flatMap(denominatorsIn);
		case 'rank':
		case 'electors':
			return [];
	}
}
