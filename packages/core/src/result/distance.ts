/**
 * Materiality (RS10): how many ballots must be switched between a candidate and the others before a condition turns over, on the
 * totals as they stand. One switched ballot is one that was counted for one candidate and should have been counted for another;
 * sums, turnouts and denominators do not move. It knows nothing of returns or of what is outstanding.
 */
import { holdsIn, territoryOf } from './holds.ts';
import type { Condition } from './rule.ts';
import { type Figures, strongestRival, type World } from './tally.ts';
import { leastCost } from './territory.ts';

export interface Distance {
	/** Whether the candidate meets the condition on these totals. */
	readonly holds: boolean;
	/** The least number of switched ballots that changes that; `undefined` when none does. */
	readonly switched: bigint | undefined;
	/** False: fewer than `switched` cannot change it, but `switched` may not be enough. */
	readonly exact: boolean;
}

export interface AreaDistance extends Distance {
	readonly area: string;
}

/** Of an eligible candidate; the world must have nothing outstanding (`asCounted`). */
export function distanceOf(condition: Condition, candidate: number, world: World): Distance {
	if (isAboutUnit(condition)) return unitDistance(condition, candidate, world, world.total);
	if (condition.kind === 'all' || condition.kind === 'any')
		return joinedDistance(condition.kind, condition.parts, candidate, world);
	if (condition.kind !== 'areas' && condition.kind !== 'area' && condition.kind !== 'electors') {
		return unitDistance(condition, candidate, world, world.total);
	}
	const territory = territoryOf(condition, world);
	const holds = holdsIn(condition, candidate, world, world.total);
	const items = territory.items.map(({ area, weight }) => {
		const own = unitDistance(territory.where, candidate, world, area.figures);
		return { weight, cost: own.holds === holds ? own.switched : 0n };
	});
	const needed = holds ? territory.whole - territory.needed + 1n : territory.needed;
	return { holds, switched: leastCost(items, needed), exact: true };
}

/** The areas of a condition on areas, each with its own distance, nearest first. */
export function areaDistances(condition: Condition, candidate: number, world: World): readonly AreaDistance[] {
	if (condition.kind !== 'areas' && condition.kind !== 'area' && condition.kind !== 'electors') return [];
	const { where, items } = territoryOf(condition, world);
	const list = items.map(({ area }) => ({ area: area.id, ...unitDistance(where, candidate, world, area.figures) }));
	return list.sort((a, b) => {
		if (a.switched === b.switched) return a.area < b.area ? -1 : 1;
		if (a.switched === undefined) return 1;
		return b.switched === undefined || a.switched < b.switched ? -1 : 1;
	});
}

function isAboutUnit(condition: Condition): boolean {
	if (condition.kind === 'all' || condition.kind === 'any') return condition.parts.every(isAboutUnit);
	return condition.kind !== 'areas' && condition.kind !== 'area' && condition.kind !== 'electors';
}

/** Monotone in the number of switched ballots (there is no negation), so halving finds the least. */
function unitDistance(condition: Condition, candidate: number, world: World, figures: Figures): Distance {
	const holds = holdsIn(condition, candidate, world, figures);
	const own = figures.votes[candidate] ?? 0n;
	const others = figures.votes.reduce((sum, votes) => sum + votes, 0n) - own;
	const hasOthers = figures.votes.length > 1;
	const changed = (ballots: bigint): boolean => {
		const moved = holds
			? switchedAway(figures, candidate, ballots, world)
			: switchedTo(figures, candidate, ballots, world);
		return holdsIn(condition, candidate, world, moved) !== holds;
	};
	const most = holds ? (hasOthers ? own : 0n) : others;
	return { holds, switched: least(changed, most), exact: true };
}

/** The least number from 0 to `most` of which the monotone test is true. */
function least(test: (value: bigint) => boolean, most: bigint): bigint | undefined {
	if (!test(most)) return undefined;
	let low = 0n;
	let high = most;
	while (low < high) {
		const middle = (low + high) / 2n;
		if (test(middle)) high = middle;
		else low = middle + 1n;
	}
	return low;
}

/** The worst for the candidate: all to the strongest rival. */
function switchedAway(figures: Figures, candidate: number, ballots: bigint, world: World): Figures {
	const rival =
		strongestRival(world.eligible, figures.votes, candidate) ??
		figures.votes.findIndex((_, index) => index !== candidate);
	const votes = figures.votes.map((own, index) =>
		index === candidate ? own - ballots : index === rival ? own + ballots : own,
	);
	return { ...figures, votes };
}

/** The best for the candidate: rivals are levelled from the top, then whoever is left. */
function switchedTo(figures: Figures, candidate: number, ballots: bigint, world: World): Figures {
	const { votes } = figures;
	const isRival = (index: number): boolean => index !== candidate && world.eligible[index] === true;
	const above = (level: bigint): bigint =>
		votes.reduce((sum, own, index) => (isRival(index) && own > level ? sum + own - level : sum), 0n);
	const top = votes.reduce((best, own, index) => (isRival(index) && own > best ? own : best), 0n);
	const level = least((value) => above(value) <= ballots, top) ?? 0n;
	let left = ballots - above(level);
	const lowered = votes.map((own, index) => (isRival(index) && own > level ? level : own));
	const order = [...lowered.keys()]
		.filter((index) => index !== candidate)
		.sort((a, b) => Number(isRival(b)) - Number(isRival(a)));
	for (const index of order) {
		const have = lowered[index] ?? 0n;
		const taken = have < left ? have : left;
		lowered[index] = have - taken;
		left -= taken;
	}
	lowered[candidate] = (votes[candidate] ?? 0n) + ballots;
	return { ...figures, votes: lowered };
}

/**
 * Conditions on the contest are turned over together, by halving. Beside conditions on areas the parts stand alone: the
 * nearest part turns an "all" that holds and an "any" that does not, exactly; otherwise every part must turn, and the farthest is a bound, reached
 * when there is one condition on areas and nothing asks for a lead.
 */
function joinedDistance(kind: 'all' | 'any', parts: readonly Condition[], candidate: number, world: World): Distance {
	const units = parts.filter(isAboutUnit);
	const grouped = units.length > 0 ? [distanceOf({ kind, parts: units }, candidate, world)] : [];
	const territories = parts.filter((part) => !isAboutUnit(part));
	const distances = [...grouped, ...territories.map((part) => distanceOf(part, candidate, world))];
	const holds = kind === 'all' ? distances.every((one) => one.holds) : distances.some((one) => one.holds);
	const exact = distances.every((one) => one.exact);
	if (holds === (kind === 'all')) {
		const costs = distances.flatMap((one) => (one.switched === undefined ? [] : [one.switched]));
		return { holds, exact, switched: costs.length === 0 ? undefined : costs.reduce((a, b) => (a < b ? a : b)) };
	}
	const turning = distances.filter((one) => one.holds === holds);
	const alone =
		territories.length === 1 &&
		!parts.some(asksForRival) &&
		!territories.some((part) => part.kind === 'all' || part.kind === 'any');
	let switched: bigint | undefined = 0n;
	for (const one of turning)
		switched =
			one.switched === undefined || switched === undefined
				? undefined
				: one.switched > switched
					? one.switched
					: switched;
	return { holds, switched, exact: exact && (turning.length === 1 || alone || switched === undefined) };
}

function asksForRival(condition: Condition): boolean {
	if (condition.kind === 'all' || condition.kind === 'any') return condition.parts.some(asksForRival);
	if (condition.kind === 'areas' || condition.kind === 'area') return asksForRival(condition.where);
	return condition.kind === 'lead' || condition.kind === 'rank' || condition.kind === 'electors';
}
