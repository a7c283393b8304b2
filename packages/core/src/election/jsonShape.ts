/**
 * Small readers from JSON nodes to values, for `election.json` (`spec/package.md`, P20–P24). Each tells its problem with
 * line and column and goes on, so that one run finds all of them; a missing value is told once, by its object.
 * A reader answers `undefined` exactly when a problem has been told, here or before.
 */
import type { JsonNode } from './json.ts';
import { LIMITS } from './limits.ts';
import { type ProblemList, quote } from './problem.ts';
import type { SourceText } from './sourceText.ts';
import type { Text } from './types.ts';

export interface Shape {
	readonly source: SourceText;
	readonly problems: ProblemList;
}

/** `undefined` where a key is absent: already told if it was required. */
export type Node = JsonNode | undefined;

/** 1 to 64 of `[a-z0-9._/-]`, beginning with a letter or digit; not the one such word that every object of JavaScript answers to. */
export const ID = /^(?!constructor$)[a-z0-9][a-z0-9._/-]{0,63}$/;
const LANGUAGE = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;

export function tell(
	shape: Shape,
	node: JsonNode,
	rule: string,
	expected: string,
	came: string,
	toDo: string,
): undefined {
	tellAt(shape, node.at, rule, expected, came, toDo);
}

export function tellAt(shape: Shape, at: number, rule: string, expected: string, came: string, toDo: string): void {
	shape.problems.add({ rule, file: shape.source.file, ...shape.source.placeAt(at), expected, came, toDo });
}

/** The members of an object with these keys; the answer gives `undefined` for what is absent. */
export function asObject(
	shape: Shape,
	node: Node,
	what: string,
	required: readonly string[],
	optional: readonly string[] = [],
): ((key: string) => Node) | undefined {
	const members = membersOf(shape, node, what);
	if (members === undefined || node === undefined) return undefined;
	const known = [...required, ...optional];
	for (const member of members.values()) {
		if (known.includes(member.key)) continue;
		const expected = `in ${what} only the keys ${known.join(', ')}`;
		tellAt(shape, member.keyAt, 'P24', expected, quote(member.key), 'correct the key’s spelling, or delete it');
	}
	for (const key of required) {
		if (!members.has(key)) tell(shape, node, 'P24', `${what} to have the key ${key}`, 'no such key', `add "${key}"`);
	}
	return (key) => members.get(key)?.value;
}

/** An object used as a table: id → value. Keys that look like integers are refused, since JavaScript would reorder them. */
export function asTable(shape: Shape, node: Node, what: string, max: number): readonly (readonly [string, JsonNode])[] {
	const members = membersOf(shape, node, what);
	if (members === undefined || node === undefined) return [];
	if (members.size > max) tell(shape, node, 'P8', `at most ${max} entries`, `${members.size}`, `shorten ${what}`);
	const entries: (readonly [string, JsonNode])[] = [];
	for (const member of members.values()) {
		if (ID.test(member.key) && !isIntegerLike(member.key)) entries.push([member.key, member.value]);
		else tellAt(shape, member.keyAt, 'P25', `${ID_IN_WORDS}, not digits alone`, quote(member.key), 'rename it');
	}
	return entries;
}

function membersOf(shape: Shape, node: Node, what: string) {
	if (node === undefined || node.kind === 'wrong') return undefined;
	if (node.kind === 'object') return node.members;
	return tell(shape, node, 'P24', `${what} as an object {…}`, nodeInWords(node), 'write it as spec/package.md shows');
}

export function asList(shape: Shape, node: Node, what: string, max: number): readonly JsonNode[] {
	if (node === undefined || node.kind === 'wrong') return [];
	if (node.kind !== 'list') {
		tell(shape, node, 'P24', `${what} as a list […]`, nodeInWords(node), 'write it as spec/package.md shows');
		return [];
	}
	if (node.items.length > max)
		tell(shape, node, 'P8', `at most ${max} in ${what}`, `${node.items.length}`, 'shorten it');
	return node.items.slice(0, max);
}

export function asText(shape: Shape, node: Node, what: string): string | undefined {
	if (node === undefined || node.kind === 'wrong') return undefined;
	if (node.kind !== 'text')
		return tell(shape, node, 'P24', `${what} as text`, nodeInWords(node), 'write it in double quotes');
	if (node.value.trim() !== '' && node.value.length <= LIMITS.textLengthMax) return node.value;
	const came = node.value.trim() === '' ? 'an empty text' : `${node.value.length} characters`;
	return tell(
		shape,
		node,
		'P24',
		`${what}: 1 to ${LIMITS.textLengthMax} characters`,
		came,
		'write a text of that length',
	);
}

export function asId(shape: Shape, node: Node, what: string): string | undefined {
	const text = asText(shape, node, what);
	if (text === undefined || node === undefined || ID.test(text)) return text;
	return tell(
		shape,
		node,
		'P25',
		`${what}: ${ID_IN_WORDS}`,
		quote(text),
		'choose such an id; the name may have any letters',
	);
}

export function asWord<W extends string>(shape: Shape, node: Node, what: string, words: readonly W[]): W | undefined {
	const text = asText(shape, node, what);
	const word = words.find((known) => known === text);
	if (word !== undefined || text === undefined || node === undefined) return word;
	return tell(shape, node, 'P24', `${what}: one of ${words.join(', ')}`, quote(text), 'use one of these words');
}

export function asCount(
	shape: Shape,
	node: Node,
	what: string,
	min = 0,
	max = Number.MAX_SAFE_INTEGER,
): number | undefined {
	if (node === undefined || node.kind === 'wrong') return undefined;
	const range = `${what}: a whole number from ${min} to ${max}`;
	if (node.kind !== 'integer') return tell(shape, node, 'P24', range, nodeInWords(node), 'write digits without quotes');
	if (node.value >= min && node.value <= max) return node.value;
	return tell(shape, node, 'P24', range, `${node.value}`, 'write a number in that range');
}

export function asBoolean(shape: Shape, node: Node, what: string): boolean | undefined {
	if (node === undefined || node.kind === 'wrong') return undefined;
	if (node.kind === 'boolean') return node.value;
	return tell(shape, node, 'P24', `${what}: true or false`, nodeInWords(node), 'write true or false without quotes');
}

/** Language → text, at least one. */
export function asTexts(shape: Shape, node: Node, what: string): Text | undefined {
	const members = membersOf(shape, node, what);
	if (members === undefined || node === undefined) return undefined;
	const texts: Record<string, string> = {};
	for (const member of members.values()) {
		if (!LANGUAGE.test(member.key)) {
			tellAt(shape, member.keyAt, 'P24', 'a language tag such as en or sw', quote(member.key), 'use the BCP 47 tag');
		}
		texts[member.key] = asText(shape, member.value, what) ?? '';
	}
	if (members.size > 0) return texts;
	return tell(shape, node, 'P24', `${what} in at least one language`, 'an empty object', 'write { "en": "…" }');
}

export function isIntegerLike(id: string): boolean {
	return /^[0-9]+$/.test(id);
}

export const ID_IN_WORDS = '1 to 64 of a–z 0–9 . _ / -, beginning with a letter or digit';

export function nodeInWords(node: JsonNode): string {
	switch (node.kind) {
		case 'text':
			return `the text ${quote(node.value)}`;
		case 'integer':
		case 'boolean':
			return `${node.value}`;
		case 'object':
			return 'an object {…}';
		case 'list':
			return 'a list […]';
		default:
			return 'something unreadable';
	}
}
