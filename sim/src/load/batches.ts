/**
 * Captures in batches, from stations in an order that chance gives: what comes in together comes from all over the country. One contest after the other; the image of each form is held and
 * announced with it.
 */
import type { Contest, Election } from '@matokeo/core/election/types.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { chanceOf } from '@matokeo/rehearsal/play/chance.ts';
import { inProcess } from '@matokeo/rehearsal/play/inProcess.ts';
import { enrolAll } from '@matokeo/rehearsal/play/opening.ts';
import { peopleOf } from '@matokeo/rehearsal/play/people.ts';
import { speaker } from '@matokeo/rehearsal/play/speaking.ts';
import type { OpenedLog } from '@matokeo/server/app/openedLog.ts';
import { figuresOf, namedFigures } from './figures.ts';

export interface Batches {
	/** All forms of the election. */
	readonly forms: number;
	/** Forms that are in. */
	readonly done: () => number;
	/** Captures so many more. */
	readonly next: (count: number) => Promise<void>;
}

const CLERKS = 60;

/** Opens the log and enrols everybody first. */
export async function captureBatches(suite: Suite, election: Election, log: OpenedLog): Promise<Batches> {
	const keyOf = (name: string) => rehearsalKey(suite, election.id, name);
	const people = peopleOf(election, CLERKS, keyOf);
	const say = speaker(suite, election);
	const chance = chanceOf(suite, 'batches');
	const stations = shuffled([...election.stations.keys()], (id) => chance.below(0x7fff_ffff, id));
	const contests = [...election.contests.values()];
	const door = inProcess(log);
	await enrolAll(election, stations, door, say, people, keyOf);
	let done = 0;

	const capture = (contest: Contest, id: string) => {
		const station = election.stations.get(id);
		if (station === undefined) throw new Error(`the package has no station ${id}`);
		const image = Buffer.from(`synthetic image of ${contest.id} at ${id}\n`);
		const said = {
			type: 'form/capture',
			contest: contest.id,
			figures: namedFigures(contest, figuresOf(chance, contest, station)),
			images: [{ kind: 'facsimile', sha256: suite.sha256Hex(image), size: image.length }],
			kind: 'original',
			poll: 1,
			route: 'own-kit',
			station: id,
		} as const;
		return { image, bytes: say(said, people.presiding(id).key).bytes };
	};
	return {
		forms: stations.length * contests.length,
		done: () => done,
		next: async (count) => {
			const made = Array.from({ length: count }, () => {
				const contest = contests[Math.floor(done / stations.length)];
				const id = stations[done % stations.length];
				done++;
				if (contest === undefined || id === undefined) throw new Error('every form is in');
				return capture(contest, id);
			});
			await door.hold(made.map(({ image }) => image));
			await door.append(made.map(({ bytes }) => bytes));
			await door.announce();
		},
	};
}

function shuffled(list: readonly string[], weight: (one: string) => number): readonly string[] {
	return list
		.map((one) => ({ one, weight: weight(one) }))
		.sort((a, b) => a.weight - b.weight)
		.map(({ one }) => one);
}
