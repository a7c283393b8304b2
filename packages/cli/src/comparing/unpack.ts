/**
 * What a stranger's file is, before it is read as a table: itself, or one file packed by gzip or zip. What is packed is unpacked up to a limit and no further, in memory; no name in a
 * package is ever used as a path. It does not know what a table is.
 */
import { crc32, gunzipSync } from 'node:zlib';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';

export const SOURCE_LIMITS = {
	/** A million rows of forty columns have about 150 MB; a JavaScript string ends at 512 MB. */
	bytesMax: 268_435_456,
	/** Looked through for the one file that is meant; a package of more is no table that somebody packed. */
	entriesMax: 1000,
} as const;

export interface Unpacked {
	/** Name without the ending of the package: it tells the kind of the file. */
	readonly name: string;
	readonly bytes: Uint8Array;
}

export async function unpacked(name: string, bytes: Uint8Array): Promise<Result<Unpacked>> {
	if (bytes.length === 0) return err(`"${name}" is empty: it has no bytes. Name the file of a count.`);
	if (startsWith(bytes, '%PDF-'))
		return err(
			`"${name}" is a PDF: what people see in it is no table that can be read. Ask for the figures as CSV, JSON or EML, or type them into a table.`,
		);
	if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipped(name, bytes);
	if (startsWith(bytes, 'PK\u0003\u0004') || startsWith(bytes, 'PK\u0005\u0006')) return unzipped(name, bytes);
	return ok({ name, bytes });
}

function startsWith(bytes: Uint8Array, text: string): boolean {
	return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, text.length)).toString('latin1') === text;
}

const tooLarge = (name: string): string =>
	`What "${name}" holds is larger than ${SOURCE_LIMITS.bytesMax} bytes once it is unpacked, and was left: no count of an election needs so much. Unpack it yourself, look at it, and name the table.`;

function gunzipped(name: string, bytes: Uint8Array): Result<Unpacked> {
	try {
		const inner = gunzipSync(bytes, { maxOutputLength: SOURCE_LIMITS.bytesMax });
		const plain = name.replace(/\.gz$/i, '');
		// A header of tar has its magic at byte 257.
		if (inner.subarray(257, 262).toString('latin1') === 'ustar')
			return err(`"${name}" holds a whole folder (tar): unpack it, and name the one file of the count.`);
		return inner.length === 0 ? err(`"${name}" holds an empty file.`) : ok({ name: plain, bytes: inner });
	} catch (error) {
		if (error instanceof RangeError) return err(tooLarge(name));
		return err(
			`"${name}" begins like a file packed by gzip and cannot be unpacked (${message(error)}): it was cut or damaged on the way. Fetch it again.`,
		);
	}
}

async function unzipped(name: string, bytes: Uint8Array): Promise<Result<Unpacked>> {
	try {
		const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
			strictFileNames: false,
			validateEntrySizes: true,
		});
		const found = await oneFile(name, zip);
		return found.ok ? await inflated(name, zip, found.value) : found;
	} catch (error) {
		return err(
			`"${name}" begins like a zip file and cannot be unpacked (${message(error)}): it was cut or damaged on the way, or is no plain zip. Unpack it yourself, and name the table.`,
		);
	}
}

const SPREADSHEET = /^(xl\/workbook\.xml|content\.xml|\[Content_Types\]\.xml)$/;

async function oneFile(name: string, zip: ZipFile): Promise<Result<Entry>> {
	const files: Entry[] = [];
	let seen = 0;
	for await (const entry of zip.eachEntry()) {
		if (++seen > SOURCE_LIMITS.entriesMax)
			return err(
				`"${name}" is a zip of more than ${SOURCE_LIMITS.entriesMax} files: unpack it, and name the one table.`,
			);
		if (SPREADSHEET.test(entry.fileName))
			return err(`"${name}" is a spreadsheet: save the sheet of the count as CSV (UTF-8), and name that.`);
		if (!isAside(entry.fileName)) files.push(entry);
	}
	const [only] = files;
	if (only !== undefined && files.length === 1) return ok(only);
	return err(
		files.length === 0
			? `"${name}" is a zip without a file in it.`
			: `"${name}" is a zip of ${files.length} files (${JSON.stringify(only?.fileName)} …): unpack it, and name the one table.`,
	);
}

/** Folders, and what some systems add beside the files of a person. */
function isAside(path: string): boolean {
	return path.endsWith('/') || path.startsWith('__MACOSX/') || /(^|\/)\.[^/]*$/.test(path);
}

async function inflated(name: string, zip: ZipFile, entry: Entry): Promise<Result<Unpacked>> {
	if (entry.isEncrypted()) return err(`"${name}" is a zip with a password: unpack it, and name the table.`);
	// What the entry says of its size is checked while it is unpacked; a lie ends the stream.
	if (entry.uncompressedSize > SOURCE_LIMITS.bytesMax) return err(tooLarge(name));
	const pieces: Uint8Array[] = [];
	let length = 0;
	for await (const piece of await zip.openReadStreamPromise(entry)) {
		if (!(piece instanceof Uint8Array)) return err(`"${name}" cannot be unpacked.`);
		length += piece.length;
		if (length > SOURCE_LIMITS.bytesMax) return err(tooLarge(name));
		pieces.push(piece);
	}
	const whole = Buffer.concat(pieces, length);
	if (crc32(whole) !== entry.crc32)
		return err(`"${name}" is damaged: what it holds has another checksum than the zip says. Fetch it again.`);
	const inner = entry.fileName.split('/').at(-1) ?? entry.fileName;
	return whole.length === 0
		? err(`"${name}" holds an empty file, ${JSON.stringify(inner)}.`)
		: ok({ name: inner, bytes: whole });
}

function message(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}
