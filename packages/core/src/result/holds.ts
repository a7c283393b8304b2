/**
 * Whether one candidate meets a condition in one given state of the contest: two values, exact (RS5, RS6). A unit without a ceiling counts as
 * meeting what is asked of it: callers that meet such units ask what is *possible*, and never ask about final totals.
 */
import { assert, unreachable } from '../std/result.ts';
import { ceilDivide, floorDivide } from './rational.ts';
import type { Condition, TerritoryCondition, Threshold, UnitCondition } from './rule.ts';
import { denominatorOf, type FigureArea, type Figures, strongestRival, type World } from './tally.ts';

/** `part` of `whole` reaches the threshold; of nothing, no share is reached. */
function reaches(part: bigint, whole: bigint, threshold: Threshold): boolean {
	if (whole === 0n) return false;
	const left = part * threshold.value.den;
	const right = threshold.value.num * whole;
	return threshold.op === 'gt' ? left > right : left >= right;
}

export function holds(condition: Condition, candidate: number, world: World): boolean {
	return world.eligible[candidate] === true && holdsIn(condition, candidate, world, world.total);
}

/** The condition on one unit's figures; conditions on areas look at the world's areas. */
export function holdsIn(condition: Condition, candidate: number, world: World, figures: Figures): boolean {
	switch (condition.kind) {
		case 'all':
			return condition.parts.every((part) => holdsIn(part, candidate, world, figures));
		case 'any':
			return condition.parts.some((part) => holdsIn(part, candidate, world, figures));
		case 'areas':
		case 'area':
		case 'electors': {
			const territory = territoryOf(condition, world);
			let weight = 0n;
			for (const { area, weight: own } of territory.items) {
				if (holdsIn(territory.where, candidate, world, area.figures)) weight += own;
			}
			return weight >= territory.needed;
		}
		default:
			return figures.room === undefined || unitHolds(condition, candidate, world, figures);
	}
}

function unitHolds(condition: UnitCondition, candidate: number, world: World, figures: Figures): boolean {
	const own = figures.votes[candidate] ?? 0n;
	const rival = strongestRival(world.eligible, figures.votes, candidate);
	const against = rival === undefined ? 0n : (figures.votes[rival] ?? 0n);
	switch (condition.kind) {
		case 'share':
			return reaches(own, denominatorOf(figures, world.denominators, condition.of), condition.threshold);
		case 'lead':
			return reaches(own - against, denominatorOf(figures, world.denominators, condition.of), condition.threshold);
		case 'rank':
			return own >= against;
		case 'turnout': {
			const cast = denominatorOf(figures, world.denominators, condition.cast);
			return reaches(cast, denominatorOf(figures, world.denominators, condition.of), condition.threshold);
		}
		default:
			return unreachable(condition);
	}
}

/** A condition on areas, an area or electors in one form: areas with weights, and the weight that is needed. */
export interface Territory {
	readonly where: Condition;
	readonly items: readonly { readonly area: FigureArea; readonly weight: bigint }[];
	/** At least 1: where there is nothing to reach, nothing is reached. */
	readonly needed: bigint;
	readonly whole: bigint;
}

/** More votes than anybody else; of a lead of more than nothing the denominator does not matter, but must not be zero. */
function first(world: World): Condition {
	const name = Object.keys(world.denominators).find((key) => world.denominators[key] !== 'registered');
	assert(name !== undefined, 'a contest that counts electors defines a denominator of votes');
	return { kind: 'lead', threshold: { op: 'gt', value: { num: 0n, den: 1n } }, of: name };
}

export function territoryOf(condition: TerritoryCondition, world: World): Territory {
	if (condition.kind === 'area') {
		const area = [...world.areas.values()].flat().find((one) => one.id === condition.area);
		assert(area !== undefined, `the totals have the area ${condition.area}`);
		return { where: condition.where, items: [{ area, weight: 1n }], needed: 1n, whole: 1n };
	}
	const list = world.areas.get(condition.level);
	assert(list !== undefined, `the totals have the level ${condition.level}`);
	if (condition.kind === 'electors') {
		const items = list.map((area) => {
			assert(area.electors !== undefined, `the totals have the electors of ${area.id}`);
			return { area, weight: area.electors };
		});
		const whole = items.reduce((sum, item) => sum + item.weight, 0n);
		return { where: first(world), items, needed: leastReaching(condition.need, whole), whole };
	}
	for (const id of condition.exclude)
		assert(
			list.some((area) => area.id === id),
			`the totals have the excluded area ${id}`,
		);
	const items = list.filter((area) => !condition.exclude.includes(area.id)).map((area) => ({ area, weight: 1n }));
	const whole = BigInt(items.length);
	const { count } = condition;
	if (count.unit === 'fraction') return { where: condition.where, items, needed: leastReaching(count, whole), whole };
	const least = BigInt(count.op === 'gt' ? count.value + 1 : count.value);
	return { where: condition.where, items, needed: least, whole };
}

function leastReaching(threshold: Threshold, whole: bigint): bigint {
	const { num, den } = threshold.value;
	const least = threshold.op === 'gt' ? floorDivide(num * whole, den) + 1n : ceilDivide(num * whole, den);
	return least < 1n ? 1n : least;
}
