/**
 * The rehearsal of Peru 2021 on any part of its actas: first everything that was known on 15 June, then what became of it. Each acta goes through the whole pipeline, drawn, captured, held, read twice,
 * opened, ruled on; what goes into the log is in `story.ts`, and nothing here decides it.
 */

import type { Election } from '@matokeo/core/election/types.ts';
import type { Figure } from '@matokeo/core/record/statement.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type RehearsalKey, rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { chanceOf } from '@matokeo/rehearsal/play/chance.ts';
import type { RehearsalClock } from '@matokeo/rehearsal/play/clock.ts';
import { drawnAhead, STEADY } from '@matokeo/rehearsal/play/drawnAhead.ts';
import { formDesigner } from '@matokeo/rehearsal/play/images.ts';
import { enrolAll, keysInMemory } from '@matokeo/rehearsal/play/opening.ts';
import { type People, peopleOf } from '@matokeo/rehearsal/play/people.ts';
import type { RehearsalLog } from '@matokeo/rehearsal/play/port.ts';
import { playResolutions, type Resolving } from '@matokeo/rehearsal/play/resolving.ts';
import { type Say, speaker } from '@matokeo/rehearsal/play/speaking.ts';
import { type Arriving, type Stage, stationIn } from '@matokeo/rehearsal/play/stage.ts';
import { added, NOTHING_PLAYED, playWave, type WaveTally } from '@matokeo/rehearsal/play/wave.ts';
import { CONTEST, JURY, JURY_KEY } from './election.ts';
import type { Story } from './story.ts';
import { BASES, RESOLUTION } from './words.ts';

export interface PeruPlan {
	readonly suite: Suite;
	readonly election: Election;
	/** Of every table of the package, in the order in which they arrive. */
	readonly stories: readonly Story[];
	readonly clock: RehearsalClock;
	/** Called after each wave with the forms and documents so far. */
	readonly progress?: (done: number) => void;
}

export interface PeruRehearsal {
	/** Enrols everybody and plays what was known on 15 June; the results are published as they stand then. */
	readonly observed: () => Promise<void>;
	/** Plays what became of it, and publishes again. */
	readonly resolved: () => Promise<void>;
	readonly tally: () => WaveTally;
}

/** 6 June 2021, 23:00 UTC, when the polls had closed at home; and the time of the source's first state. */
export const POLLS_CLOSED = 1_623_020_400;
const OBSERVED_AT = 1_623_763_997;
const CLERKS = 60;
/** Of a thousand documents, how many are misread by one of the two first clerks. */
const MISREADS = 5;
const SECONDS_PER_FORM = 2;
const SEED = 'peru-2021';
const COURT = { kind: 'court', route: 'court' } as const;

interface Scene {
	readonly plan: PeruPlan;
	readonly stage: Stage;
	readonly people: People;
	readonly say: Say;
	readonly jury: RehearsalKey;
	readonly add: (tally: WaveTally) => void;
}

export function peruRehearsal(plan: PeruPlan, log: RehearsalLog): PeruRehearsal {
	const { suite, election, clock, progress } = plan;
	const keyOf = keysInMemory((name) => rehearsalKey(suite, election.id, name));
	const people = peopleOf(election, CLERKS, keyOf);
	const say = speaker(suite, election);
	const room = { suite, people, chance: chanceOf(suite, SEED), say, misreads: MISREADS };
	const stage: Stage = { suite, election, log, room };
	let tally = NOTHING_PLAYED;
	const add = (wave: WaveTally) => {
		tally = added(tally, wave);
		clock.advance(wave.captures * SECONDS_PER_FORM);
		progress?.(tally.captures);
	};
	const scene: Scene = { plan, stage, people, say, jury: keyOf(JURY_KEY), add };
	return {
		observed: async () => {
			const officers = plan.stories.filter(({ first, later }) => first.kind === 'form' || later.kind === 'form');
			await enrolAll(election, officers.map(stationOf), log, say, people, keyOf);
			await playDocuments(scene, plan.stories.flatMap(firstDocument));
			await notInstalled(
				scene,
				plan.stories.filter(({ first }) => first.kind === 'not-installed'),
			);
			await log.publish();
		},
		resolved: async () => {
			clock.advance(Math.max(0, OBSERVED_AT - clock.now()));
			await playDocuments(scene, plan.stories.flatMap(pendingDocument));
			await notInstalled(
				scene,
				plan.stories.filter(({ later }) => later.kind === 'not-installed'),
			);
			await resolve(
				scene,
				plan.stories.flatMap((story) => resolvingOf(scene, story)),
			);
			await log.publish();
		},
		tally: () => tally,
	};
}

const stationOf = ({ acta }: Story): string => acta.mesa;

function paperOf(story: Story, figures: readonly Figure[]): Arriving['paper'] {
	return { contest: CONTEST, station: stationOf(story), figures };
}

/** The officers of the table typed what the acta says; a resolution is captured without typed figures, by the office that receives it. */
function firstDocument(story: Story): readonly Arriving[] {
	const { first } = story;
	if (first.kind === 'resolution')
		return [{ paper: paperOf(story, first.figures), reported: undefined, document: COURT }];
	if (first.kind !== 'form') return [];
	const paper = paperOf(story, first.figures);
	return [{ paper, reported: paper, ...(first.exception === undefined ? {} : { exception: first.exception }) }];
}

function pendingDocument(story: Story): readonly Arriving[] {
	const { later } = story;
	if (later.kind === 'resolution')
		return [{ paper: paperOf(story, later.figures), reported: undefined, document: COURT }];
	if (later.kind !== 'form') return [];
	const paper = paperOf(story, later.figures);
	return [{ paper, reported: paper }];
}

/** The source does not say which jury of the sixty decided, nor when: one key stands for all, and the time is the rehearsal's. */
function resolvingOf({ plan, jury }: Scene, story: Story): readonly Documented[] {
	const { later } = story;
	if (later.kind !== 'second') return [];
	const paper = { ...paperOf(story, later.figures), sheet: 2 };
	const basis = later.annuls ? BASES.annulled : BASES.resolved;
	const { contest, station } = paper;
	const ordered = { court: JURY, key: jury, basis, citation: RESOLUTION, decided: plan.clock.now() };
	const document: Arriving = { paper, reported: undefined, document: COURT };
	return [{ contest, station, document, replaces: later.replaces, release: later.release, ordered }];
}

type Documented = Resolving & { readonly document: Arriving };

async function playDocuments({ plan, stage, add }: Scene, arriving: readonly Arriving[]): Promise<void> {
	const designed = designer(plan, arriving);
	await drawnAhead(
		arriving,
		({ paper }) => designed(paper),
		STEADY,
		async (wave, images) => {
			add(await playWave(stage, wave, images));
		},
	);
}

async function resolve({ plan, stage, add }: Scene, resolving: readonly Documented[]): Promise<void> {
	const designed = designer(
		plan,
		resolving.map(({ document }) => document),
	);
	await drawnAhead(
		resolving,
		({ document }) => designed(document.paper),
		STEADY,
		async (wave, images) => {
			add(await playResolutions(stage, wave, images));
		},
	);
}

function designer({ election }: PeruPlan, arriving: readonly Arriving[]) {
	return formDesigner(
		election,
		arriving.map(({ paper }) => paper),
		SEED,
	);
}

async function notInstalled({ plan, stage, people, say }: Scene, stories: readonly Story[]): Promise<void> {
	const said = stories.map((story) => {
		const station = stationOf(story);
		const [officer] = people.returning(people.officeOf(stationIn(plan.election, station)));
		const status = { status: 'not-opened', reason: 'not-installed' } as const;
		return say({ type: 'station/status', contest: CONTEST, station, ...status }, officer.key).bytes;
	});
	await stage.log.append(said);
}
