/**
 * What is measured about one candidate and one condition, as plain data (RS11): shares, leads, turnouts and counts of areas, each exact as
 * `p/q` and as decimal text. Other languages render these facts; `sentence.ts` renders them in English.
 */

import { asCounted, type State, stateFor } from './certain.ts';
import { type AreaDistance, areaDistances } from './distance.ts';
import { holdsIn, territoryOf } from './holds.ts';
import { printPercent, printRational, type Rational, rational } from './rational.ts';
import type { Condition, Leaf, TerritoryCondition, Threshold } from './rule.ts';
import { type StakesReport, stakesReport } from './stakes.ts';
import { denominatorOf, strongestRival, type World } from './tally.ts';

/** "More than" or "at least" a part of one: `1/2`, `50`. */
export interface ThresholdFact {
	readonly op: 'gt' | 'gte';
	readonly exact: string;
	readonly percent: string;
}

interface Measured {
	/** Name of the denominator. */
	readonly of: string;
	readonly part: number;
	readonly whole: number;
	/** Absent when the denominator is zero. */
	readonly exact?: string;
	/** Per cent, or percentage points of a lead; four decimals, half up. */
	readonly percent?: string;
	readonly needed: ThresholdFact;
	readonly holds: boolean;
}

/** The stakes of an area stand beside its distance where whoever gives the totals says them. */
export interface AreaFact extends Partial<StakesReport> {
	readonly area: string;
	readonly holds: boolean;
	readonly state: State;
	/** Ballots to switch before `holds` changes; 'none' when no number does. */
	readonly distance_switched: number | 'none';
}

export type Fact =
	| ({ readonly kind: 'share' } & Measured)
	/** `over` is absent when there is no rival. */
	| ({ readonly kind: 'lead'; readonly over?: string } & Measured)
	| ({ readonly kind: 'turnout' } & Measured)
	| { readonly kind: 'rank'; readonly ahead: number; readonly level: number; readonly holds: boolean }
	| {
			/** Weights are areas, or electors of areas. */
			readonly kind: 'areas' | 'area' | 'electors';
			/** The level, or the id of the one area. */
			readonly name: string;
			readonly reached: number;
			readonly needed: number;
			readonly whole: number;
			readonly holds: boolean;
			/** Nearest to turning over first. */
			readonly areas: readonly AreaFact[];
	  };

/** One fact for each leaf of the condition, in its order, on the totals as they stand. */
export function factsOf(
	condition: Condition,
	candidate: number,
	world: World,
	ids: readonly string[],
): readonly Fact[] {
	if (condition.kind === 'all' || condition.kind === 'any') {
		return condition.parts.flatMap((part) => factsOf(part, candidate, world, ids));
	}
	return [leafFact(condition, candidate, world, ids)];
}

function leafFact(leaf: Leaf, candidate: number, world: World, ids: readonly string[]): Fact {
	const { total, eligible } = world;
	const own = total.votes[candidate] ?? 0n;
	const holds = holdsIn(leaf, candidate, asCounted(world), asCounted(world).total);
	switch (leaf.kind) {
		case 'share':
			return { kind: 'share', ...measured(own, leaf.of, leaf.threshold, world), holds };
		case 'lead': {
			const rival = strongestRival(eligible, total.votes, candidate);
			const lead = own - (rival === undefined ? 0n : (total.votes[rival] ?? 0n));
			const over = rival === undefined ? undefined : ids[rival];
			return {
				kind: 'lead',
				...(over === undefined ? {} : { over }),
				...measured(lead, leaf.of, leaf.threshold, world),
				holds,
			};
		}
		case 'turnout': {
			const cast = denominatorOf(total, world.denominators, leaf.cast);
			return { kind: 'turnout', ...measured(cast, leaf.of, leaf.threshold, world), holds };
		}
		case 'rank': {
			const rivals = total.votes.filter((_, index) => index !== candidate && eligible[index] === true);
			const ahead = rivals.filter((votes) => votes > own).length;
			return { kind: 'rank', ahead, level: rivals.filter((votes) => votes === own).length, holds };
		}
		default:
			return territoryFact(leaf, candidate, world, holds);
	}
}

function measured(part: bigint, of: string, threshold: Threshold, world: World): Omit<Measured, 'holds'> {
	const whole = denominatorOf(world.total, world.denominators, of);
	const plain = { of, part: Number(part), whole: Number(whole), needed: thresholdFact(threshold) };
	if (whole === 0n) return plain;
	const value: Rational = rational(part, whole);
	return { ...plain, exact: printRational(value), percent: printPercent(value) };
}

function thresholdFact({ op, value }: Threshold): ThresholdFact {
	return { op, exact: printRational(value), percent: printPercent(value) };
}

function territoryFact(leaf: TerritoryCondition, candidate: number, world: World, holds: boolean): Fact {
	const counted = asCounted(world);
	const { items, where, needed, whole } = territoryOf(leaf, counted);
	let reached = 0n;
	for (const { area, weight } of items) if (holdsIn(where, candidate, counted, area.figures)) reached += weight;
	const areas = new Map(territoryOf(leaf, world).items.map(({ area }) => [area.id, area]));
	const areaFact = (distance: AreaDistance): AreaFact => {
		const { figures: total = world.total, stakes } = areas.get(distance.area) ?? {};
		const state = stateFor(where, candidate, { ...world, total, areas: new Map() });
		return {
			area: distance.area,
			holds: distance.holds,
			state,
			distance_switched: plainDistance(distance.switched),
			...(stakes === undefined ? {} : stakesReport(stakes, distance.switched, where)),
		};
	};
	return {
		kind: leaf.kind,
		name: leaf.kind === 'area' ? leaf.area : leaf.level,
		reached: Number(reached),
		needed: Number(needed),
		whole: Number(whole),
		holds,
		areas: areaDistances(leaf, candidate, counted).map(areaFact),
	};
}

export function plainDistance(switched: bigint | undefined): number | 'none' {
	return switched === undefined ? 'none' : Number(switched);
}

export interface JudgedAreas {
	/** Areas with returns in question. */
	readonly concerned: number;
	/** Of these: too few ballots to turn the area over, together; and enough. The rest cannot be said. */
	readonly few: number;
	readonly enough: number;
}

export function judgedAreas(areas: readonly AreaFact[]): JudgedAreas {
	const concerned = areas.filter(({ stakes = [] }) => stakes.some(({ stations }) => stations > 0));
	const judged = (enough: boolean) => concerned.filter((area) => area.stakes_together?.enough === enough).length;
	return { concerned: concerned.length, few: judged(false), enough: judged(true) };
}
