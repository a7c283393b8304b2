/**
 * Plays a synthetic election through the real server, with a few bytes in place of each image: what is measured is the record, not the drawing.
 */
import type { Election } from '@matokeo/core/election/types.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { chanceOf } from '@matokeo/rehearsal/play/chance.ts';
import { enrolAll, type KeyOf, keysInMemory } from '@matokeo/rehearsal/play/opening.ts';
import { peopleOf } from '@matokeo/rehearsal/play/people.ts';
import type { RehearsalLog } from '@matokeo/rehearsal/play/port.ts';
import { speaker } from '@matokeo/rehearsal/play/speaking.ts';
import type { FormFigures } from '@matokeo/rehearsal/play/tables.ts';
import { playWave } from '@matokeo/rehearsal/play/wave.ts';

const FORMS_PER_WAVE = 500;
const CLERKS = 50;

/** Every form of every contest, one contest after the other. The keys are the rehearsal's, unless somebody forges. */
export async function playSynthetic(
	suite: Suite,
	election: Election,
	log: RehearsalLog,
	key: KeyOf = (name) => rehearsalKey(suite, election.id, name),
): Promise<void> {
	const keyOf = keysInMemory(key);
	const people = peopleOf(election, CLERKS, keyOf);
	const say = speaker(suite, election);
	const stage = {
		suite,
		election,
		log,
		room: { suite, people, chance: chanceOf(suite, 'synthetic'), say, misreads: 0 },
	};
	await enrolAll(election, [...election.stations.keys()], log, say, people, keyOf);
	let wave: FormFigures[] = [];
	const flush = async () => {
		const images = wave.map(({ contest, station }) => Buffer.from(`synthetic image of ${contest} at ${station}\n`));
		await playWave(
			stage,
			wave.map((paper) => ({ paper, reported: paper })),
			images,
		);
		wave = [];
	};
	for (const contest of election.contests.values()) {
		for (const station of election.stations.values()) {
			const number = wave.length;
			const figures = contest.fields.map(({ id }, place) =>
				id === 'registered' ? (station.registered ?? 0) : (number * 7 + place * 31) % 97,
			);
			wave.push({ contest: contest.id, station: station.id, figures });
			if (wave.length === FORMS_PER_WAVE) await flush();
		}
	}
	if (wave.length > 0) await flush();
	await log.publish();
}
