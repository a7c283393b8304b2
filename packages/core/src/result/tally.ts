/**
 * What a result is computed from (RS3, RS4 of spec/results.md): verified totals of the contest and of its areas, with what
 * is still outstanding in each, and the figures that conditions read. It does not know returns, stages or statements.
 */
import { assert } from '../std/result.ts';
import type { ResultRule } from './rule.ts';
import type { Stakes } from './stakes.ts';

/** A named sum of counted fields, or the register of the package. */
export type Denominator = 'registered' | { readonly candidates: boolean; readonly categories: readonly string[] };

export type Denominators = Readonly<Record<string, Denominator>>;

export interface TallyUnit {
	/** By the order of `ResultInput.candidates`. */
	readonly votes: readonly number[];
	/** Counted fields that are not candidates: blank, null, rejected… */
	readonly categories: Readonly<Record<string, number>>;
	readonly registered: number;
	/** The sum of the ceilings of due returns that are not in the tally. */
	readonly outstanding: number | 'unbounded';
	readonly outstandingStations: number;
}

export interface TallyArea {
	readonly id: string;
	readonly unit: TallyUnit;
	/** Electors of the area, where the rule counts them. */
	readonly electors?: number;
	/** What is at stake in returns of the area; absent: nobody says. */
	readonly stakes?: Stakes;
}

export interface ResultCandidate {
	readonly id: string;
	/** False for a candidate who was withdrawn or disqualified: the votes stay in the denominators and nowhere else. */
	readonly eligible: boolean;
}

export interface ResultInput {
	readonly candidates: readonly ResultCandidate[];
	readonly total: TallyUnit;
	/** Level → its areas. They need not cover the total: votes from abroad may lie in no area of a level. */
	readonly areas: ReadonlyMap<string, readonly TallyArea[]>;
}

/** A contest's rule with the data it names; `round` counts from 1. */
export interface ResultContest {
	readonly rule: ResultRule;
	readonly round: number;
	readonly denominators: Denominators;
}

/** The figures of one unit as conditions read them. */
export interface Figures {
	readonly votes: readonly bigint[];
	readonly categories: Readonly<Record<string, bigint>>;
	readonly registered: bigint;
	/** Ballots that may still come; `undefined` when there is no ceiling. */
	readonly room: bigint | undefined;
}

export interface FigureArea {
	readonly id: string;
	readonly figures: Figures;
	/** `undefined` where the totals give none; a rule that counts electors stops there. */
	readonly electors: bigint | undefined;
	readonly stakes?: Stakes;
}

/** One state of the whole contest: as counted, or one completion of it. */
export interface World {
	readonly eligible: readonly boolean[];
	readonly denominators: Denominators;
	readonly total: Figures;
	readonly areas: ReadonlyMap<string, readonly FigureArea[]>;
}

export function worldOf(input: ResultInput, denominators: Denominators): World {
	const areas = new Map<string, readonly FigureArea[]>();
	for (const [level, list] of input.areas) {
		areas.set(
			level,
			list.map(({ id, unit, electors, stakes }) => ({
				id,
				figures: figuresOf(unit, input),
				electors: electors === undefined ? undefined : count(electors),
				...(stakes === undefined ? {} : { stakes }),
			})),
		);
	}
	const total = figuresOf(input.total, input);
	const endless = [...areas.values()].some((list) => list.some((area) => area.figures.room === undefined));
	const eligible = input.candidates.map((candidate) => candidate.eligible);
	return { eligible, denominators, areas, total: endless ? { ...total, room: undefined } : total };
}

function figuresOf(unit: TallyUnit, input: ResultInput): Figures {
	assert(unit.votes.length === input.candidates.length, 'every unit has one figure for each candidate');
	return {
		votes: unit.votes.map(count),
		categories: Object.fromEntries(Object.entries(unit.categories).map(([id, votes]) => [id, count(votes)])),
		registered: count(unit.registered),
		room: unit.outstanding === 'unbounded' ? undefined : count(unit.outstanding),
	};
}

function count(value: number): bigint {
	assert(Number.isSafeInteger(value) && value >= 0, 'counts are safe integers, zero or more');
	return BigInt(value);
}

export function definitionOf(denominators: Denominators, name: string): Denominator {
	const definition = denominators[name];
	assert(definition !== undefined, `the contest defines the denominator ${name}`);
	assert(definition === 'registered' || definition.candidates, `the denominator ${name} counts the candidates' votes`);
	return definition;
}

/** The value of a named denominator in a unit. */
export function denominatorOf(figures: Figures, denominators: Denominators, name: string): bigint {
	const definition = definitionOf(denominators, name);
	if (definition === 'registered') return figures.registered;
	let sum = figures.votes.reduce((all, votes) => all + votes, 0n);
	for (const category of definition.categories) sum += figures.categories[category] ?? 0n;
	return sum;
}

/** The index of the eligible candidate other than `candidate` with the most votes; `undefined` when there is none. */
export function strongestRival(
	eligible: readonly boolean[],
	votes: readonly bigint[],
	candidate: number,
): number | undefined {
	let best: number | undefined;
	votes.forEach((number, index) => {
		if (index === candidate || eligible[index] !== true) return;
		if (best === undefined || number > (votes[best] ?? 0n)) best = index;
	});
	return best;
}

/** The figures with `ballots` added for one candidate and the room used up; a unit without a ceiling stays as it is. */
export function allTo(figures: Figures, candidate: number): Figures {
	const { room } = figures;
	if (room === undefined) return figures;
	return {
		...figures,
		votes: figures.votes.map((votes, index) => (index === candidate ? votes + room : votes)),
		room: 0n,
	};
}

/** The completion in which everything outstanding, everywhere, is for one candidate. */
export function completionFor(world: World, candidate: number): World {
	const areas = new Map<string, readonly FigureArea[]>();
	for (const [level, list] of world.areas)
		areas.set(
			level,
			list.map((area) => ({ ...area, figures: allTo(area.figures, candidate) })),
		);
	return { ...world, total: allTo(world.total, candidate), areas };
}
