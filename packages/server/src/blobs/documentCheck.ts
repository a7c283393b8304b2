/**
 * Whether bytes are a file that a statement may name beside images (`spec/api.md`, A25): a text in UTF-8 that opens with its salt, or a PDF from its first line to its last. Neither is opened or run here, and neither
 * goes out under a type that a browser would run.
 */
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { type DocumentType, documentType } from '@matokeo/portal/live/fileType.ts';

export interface DocumentLimits {
	readonly textBytesMax: number;
}

/** The end of a PDF stands within its last kilobyte. */
const PDF_END_BYTES = 1_024;
/** What a text needs no more of than line ends and tabs. */
const CONTROL = /(?![\n\t])\p{Cc}/u;

export function checkDocument(bytes: Uint8Array, { textBytesMax }: DocumentLimits): Result<DocumentType> {
	const type = documentType(bytes);
	if (type === undefined) return err('neither a PDF nor a text whose first line is its salt (64 hex digits)');
	if (type === 'application/pdf') {
		const end = Buffer.from(bytes.subarray(-PDF_END_BYTES)).toString('latin1');
		return /%%EOF\s*$/.test(end) ? ok(type) : err('a PDF that breaks off: it does not end with %%EOF');
	}
	if (bytes.length > textBytesMax) return err(`a text of ${bytes.length} bytes; at most ${textBytesMax} are taken`);
	const text = utf8Decode(bytes);
	if (text === undefined) return err('a text that is not UTF-8');
	return CONTROL.test(text) ? err('a text with control characters') : ok(type);
}
