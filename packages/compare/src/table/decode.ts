/**
 * From bytes to text: UTF-8 and UTF-16 by their marks or their look, else Windows-1252, which every sequence of bytes is. Which one it was is told, and can be
 * set, because a wrong guess turns names and not figures into something else. No other encodings are known.
 */
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { TABLE_LIMITS } from './limits.ts';
import type { Encoding, TableFault } from './table.ts';

export interface Decoded {
	readonly text: string;
	readonly encoding: Encoding;
}

export function decodeTable(bytes: Uint8Array, given?: Encoding): Result<Decoded, TableFault> {
	if (bytes.length > TABLE_LIMITS.bytesMax) {
		return err({
			expected: `a file of at most ${TABLE_LIMITS.bytesMax} bytes`,
			found: `${bytes.length}`,
			advice: 'split it, for example by region, and keep the headings in each part',
		});
	}
	const stranger = strangerIn(bytes);
	if (stranger !== undefined) return err(stranger);
	const encoding = given ?? tellEncoding(bytes);
	const text = encoding === 'windows-1252' ? decode1252(bytes) : decodeUnicode(bytes, encoding);
	if (text === undefined) {
		return err({
			expected: `text in ${encoding}`,
			found: 'bytes that are not',
			advice: 'leave the encoding out of the mapping, or name the right one',
		});
	}
	const zero = text.indexOf('\u0000');
	if (zero < 0) return ok({ text, encoding });
	return err({
		line: lineAt(text, zero),
		expected: 'text',
		found: 'a NUL character',
		advice: 'the file is damaged or no text: get it again, or save it as CSV in UTF-8',
	});
}

function lineAt(text: string, place: number): number {
	const mark = text.includes('\n') ? '\n' : '\r';
	let line = 1;
	for (let at = text.indexOf(mark); at >= 0 && at < place; at = text.indexOf(mark, at + 1)) line++;
	return line;
}

const STRANGERS: readonly (readonly [string, string, string])[] = [
	[
		'PK\u0003\u0004',
		'a zip file or a spreadsheet',
		'unpack it, or open it in a spreadsheet program and save the sheet as CSV',
	],
	['\u001f\u008b', 'a gzip file', 'unpack it first'],
	['%PDF', 'a PDF', 'ask the source for the table itself; figures read off a PDF need checking by hand'],
	['\u00d0\u00cf\u0011\u00e0', 'an old spreadsheet', 'save the sheet as CSV'],
];

function strangerIn(bytes: Uint8Array): TableFault | undefined {
	const head = String.fromCharCode(...bytes.subarray(0, 4));
	const found = STRANGERS.find(([mark]) => head.startsWith(mark));
	return found === undefined
		? undefined
		: { expected: 'a table as text (CSV or JSON)', found: found[1], advice: found[2] };
}

function tellEncoding(bytes: Uint8Array): Encoding {
	const [first, second] = bytes;
	if (first === 0xff && second === 0xfe) return 'utf-16le';
	if (first === 0xfe && second === 0xff) return 'utf-16be';
	const wide = looksWide(bytes);
	if (wide !== undefined) return wide;
	return decodeUnicode(bytes, 'utf-8') === undefined ? 'windows-1252' : 'utf-8';
}

/** In UTF-16 without a mark, every other byte of a table is zero. */
function looksWide(bytes: Uint8Array): Encoding | undefined {
	const sample = bytes.subarray(0, 4096);
	const zeroes = [0, 0];
	for (const [place, byte] of sample.entries()) if (byte === 0) zeroes[place % 2] = (zeroes[place % 2] ?? 0) + 1;
	const [even = 0, odd = 0] = zeroes;
	const many = sample.length * 0.3;
	if (odd > many && even * 20 < odd) return 'utf-16le';
	return even > many && odd * 20 < even ? 'utf-16be' : undefined;
}

function decodeUnicode(bytes: Uint8Array, encoding: Exclude<Encoding, 'windows-1252'>): string | undefined {
	try {
		return new TextDecoder(encoding, { fatal: true }).decode(bytes);
	} catch {
		return undefined;
	}
}

/** Characters of Windows-1252 that are not those of Latin-1, from 0x80 on; five bytes have none and stay what they are. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** By way of UTF-16, because some engines take Windows-1252 for Latin-1. */
function decode1252(bytes: Uint8Array): string {
	const wide = new Uint8Array(2 * bytes.length);
	for (let place = 0; place < bytes.length; place++) {
		const byte = bytes[place] ?? 0;
		const unit = byte >= 0x80 && byte < 0xa0 ? HIGH.charCodeAt(byte - 0x80) : byte;
		wide[2 * place] = unit & 255;
		wide[2 * place + 1] = unit >> 8;
	}
	return new TextDecoder('utf-16le').decode(wide);
}
