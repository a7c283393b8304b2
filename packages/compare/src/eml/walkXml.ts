/**
 * Walks through an XML document of a stranger, piece by piece: elements with their namespace, text, line. Document types are refused, and with them every entity that
 * could be defined; depth, length of texts and size are bounded. It knows nothing of elections.
 */
import { SaxesParser } from 'saxes';

export interface XmlElement {
	readonly local: string;
	readonly uri: string;
	/** Attributes without namespace. */
	readonly attributes: ReadonlyMap<string, string>;
	readonly line: number;
}

export interface XmlVisitor {
	/** A fault stops the walk. */
	readonly open: (element: XmlElement) => string | undefined;
	/** With the text that stands directly in the element. */
	readonly close: (local: string, uri: string, text: string) => void;
}

export interface XmlFault {
	readonly line: number;
	readonly found: string;
}

const DEPTH_MAX = 32;
const TEXT_MAX = 8_192;
const PIECE = 65_536;

export function walkXml(text: string, visitor: XmlVisitor): XmlFault | undefined {
	const parser = new SaxesParser({ xmlns: true });
	let fault: XmlFault | undefined;
	const texts: string[] = [];
	const stop = (found: string): void => {
		fault ??= { line: parser.line, found };
	};
	const add = (piece: string): void => {
		const last = texts.length - 1;
		const whole = (texts[last] ?? '') + piece;
		if (whole.length > TEXT_MAX) stop(`a text of more than ${TEXT_MAX} characters`);
		else if (last >= 0) texts[last] = whole;
	};
	parser.on('error', (error) => stop(error.message.replace(/^[0-9]+:[0-9]+: /, '')));
	parser.on('doctype', () => stop('a document type, which may define what the text means'));
	parser.on('text', add);
	parser.on('cdata', add);
	parser.on('opentag', ({ local, uri, attributes }) => {
		if (fault !== undefined) return;
		texts.push('');
		if (texts.length > DEPTH_MAX) stop(`elements nested more than ${DEPTH_MAX} deep`);
		const own = Object.values(attributes).filter((attribute) => attribute.uri === '');
		const named = new Map(own.map((attribute) => [attribute.local, attribute.value]));
		const wrong = visitor.open({ local, uri, attributes: named, line: parser.line });
		if (wrong !== undefined) stop(wrong);
	});
	parser.on('closetag', ({ local, uri }) => {
		if (fault === undefined) visitor.close(local, uri, (texts.pop() ?? '').trim());
	});
	for (let at = 0; at < text.length && fault === undefined; at += PIECE) parser.write(text.slice(at, at + PIECE));
	if (fault === undefined) parser.close();
	return fault;
}
