/**
 * Whether bytes are a file that a statement may name beside images (`spec/api.md`, A25): a text in UTF-8 that opens with its salt, the table of a comparison count in its one spelling (S44), or a PDF from its first
 * line to its last. None is opened or run here, and none goes out under a type that a browser would run. Of which contest a table is, this does not know.
 */
import { checkCountTable, explainCountTable } from '@matokeo/core/record/countTable.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { type DocumentType, documentType } from '@matokeo/portal/live/fileType.ts';

export interface DocumentLimits {
	readonly textBytesMax: number;
	readonly tableBytesMax: number;
	/** Of anything else. */
	readonly uploadBytesMax: number;
}

/** The end of a PDF stands within its last kilobyte. */
const PDF_END_BYTES = 1_024;
/** What a text needs no more of than line ends and tabs. */
const CONTROL = /(?![\n\t])\p{Cc}/u;

export function checkDocument(bytes: Uint8Array, limits: DocumentLimits): Result<DocumentType> {
	const type = documentType(bytes);
	switch (type) {
		case undefined:
			return err(
				'neither a PDF, nor a text whose first line is its salt (64 hex digits), nor a table (station,… or area,…)',
			);
		case 'application/pdf':
			return checkPdf(bytes, limits);
		case 'text/csv; charset=utf-8':
			return checkTable(bytes, limits);
		case 'text/plain; charset=utf-8':
			return checkText(bytes, limits);
	}
}

function checkPdf(bytes: Uint8Array, { uploadBytesMax }: DocumentLimits): Result<DocumentType> {
	if (bytes.length > uploadBytesMax) return tooLong('a PDF', bytes, uploadBytesMax);
	const end = Buffer.from(bytes.subarray(-PDF_END_BYTES)).toString('latin1');
	return /%%EOF\s*$/.test(end) ? ok('application/pdf') : err('a PDF that breaks off: it does not end with %%EOF');
}

function checkTable(bytes: Uint8Array, { tableBytesMax }: DocumentLimits): Result<DocumentType> {
	if (bytes.length > tableBytesMax) return tooLong('a table', bytes, tableBytesMax);
	const checked = checkCountTable(bytes);
	return checked.ok ? ok('text/csv; charset=utf-8') : err(explainCountTable(checked.error));
}

function checkText(bytes: Uint8Array, { textBytesMax }: DocumentLimits): Result<DocumentType> {
	if (bytes.length > textBytesMax) return tooLong('a text', bytes, textBytesMax);
	const text = utf8Decode(bytes);
	if (text === undefined) return err('a text that is not UTF-8');
	return CONTROL.test(text) ? err('a text with control characters') : ok('text/plain; charset=utf-8');
}

function tooLong(what: string, { length }: Uint8Array, bytesMax: number): Result<never> {
	return err(`${what} of ${length} bytes; at most ${bytesMax} are taken`);
}
