/** RS10: distances in switched ballots against every way of switching ballots in small elections. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asCounted } from '../../src/result/certain.ts';
import { distanceOf } from '../../src/result/distance.ts';
import { holds } from '../../src/result/holds.ts';
import type { Condition } from '../../src/result/rule.ts';
import type { FigureArea, World } from '../../src/result/tally.ts';
import { leastCost, type Priced } from '../../src/result/territory.ts';
import { small } from './small.ts';
import { LEVEL } from './smallRules.ts';

const RUNS = 1500;
const WAYS_MAX = 6000;

/** Every way to move ballots to the candidate (up to each rival's votes) or away from the candidate, cell by cell. */
function* ways(
	votes: readonly bigint[],
	candidate: number,
	away: boolean,
	at = 0,
	left = votes[candidate] ?? 0n,
): Generator<readonly bigint[]> {
	if (at === votes.length) {
		yield [];
		return;
	}
	const most = at === candidate ? 0n : away ? left : (votes[at] ?? 0n);
	for (let moved = 0n; moved <= most; moved++) {
		for (const rest of ways(votes, candidate, away, at + 1, away ? left - moved : left))
			yield [away ? moved : -moved, ...rest];
	}
}

function apply(votes: readonly bigint[], moved: readonly bigint[], candidate: number): readonly bigint[] {
	const sum = moved.reduce((all, one) => all + one, 0n);
	return votes.map((own, index) => (index === candidate ? own - sum : own + (moved[index] ?? 0n)));
}

const size = (one: readonly bigint[]): bigint => one.reduce((all, moved) => all + (moved < 0n ? -moved : moved), 0n);

function bruteDistance(condition: Condition, candidate: number, world: World): bigint | undefined | 'too many' {
	const now = holds(condition, candidate, world);
	const areas = world.areas.get(LEVEL) ?? [];
	const abroad = world.total.votes.map((all, index) =>
		areas.reduce((left, area) => left - (area.figures.votes[index] ?? 0n), all),
	);
	const cells = [...areas.map((area) => area.figures.votes), abroad];
	const choices = cells.map((votes) => [...ways(votes, candidate, now)]);
	if (choices.reduce((product, list) => product * list.length, 1) > WAYS_MAX) return 'too many';
	let best: bigint | undefined;
	const walk = (at: number, picked: readonly (readonly bigint[])[]): void => {
		const list = choices[at];
		if (list !== undefined) {
			for (const one of list) walk(at + 1, [...picked, one]);
			return;
		}
		const total = picked.reduce((sum, one) => sum + size(one), 0n);
		if (best !== undefined && total >= best) return;
		const moved = cells.map((votes, index) => apply(votes, picked[index] ?? [], candidate));
		const list2: FigureArea[] = areas.map((area, index) => ({
			...area,
			figures: { ...area.figures, votes: moved[index] ?? [] },
		}));
		const votes = world.total.votes.map((_, index) => moved.reduce((sum, cell) => sum + (cell[index] ?? 0n), 0n));
		const changed: World = { ...world, total: { ...world.total, votes }, areas: new Map([[LEVEL, list2]]) };
		if (holds(condition, candidate, changed) !== now) best = total;
	};
	walk(0, []);
	return best;
}

describe('RS10 materiality', () => {
	it('RS10 equals the fewest switched ballots where exact, and is never more', () => {
		const tally = { exact: 0, bound: 0, none: 0 };
		fc.assert(
			fc.property(small(1, 2), ({ world: drawn, condition }) => {
				const world = asCounted(drawn);
				for (let candidate = 0; candidate < world.eligible.length; candidate++) {
					if (world.eligible[candidate] !== true) continue;
					const truth = bruteDistance(condition, candidate, world);
					if (truth === 'too many') continue;
					const ours = distanceOf(condition, candidate, world);
					expect(ours.holds).toBe(holds(condition, candidate, world));
					if (ours.exact) expect(ours.switched).toBe(truth);
					else if (truth !== undefined) expect(ours.switched !== undefined && ours.switched <= truth).toBe(true);
					tally[ours.switched === undefined ? 'none' : ours.exact ? 'exact' : 'bound']++;
				}
			}),
			{ numRuns: RUNS },
		);
		expect(tally.exact).toBeGreaterThan(RUNS / 3);
	}, 120_000);

	it('RS10 leastCost equals all subsets', () => {
		const item = fc.record({
			weight: fc.bigInt({ min: 0n, max: 4n }),
			cost: fc.option(fc.bigInt({ min: 0n, max: 9n }), { nil: undefined }),
		});
		fc.assert(
			fc.property(
				fc.array(item, { maxLength: 7 }),
				fc.bigInt({ min: -1n, max: 12n }),
				(items: readonly Priced[], needed) => {
					let best: bigint | undefined;
					for (let subset = 0; subset < 2 ** items.length; subset++) {
						const chosen = items.filter((_, index) => Math.floor(subset / 2 ** index) % 2 === 1);
						if (chosen.some((one) => one.cost === undefined)) continue;
						const weight = chosen.reduce((sum, one) => sum + one.weight, 0n);
						const cost = chosen.reduce((sum, one) => sum + (one.cost ?? 0n), 0n);
						if (weight >= needed && (best === undefined || cost < best)) best = cost;
					}
					expect(leastCost(items, needed)).toBe(best);
				},
			),
		);
	});
});
