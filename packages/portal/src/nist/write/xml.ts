/**
 * A report as XML, piece by piece. Text is escaped here and nowhere else; a character that XML 1.0 cannot carry in any spelling (controls, halves of a surrogate pair) is written as U+FFFD, so that a name cannot make the document
 * unreadable. Markup in a name is text, and characters that turn the direction of writing pass through: what shows them must mind them.
 */
import { unreachable } from '@matokeo/core/std/result.ts';
import type { Node, Value } from './node.ts';

const NAMESPACE = 'http://itl.nist.gov/ns/voting/1500-100/v2';
const INSTANCE = 'http://www.w3.org/2001/XMLSchema-instance';

export function* printNistXml(report: Node): Generator<string> {
	yield '<?xml version="1.0" encoding="UTF-8"?>\n';
	yield* printNode(report.class, report, ` xmlns="${NAMESPACE}" xmlns:xsi="${INSTANCE}"`);
}

function* printNode(name: string, node: Node, more = ''): Generator<string> {
	if (node.long !== true) {
		yield inline(name, node);
		return;
	}
	yield `<${name}${more}${attributes(node)}>\n`;
	for (const [member, value] of node.members()) {
		if (typeof value === 'object' && value.kind === 'nodes')
			for (const item of value.nodes) yield* printNode(member, item);
		else yield `${printValue(member, value)}\n`;
	}
	yield `</${name}>\n`;
}

function inline(name: string, node: Node): string {
	return `${inner(name, node)}\n`;
}

function inner(name: string, node: Node): string {
	let text = `<${name}${attributes(node)}>`;
	for (const [member, value] of node.members()) text += printValue(member, value);
	return `${text}</${name}>`;
}

function attributes({ class: type, id, derived }: Node): string {
	const object = id === undefined ? '' : ` ObjectId="${attributeText(id)}"`;
	return derived === true ? `${object} xsi:type="${type}"` : object;
}

function printValue(name: string, value: Value): string {
	if (typeof value !== 'object') return element(name, xmlText(String(value)));
	switch (value.kind) {
		case 'one':
			return element(name, xmlText(value.id));
		case 'list':
			return element(name, xmlText(value.ids.join(' ')));
		case 'texts':
			return element(
				name,
				value.texts
					.map(([language, content]) => `<Text Language="${attributeText(language)}">${xmlText(content)}</Text>`)
					.join(''),
			);
		case 'nodes':
			return [...value.nodes].map((node) => inner(name, node)).join('');
		default:
			return unreachable(value);
	}
}

function element(name: string, content: string): string {
	return `<${name}>${content}</${name}>`;
}

const SPECIAL: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	'\t': '&#9;',
	'\n': '&#10;',
	'\r': '&#13;',
};
const REPLACEMENT = '\ufffd';

/** Line feeds and tabs stay in text; a carriage return would become a line feed. */
function xmlText(text: string): string {
	return carried(text).replace(/[&<>\r]/g, (found) => SPECIAL[found] ?? found);
}

function attributeText(text: string): string {
	return carried(text).replace(/[&<>"\t\n\r]/g, (found) => SPECIAL[found] ?? found);
}

function carried(text: string): string {
	let sound = '';
	for (const character of text) sound += isCarried(character.codePointAt(0) ?? 0) ? character : REPLACEMENT;
	return sound;
}

/** Char of XML 1.0. */
function isCarried(code: number): boolean {
	if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
	return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || code >= 0x1_00_00;
}
