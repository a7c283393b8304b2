/**
 * The codes that statements may cite (`spec/package.md`, P70–P71, P77): reasons, grounds, bases in law, each with its citation. A ground for
 * disregarding a return may carry an expression, which the log then tests on the accepted reading.
 */
import { type Expression, parseExpression } from './expression.ts';
import { tellExpression } from './expressionPlaces.ts';
import type { JsonNode } from './json.ts';
import { asId, asList, asObject, asText, asTexts, type Node, type Shape } from './jsonShape.ts';
import { LIMITS } from './limits.ts';
import { tellTwice } from './readKeys.ts';
import type { Code, Codes, DisregardGround } from './types.ts';

/** Where a ground's expression stands, so that its field ids can be checked once the forms are known. */
export interface GroundExpression {
	readonly node: JsonNode;
	readonly expression: Expression;
}

const LISTS = ['quarantine', 'disregard', 'status', 'replaces', 'withhold', 'revoke', 'amend'] as const;
/** Of the statements that follow counting (P77); a list that is absent is empty. */
const FURTHER = ['proceed', 'supersede', 'answer', 'dissent', 'order', 'notice', 'surface', 'attempt'] as const;

export function readCodes(
	shape: Shape,
	node: Node,
): { readonly codes: Codes; readonly grounds: readonly GroundExpression[] } {
	const get = asObject(shape, node, 'codes', LISTS, FURTHER) ?? (() => undefined);
	const grounds: GroundExpression[] = [];
	const list = (name: (typeof LISTS)[number] | (typeof FURTHER)[number]): readonly Code[] =>
		readList(shape, get(name), name, (item) => readCode(shape, item, name));
	const disregard = readList(shape, get('disregard'), 'disregard', (item) => readGround(shape, item, grounds));
	const codes = {
		quarantine: list('quarantine'),
		disregard,
		status: list('status'),
		replaces: list('replaces'),
		withhold: list('withhold'),
		revoke: list('revoke'),
		amend: list('amend'),
		proceed: list('proceed'),
		supersede: list('supersede'),
		answer: list('answer'),
		dissent: list('dissent'),
		order: list('order'),
		notice: list('notice'),
		surface: list('surface'),
		attempt: list('attempt'),
	};
	return { codes, grounds };
}

function readList<T extends Code>(
	shape: Shape,
	node: Node,
	name: string,
	read: (item: JsonNode) => T | undefined,
): readonly T[] {
	const codes = new Map<string, T>();
	for (const item of asList(shape, node, `codes.${name}`, LIMITS.codesMax)) {
		const code = read(item);
		if (code === undefined) continue;
		if (codes.has(code.id)) tellTwice(shape, item, `code of ${name}`, code.id);
		codes.set(code.id, code);
	}
	return [...codes.values()];
}

function readCode(shape: Shape, item: JsonNode, name: string, optional: readonly string[] = []): Code | undefined {
	const get = asObject(shape, item, `a code of ${name}`, ['id', 'text', 'citation'], optional);
	const id = asId(shape, get?.('id'), 'the id of a code');
	const text = asTexts(shape, get?.('text'), 'the text of a code') ?? {};
	const citation = asText(shape, get?.('citation'), 'the citation (write “assumption” where there is none)') ?? '';
	return id === undefined ? undefined : { id, text, citation };
}

function readGround(shape: Shape, item: JsonNode, grounds: GroundExpression[]): DisregardGround | undefined {
	const code = readCode(shape, item, 'disregard', ['expression']);
	const node = item.kind === 'object' ? item.members.get('expression')?.value : undefined;
	const source = asText(shape, node, 'the expression');
	if (code === undefined) return undefined;
	if (source === undefined || node === undefined) return { ...code, expression: undefined, source: '' };
	const parsed = parseExpression(source);
	if (!parsed.ok) {
		tellExpression(shape, node, parsed.error);
		return { ...code, expression: undefined, source };
	}
	grounds.push({ node, expression: parsed.value });
	return { ...code, expression: parsed.value, source };
}
