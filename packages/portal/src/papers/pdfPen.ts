/**
 * Writing on the pages of a PDF from the top down: lines of text with their tags, and a new page where one is full. It keeps the place on the page and how wide words are, and knows nothing
 * of tables, heads and feet.
 */
import { piecesOf, plainOf, type Said } from './paper.ts';
import { fontFile, type Weight } from './pdfFont.ts';
import { linesOf, type Measure, measuredOnce, safeText } from './pdfText.ts';

export interface Style {
	readonly size: number;
	readonly bold?: boolean;
	readonly before?: number;
	readonly after?: number;
	/** Lines after these that belong on the same page. */
	readonly keep?: number;
}

/** Points. */
export const MARGIN = { side: 42, top: 50, bottom: 58 } as const;
/** Of the size of the type. */
const LEADING = 1.25;

export type Element = PDFKit.PDFStructureElement;

export interface Pen {
	readonly doc: PDFKit.PDFDocument;
	readonly left: number;
	readonly width: number;
	/** The place on the page, in points from its top. */
	readonly y: () => number;
	readonly skip: (points: number) => void;
	/** Starts a new page unless so many points are left on this one; true if it did. */
	readonly room: (points: number) => boolean;
	/** The most points that a page has for text. */
	readonly pageHeight: number;
	readonly lineHeight: (size: number) => number;
	readonly measure: (size: number, bold: boolean) => Measure;
	/** Draws a line at a place, inside whatever element is open. */
	readonly put: (text: string, x: number, y: number, size: number, bold: boolean) => void;
	readonly lines: (type: 'H1' | 'H2' | 'P', text: Said, style: Style) => void;
	/** A new element below the document. */
	readonly element: (type: string) => Element;
	readonly close: () => void;
}

export function penOn(doc: PDFKit.PDFDocument, title: string): Pen {
	const weights: readonly Weight[] = ['regular', 'bold'];
	for (const weight of weights) doc.registerFont(weight, fontFile(weight));
	doc.addPage();
	const { width: pageWidth, height } = doc.page;
	const root = doc.struct('Document', { title });
	doc.addStructure(root);
	let y: number = MARGIN.top;
	const measures = new Map<string, Measure>();
	const pen: Pen = {
		doc,
		left: MARGIN.side,
		width: pageWidth - 2 * MARGIN.side,
		pageHeight: height - MARGIN.top - MARGIN.bottom,
		y: () => y,
		skip: (points) => {
			y += points;
		},
		room: (points) => {
			if (y + points <= height - MARGIN.bottom) return false;
			doc.addPage();
			y = MARGIN.top;
			return true;
		},
		lineHeight: (size) => size * LEADING,
		measure: (size, bold) => {
			const key = `${size} ${bold}`;
			const weight = bold ? 'bold' : 'regular';
			const measure = measures.get(key) ?? measuredOnce((text) => doc.font(weight, size).widthOfString(text));
			measures.set(key, measure);
			return measure;
		},
		put: (text, x, at, size, bold) => {
			doc.font(bold ? 'bold' : 'regular', size).fillColor('black');
			doc.text(text, x, at, { lineBreak: false });
		},
		lines: (type, text, style) => writeLines(pen, type, text, style),
		element: (type) => {
			const element = doc.struct(type);
			root.add(element);
			return element;
		},
		close: () => root.end(),
	};
	return pen;
}

/** One element, also over several pages. */
function writeLines(
	pen: Pen,
	type: string,
	text: Said,
	{ size, bold = false, before = 0, after = 0, keep = 1 }: Style,
) {
	const { doc } = pen;
	const high = pen.lineHeight(size);
	const lines = linesOf(safeText(plainOf(text)), pen.width, pen.measure(size, bold));
	if (pen.y() > MARGIN.top) pen.skip(before);
	pen.room(high * (Math.min(lines.length, 2) + (type === 'P' ? keep - 1 : 3)));
	const element = pen.element(type);
	let from = 0;
	while (from < lines.length) {
		pen.room(high);
		const fits = Math.max(1, Math.floor((doc.page.height - MARGIN.bottom - pen.y()) / high));
		const here = lines.slice(from, from + fits);
		element.add(() => {
			for (const line of here) {
				pen.put(line, pen.left, pen.y(), size, bold);
				pen.skip(high);
			}
		});
		from += here.length;
	}
	element.end();
	pen.skip(after);
}

/** The language of a text, where all of it is in another than the paper's. */
export function languageOf(said: Said): { readonly lang: string } | undefined {
	const tags = new Set(piecesOf(said).map((piece) => (typeof piece === 'string' ? undefined : piece.lang)));
	const [only] = tags;
	return tags.size === 1 && only !== undefined ? { lang: only } : undefined;
}
