/**
 * What a file that somebody sent goes out as (`spec/api.md`, A9, A25): a picture, a PDF, or a plain text that opens with its salt; told by its first bytes and by nothing that a sender says. Anything else goes out as bytes.
 */
import { type ImageType, imageType } from './imageType.ts';

export type DocumentType = 'application/pdf' | 'text/plain; charset=utf-8';

/** Bytes that are enough to tell. */
export const FILE_SNIFF_BYTES = 65;

const SALT_LINE = /^[0-9a-f]{64}\n/;

export function documentType(bytes: Uint8Array): DocumentType | undefined {
	const head = Buffer.from(bytes.subarray(0, FILE_SNIFF_BYTES)).toString('latin1');
	if (head.startsWith('%PDF-')) return 'application/pdf';
	return SALT_LINE.test(head) ? 'text/plain; charset=utf-8' : undefined;
}

export function fileType(bytes: Uint8Array): ImageType | DocumentType | undefined {
	return imageType(bytes) ?? documentType(bytes);
}
