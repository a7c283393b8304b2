/**
 * The page as a PNG file: one bit a dot, a palette of paper and ink, and the notice and mode as a text chunk, so that the file
 * says what it is even where nobody looks at it. Bytes are a function of the page alone.
 */
import { crc32, deflateSync } from 'node:zlib';
import type { Page } from './page.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** Paper and ink. */
const PALETTE = Uint8Array.of(0xfd, 0xfc, 0xf6, 0x14, 0x1d, 0x3c);

/** Measured on the demo's forms; see `test/facsimile/draw.test.ts`. */
const DEFLATE = { level: 6 };

function chunk(type: string, data: Uint8Array): Uint8Array {
	const whole = new Uint8Array(12 + data.length);
	const view = new DataView(whole.buffer);
	view.setUint32(0, data.length);
	for (let i = 0; i < 4; i++) whole[4 + i] = type.charCodeAt(i);
	whole.set(data, 8);
	view.setUint32(8 + data.length, crc32(whole.subarray(4, 8 + data.length)));
	return whole;
}

/** Everything before the dots; made once per layout. `comment` is printable ASCII. */
export function pngHead(page: Page, comment: string): Uint8Array {
	const header = new Uint8Array(13);
	const view = new DataView(header.buffer);
	view.setUint32(0, page.width);
	view.setUint32(4, page.height);
	header.set([1, 3, 0, 0, 0], 8);
	const text = Uint8Array.from(`Comment\0${comment}`, (sign) => sign.charCodeAt(0));
	return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('PLTE', PALETTE), chunk('tEXt', text)]);
}

const END = chunk('IEND', new Uint8Array(0));

export function encodePng(head: Uint8Array, page: Page): Uint8Array {
	const dots = chunk('IDAT', deflateSync(page.bytes, DEFLATE));
	const whole = new Uint8Array(head.length + dots.length + END.length);
	whole.set(head);
	whole.set(dots, head.length);
	whole.set(END, head.length + dots.length);
	return whole;
}
