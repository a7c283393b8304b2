/**
 * A whole election, played from tables of figures (R10): opening, enrolments, then the forms in waves in the order of the tables, each through the whole
 * pipeline. It needs a package in mode *rehearsal* whose keys are the rehearsal's own, and refuses every other.
 */
import type { Election, NamedKey } from '@matokeo/core/election/types.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { rehearsalKey } from '../keys.ts';
import { NOTHING_PROCEEDED, type Proceeded, proceed, type Watching } from '../proceed/proceed.ts';
import type { Story } from '../proceed/story.ts';
import { chanceOf } from './chance.ts';
import type { RehearsalClock } from './clock.ts';
import { drawnAhead, type Pace, STEADY } from './drawnAhead.ts';
import { formDesigner } from './images.ts';
import { type Enrolled, enrolAll, keysInMemory } from './opening.ts';
import { peopleOf } from './people.ts';
import type { RehearsalLog } from './port.ts';
import { speaker } from './speaking.ts';
import type { Arriving, Documents, Stage } from './stage.ts';
import type { FigureTable } from './tables.ts';
import { arrivingLate, neighbours, type Variations } from './variations.ts';
import { added, NOTHING_PLAYED, playWave, type WaveTally } from './wave.ts';

export interface Plan {
	readonly suite: Suite;
	readonly election: Election;
	/** What officers report, in the order of arrival. */
	readonly reports: FigureTable;
	/** What the forms say; a form that is not here says what was reported. */
	readonly forms: FigureTable;
	/** Stop after so many forms. */
	readonly until?: number;
	readonly seed: string;
	readonly clock: RehearsalClock;
	readonly clerks: number;
	/** Of a thousand forms, how many are misread by one of the two first clerks. */
	readonly misreads: number;
	/** Absent: nobody errs, nobody is late. */
	readonly variations?: Variations;
	/** Absent: waves of 500, one right after the other. */
	readonly pace?: Pace;
	/** What happens after the forms are in; absent, or where `until` stops before they all are: nothing. */
	readonly story?: Story;
	/** Awaited around each step of the story. */
	readonly watching?: Watching;
	/** Called after each wave. */
	readonly progress?: (done: number, all: number) => void;
}

export interface Played extends WaveTally, Enrolled {
	readonly forms: number;
	readonly proceeded: Proceeded;
}

/** Two readings differ, and a third person reads. */
export const CLERKS_LEAST = 3;
/** A national election in a night and a day: 40,000 forms in 22 hours. */
const SECONDS_PER_FORM = 2;

/** Why this package cannot be rehearsed, or nothing. */
export function rehearsable({ suite, election }: Pick<Plan, 'suite' | 'election'>): Result<undefined> {
	if (election.mode !== 'rehearsal')
		return err(`the package is in mode "${election.mode}"; only a package in mode "rehearsal" can be rehearsed`);
	const named: readonly NamedKey[] = [election.log.key, ...election.authority.keys, ...election.registrars];
	const foreign = named.find(
		({ name, publicKey }) => !bytesEqual(rehearsalKey(suite, election.id, name).publicKey, publicKey),
	);
	if (foreign === undefined) return ok(undefined);
	return err(
		`the key "${foreign.name}" is not a rehearsal key: in a rehearsal every key follows from the election's id and the key's name`,
	);
}

export async function rehearse(plan: Plan, log: RehearsalLog): Promise<Played> {
	const { suite, election, seed, misreads } = plan;
	if (plan.clerks < CLERKS_LEAST)
		throw new Error(`a rehearsal needs at least ${CLERKS_LEAST} clerks, ${plan.clerks} were asked for`);
	const keyOf = keysInMemory((name) => rehearsalKey(suite, election.id, name));
	const say = speaker(suite, election);
	const people = peopleOf(election, plan.clerks, keyOf);
	const stations = [...new Set([...plan.reports.values()].map(({ station }) => station))];
	const opening = await enrolAll(election, stations, log, say, people, keyOf);
	const arriving = arrivingLate(arrivals(plan), plan.variations, SECONDS_PER_FORM);
	const room = { suite, people, chance: chanceOf(suite, seed), say, misreads };
	const stage: Stage = {
		suite,
		election,
		log,
		room,
		...(plan.story === undefined ? {} : { documents: new Map<string, Documents>() }),
		...(plan.variations === undefined ? {} : { variations: plan.variations, neighbour: neighbours(election) }),
	};
	const tally = await playWaves(plan, stage, arriving);
	await log.publish();
	const { story, clock, watching } = plan;
	const whole = tally.captures === arriving.length && plan.until === undefined;
	if (story === undefined || !whole)
		return { ...tally, ...opening, forms: tally.captures, proceeded: NOTHING_PROCEEDED };
	const proceeded = await proceed(stage, story, keyOf, clock, watching);
	await log.publish();
	return { ...tally, ...opening, forms: tally.captures, proceeded };
}

async function playWaves(
	{ election, seed, clock, progress, pace = STEADY }: Plan,
	stage: Stage,
	arriving: readonly Arriving[],
): Promise<WaveTally> {
	const designed = formDesigner(
		election,
		arriving.map(({ paper }) => paper),
		seed,
	);
	let tally = NOTHING_PLAYED;
	await drawnAhead(
		arriving,
		({ paper }) => designed(paper),
		pace,
		async (wave, images) => {
			tally = added(tally, await playWave(stage, wave, images));
			clock.advance(wave.length * SECONDS_PER_FORM);
			progress?.(tally.captures, arriving.length);
		},
	);
	return tally;
}

function arrivals({ reports, forms, until }: Plan): readonly Arriving[] {
	const reporting = [...reports].map(([key, reported]): Arriving => ({ reported, paper: forms.get(key) ?? reported }));
	const others = [...forms].flatMap(([key, paper]): readonly Arriving[] =>
		reports.has(key) ? [] : [{ paper, reported: undefined }],
	);
	return [...reporting, ...others].slice(0, until);
}
