/**
 * Whether bytes are an image and nothing else (`spec/api.md`, A9): of a kind that is shown, whole, decodable from beginning to end, small enough to decode, and no other file at the
 * same time. Decoding is the proof; it happens in sharp's own threads, so few at once, and keeps no picture.
 */
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { type ImageType, imageType } from '@matokeo/portal/live/imageType.ts';
import sharp from 'sharp';
import { walkImage } from './imageParts.ts';

export interface ImageLimits {
	readonly imagePixelsMax: number;
	readonly imageMetadataBytesMax: number;
}

sharp.cache(false);
sharp.concurrency(1);

export async function checkImage(bytes: Uint8Array, limits: ImageLimits): Promise<Result<ImageType>> {
	const type = imageType(bytes);
	if (type === undefined) return err('the first bytes are not those of a PNG, JPEG or WebP');
	const walked = walkImage(type, bytes);
	if (!walked.ok) return walked;
	if (walked.value.metadataBytes > limits.imageMetadataBytesMax)
		return err(`more than ${limits.imageMetadataBytesMax} bytes beside the picture`);
	if (isOtherFileToo(bytes)) return err('it can also be read as a PDF or a ZIP archive');
	return decodes(bytes, type, limits);
}

/** Every pixel is decoded and thrown away in the making of a thumbnail that nobody sees. */
async function decodes(bytes: Uint8Array, type: ImageType, limits: ImageLimits): Promise<Result<ImageType>> {
	const input = { limitInputPixels: limits.imagePixelsMax, failOn: 'warning', sequentialRead: true } as const;
	try {
		await sharp(bytes, input)
			.resize(16, 16, { fit: 'fill', kernel: 'nearest', fastShrinkOnLoad: false })
			.raw()
			.toBuffer();
		return ok(type);
	} catch (error) {
		const tooLarge = error instanceof Error && /pixel limit/.test(error.message);
		return err(tooLarge ? `more than ${limits.imagePixelsMax} pixels` : 'it cannot be decoded from beginning to end');
	}
}

const PDF_WITHIN = 1_024;
const ZIP_END = 'PK\x05\x06';
const ZIP_END_BYTES = 22;
const ZIP_COMMENT_MAX = 65_535;

/** Readers of PDF accept a header within the first kilobyte; those of ZIP find the directory's end from behind, by a comment that reaches exactly to the end. */
function isOtherFileToo(bytes: Uint8Array): boolean {
	const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (view.subarray(0, PDF_WITHIN).includes('%PDF-')) return true;
	const from = Math.max(0, view.length - ZIP_END_BYTES - ZIP_COMMENT_MAX);
	for (let at = view.indexOf(ZIP_END, from, 'latin1'); at >= 0; at = view.indexOf(ZIP_END, at + 1, 'latin1')) {
		const end = at + ZIP_END_BYTES;
		if (end <= view.length && end + view.readUInt16LE(end - 2) === view.length) return true;
	}
	return false;
}
