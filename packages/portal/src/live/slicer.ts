/** Long work in short slices: whoever does it asks after each piece, and lets others have their turn when the slice is used up. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** How long a slice may keep others waiting. Milliseconds. */
const SLICE_MS = 15;

export function slicer(): () => Promise<void> {
	let began = performance.now();
	return async () => {
		if (performance.now() - began < SLICE_MS) return;
		await nextTurn();
		began = performance.now();
	};
}
