/**
 * Strict JSON with positions (`spec/package.md`, P20–P23; why an own parser: `docs/decisions/0010`). Syntax errors end the reading;
 * duplicate keys, `null`, numbers that are not counts, lone surrogates and keys that look like integers are all collected.
 *
 * Does not know what the values mean: see `jsonShape.ts`.
 */
import { LIMITS } from './limits.ts';
import { type ProblemList, quote } from './problem.ts';
import { type SourceText, strangeIn } from './sourceText.ts';

export interface JsonMember {
	readonly key: string;
	readonly keyAt: number;
	readonly value: JsonNode;
}

/** A value and the offset at which it begins. `wrong`: something whose problem is already told. */
export type JsonNode =
	| { readonly kind: 'object'; readonly at: number; readonly members: ReadonlyMap<string, JsonMember> }
	| { readonly kind: 'list'; readonly at: number; readonly items: readonly JsonNode[] }
	| { readonly kind: 'text'; readonly at: number; readonly value: string; readonly escaped: boolean }
	| { readonly kind: 'integer'; readonly at: number; readonly value: number }
	| { readonly kind: 'boolean'; readonly at: number; readonly value: boolean }
	| { readonly kind: 'wrong'; readonly at: number };

/** What plain JSON libraries would have returned; `undefined` if something in it is wrong. */
export type PlainJson = string | number | boolean | readonly PlainJson[] | { readonly [key: string]: PlainJson };

export function parseJson(source: SourceText, problems: ProblemList): JsonNode | undefined {
	const reader: Reader = { source, problems, at: 0, depth: 0 };
	try {
		const node = readValue(reader);
		skipSpace(reader);
		if (reader.at < source.text.length)
			stop(reader, 'the end of the file after the first value', 'delete what follows');
		return node;
	} catch (thrown) {
		if (thrown === STOPPED) return undefined;
		throw thrown;
	}
}

export function plainJson(node: JsonNode): PlainJson | undefined {
	if (node.kind === 'wrong') return undefined;
	if (node.kind === 'list') {
		const items: PlainJson[] = [];
		for (const item of node.items) {
			const plain = plainJson(item);
			if (plain === undefined) return undefined;
			items.push(plain);
		}
		return items;
	}
	if (node.kind !== 'object') return node.value;
	const members: [string, PlainJson][] = [];
	for (const member of node.members.values()) {
		const plain = plainJson(member.value);
		if (plain === undefined) return undefined;
		members.push([member.key, plain]);
	}
	return Object.fromEntries(members);
}

interface Reader {
	readonly source: SourceText;
	readonly problems: ProblemList;
	at: number;
	depth: number;
}

const STOPPED = new Error('the JSON cannot be read further');
const SPACE = /[ \n\t\r]*/y;
const NUMBER = /-?[0-9][0-9.eE+-]*/y;
const PLAIN_TEXT = /[^"\\\n\t]*/y;
const WORD = /[A-Za-z_']+/y;
const COUNT = /^(0|[1-9][0-9]{0,15})$/;
const ESCAPES: Readonly<Record<string, string>> = {
	'"': '"',
	'\\': '\\',
	'/': '/',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
};

function readValue(reader: Reader): JsonNode {
	skipSpace(reader);
	const { at } = reader;
	const character = reader.source.text.charAt(at);
	if (character === '{') return nested(reader, readObject);
	if (character === '[') return nested(reader, readList);
	if (character === '"') return readText(reader);
	const number = match(reader, NUMBER);
	if (number !== '') return numberNode(reader, at, number);
	const word = match(reader, WORD);
	if (word === 'true' || word === 'false') return { kind: 'boolean', at, value: word === 'true' };
	if (word === 'null') {
		tell(reader, 'P22', at, 'a value', 'null', 'leave the key out where there is nothing to say');
		return { kind: 'wrong', at };
	}
	reader.at = at;
	return stop(reader, 'a value: {…}, […], "…", a whole number, true or false', 'mend the JSON at this place');
}

function nested(reader: Reader, read: (reader: Reader, at: number) => JsonNode): JsonNode {
	const { at } = reader;
	if (reader.depth >= LIMITS.jsonDepthMax) {
		return stop(reader, `at most ${LIMITS.jsonDepthMax} levels of nesting`, 'write it flatter');
	}
	reader.at += 1;
	reader.depth += 1;
	const node = read(reader, at);
	reader.depth -= 1;
	return node;
}

function readObject(reader: Reader, at: number): JsonNode {
	const members = new Map<string, JsonMember>();
	if (closes(reader, '}')) return { kind: 'object', at, members };
	do {
		skipSpace(reader);
		const keyAt = reader.at;
		if (reader.source.text.charAt(keyAt) !== '"') stop(reader, 'a key in double quotes', 'mend the JSON at this place');
		const key = readText(reader);
		if (key.kind !== 'text') continue;
		skipSpace(reader);
		if (reader.source.text.charAt(reader.at) !== ':')
			stop(reader, 'a colon after the key', 'mend the JSON at this place');
		reader.at += 1;
		const member = { key: key.value, keyAt, value: readValue(reader) };
		if (members.has(key.value)) {
			tell(reader, 'P21', keyAt, 'each key once', `${quote(key.value)} again`, 'delete one of the two');
		} else members.set(key.value, member);
	} while (goesOn(reader, '}'));
	return { kind: 'object', at, members };
}

function readList(reader: Reader, at: number): JsonNode {
	const items: JsonNode[] = [];
	if (closes(reader, ']')) return { kind: 'list', at, items };
	do items.push(readValue(reader));
	while (goesOn(reader, ']'));
	return { kind: 'list', at, items };
}

function readText(reader: Reader): JsonNode {
	const { at } = reader;
	let value = '';
	let escaped = false;
	reader.at += 1;
	for (;;) {
		value += match(reader, PLAIN_TEXT);
		const character = reader.source.text.charAt(reader.at);
		if (character === '"') break;
		if (character !== '\\')
			stop(reader, 'a closing double quote on the same line', 'close the text, or write a line break as \\n');
		escaped = true;
		value += readEscape(reader);
	}
	reader.at += 1;
	if (!value.isWellFormed()) {
		tell(reader, 'P23', at, 'whole characters', 'half of a surrogate pair', 'write the character itself');
		return { kind: 'wrong', at };
	}
	if (escaped && value.normalize('NFC') !== value) {
		tell(reader, 'P14', at, 'Unicode NFC (composed letters)', 'a decomposed letter', 'write the composed letter');
	}
	const strange = escaped ? strangeIn(value.replaceAll('\n', ' ')) : undefined;
	if (strange !== undefined) tell(reader, 'P13', at, 'text that can be seen', strange, 'take that escape out');
	return { kind: 'text', at, value, escaped };
}

function readEscape(reader: Reader): string {
	const letter = reader.source.text.charAt(reader.at + 1);
	const plain = ESCAPES[letter];
	if (plain !== undefined) {
		reader.at += 2;
		return plain;
	}
	const digits = reader.source.text.slice(reader.at + 2, reader.at + 6);
	if (letter !== 'u' || !/^[0-9a-fA-F]{4}$/.test(digits)) {
		return stop(reader, 'one of \\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX', 'write a backslash as \\\\');
	}
	reader.at += 6;
	return String.fromCharCode(Number.parseInt(digits, 16));
}

function numberNode(reader: Reader, at: number, text: string): JsonNode {
	const value = COUNT.test(text) ? Number(text) : Number.NaN;
	if (Number.isSafeInteger(value)) return { kind: 'integer', at, value };
	const expected = 'a whole number from 0 to 9007199254740991, digits only';
	tell(reader, 'P22', at, expected, quote(text), 'write all digits, without sign, point, exponent or leading zeroes');
	return { kind: 'wrong', at };
}

function closes(reader: Reader, bracket: string): boolean {
	skipSpace(reader);
	if (reader.source.text.charAt(reader.at) !== bracket) return false;
	reader.at += 1;
	return true;
}

function goesOn(reader: Reader, bracket: string): boolean {
	if (closes(reader, bracket)) return false;
	if (reader.source.text.charAt(reader.at) !== ',')
		stop(reader, `a comma or ${bracket}`, 'mend the JSON at this place');
	reader.at += 1;
	skipSpace(reader);
	if (reader.source.text.charAt(reader.at) === bracket)
		stop(reader, 'a value after the comma', 'delete the last comma');
	return true;
}

function skipSpace(reader: Reader): void {
	match(reader, SPACE);
}

function match(reader: Reader, pattern: RegExp): string {
	pattern.lastIndex = reader.at;
	const text = pattern.exec(reader.source.text)?.[0] ?? '';
	reader.at += text.length;
	return text;
}

function tell(reader: Reader, rule: string, at: number, expected: string, came: string, toDo: string): void {
	const { file, placeAt } = reader.source;
	reader.problems.add({ rule, file, ...placeAt(at), expected, came, toDo });
}

function stop(reader: Reader, expected: string, toDo: string): never {
	const { text } = reader.source;
	const came = reader.at >= text.length ? 'the end of the file' : quote(text.slice(reader.at, reader.at + 20));
	tell(reader, 'P20', reader.at, expected, came, toDo);
	throw STOPPED;
}
