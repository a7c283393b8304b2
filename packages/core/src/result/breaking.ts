/**
 * What it takes to keep one candidate from meeting conditions on one unit's figures, when the ballots still to come are an
 * adversary's (RS9). None of them goes to the candidate: that never helps the adversary. A ballot for a rival raises every denominator and the rival;
 * so only three numbers matter: how many ballots come, how many of them one rival gets, how few must come for a turnout.
 */
import { ceilDivide, floorDivide } from './rational.ts';
import type { Threshold, UnitCondition } from './rule.ts';
import { definitionOf, denominatorOf, type Figures, type World } from './tally.ts';

/** One unit, the conditions that must all fail in it, and the candidate who would meet them. */
export interface Target {
	readonly figures: Figures;
	readonly conditions: readonly UnitCondition[];
	readonly candidate: number;
	readonly world: World;
}

/** Ballots that may come in a unit with room: at all, and within every turnout that must fail. */
export interface Supply {
	readonly all: bigint;
	readonly cast: bigint;
}

export function rivalsOf(world: World, candidate: number): readonly number[] {
	return world.eligible.flatMap((eligible, index) => (eligible && index !== candidate ? [index] : []));
}

export function needsRival(conditions: readonly UnitCondition[]): boolean {
	return conditions.some((condition) => condition.kind === 'lead' || condition.kind === 'rank');
}

/** `undefined` when a turnout among the conditions is reached already. The unit must have a ceiling. */
export function supplyOf(target: Target): Supply | undefined {
	const { figures, world } = target;
	const room = figures.room ?? 0n;
	let cast = room;
	let covered = true;
	for (const condition of target.conditions) {
		if (condition.kind !== 'turnout') continue;
		const whole = denominatorOf(figures, world.denominators, condition.of);
		if (whole === 0n) continue;
		const { num, den } = condition.threshold.value;
		const most = condition.threshold.op === 'gt' ? floorDivide(num * whole, den) : ceilDivide(num * whole, den) - 1n;
		const left = most - denominatorOf(figures, world.denominators, condition.cast);
		if (left < 0n) return undefined;
		if (left < cast) cast = left;
		if (!coversAll(target, condition.cast)) covered = false;
	}
	return { all: covered ? cast : room, cast };
}

function coversAll({ figures, world }: Target, name: string): boolean {
	const definition = definitionOf(world.denominators, name);
	return (
		definition !== 'registered' &&
		Object.keys(figures.categories).every((category) => definition.categories.includes(category))
	);
}

/** The least number of ballots that makes every share among the conditions fail; `undefined` when none does. */
export function ballotsForShares(target: Target): bigint | undefined {
	let least = 0n;
	for (const condition of target.conditions) {
		if (condition.kind !== 'share') continue;
		const own = target.figures.votes[target.candidate] ?? 0n;
		const { whole, grows } = wholeOf(target, condition.of);
		if (own === 0n || whole === 0n) continue;
		const { num, den } = condition.threshold.value;
		const need =
			(condition.threshold.op === 'gt' ? ceilDivide(own * den, num) : floorDivide(own * den, num) + 1n) - whole;
		if (need > 0n && !grows) return undefined;
		if (need > least) least = need;
	}
	return least;
}

function wholeOf({ figures, world }: Target, name: string): { readonly whole: bigint; readonly grows: boolean } {
	const grows = definitionOf(world.denominators, name) !== 'registered';
	return { whole: denominatorOf(figures, world.denominators, name), grows };
}

/**
 * The least number of ballots for `rival` (`undefined`: there is no rival) that makes every lead and rank among the
 * conditions fail when `coming` ballots come in all; `undefined` when none does.
 */
export function ballotsForRival(target: Target, rival: number | undefined, coming: bigint): bigint | undefined {
	let least = 0n;
	for (const condition of target.conditions) {
		if (condition.kind !== 'lead' && condition.kind !== 'rank') continue;
		const own = target.figures.votes[target.candidate] ?? 0n;
		const gap = own - (rival === undefined ? 0n : (target.figures.votes[rival] ?? 0n));
		let need: bigint;
		if (condition.kind === 'rank') {
			if (rival === undefined) return undefined;
			need = gap + 1n;
		} else {
			const { whole, grows } = wholeOf(target, condition.of);
			if (own === 0n || whole === 0n) continue;
			need = leadNeed(gap, whole + (grows ? coming : 0n), condition.threshold, 0n);
		}
		if (rival === undefined && need > 0n) return undefined;
		if (need > least) least = need;
	}
	return least;
}

/** The same when only ballots for `rival` come: then each of them also raises the denominator. */
export function ballotsForRivalAlone(target: Target, rival: number | undefined): bigint | undefined {
	let least = 0n;
	for (const condition of target.conditions) {
		if (condition.kind !== 'lead' && condition.kind !== 'rank') continue;
		const own = target.figures.votes[target.candidate] ?? 0n;
		const gap = own - (rival === undefined ? 0n : (target.figures.votes[rival] ?? 0n));
		if (condition.kind === 'rank') {
			if (rival === undefined) return undefined;
			if (gap + 1n > least) least = gap + 1n;
			continue;
		}
		const { whole, grows } = wholeOf(target, condition.of);
		if (own === 0n || whole === 0n) continue;
		const { value } = condition.threshold;
		const perBallot = grows ? value.num : 0n;
		if (rival === undefined && perBallot === 0n && leadNeed(gap, whole, condition.threshold, 0n) > 0n) return undefined;
		const need = leadNeed(gap, whole, condition.threshold, perBallot, rival === undefined ? 0n : 1n);
		if (need > least) least = need;
	}
	return least;
}

/** Least y ≥ 0 with (gap − each·y)/whole failing the threshold, where each ballot also adds `perBallot` to the right-hand side. */
function leadNeed(gap: bigint, whole: bigint, { op, value }: Threshold, perBallot: bigint, each = 1n): bigint {
	const excess = gap * value.den - value.num * whole;
	const slope = each * value.den + perBallot;
	if (slope === 0n) return excess > 0n || (op === 'gte' && excess === 0n) ? 1n : 0n;
	const need = op === 'gt' ? ceilDivide(excess, slope) : floorDivide(excess, slope) + 1n;
	return need < 0n ? 0n : need;
}
