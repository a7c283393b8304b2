/**
 * Small readers from JSON nodes to the values of a mapping. Each tells its problem with line and column and goes on, so that one run finds all of them. The words are those of a
 * mapping; the reading of JSON itself is the core's, which keeps positions and refuses a name that stands twice.
 */
import type { JsonNode } from '@matokeo/core/election/json.ts';
import { nodeInWords } from '@matokeo/core/election/jsonShape.ts';
import { quote } from '@matokeo/core/election/problem.ts';
import type { SourceText } from '@matokeo/core/election/sourceText.ts';
import { MAPPING_LIMITS } from './mapping.ts';

export interface Telling {
	readonly source: SourceText;
	/** `line 3, column 7: expected …, found …; …` */
	readonly problems: string[];
}

export type Node = JsonNode | undefined;

export type Members = ReadonlyMap<string, Node>;

export function tell(telling: Telling, node: JsonNode, expected: string, found: string, advice: string): undefined {
	const { line, column } = telling.source.placeAt(node.at);
	telling.problems.push(`line ${line}, column ${column}: expected ${expected}, found ${found}; ${advice}`);
}

/** The members of an object; a name that does not belong is told. */
export function membersOf(telling: Telling, node: Node, what: string, names: readonly string[]): Members {
	const members = new Map<string, Node>();
	if (node === undefined || node.kind === 'wrong') return members;
	if (node.kind !== 'object') {
		tell(telling, node, `${what} as an object {…}`, nodeInWords(node), 'write it so');
		return members;
	}
	for (const { key, keyAt, value } of node.members.values()) {
		if (names.includes(key)) members.set(key, value);
		else {
			const at: JsonNode = { kind: 'wrong', at: keyAt };
			tell(telling, at, `in ${what} only ${names.join(', ')}`, quote(key), 'correct its spelling, or delete it');
		}
	}
	return members;
}

/** Tells the absence of a member at its object. */
export function needed(telling: Telling, node: Node, members: Members, what: string, name: string): Node {
	const found = members.get(name);
	if (found === undefined && node !== undefined && node.kind === 'object')
		tell(telling, node, `${what} to have ${name}`, 'no such member', `add "${name}"`);
	return found;
}

export function textOf(telling: Telling, node: Node, what: string, emptyToo = false): string | undefined {
	if (node === undefined || node.kind === 'wrong') return undefined;
	if (node.kind !== 'text')
		return tell(telling, node, `${what} as text`, nodeInWords(node), 'write it in double quotes');
	const { value } = node;
	if ((emptyToo || value !== '') && value.length <= MAPPING_LIMITS.textMax) return value;
	const least = emptyToo ? 0 : 1;
	const range = `${what} of ${least} to ${MAPPING_LIMITS.textMax} characters`;
	return tell(telling, node, range, `${value.length} characters`, 'write a text of that length');
}

export function wordOf<W extends string>(
	telling: Telling,
	node: Node,
	what: string,
	words: readonly W[],
): W | undefined {
	if (node === undefined || node.kind === 'wrong') return undefined;
	const word = node.kind === 'text' ? words.find((known) => known === node.value) : undefined;
	if (word !== undefined) return word;
	const listed = words.map((one) => JSON.stringify(one)).join(', ');
	return tell(telling, node, `${what} to be one of ${listed}`, nodeInWords(node), 'use one of these');
}

export function booleanOf(telling: Telling, node: Node, what: string): boolean | undefined {
	if (node === undefined || node.kind === 'wrong') return undefined;
	if (node.kind === 'boolean') return node.value;
	return tell(telling, node, `${what} to be true or false`, nodeInWords(node), 'write true or false without quotes');
}

export function countOf(telling: Telling, node: Node, what: string, max: number): number | undefined {
	if (node === undefined || node.kind === 'wrong') return undefined;
	if (node.kind === 'integer' && node.value <= max) return node.value;
	return tell(telling, node, `${what}: a whole number from 0 to ${max}`, nodeInWords(node), 'write such a number');
}

export function listOf(telling: Telling, node: Node, what: string, max: number): readonly JsonNode[] {
	if (node === undefined || node.kind === 'wrong') return [];
	if (node.kind !== 'list') {
		tell(telling, node, `${what} as a list […]`, nodeInWords(node), 'write it so');
		return [];
	}
	if (node.items.length > max) tell(telling, node, `at most ${max} in ${what}`, `${node.items.length}`, 'shorten it');
	return node.items.slice(0, max);
}

export function textsOf(telling: Telling, node: Node, what: string, emptyToo = false): readonly string[] {
	return listOf(telling, node, what, MAPPING_LIMITS.listMax).flatMap(
		(item) => textOf(telling, item, `an entry of ${what}`, emptyToo) ?? [],
	);
}
