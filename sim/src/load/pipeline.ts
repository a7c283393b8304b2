/**
 * Forms through the whole pipeline: capture, image, *held*, two blind readings, opening, a third where they differ, rulings where one is needed. The log may be in this process or behind
 * HTTP; what is asked of it is the same.
 */
import type { Contest, Election, Station } from '@matokeo/core/election/types.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { chanceOf } from '@matokeo/rehearsal/play/chance.ts';
import { enrolAll, keysInMemory } from '@matokeo/rehearsal/play/opening.ts';
import { peopleOf } from '@matokeo/rehearsal/play/people.ts';
import type { RehearsalLog } from '@matokeo/rehearsal/play/port.ts';
import { speaker } from '@matokeo/rehearsal/play/speaking.ts';
import type { Arriving, Stage } from '@matokeo/rehearsal/play/stage.ts';
import { playWave } from '@matokeo/rehearsal/play/wave.ts';
import { figuresOf } from './figures.ts';
import { noiseImage } from './image.ts';

export interface PipelineLoad {
	readonly suite: Suite;
	readonly election: Election;
	readonly forms: number;
	/** Forms that go together. */
	readonly wave: number;
	readonly clerks: number;
}

/** Of a thousand forms: one clerk misreads, so that a third reads; the officer's report differs from the paper, so that somebody rules. */
const MISREADS = 20;
const REPORTS_DIFFER = 20;

/** Enrols, calls `began`, and plays. The forms are those of the first contest, one of each station. */
export async function playPipeline(load: PipelineLoad, log: RehearsalLog, began: () => Promise<void>): Promise<void> {
	const { suite, election, forms, wave, clerks } = load;
	const [contest] = election.contests.values();
	if (contest === undefined) throw new Error('the election has no contest');
	const stations = [...election.stations.values()].slice(0, forms);
	const keyOf = keysInMemory((name) => rehearsalKey(suite, election.id, name));
	const people = peopleOf(election, clerks, keyOf);
	const say = speaker(suite, election);
	const chance = chanceOf(suite, 'pipeline');
	const stage: Stage = { suite, election, log, room: { suite, people, chance, say, misreads: MISREADS } };
	await enrolAll(
		election,
		stations.map(({ id }) => id),
		log,
		say,
		people,
		keyOf,
	);
	await began();
	for (let at = 0; at < stations.length; at += wave) {
		const some = stations.slice(at, at + wave);
		await playWave(
			stage,
			some.map((station) => arriving(chance, contest, station)),
			some.map(({ id }) => noiseImage(id)),
		);
	}
}

function arriving(chance: ReturnType<typeof chanceOf>, contest: Contest, station: Station): Arriving {
	const figures = figuresOf(chance, contest, station);
	const paper = { contest: contest.id, station: station.id, figures };
	const differs = chance.below(1000, 'differs', station.id) < REPORTS_DIFFER;
	const last = figures.length - 1;
	const wrong = figures.map((figure, place) => (place === last && typeof figure === 'number' ? figure + 1 : figure));
	return { paper, reported: differs ? { ...paper, figures: wrong } : paper };
}
