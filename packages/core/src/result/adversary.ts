/**
 * Whether some completion of the outstanding returns keeps a candidate from meeting a condition (RS9). The condition is
 * written as clauses, all of which must hold, each of which is an "or" of leaves; it fails where one clause fails, and a
 * clause fails where all its leaves fail together. `false` is always a proof; RS9 says for which clauses `true` is one too.
 */
import {
	ballotsForRival,
	ballotsForRivalAlone,
	ballotsForShares,
	needsRival,
	rivalsOf,
	type Supply,
	supplyOf,
	type Target,
} from './breaking.ts';
import { territoryOf } from './holds.ts';
import type { Condition, Leaf, TerritoryCondition, UnitCondition } from './rule.ts';
import type { Figures, World } from './tally.ts';
import { leastCost } from './territory.ts';

type Clause = readonly Leaf[];

const CLAUSES_MAX = 512;

/** Clauses whose "and" is the condition; `undefined` when there would be more than 512. */
export function clausesOf(condition: Condition): readonly Clause[] | undefined {
	if (condition.kind !== 'all' && condition.kind !== 'any') return [[condition]];
	let clauses: readonly Clause[] = condition.kind === 'all' ? [] : [[]];
	for (const part of condition.parts) {
		const more = clausesOf(part);
		if (more === undefined) return undefined;
		if (condition.kind === 'all') clauses = [...clauses, ...more];
		else if (clauses.length * more.length > CLAUSES_MAX) return undefined;
		else clauses = clauses.flatMap((clause) => more.map((other) => [...clause, ...other]));
		if (clauses.length > CLAUSES_MAX) return undefined;
	}
	return clauses;
}

/** False only when the candidate meets the condition in every completion. */
export function canFail(condition: Condition, candidate: number, world: World): boolean {
	const clauses = clausesOf(condition);
	return clauses === undefined || clauses.some((clause) => clauseCanFail(clause, candidate, world));
}

function isTerritory(leaf: Leaf): leaf is TerritoryCondition {
	return leaf.kind === 'areas' || leaf.kind === 'area' || leaf.kind === 'electors';
}

function clauseCanFail(clause: Clause, candidate: number, world: World): boolean {
	const areas = clause.filter(isTerritory);
	const conditions = clause.filter((leaf): leaf is UnitCondition => !isTerritory(leaf));
	if (!areas.every((one) => divertedBallots(one, candidate, world, undefined) !== undefined)) return false;
	if (world.total.room === undefined || conditions.length === 0) return true;
	const target: Target = { figures: world.total, conditions, candidate, world };
	const supply = supplyOf(target);
	if (supply === undefined) return false;
	if (conditions.some((one) => one.kind === 'turnout')) {
		for (const one of areas) {
			const ballots = leastBallots(one, candidate, world);
			// Ballots of a category that the turnout leaves out may be among them.
			if (ballots === undefined || ballots > supply.all) return false;
		}
	}
	const shares = ballotsForShares(target);
	if (shares === undefined || shares > supply.all) return false;
	if (!needsRival(conditions)) return true;
	return orNobody(rivalsOf(world, candidate)).some((rival) => rivalCanBreak(target, supply, rival, areas));
}

function orNobody(rivals: readonly number[]): readonly (number | undefined)[] {
	return rivals.length === 0 ? [undefined] : rivals;
}

/** All ballots but those that areas need for other rivals go to this one. */
function rivalCanBreak(
	target: Target,
	supply: Supply,
	rival: number | undefined,
	areas: readonly TerritoryCondition[],
): boolean {
	const need = ballotsForRival(target, rival, supply.all);
	if (need === undefined || need > supply.cast) return false;
	return areas.every((one) => {
		const diverted = divertedBallots(one, target.candidate, target.world, rival);
		return diverted !== undefined && need <= supply.cast - diverted;
	});
}

/** The least number of ballots that must go to others than `favourite` for the condition on areas to fail. */
function divertedBallots(
	condition: TerritoryCondition,
	candidate: number,
	world: World,
	favourite: number | undefined,
): bigint | undefined {
	return leastOverAreas(condition, world, (target) => diversionIn(target, favourite), candidate);
}

/** The least number of ballots with which the condition on areas fails. */
function leastBallots(condition: TerritoryCondition, candidate: number, world: World): bigint | undefined {
	return leastOverAreas(condition, world, ballotsIn, candidate);
}

function leastOverAreas(
	condition: TerritoryCondition,
	world: World,
	price: (target: Target) => bigint | undefined,
	candidate: number,
): bigint | undefined {
	const territory = territoryOf(condition, world);
	const clauses = clausesOf(territory.where);
	if (clauses === undefined) return 0n;
	const items = territory.items.map(({ area, weight }) => {
		return { weight, cost: cheapestClause(clauses, area.figures, candidate, world, price) };
	});
	return leastCost(items, territory.whole - territory.needed + 1n);
}

function cheapestClause(
	clauses: readonly Clause[],
	figures: Figures,
	candidate: number,
	world: World,
	price: (target: Target) => bigint | undefined,
): bigint | undefined {
	if (figures.room === undefined) return 0n;
	let least: bigint | undefined;
	for (const clause of clauses) {
		const conditions = clause.filter((leaf): leaf is UnitCondition => !isTerritory(leaf));
		const cost = price({ figures, conditions, candidate, world });
		if (cost !== undefined && (least === undefined || cost < least)) least = cost;
	}
	return least;
}

function diversionIn(target: Target, favourite: number | undefined): bigint | undefined {
	const supply = supplyOf(target);
	const shares = ballotsForShares(target);
	if (supply === undefined || shares === undefined || shares > supply.all) return undefined;
	if (!needsRival(target.conditions)) return 0n;
	let least: bigint | undefined;
	for (const rival of orNobody(rivalsOf(target.world, target.candidate))) {
		const need = ballotsForRival(target, rival, supply.all);
		if (need === undefined || need > supply.cast) continue;
		const cost = rival === favourite ? 0n : need;
		if (least === undefined || cost < least) least = cost;
	}
	return least;
}

function ballotsIn(target: Target): bigint | undefined {
	const supply = supplyOf(target);
	const shares = ballotsForShares(target);
	if (supply === undefined || shares === undefined) return undefined;
	let least: bigint | undefined;
	for (const rival of orNobody(rivalsOf(target.world, target.candidate))) {
		const need = needsRival(target.conditions) ? ballotsForRivalAlone(target, rival) : 0n;
		if (need === undefined) continue;
		const ballots = need > shares ? need : shares;
		if (ballots <= supply.all && need <= supply.cast && (least === undefined || ballots < least)) least = ballots;
	}
	return least;
}
