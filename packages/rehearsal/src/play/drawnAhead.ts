/**
 * Waves of forms at the pace of whoever watches: the images of the next wave are drawn while this one goes into the log.
 */
import { type DesignedForm, openDrawingRoom } from '../facsimile/drawingRoom.ts';

/** How fast a rehearsal goes on, for those who watch it. */
export interface Pace {
	/** Forms in the wave that begins when so many are done, at least one. It follows from that number alone, since images are drawn ahead. */
	readonly size: (done: number) => number;
	/** Awaited before each wave; `stop` ends the rehearsal there. */
	readonly before: (done: number) => Promise<'go' | 'stop'>;
}

const FORMS_PER_WAVE = 500;
export const STEADY: Pace = { size: () => FORMS_PER_WAVE, before: async () => 'go' };

/** `play` has the images of a wave in its order. */
export async function drawnAhead<Form>(
	forms: readonly Form[],
	designed: (form: Form) => DesignedForm,
	pace: Pace,
	play: (wave: readonly Form[], images: readonly Uint8Array[]) => Promise<void>,
): Promise<void> {
	const waveAt = (start: number) => forms.slice(start, start + pace.size(start));
	const drawing = openDrawingRoom();
	try {
		const drawn = (wave: readonly Form[]) => drawing.draw(wave.map(designed));
		let next = drawn(waveAt(0));
		let done = 0;
		for (let wave = waveAt(0); wave.length > 0; wave = waveAt(done)) {
			const images = await next;
			next = drawn(waveAt(done + wave.length));
			if ((await pace.before(done)) === 'stop') break;
			await play(wave, images);
			done += wave.length;
		}
		await next;
	} finally {
		await drawing.close();
	}
}
