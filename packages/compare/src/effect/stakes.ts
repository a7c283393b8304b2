/**
 * What the stations that differ, or that one side alone has, can be worth to a condition (K16): set beside its distance in switched ballots. Fewer than the distance is a proof that they cannot turn it over, whatever is right.
 */
import { namedConditions } from '@matokeo/core/result/rule.ts';
import { stakesReport } from '@matokeo/core/result/stakes.ts';
import { isSame, type Laid } from '../compare/lay.ts';
import type { Count } from '../count.ts';
import type { EffectStake } from './effect.ts';
import type { EffectLaw } from './law.ts';
import type { Applied } from './rule.ts';

const NONE = { stations: 0, ballots: 0 };

export function stakesOf(laid: Laid, { contest }: EffectLaw, { conditions }: Applied): readonly EffectStake[] {
	const counted = new Set(contest.fields.filter((field) => field.counted).map(({ id }) => id));
	const { stations, ballots } = ballotsAtStake(laid, counted);
	const round = contest.rule.rounds[contest.round - 1];
	return (round === undefined ? [] : namedConditions(round.elect)).flatMap((condition): readonly EffectStake[] => {
		const known = conditions.find(({ id }) => id === condition.id);
		if (known === undefined) return [];
		const { distance_switched: distance } = known;
		const { stakes } = stakesReport(
			{ missing: NONE, quarantined: NONE, discrepant: { stations, ballots }, disputed: NONE },
			distance === 'none' ? undefined : BigInt(distance),
			condition,
		);
		const enough = stakes.find(({ kind }) => kind === 'discrepant')?.enough;
		return [
			{
				condition: condition.id,
				distance_switched: distance,
				at_stake: ballots,
				...(enough === undefined ? {} : { enough }),
			},
		];
	});
}

/** A ballot added, lost or moved is at most one switched ballot: of each station the larger of what was gained and what was lost, over counted fields. */
function ballotsAtStake(
	laid: Laid,
	counted: ReadonlySet<string>,
): { readonly stations: number; readonly ballots: number } {
	const size = laid.fields.length;
	const fields = laid.fields.flatMap(({ field }, place) => (counted.has(field.id) ? [place] : []));
	let [stations, ballots] = [laid.onlyA.length + laid.onlyB.length, 0];
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
	return {
		stations,
		ballots: ballots + ballotsIn(laid.a, laid.onlyA, counted) + ballotsIn(laid.b, laid.onlyB, counted),
	};
}

function ballotsIn({ fields, values }: Count, rows: Int32Array, counted: ReadonlySet<string>): number {
	const columns = fields.flatMap(({ id }, column) => (counted.has(id) ? [column] : []));
	let ballots = 0;
	for (const row of rows)
		for (const column of columns) ballots += Math.max(0, values[row * fields.length + column] || 0);
	return ballots;
}
