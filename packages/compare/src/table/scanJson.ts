/**
 * Walks over JSON text and tells what it meets, by offsets: no tree is made, no number is turned into one, no name is lost because it stands twice. It knows the grammar
 * and nothing of tables.
 */
import { TABLE_LIMITS } from './limits.ts';
import type { TableFault } from './table.ts';

/** A text's offsets are those inside its quotation marks. */
export interface Span {
	readonly start: number;
	readonly end: number;
}

export interface JsonCursor {
	readonly text: string;
	at: number;
	depth: number;
	fault: TableFault | undefined;
}

const QUOTE = 34;
const BACKSLASH = 92;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const WORD = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null/y;

export function jsonCursor(text: string): JsonCursor {
	return { text, at: 0, depth: 0, fault: undefined };
}

export function peek(cursor: JsonCursor): string {
	while (isSpace(cursor.text.charCodeAt(cursor.at))) cursor.at++;
	return cursor.text.charAt(cursor.at);
}

/** Walks through `{…}`; `each` must read or pass over the member's value. False once something is wrong. */
export function eachMember(cursor: JsonCursor, each: (key: Span) => boolean): boolean {
	return nested(cursor, '}', () => {
		if (peek(cursor) !== '"') return wrong(cursor, 'a name in quotation marks');
		const key = readString(cursor);
		if (key === undefined) return false;
		if (peek(cursor) !== ':') return wrong(cursor, 'a colon');
		cursor.at++;
		return each(key);
	});
}

/** Walks through `[…]`; `each` must read or pass over the item. */
export function eachItem(cursor: JsonCursor, each: (place: number) => boolean): boolean {
	let place = 0;
	return nested(cursor, ']', () => each(++place));
}

/** A text, a number, true, false or null. `null` is an empty span. */
export function readScalar(cursor: JsonCursor): Span | undefined {
	if (peek(cursor) === '"') return readString(cursor);
	const start = cursor.at;
	skip(cursor, WORD);
	const end = cursor.at;
	if (end === start) {
		wrong(cursor, 'a value');
		return undefined;
	}
	return cursor.text.startsWith('null', start) ? { start, end: start } : { start, end };
}

/** Passes over any value. */
export function passOver(cursor: JsonCursor): boolean {
	const sign = peek(cursor);
	if (sign === '{') return eachMember(cursor, () => passOver(cursor));
	if (sign === '[') return eachItem(cursor, () => passOver(cursor));
	return readScalar(cursor) !== undefined;
}

/** Whether nothing but white space follows. */
export function atEnd(cursor: JsonCursor): boolean {
	return peek(cursor) === '' || wrong(cursor, 'the end of the file');
}

function nested(cursor: JsonCursor, close: string, each: () => boolean): boolean {
	if (cursor.depth >= TABLE_LIMITS.depthMax) return wrong(cursor, `at most ${TABLE_LIMITS.depthMax} levels of nesting`);
	cursor.at++;
	if (peek(cursor) === close) {
		cursor.at++;
		return true;
	}
	cursor.depth++;
	for (;;) {
		if (!each()) return false;
		const sign = peek(cursor);
		if (sign !== ',' && sign !== close) return wrong(cursor, `a comma or ${close}`);
		cursor.at++;
		if (sign === close) break;
	}
	cursor.depth--;
	return true;
}

function readString(cursor: JsonCursor): Span | undefined {
	const start = ++cursor.at;
	for (;;) {
		while (isPlain(cursor.text.charCodeAt(cursor.at))) cursor.at++;
		if (cursor.at - start > TABLE_LIMITS.cellLengthMax) {
			wrong(cursor, `texts of at most ${TABLE_LIMITS.cellLengthMax} characters`);
			return undefined;
		}
		if (cursor.text.charAt(cursor.at) === '"') return { start, end: cursor.at++ };
		const before = cursor.at;
		skip(cursor, ESCAPE);
		if (cursor.at !== before) continue;
		wrong(cursor, 'a closing quotation mark on the same line');
		return undefined;
	}
}

function isSpace(unit: number): boolean {
	return unit === 32 || unit === 10 || unit === 13 || unit === 9;
}

/** Anything that stands for itself in a text; behind the end of the document there is nothing. */
function isPlain(unit: number): boolean {
	return unit >= 32 && unit !== QUOTE && unit !== BACKSLASH;
}

function skip(cursor: JsonCursor, pattern: RegExp): void {
	pattern.lastIndex = cursor.at;
	cursor.at += pattern.exec(cursor.text)?.[0].length ?? 0;
}

/** The first fault stays. Its line is counted when it is told. */
export function wrong(cursor: JsonCursor, expected: string): false {
	const piece = cursor.text.slice(cursor.at, cursor.at + 20);
	cursor.fault ??= {
		line: lineOf(cursor),
		expected,
		found: piece === '' ? 'the end of the file' : JSON.stringify(piece),
		advice: 'the file is damaged or no JSON: get it again',
	};
	return false;
}

function lineOf({ text, at }: JsonCursor): number {
	let line = 1;
	for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) line++;
	return line;
}
