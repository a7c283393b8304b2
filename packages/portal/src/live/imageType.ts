/** The three kinds of images that are taken in and shown (`spec/api.md`, A9), told apart by their first bytes and by nothing that a sender says. */

export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp';

/** Bytes that are enough to tell. */
const SNIFF_BYTES = 12;

export function imageType(bytes: Uint8Array): ImageType | undefined {
	const head = Buffer.from(bytes.subarray(0, SNIFF_BYTES)).toString('latin1');
	if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
	if (head.startsWith('\xff\xd8\xff')) return 'image/jpeg';
	return head.startsWith('RIFF') && head.slice(8) === 'WEBP' ? 'image/webp' : undefined;
}
