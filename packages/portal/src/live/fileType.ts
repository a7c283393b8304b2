/**
 * What a file that somebody sent goes out as (`spec/api.md`, A9, A25): a picture, a PDF, a plain text that opens with its salt, or the table of a comparison count; told by its first bytes and by nothing that a sender says. Anything else goes out as bytes.
 */
import { type ImageType, imageType } from './imageType.ts';

export type DocumentType = 'application/pdf' | 'text/csv; charset=utf-8' | 'text/plain; charset=utf-8';

/** Bytes that are enough to tell. */
export const FILE_SNIFF_BYTES = 65;

const SALT_LINE = /^[0-9a-f]{64}\n/;
/** As a lodged table begins (S44). Whether it is one from there on was asked when it was taken in. */
const TABLE_HEAD = /^(?:station|area),/;

export function documentType(bytes: Uint8Array): DocumentType | undefined {
	const head = Buffer.from(bytes.subarray(0, FILE_SNIFF_BYTES)).toString('latin1');
	if (head.startsWith('%PDF-')) return 'application/pdf';
	if (TABLE_HEAD.test(head)) return 'text/csv; charset=utf-8';
	return SALT_LINE.test(head) ? 'text/plain; charset=utf-8' : undefined;
}

/** Whether whoever asks for it saves it, to open it in what they trust with it: this site shows pictures and texts alone. */
export function isSaved(type: ImageType | DocumentType | undefined): boolean {
	return type === undefined || type === 'application/pdf' || type === 'text/csv; charset=utf-8';
}

export function fileType(bytes: Uint8Array): ImageType | DocumentType | undefined {
	return imageType(bytes) ?? documentType(bytes);
}
