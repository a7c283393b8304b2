/**
 * What the stations that differ, or that one side alone has, can be worth to a condition (K16): set beside its distance in switched ballots. Fewer than the distance is a proof that they cannot turn it over, whatever is right.
 */
import { type Condition, namedConditions } from '@matokeo/core/result/rule.ts';
import { type Stake, stakesReport } from '@matokeo/core/result/stakes.ts';
import { isSame, type Laid } from '../compare/lay.ts';
import type { Count } from '../count.ts';
import type { EffectStake, StakePart } from './effect.ts';
import type { EffectLaw } from './law.ts';
import type { Applied } from './rule.ts';

/** The kind of stake in core’s report that stands for each kind of station here; the words are not used. */
const KIND = { differing: 'discrepant', only_in_a: 'missing', only_in_b: 'quarantined' } as const;
const NONE: Stake = { stations: 0, ballots: 0 };

export function stakesOf(laid: Laid, { contest }: EffectLaw, { conditions }: Applied): readonly EffectStake[] {
	const counted = new Set(contest.fields.filter((field) => field.counted).map(({ id }) => id));
	const parts: readonly StakePart[] = [
		{ of: 'differing', ...inDiffering(laid, counted) },
		{ of: 'only_in_a', ...inOnly(laid.a, laid.onlyA, counted) },
		{ of: 'only_in_b', ...inOnly(laid.b, laid.onlyB, counted) },
	];
	const round = contest.rule.rounds[contest.round - 1];
	return (round === undefined ? [] : namedConditions(round.elect)).flatMap((condition): readonly EffectStake[] => {
		const known = conditions.find(({ id }) => id === condition.id);
		return known === undefined ? [] : [stakeOf(condition, known.distance_switched, parts)];
	});
}

function stakeOf(
	condition: Condition & { readonly id: string },
	distance: number | 'none',
	parts: readonly StakePart[],
): EffectStake {
	const stake = (of: StakePart['of']): Stake => {
		const part = parts.find((one) => one.of === of);
		return part === undefined ? NONE : { stations: part.stations, ballots: part.at_stake };
	};
	const stakes = { discrepant: stake('differing'), missing: stake('only_in_a'), quarantined: stake('only_in_b') };
	const switched = distance === 'none' ? undefined : BigInt(distance);
	const report = stakesReport({ ...stakes, disputed: NONE }, switched, condition);
	const enough = (known: boolean | undefined) => (known === undefined ? {} : { enough: known });
	return {
		condition: condition.id,
		distance_switched: distance,
		at_stake: parts.reduce((sum, part) => sum + part.at_stake, 0),
		...enough(report.stakes_together.enough),
		parts: parts
			.filter(({ stations }) => stations > 0)
			.map((part) => ({ ...part, ...enough(report.stakes.find(({ kind }) => kind === KIND[part.of])?.enough) })),
	};
}

type Worth = Pick<StakePart, 'stations' | 'at_stake'>;

/** A ballot added, lost or moved is at most one switched ballot: of each station the larger of what was gained and what was lost, over counted fields. */
function inDiffering(laid: Laid, counted: ReadonlySet<string>): Worth {
	const size = laid.fields.length;
	const fields = laid.fields.flatMap(({ field }, place) => (counted.has(field.id) ? [place] : []));
	let [stations, ballots] = [0, 0];
	for (let pair = 0; pair < laid.matched; pair++) {
		if (isSame(laid, pair)) continue;
		let [gained, lost] = [0, 0];
		for (const field of fields) {
			const difference = Math.max(0, laid.y[pair * size + field] ?? 0) - Math.max(0, laid.x[pair * size + field] ?? 0);
			if (difference > 0) gained += difference;
			else lost -= difference;
		}
		stations++;
		ballots += Math.max(gained, lost);
	}
	return { stations, at_stake: ballots };
}

function inOnly({ fields, values }: Count, rows: Int32Array, counted: ReadonlySet<string>): Worth {
	const columns = fields.flatMap(({ id }, column) => (counted.has(id) ? [column] : []));
	let ballots = 0;
	for (const row of rows)
		for (const column of columns) ballots += Math.max(0, values[row * fields.length + column] || 0);
	return { stations: rows.length, at_stake: ballots };
}
