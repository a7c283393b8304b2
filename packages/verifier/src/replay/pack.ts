/**
 * Rows that nobody is asking for, as short strings of bytes: digests take 32 bytes in place of 64 digits, member names are written once for all rows that have
 * the same ones, words of the rules take one byte. `unpack` gives back the same value with its members in the same order.
 *
 * It knows the values of rows (integers, text, booleans, lists, objects) and not what they mean. The strings mean nothing outside their packer.
 */
import { assert } from '@matokeo/core/std/result.ts';

/** The text of a packed `T`; its characters are bytes. */
export type Packed<T> = string & { readonly packs?: T };

export interface Packer {
	readonly pack: <T extends object>(value: T) => Packed<T>;
	readonly unpack: <T extends object>(packed: Packed<T>) => T;
}

type Value = number | string | boolean | readonly Value[] | { readonly [name: string]: Value };

const NUMBER = 128;
const DIGEST = 129;
const BYTES_TEXT = 130;
const WIDE_TEXT = 131;
const LIST = 132;
const TRUE = 133;
const FALSE = 134;
const OBJECT = 135;
const WORD = 136;
/** Values that stand in many rows; at most 120 of them. */
const WORDS = (
	'presiding-officer receiving-officer returning-officer clerk agent observer original carbon-copy agent-copy posted-copy ' +
	'replacement amendment recount court collation agreement ruling blank illegible struck planned open delayed ' +
	'not-opened return-lost postponed cancelled merged re-poll withdrawn deceased disqualified standing counted void'
).split(' ');
const WORD_CODES = new Map(WORDS.map((word, index) => [word, WORD + index]));
const HEX = /^[0-9a-f]{64}$/;
const SCRATCH_LEAST = 4096;

export function packer(): Packer {
	const shapes: (readonly string[])[] = [];
	const shapeCodes = new Map<string, number>();
	let bytes = new Uint8Array(SCRATCH_LEAST);
	let at = 0;

	function room(size: number): void {
		if (at + size <= bytes.length) return;
		const larger = new Uint8Array(2 * (at + size));
		larger.set(bytes.subarray(0, at));
		bytes = larger;
	}

	function writeNumber(value: number): void {
		room(9);
		let rest = value;
		for (; rest >= 128; rest = Math.floor(rest / 128)) bytes[at++] = (rest % 128) + 128;
		bytes[at++] = rest;
	}

	function writeText(text: string): void {
		const word = WORD_CODES.get(text);
		room(2 * text.length + 12);
		if (word !== undefined) bytes[at++] = word;
		else if (text.length === 64 && HEX.test(text)) {
			bytes[at++] = DIGEST;
			for (let i = 0; i < 64; i += 2) bytes[at++] = nibble(text.charCodeAt(i)) * 16 + nibble(text.charCodeAt(i + 1));
		} else {
			const narrow = isNarrow(text);
			bytes[at++] = narrow ? BYTES_TEXT : WIDE_TEXT;
			writeNumber(text.length);
			for (let i = 0; i < text.length; i++) {
				const unit = text.charCodeAt(i);
				if (!narrow) bytes[at++] = unit >> 8;
				bytes[at++] = unit & 255;
			}
		}
	}

	function writeObject(value: object): void {
		const names = Object.keys(value);
		const joined = names.join('\n');
		let shape = shapeCodes.get(joined);
		if (shape === undefined) {
			shape = shapes.push(names) - 1;
			shapeCodes.set(joined, shape);
		}
		bytes[at++] = OBJECT;
		writeNumber(shape);
		for (const member of Object.values(value)) write(member);
	}

	function write(value: unknown): void {
		room(1);
		if (typeof value === 'number') {
			if (value >= 128) bytes[at++] = NUMBER;
			writeNumber(value);
		} else if (typeof value === 'string') {
			writeText(value);
		} else if (typeof value === 'boolean') {
			bytes[at++] = value ? TRUE : FALSE;
		} else if (Array.isArray(value)) {
			bytes[at++] = LIST;
			writeNumber(value.length);
			for (const member of value) write(member);
		} else {
			assert(typeof value === 'object' && value !== null, 'rows hold integers, text, booleans, lists and objects');
			writeObject(value);
		}
	}

	function pack<T extends object>(value: T): Packed<T> {
		at = 0;
		write(value);
		return Buffer.from(bytes.buffer, 0, at).toString('latin1');
	}
	return { pack, unpack: reader(shapes) };
}

/** The reading half: the type is that of what was packed. */
function reader(shapes: readonly (readonly string[])[]): Packer['unpack'] {
	let packed = '';
	let at = 0;
	const next = (): number => packed.charCodeAt(at++);

	function number(): number {
		let value = 0;
		let scale = 1;
		for (let byte = next(); ; byte = next()) {
			value += (byte & 127) * scale;
			if (byte < 128) return value;
			scale *= 128;
		}
	}

	function value(): Value {
		const code = next();
		if (code < 128) return code;
		if (code >= WORD) return WORDS[code - WORD] ?? '';
		switch (code) {
			case NUMBER:
				return number();
			case DIGEST: {
				let hex = '';
				for (let i = 0; i < 32; i++) hex += HEX_BYTES[next()];
				return hex;
			}
			case BYTES_TEXT: {
				const size = number();
				at += size;
				return packed.slice(at - size, at);
			}
			case WIDE_TEXT:
				return String.fromCharCode(...Array.from({ length: number() }, () => next() * 256 + next()));
			case LIST:
				return Array.from({ length: number() }, value);
			case OBJECT: {
				const object: Record<string, Value> = {};
				for (const name of shapes[number()] ?? []) object[name] = value();
				return object;
			}
			default:
				return code === TRUE;
		}
	}

	function unpack<T extends object>(text: Packed<T>): T;
	function unpack(text: string): unknown {
		packed = text;
		at = 0;
		return value();
	}
	return unpack;
}

const HEX_BYTES: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function nibble(unit: number): number {
	return unit < 58 ? unit - 48 : unit - 87;
}

function isNarrow(text: string): boolean {
	for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 255) return false;
	return true;
}
