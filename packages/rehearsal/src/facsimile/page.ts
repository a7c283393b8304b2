/**
 * A page of one bit a dot, and what is put on it: bars and sprites. A sprite is a bitmap packed eight times, once for
 * each place that a dot can have within a byte, so that drawing it is a few operations per byte. One bit, since four
 * colours were measured to double the time and add a third to the size. Knows nothing of letters or forms.
 */
import type { Bitmap } from './strokes.ts';

/** Index into the palette of `png.ts`. */
export type Colour = 0 | 1;
export const PAPER: Colour = 0;
export const PRINT: Colour = 1;

/** `bytes` holds, row by row, one filter byte (always 0, as PNG wants it) and `width / 8` bytes of dots. */
export interface Page {
	readonly width: number;
	readonly height: number;
	readonly stride: number;
	readonly bytes: Uint8Array;
}

export interface Sprite {
	readonly left: number;
	readonly top: number;
	readonly width: number;
	readonly height: number;
	/** For each of the eight places: bytes a row, and masks with a bit set where there is ink. */
	readonly packed: readonly { readonly across: number; readonly masks: Uint8Array }[];
}

/** `width` is a multiple of eight. */
export function blankPage(width: number, height: number): Page {
	const stride = 1 + width / 8;
	return { width, height, stride, bytes: new Uint8Array(stride * height) };
}

export function copyPage(page: Page): Page {
	return { ...page, bytes: page.bytes.slice() };
}

export function sprite(bitmap: Bitmap): Sprite {
	const packed = [0, 1, 2, 3, 4, 5, 6, 7].map((place) => {
		const across = Math.ceil((bitmap.width + place) / 8);
		const masks = new Uint8Array(across * bitmap.height);
		for (let y = 0; y < bitmap.height; y++)
			for (let x = 0; x < bitmap.width; x++) {
				if (bitmap.dots[y * bitmap.width + x] !== 1) continue;
				const at = x + place;
				const index = y * across + (at >> 3);
				masks[index] = (masks[index] ?? 0) | (0x80 >> (at & 7));
			}
		return { across, masks };
	});
	return { left: bitmap.left, top: bitmap.top, width: bitmap.width, height: bitmap.height, packed };
}

/** Puts the sprite's origin at (x, y), whole dots; what lies outside the page is cut off at whole bytes. */
export function put(page: Page, picture: Sprite, x: number, y: number, colour: Colour): void {
	const left = x + picture.left;
	const top = y + picture.top;
	const form = picture.packed[left & 7];
	if (form === undefined) return;
	const { across, masks } = form;
	const first = left >> 3;
	const fill = colour * 0xff;
	const bytes = page.bytes;
	for (let row = Math.max(0, -top); row < picture.height && top + row < page.height; row++) {
		const line = (top + row) * page.stride + 1;
		for (let i = 0; i < across; i++) {
			const mask = masks[row * across + i] ?? 0;
			const column = first + i;
			if (mask === 0 || column < 0 || column >= page.stride - 1) continue;
			const at = line + column;
			bytes[at] = ((bytes[at] ?? 0) & ~mask) | (mask & fill);
		}
	}
}

/** A filled rectangle, cut off at the page's edges. */
export function bar(page: Page, x: number, y: number, width: number, height: number, colour: Colour): void {
	const fill = colour * 0xff;
	for (let row = Math.max(0, y); row < Math.min(page.height, y + height); row++) {
		const line = row * page.stride + 1;
		for (let column = Math.max(0, x); column < Math.min(page.width, x + width); column++) {
			const mask = 0x80 >> (column & 7);
			const at = line + (column >> 3);
			page.bytes[at] = ((page.bytes[at] ?? 0) & ~mask) | (mask & fill);
		}
	}
}

/** The outline of a rectangle, drawn inwards. */
export function frame(
	page: Page,
	x: number,
	y: number,
	width: number,
	height: number,
	line: number,
	colour: Colour,
): void {
	bar(page, x, y, width, line, colour);
	bar(page, x, y + height - line, width, line, colour);
	bar(page, x, y, line, height, colour);
	bar(page, x + width - line, y, line, height, colour);
}
