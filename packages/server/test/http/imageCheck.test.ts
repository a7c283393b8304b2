/** What is an image and nothing else (A9). */
import { describe, expect, it } from 'vitest';
import { checkImage } from '../../src/blobs/imageCheck.ts';
import { LIMITS } from '../../src/http/limits.ts';
import { bomb, gif, HTML, jpeg, PDF, png, progressive, SVG, webp, withChunk, zipEnd } from './images.ts';

const then = (make: () => Promise<Buffer>, change: (image: Buffer) => Buffer) => async () => change(await make());
const join = (...parts: readonly Buffer[]) => Buffer.concat(parts);
const reason = async (bytes: Uint8Array, limits = LIMITS): Promise<string> => {
	const checked = await checkImage(bytes, limits);
	return checked.ok ? checked.value : checked.error;
};

describe('A9 images', () => {
	it.each([
		['image/png', png],
		['image/jpeg', jpeg],
		['image/jpeg', progressive],
		['image/webp', webp],
	] as const)('A9 takes a whole %s', async (type, make) => {
		expect(await reason(await make())).toBe(type);
	});

	const refused: readonly (readonly [string, () => Promise<Buffer>, RegExp])[] = [
		['an SVG', async () => SVG, /first bytes/],
		['HTML', async () => HTML, /first bytes/],
		['a PDF', async () => PDF, /first bytes/],
		['a GIF', gif, /first bytes/],
		['nothing', async () => Buffer.alloc(0), /first bytes/],
		['HTML behind a PNG', then(png, (image) => join(image, HTML)), /bytes follow the end/],
		['HTML behind a JPEG', then(jpeg, (image) => join(image, HTML)), /bytes follow the end/],
		['a second JPEG behind the first', then(jpeg, (image) => join(image, image)), /bytes follow the end/],
		['one zero behind a JPEG', then(jpeg, (image) => join(image, Buffer.alloc(1))), /bytes follow the end/],
		['bytes behind a WebP', then(webp, (image) => join(image, HTML)), /another length/],
		['a PNG that breaks off', then(png, (image) => image.subarray(0, -20)), /does not end|beyond the end/],
		['a JPEG that breaks off', then(jpeg, (image) => image.subarray(0, -20)), /does not end/],
		['a WebP that breaks off', then(webp, (image) => image.subarray(0, -20)), /another length/],
		['a PNG with a PDF in its text', then(png, (image) => withChunk(image, 'tEXt', PDF)), /PDF or a ZIP/],
		[
			'a PNG that ends as a ZIP archive does',
			then(png, (image) =>
				join(image.subarray(0, -12), withChunk(image, 'tEXt', zipEnd(16)).subarray(33, 67), image.subarray(-12)),
			),
			/PDF or a ZIP/,
		],
		['a PNG that moves', then(png, (image) => withChunk(image, 'acTL', Buffer.alloc(8))), /neither picture nor known/],
		['a PNG with a part of its own', then(png, (image) => withChunk(image, 'evIl', HTML)), /neither picture nor known/],
		[
			'a PNG with a byte changed',
			then(png, (image) => join(image.subarray(0, 100), Buffer.of(image.readUInt8(100) ^ 1), image.subarray(101))),
			/cannot be decoded/,
		],
		['a bomb', async () => bomb(30_000), /pixels/],
		[
			'more beside the picture than in it',
			then(png, (image) => withChunk(image, 'tEXt', Buffer.alloc(LIMITS.imageMetadataBytesMax))),
			/beside the picture/,
		],
	];
	it.each(refused)('A9 refuses %s', async (_name, make, why) => {
		expect(await reason(await make())).toMatch(why);
	});

	it('A9 every file that is cut off anywhere, and every one with a byte more, is refused', async () => {
		for (const make of [png, jpeg, webp]) {
			const image = await make();
			const cuts = Array.from({ length: 25 }, (_, i) => Math.floor((image.length * i) / 25));
			for (const at of cuts) expect((await checkImage(image.subarray(0, at), LIMITS)).ok).toBe(false);
		}
	});
});
