/**
 * A PNG file as ink or no ink. This folder reads facsimiles back with image analysis of its own: it shares no code, no
 * table and no measure with what draws them, so that a mistake in the drawing cannot hide in the reading (R1, R2).
 * It knows nothing of forms.
 */
import { PNG } from 'pngjs';

/** A rectangle of dots, the right and lower edges excluded. */
export interface Area {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

export interface Picture {
	readonly width: number;
	readonly height: number;
	/** Whether there is ink; outside the picture there is none. */
	readonly ink: (x: number, y: number) => boolean;
}

/** Half of full brightness, with the eye's usual weights for red, green and blue. */
const DARK = 128;

export function openPicture(file: Uint8Array): Picture {
	const { width, height, data } = PNG.sync.read(Buffer.from(file));
	const dots = new Uint8Array(width * height);
	for (let i = 0; i < dots.length; i++) {
		const bright = 0.299 * (data[4 * i] ?? 0) + 0.587 * (data[4 * i + 1] ?? 0) + 0.114 * (data[4 * i + 2] ?? 0);
		dots[i] = bright < DARK ? 1 : 0;
	}
	return { width, height, ink: (x, y) => x >= 0 && x < width && y >= 0 && y < height && dots[y * width + x] === 1 };
}

/** The smallest rectangle around the ink of an area; `undefined` when there is none. */
export function bounds(picture: Picture, area: Area): Area | undefined {
	let [left, top, right, bottom] = [area.right, area.bottom, area.left, area.top];
	for (let y = area.top; y < area.bottom; y++)
		for (let x = area.left; x < area.right; x++) {
			if (!picture.ink(x, y)) continue;
			left = Math.min(left, x);
			right = Math.max(right, x + 1);
			top = Math.min(top, y);
			bottom = Math.max(bottom, y + 1);
		}
	return left < right ? { left, top, right, bottom } : undefined;
}

/** Lengths and places of the runs of ink in one row of an area. */
export function runs(
	picture: Picture,
	area: Area,
	y: number,
): readonly { readonly from: number; readonly to: number }[] {
	const found: { from: number; to: number }[] = [];
	let from = -1;
	for (let x = area.left; x <= area.right; x++) {
		const dark = x < area.right && picture.ink(x, y);
		if (dark && from < 0) from = x;
		if (!dark && from >= 0) {
			found.push({ from, to: x });
			from = -1;
		}
	}
	return found;
}
