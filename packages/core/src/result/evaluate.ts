/**
 * The result of a contest as it stands, as plain data (RS9–RS11): the outcome if it is decided, and each named condition of the round with its
 * state, facts, distance, stakes and sentence. It takes verified totals from its caller and does not know how they came about.
 */
import { assert } from '../std/result.ts';
import { asCounted, decidedOutcome, isComplete, type State, stateFor, stateOf } from './certain.ts';
import { nameOf } from './describe.ts';
import { type Distance, distanceOf } from './distance.ts';
import { type Fact, factsOf, plainDistance } from './facts.ts';
import { finalOutcome, type IndexOutcome } from './final.ts';
import { holds } from './holds.ts';
import { type Condition, namedConditions, type Round, type RuleText, type TieRule } from './rule.ts';
import { sentenceOf } from './sentence.ts';
import { type Stake, type Stakes, type StakesReport, stakesReport } from './stakes.ts';
import { completionFor, type ResultContest, type ResultInput, strongestRival, type World, worldOf } from './tally.ts';

export type Outcome =
	| { readonly kind: 'elected'; readonly candidate: string }
	| { readonly kind: 'runoff'; readonly candidates: readonly string[] }
	| { readonly kind: 'tie'; readonly candidates: readonly string[]; readonly by: TieRule | 'unsettled' }
	| { readonly kind: 'refer'; readonly to: string }
	| { readonly kind: 'special'; readonly code: string }
	| { readonly kind: 'rerun' }
	| { readonly kind: 'nobody' };

export interface ConditionReport extends StakesReport {
	readonly id: string;
	readonly text?: RuleText;
	/** The text in English, or a description. */
	readonly name: string;
	readonly state: State;
	/** Candidate → state. */
	readonly candidates: Readonly<Record<string, State>>;
	/** The candidate whom the rest is about: who meets it, else who still can, else who leads. Absent when nobody can be elected. */
	readonly about?: string;
	/** Whether that candidate meets it on the totals as they stand. */
	readonly holds: boolean;
	readonly facts: readonly Fact[];
	readonly outstanding: Stake;
	/** While open: the rival for whom all outstanding ballots would make it fail. */
	readonly extremes?: { readonly failsWith?: string };
	readonly distance_switched: number | 'none';
	/** False: fewer ballots cannot change it, but so many may not be enough. */
	readonly distance_exact: boolean;
	readonly sentence: string;
}

export interface ResultReport {
	readonly round: number;
	readonly complete: boolean;
	/** What every completion says, or `open`. */
	readonly decided: Outcome | 'open';
	/** What the totals would say if nothing more came. */
	readonly as_counted: Outcome;
	readonly conditions: readonly ConditionReport[];
}

function roundOf(contest: ResultContest): Round {
	const round = contest.rule.rounds[contest.round - 1];
	assert(round !== undefined, `the rule has a round ${contest.round}`);
	return round;
}

/** The two outcomes alone, without what is said of each condition. */
export function decidedAndCounted(
	contest: ResultContest,
	input: ResultInput,
): Pick<ResultReport, 'decided' | 'as_counted'> {
	const round = roundOf(contest);
	const world = worldOf(input, contest.denominators);
	const ids = input.candidates.map((candidate) => candidate.id);
	const decided = decidedOutcome(round, world);
	return {
		decided: decided === undefined ? 'open' : named(decided, ids),
		as_counted: named(finalOutcome(round, asCounted(world)), ids),
	};
}

export function evaluateResult(contest: ResultContest, input: ResultInput, stakes: Stakes): ResultReport {
	const round = roundOf(contest);
	const world = worldOf(input, contest.denominators);
	const ids = input.candidates.map((candidate) => candidate.id);
	return {
		round: contest.round,
		complete: isComplete(world),
		...decidedAndCounted(contest, input),
		conditions: namedConditions(round.elect).map((condition) => reportOn(condition, world, ids, input, stakes)),
	};
}

function named(outcome: IndexOutcome, ids: readonly string[]): Outcome {
	const idOf = (index: number): string => ids[index] ?? '';
	switch (outcome.kind) {
		case 'elected':
			return { kind: 'elected', candidate: idOf(outcome.candidate) };
		case 'runoff':
			return { kind: 'runoff', candidates: outcome.candidates.map(idOf) };
		case 'tie':
			return { kind: 'tie', candidates: outcome.candidates.map(idOf), by: outcome.by };
		default:
			return outcome;
	}
}

function reportOn(
	condition: Condition & { readonly id: string },
	world: World,
	ids: readonly string[],
	input: ResultInput,
	stakes: Stakes,
): ConditionReport {
	const states = ids.map((_, candidate) => stateFor(condition, candidate, world));
	const about = subjectOf(states, world);
	const counted = asCounted(world);
	const state = stateOf(states);
	const distance: Distance =
		about === undefined ? { holds: false, switched: undefined, exact: true } : distanceOf(condition, about, counted);
	const { outstandingStations: stations, outstanding: ballots } = input.total;
	const report = {
		id: condition.id,
		...(condition.text === undefined ? {} : { text: condition.text }),
		name: nameOf(condition),
		state,
		candidates: Object.fromEntries(ids.map((id, index) => [id, states[index] ?? 'cannot'])),
		...(about === undefined ? {} : { about: ids[about] ?? '' }),
		holds: distance.holds,
		facts: about === undefined ? [] : factsOf(condition, about, world, ids),
		outstanding: { stations, ballots },
		...(state === 'open' && about !== undefined ? { extremes: extremesOf(condition, about, world, ids) } : {}),
		distance_switched: plainDistance(distance.switched),
		distance_exact: distance.exact,
		...stakesReport(stakes, distance.switched, condition),
	};
	return { ...report, sentence: sentenceOf(report) };
}

/** The strongest of those who meet it, else of those who still can, else of all who can be elected. */
function subjectOf(states: readonly State[], world: World): number | undefined {
	const strongestOf = (state: State | undefined): number | undefined => {
		const among = world.eligible.map((eligible, index) => eligible && (state === undefined || states[index] === state));
		return strongestRival(among, world.total.votes, -1);
	};
	return strongestOf('met') ?? strongestOf('open') ?? strongestOf(undefined);
}

function extremesOf(
	condition: Condition,
	about: number,
	world: World,
	ids: readonly string[],
): { readonly failsWith?: string } {
	const rival = strongestRival(world.eligible, world.total.votes, about);
	if (rival === undefined || world.total.room === undefined) return {};
	const failsWith = ids[rival];
	return failsWith === undefined || holds(condition, about, completionFor(world, rival)) ? {} : { failsWith };
}
