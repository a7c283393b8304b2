/**
 * The cheapest way to gain or lose a weight of areas (RS6, RS10): each area has a weight (one, or its electors) and a cost
 * in ballots, or none when it cannot be had. Exact: smallest costs first when weights are one, else a table over weights.
 */
import { assert } from '../std/result.ts';

export interface Priced {
	readonly weight: bigint;
	/** Ballots; `undefined` when no number of ballots does it. */
	readonly cost: bigint | undefined;
}

/** Electors of one level together; bounds the table. */
const ELECTORS_MAX = 100_000n;

/** The least cost of items whose weights sum to at least `needed`; `undefined` when they cannot. */
export function leastCost(items: readonly Priced[], needed: bigint): bigint | undefined {
	if (needed <= 0n) return 0n;
	const payable = items.flatMap(({ weight, cost }) => (cost === undefined || weight === 0n ? [] : [{ weight, cost }]));
	if (payable.every((item) => item.weight === 1n)) {
		const costs = payable.map((item) => item.cost).sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
		if (BigInt(costs.length) < needed) return undefined;
		return costs.slice(0, Number(needed)).reduce((sum, cost) => sum + cost, 0n);
	}
	assert(needed <= ELECTORS_MAX, 'a level has at most 100,000 electors');
	const size = Number(needed);
	const least: (bigint | undefined)[] = [0n, ...Array.from({ length: size }, () => undefined)];
	for (const { weight, cost } of payable) {
		const step = weight > needed ? size : Number(weight);
		for (let have = size; have >= 1; have--) {
			const before = least[Math.max(0, have - step)];
			const now = least[have];
			if (before !== undefined && (now === undefined || before + cost < now)) least[have] = before + cost;
		}
	}
	return least[size];
}
