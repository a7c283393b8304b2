/** A report as JSON, piece by piece: UTF-8 text, each node of a long list on a line of its own. Every node names its class; numbers are integers and stand as they are. */
import { unreachable } from '@matokeo/core/std/result.ts';
import type { Node, Texts, Value } from './node.ts';

const MODEL = 'ElectionResults';

export function* printNistJson(report: Node): Generator<string> {
	yield* printNode(report);
	yield '\n';
}

function* printNode(node: Node): Generator<string> {
	if (node.long !== true) {
		yield inline(node);
		return;
	}
	yield `{${opening(node)}`;
	for (const [name, value] of node.members()) {
		if (typeof value === 'object' && value.kind === 'nodes') yield* printList(name, value.nodes);
		else yield `,\n${JSON.stringify(name)}:${printValue(value)}`;
	}
	yield '}';
}

function* printList(name: string, list: Iterable<Node>): Generator<string> {
	let before = `,\n${JSON.stringify(name)}:[\n`;
	let any = false;
	for (const node of list) {
		yield before;
		yield* printNode(node);
		before = ',\n';
		any = true;
	}
	if (any) yield '\n]';
}

function opening({ class: name, id }: Node): string {
	const type = `"@type":${JSON.stringify(`${MODEL}.${name}`)}`;
	return id === undefined ? type : `"@id":${JSON.stringify(id)},${type}`;
}

function inline(node: Node): string {
	let text = `{${opening(node)}`;
	for (const [name, value] of node.members()) {
		const printed = printValue(value);
		if (printed !== '[]') text += `,${JSON.stringify(name)}:${printed}`;
	}
	return `${text}}`;
}

function printValue(value: Value): string {
	if (typeof value !== 'object') return JSON.stringify(value);
	switch (value.kind) {
		case 'one':
			return JSON.stringify(value.id);
		case 'list':
			return JSON.stringify(value.ids);
		case 'texts':
			return printTexts(value);
		case 'nodes':
			return `[${[...value.nodes].map(inline).join(',')}]`;
		default:
			return unreachable(value);
	}
}

function printTexts({ texts }: Texts): string {
	const text = texts.map(([Language, Content]) => ({ '@type': `${MODEL}.LanguageString`, Content, Language }));
	return JSON.stringify({ '@type': `${MODEL}.InternationalizedText`, Text: text });
}
