/** The rule of a contest applied to a count (K13, K15), as `core/result` applies it to a log’s totals: nothing of a rule is written twice. */
import { evaluateResult, type Outcome } from '@matokeo/core/result/evaluate.ts';
import type { Stakes } from '@matokeo/core/result/stakes.ts';
import type { ResultInput, TallyUnit } from '@matokeo/core/result/tally.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Effect, EffectCondition } from './effect.ts';
import type { EffectLaw } from './law.ts';
import type { Version } from './versions.ts';

export interface Applied {
	readonly outcome: Outcome;
	readonly conditions: readonly EffectCondition[];
}

export interface Missing {
	readonly why: Extract<NonNullable<Effect['without_rule']>, 'fields-missing' | 'areas-missing'>;
	readonly names: readonly string[];
}

const NONE = { stations: 0, ballots: 0 };
const NO_STAKES: Stakes = { missing: NONE, quarantined: NONE, discrepant: NONE, disputed: NONE };

/** What the rule reads and the count does not have; `undefined`: it can be applied. */
export function missingFor(
	{ fields, keys }: Version['count'],
	{ input, areasOf }: EffectLaw,
	reads: { readonly fields: readonly string[]; readonly levels: readonly string[] },
): Missing | undefined {
	const has = new Set(fields.map(({ id }) => id));
	const absent = reads.fields.filter((id) => !has.has(id));
	if (absent.length > 0) return { why: 'fields-missing', names: absent };
	const without = reads.levels.filter((level) => {
		const areas = new Set(input.areas.get(level)?.map(({ id }) => id));
		return !keys.some((key) => areasOf(key).some((id) => areas.has(id)));
	});
	return without.length === 0 ? undefined : { why: 'areas-missing', names: without };
}

export function applyRule(count: Version['count'], law: EffectLaw): Applied {
	const { contest } = law;
	const { as_counted, conditions } = evaluateResult(contest, inputOf(count, law), NO_STAKES);
	return {
		outcome: as_counted,
		conditions: conditions.map(({ id, text, name, about, holds, facts, distance_switched, distance_exact }) => ({
			id,
			...(text === undefined ? {} : { text }),
			name,
			...(about === undefined ? {} : { about }),
			holds,
			facts,
			distance_switched,
			distance_exact,
		})),
	};
}

/** The count's sums in the place of the log's, with nothing outstanding. */
function inputOf(count: Version['count'], law: EffectLaw): ResultInput {
	const sums = sumsByArea(count, law);
	const unit = ({ registered }: TallyUnit, numbers: readonly number[]): TallyUnit => {
		assert(numbers.every(Number.isSafeInteger), 'the sums of a count are safe integers');
		const categories = law.contest.categories.map((id): readonly [string, number] => [id, at(numbers, count, id)]);
		return {
			votes: law.contest.candidates.map(({ id }) => (law.voided.has(id) ? 0 : at(numbers, count, id))),
			categories: Object.fromEntries(categories),
			registered,
			outstanding: 0,
			outstandingStations: 0,
		};
	};
	const areas = [...law.input.areas].map(
		([level, list]) =>
			[
				level,
				list.map(({ id, unit: known, electors }) => ({
					id,
					unit: unit(known, sums.areas.get(id) ?? []),
					...(electors === undefined ? {} : { electors }),
				})),
			] as const,
	);
	return { candidates: law.input.candidates, total: unit(law.input.total, sums.whole), areas: new Map(areas) };
}

function at(numbers: readonly number[], { fields }: Version['count'], id: string): number {
	return numbers[fields.findIndex((field) => field.id === id)] ?? 0;
}

function sumsByArea(
	{ fields, keys, values }: Version['count'],
	{ areasOf }: EffectLaw,
): { readonly whole: readonly number[]; readonly areas: ReadonlyMap<string, readonly number[]> } {
	const whole = fields.map(() => 0);
	const areas = new Map<string, number[]>();
	// Rows of one lowest area have one chain of areas, the same list: they are added up first, and once.
	const chains = new Map<readonly string[], number[]>();
	keys.forEach((key, row) => {
		const chain = areasOf(key);
		const sums = chains.get(chain) ?? fields.map(() => 0);
		chains.set(chain, sums);
		for (let field = 0; field < fields.length; field++) {
			const number = values[row * fields.length + field] ?? 0;
			if (number > 0) sums[field] = (sums[field] ?? 0) + number;
		}
	});
	const add = (into: number[], sums: readonly number[]) => {
		sums.forEach((sum, field) => {
			into[field] = (into[field] ?? 0) + sum;
		});
	};
	for (const [chain, sums] of chains) {
		add(whole, sums);
		for (const id of chain) {
			const known = areas.get(id) ?? fields.map(() => 0);
			areas.set(id, known);
			add(known, sums);
		}
	}
	return { whole, areas };
}
