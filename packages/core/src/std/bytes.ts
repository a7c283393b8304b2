/**
 * Bytes and their three spellings: hex, base64 and UTF-8. Every decoder is strict: it accepts exactly
 * what the encoder beside it writes and answers `undefined` for any other text, so that no two texts mean
 * the same bytes.
 */
declare class TextEncoder {
	encode(text: string): Uint8Array;
}
declare class TextDecoder {
	constructor(label: 'utf-8', options: { fatal: true; ignoreBOM: true });
	decode(bytes: Uint8Array): string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const DIGITS = '0123456789abcdef';
/** A call takes only so many arguments. */
const HEX_PIECE = 4096;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const SEXTET = new Int8Array(128).fill(-1);
for (let index = 0; index < 64; index++) SEXTET[ALPHABET.charCodeAt(index)] = index;

export function utf8Encode(text: string): Uint8Array {
	return encoder.encode(text);
}

/** Text of well-formed UTF-8 (a byte order mark is kept as a character); `undefined` for anything else. */
export function utf8Decode(bytes: Uint8Array): string | undefined {
	try {
		return decoder.decode(bytes);
	} catch {
		return undefined;
	}
}

/** One flat string: rows keep many of these, and a text put together piece by piece keeps its pieces in memory. */
export function hexEncode(bytes: Uint8Array): string {
	let text = '';
	for (let start = 0; start < bytes.length; start += HEX_PIECE) {
		const units: number[] = [];
		const end = Math.min(bytes.length, start + HEX_PIECE);
		for (let i = start; i < end; i++) {
			const byte = bytes[i] ?? 0;
			units.push(DIGITS.charCodeAt(byte >> 4), DIGITS.charCodeAt(byte & 15));
		}
		text += String.fromCharCode(...units);
	}
	return text;
}

/** Lower-case hex only. */
export function hexDecode(text: string): Uint8Array | undefined {
	if (text.length % 2 !== 0 || !/^[0-9a-f]*$/.test(text)) return undefined;
	return Uint8Array.from({ length: text.length / 2 }, (_, i) => Number.parseInt(text.slice(2 * i, 2 * i + 2), 16));
}

/** RFC 4648 §4, with padding. */
export function base64Encode(bytes: Uint8Array): string {
	let text = '';
	for (let i = 0; i < bytes.length; i += 3) {
		const left = bytes.length - i;
		const word = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
		text += ALPHABET.charAt((word >> 18) & 63) + ALPHABET.charAt((word >> 12) & 63);
		text += left > 1 ? ALPHABET.charAt((word >> 6) & 63) : '=';
		text += left > 2 ? ALPHABET.charAt(word & 63) : '=';
	}
	return text;
}

/** RFC 4648 §4 with padding; white space, a missing pad and spare bits that are not zero are refused. */
export function base64Decode(text: string): Uint8Array | undefined {
	if (text.length % 4 !== 0) return undefined;
	const pad = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
	const size = (text.length / 4) * 3 - pad;
	const bytes = new Uint8Array(size);
	const whole = pad === 0 ? text.length : text.length - 4;
	let at = 0;
	for (let i = 0; i < whole; i += 4) {
		const word =
			(sextetAt(text, i) << 18) | (sextetAt(text, i + 1) << 12) | (sextetAt(text, i + 2) << 6) | sextetAt(text, i + 3);
		if (word < 0) return undefined;
		bytes[at++] = word >> 16;
		bytes[at++] = (word >> 8) & 255;
		bytes[at++] = word & 255;
	}
	if (pad === 0) return bytes;
	const last =
		(sextetAt(text, whole) << 12) | (sextetAt(text, whole + 1) << 6) | (pad === 1 ? sextetAt(text, whole + 2) : 0);
	const spare = pad === 1 ? 3 : 255;
	if (last < 0 || (last & spare) !== 0) return undefined;
	bytes[at++] = last >> 10;
	if (pad === 1) bytes[at] = (last >> 2) & 255;
	return bytes;
}

/** Negative for a character outside the alphabet, so that any one of them makes the whole word negative. */
function sextetAt(text: string, index: number): number {
	return SEXTET[text.charCodeAt(index)] ?? -1;
}

export function bytesEqual(a: Uint8Array, b: Uint8Array): boolean {
	if (a.length !== b.length) return false;
	for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
	return true;
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
