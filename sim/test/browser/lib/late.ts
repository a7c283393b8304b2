/** A form that comes in while somebody watches: through the server's own routes, as on election night, with both readings, until it is verified. */
import { openDrawingRoom } from '@matokeo/rehearsal/facsimile/drawingRoom.ts';
import { httpLog } from '@matokeo/rehearsal/http/httpLog.ts';
import { chanceOf } from '@matokeo/rehearsal/play/chance.ts';
import { formDesigner } from '@matokeo/rehearsal/play/images.ts';
import { peopleOf } from '@matokeo/rehearsal/play/people.ts';
import { speaker } from '@matokeo/rehearsal/play/speaking.ts';
import { playWave } from '@matokeo/rehearsal/play/wave.ts';
import { CLERKS, figuresOf, keyOf, type Night } from './night.ts';

/** `url`: of the server, without a slash at its end. */
export async function playLate(night: Night, url: string, station: string): Promise<void> {
	const { suite, election } = night;
	const [contest = ''] = election.contests.keys();
	const paper = { contest, station, figures: figuresOf(election, contest, station) };
	const people = peopleOf(election, CLERKS, (name) => keyOf(night, name));
	const room = { suite, people, chance: chanceOf(suite, 'late'), say: speaker(suite, election), misreads: 0 };
	const log = httpLog(url, { suite, election });
	const drawing = openDrawingRoom();
	try {
		const images = await drawing.draw([formDesigner(election, [paper], 'late')(paper)]);
		await playWave({ suite, election, log, room }, [{ paper, reported: paper }], images);
	} finally {
		log.close();
		await drawing.close();
	}
}
