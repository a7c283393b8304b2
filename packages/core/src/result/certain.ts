/**
 * Three values (RS9): what is certain, impossible or open while returns are outstanding, for a candidate and a condition, for the
 * condition as a whole, and for the outcome of the round. "Certain" and "impossible" are proofs over every completion.
 */
import { canFail } from './adversary.ts';
import { carrierOf, finalOutcome, type IndexOutcome, otherwiseOutcome } from './final.ts';
import { holds } from './holds.ts';
import type { Condition, Otherwise, Round } from './rule.ts';
import { allTo, completionFor, type FigureArea, strongestRival, type World } from './tally.ts';

export type State = 'met' | 'cannot' | 'open';

/** Nothing is outstanding, in the contest or in any area. */
export function isComplete(world: World): boolean {
	return (
		world.total.room === 0n && [...world.areas.values()].every((list) => list.every((area) => area.figures.room === 0n))
	);
}

/** The same figures with nothing outstanding: what the condition says of the totals as they stand. */
export function asCounted(world: World): World {
	const areas = new Map<string, readonly FigureArea[]>();
	for (const [level, list] of world.areas) {
		areas.set(
			level,
			list.map((area) => ({ ...area, figures: { ...area.figures, room: 0n } })),
		);
	}
	return { ...world, areas, total: { ...world.total, room: 0n } };
}

export function stateFor(condition: Condition, candidate: number, world: World): State {
	if (isComplete(world)) return holds(condition, candidate, world) ? 'met' : 'cannot';
	if (!holds(condition, candidate, completionFor(world, candidate))) return 'cannot';
	return canFail(condition, candidate, world) ? 'open' : 'met';
}

/** Met when some one candidate meets it in every completion; cannot when no candidate does in any. */
export function stateOf(states: readonly State[]): State {
	if (states.includes('met')) return 'met';
	return states.every((state) => state === 'cannot') ? 'cannot' : 'open';
}

/** The outcome that every completion has, or `undefined` while it is open. */
export function decidedOutcome(round: Round, world: World): IndexOutcome | undefined {
	if (isComplete(world)) return finalOutcome(round, world);
	const indexes = world.eligible.map((_, index) => index);
	const states = indexes.map((candidate) => stateFor(round.elect, candidate, world));
	if (states.every((state) => state === 'cannot')) {
		if (round.otherwise === undefined) return { kind: 'nobody' };
		return otherwiseIsFixed(round.otherwise, world) ? otherwiseOutcome(round.otherwise, world) : undefined;
	}
	const winner = indexes.find(
		(candidate) => states[candidate] === 'met' && !indexes.some((other) => canOvertake(round, candidate, other, world)),
	);
	return winner === undefined ? undefined : { kind: 'elected', candidate: winner };
}

/** Whether `other` can meet the condition and have as many votes: best tried with everything for `other`. */
function canOvertake(round: Round, candidate: number, other: number, world: World): boolean {
	if (other === candidate || world.eligible[other] !== true) return false;
	const best = completionFor(world, other);
	if (!holds(round.elect, other, best)) return false;
	return best.total.room === undefined || (best.total.votes[other] ?? 0n) >= (best.total.votes[candidate] ?? 0n);
}

function otherwiseIsFixed(otherwise: Otherwise, world: World): boolean {
	if (otherwise.kind === 'top') return topIsFixed(otherwise.places, world);
	return otherwise.kind === 'most-areas' ? mostAreasIsFixed(otherwise.level, world) : true;
}

/** Every candidate's place inside or outside the first `places` is the same in every completion. */
function topIsFixed(places: number, world: World): boolean {
	const { room, votes } = world.total;
	if (room === undefined) return false;
	if (room === 0n) return true;
	return votes.every((own, candidate) => {
		if (world.eligible[candidate] !== true) return true;
		const rivals = votes.filter((_, index) => index !== candidate && world.eligible[index] === true);
		const inside = rivals.filter((other) => other > own).length < places;
		if (!inside) return rivals.filter((other) => other > own + room).length >= places;
		const gaps = rivals
			.map((other) => (other > own ? 0n : own + 1n - other))
			.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
		const price = gaps.slice(0, places).reduce((sum, gap) => sum + gap, 0n);
		return gaps.length < places || price > room;
	});
}

/** Sound, not exact (RS9): the leader, who carries each area, and every pair's order by votes are fixed. */
function mostAreasIsFixed(level: string, world: World): boolean {
	const { room, votes } = world.total;
	if (room === undefined) return false;
	const ranked = votes
		.filter((_, index) => world.eligible[index] === true)
		.sort((a, b) => (a > b ? -1 : a < b ? 1 : 0));
	const apart = ranked.every((own, place) => place === 0 || (ranked[place - 1] ?? 0n) - own > room);
	if (room > 0n && !apart) return false;
	return (world.areas.get(level) ?? []).every((area) => area.figures.room === 0n || carrierIsFixed(area, world));
}

function carrierIsFixed(area: FigureArea, world: World): boolean {
	if (area.figures.room === undefined) return false;
	const carrier = carrierOf(world.eligible, area.figures.votes);
	if (carrier === undefined) return false;
	const rival = strongestRival(world.eligible, area.figures.votes, carrier);
	return rival === undefined || (allTo(area.figures, rival).votes[rival] ?? 0n) < (area.figures.votes[carrier] ?? 0n);
}
