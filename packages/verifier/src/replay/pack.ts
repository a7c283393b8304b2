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
const NARROW = /^[\0-\xff]*$/;
const SCRATCH_LEAST = 4096;

export function packer(): Packer {
	const shapes = shapeTable();
	let bytes = Buffer.alloc(SCRATCH_LEAST);
	let at = 0;

	function room(size: number): void {
		if (at + size <= bytes.length) return;
		bytes = Buffer.concat([bytes], 2 * (at + size));
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
			at += bytes.write(text, at, 'hex');
		} else {
			const narrow = NARROW.test(text);
			bytes[at++] = narrow ? BYTES_TEXT : WIDE_TEXT;
			writeNumber(text.length);
			at += bytes.write(text, at, narrow ? 'latin1' : 'utf16le');
		}
	}

	function writeObject(value: object): void {
		bytes[at++] = OBJECT;
		writeNumber(shapes.codeOf(Object.keys(value)));
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
		return bytes.toString('latin1', 0, at);
	}
	return { pack, unpack: reader(shapes.names) };
}

interface Shapes {
	/** Lists of member names, in the order in which they were first met. */
	readonly names: readonly (readonly string[])[];
	readonly codeOf: (names: readonly string[]) => number;
}

function shapeTable(): Shapes {
	const names: (readonly string[])[] = [];
	const codes = new Map<string, number>();
	const codeOf = (list: readonly string[]): number => {
		const joined = list.join('\n');
		const code = codes.get(joined) ?? names.push(list) - 1;
		codes.set(joined, code);
		return code;
	};
	return { names, codeOf };
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
				return String.fromCharCode(...Array.from({ length: number() }, () => next() + next() * 256));
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
