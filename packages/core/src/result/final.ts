/**
 * The outcome of one round on final totals (RS6, RS7, RS8): who is elected, who advances, or what else the law says. It takes the
 * figures as the last word; whether they are is for `certain.ts`.
 */
import { unreachable } from '../std/result.ts';
import { holds } from './holds.ts';
import type { Otherwise, Round, TieRule } from './rule.ts';
import { strongestRival, type World } from './tally.ts';

/** Candidates by index; of a runoff the ones with more votes first, then the order of the form. */
export type IndexOutcome =
	| { readonly kind: 'elected'; readonly candidate: number }
	| { readonly kind: 'runoff'; readonly candidates: readonly number[] }
	| { readonly kind: 'tie'; readonly candidates: readonly number[]; readonly by: TieRule | 'unsettled' }
	| { readonly kind: 'refer'; readonly to: string }
	| { readonly kind: 'special'; readonly code: string }
	| { readonly kind: 'rerun' }
	| { readonly kind: 'nobody' };

export function finalOutcome(round: Round, world: World): IndexOutcome {
	const meeting = eligibleOnes(world).filter((candidate) => holds(round.elect, candidate, world));
	const best = firstAmong(meeting, world);
	const [only] = best;
	if (only !== undefined && best.length === 1) return { kind: 'elected', candidate: only };
	if (best.length > 1) return { kind: 'tie', candidates: best, by: round.tie ?? 'unsettled' };
	return round.otherwise === undefined ? { kind: 'nobody' } : otherwiseOutcome(round.otherwise, world);
}

export function otherwiseOutcome(otherwise: Otherwise, world: World): IndexOutcome {
	switch (otherwise.kind) {
		case 'top':
			return advance(topPlaces(otherwise.places, world));
		case 'most-areas':
			return advance(leaderAndMostAreas(otherwise.level, world));
		case 'refer':
		case 'special':
		case 'rerun':
			return otherwise;
		default:
			return unreachable(otherwise);
	}
}

/** Where nobody can be elected any more nobody advances: there is no runoff between none. */
function advance(candidates: readonly number[]): IndexOutcome {
	return candidates.length === 0 ? { kind: 'nobody' } : { kind: 'runoff', candidates };
}

function eligibleOnes(world: World): readonly number[] {
	return world.eligible.flatMap((eligible, index) => (eligible ? [index] : []));
}

function votesOf(world: World, candidate: number): bigint {
	return world.total.votes[candidate] ?? 0n;
}

function firstAmong(candidates: readonly number[], world: World): readonly number[] {
	const most = candidates.reduce((best, one) => (votesOf(world, one) > best ? votesOf(world, one) : best), -1n);
	return candidates.filter((one) => votesOf(world, one) === most);
}

function byVotes(candidates: readonly number[], world: World): readonly number[] {
	return [...candidates].sort((a, b) => {
		const difference = votesOf(world, b) - votesOf(world, a);
		return difference < 0n ? -1 : difference > 0n ? 1 : a - b;
	});
}

/** RS7: everyone with fewer than `places` eligible candidates strictly ahead, so that equal votes widen the runoff. */
function topPlaces(places: number, world: World): readonly number[] {
	const all = eligibleOnes(world);
	const advancing = all.filter(
		(one) => all.filter((other) => votesOf(world, other) > votesOf(world, one)).length < places,
	);
	return byVotes(advancing, world);
}

/** The eligible candidate with strictly the most votes of an area, if there is one. */
export function carrierOf(eligible: readonly boolean[], votes: readonly bigint[]): number | undefined {
	const best = strongestRival(eligible, votes, -1);
	if (best === undefined) return undefined;
	const second = strongestRival(eligible, votes, best);
	return (votes[best] ?? 0n) > (second === undefined ? 0n : (votes[second] ?? 0n)) ? best : undefined;
}

/** RS8: all who share the first place; of the others who carry the most areas, those with the most votes. */
function leaderAndMostAreas(level: string, world: World): readonly number[] {
	const all = eligibleOnes(world);
	const leaders = firstAmong(all, world);
	const carried = (world.areas.get(level) ?? []).map((area) => carrierOf(world.eligible, area.figures.votes));
	const areasOf = (one: number): number => carried.filter((carrier) => carrier === one).length;
	const others = all.filter((one) => !leaders.includes(one));
	const most = others.reduce((best, one) => Math.max(best, areasOf(one)), 0);
	const second = firstAmong(
		others.filter((one) => areasOf(one) === most),
		world,
	);
	return byVotes([...leaders, ...second], world);
}
