/**
 * A paper as PDF: A4, real text in an embedded font, tagged so that a screen reader knows titles, paragraphs and tables, with the paper's language and title. The same paper gives the same
 * bytes: its only date is that of the log, and nothing in it is random. Writing systems that the font does not have show a box; text is not turned for those that run from the right.
 */
import { assert, unreachable } from '@matokeo/core/std/result.ts';
import PDFDocument from 'pdfkit';
import { wordsOf } from '../words/words.ts';
import { isTitled, type Paper, type PaperBlock, type PaperPart, type Said } from './paper.ts';
import { drawFrames } from './pdfFrame.ts';
import { type Pen, penOn, type Style } from './pdfPen.ts';
import { drawTable } from './pdfTable.ts';

/** More columns than this, and the sheet lies on its side. */
const UPRIGHT_COLUMNS_MAX = 9;

const TITLE: Style = { bold: true, size: 15, after: 8 };
const HEADING: Style = { bold: true, size: 11, before: 10, after: 4 };
const PARAGRAPH = { size: 9.5, after: 5 } as const satisfies Style;
const NOTE: Style = { size: 8, after: 4 };
const LABEL: Style = { bold: true, size: 8 };

export async function paperPdf({ paper, part, parts }: PaperPart): Promise<Uint8Array> {
	const words = wordsOf(paper.language);
	const where = parts === 1 ? undefined : words.say('papers.partOf', { part, parts });
	const title = where === undefined ? paper.title : `${paper.title}. ${where}`;
	const columns = Math.max(0, ...paper.blocks.map((block) => (block.kind === 'table' ? block.columns.length : 0)));
	const date = new Date(paper.time * 1000);
	const doc = new PDFDocument({
		size: 'A4',
		layout: columns > UPRIGHT_COLUMNS_MAX ? 'landscape' : 'portrait',
		margin: 0,
		pdfVersion: '1.7',
		tagged: true,
		lang: paper.language,
		displayTitle: true,
		bufferPages: true,
		autoFirstPage: false,
		// None by default: a font that is already open under another name would be read again for every word.
		font: '',
		info: {
			Title: paper.mode === undefined ? title : `${paper.mode.label}: ${title}`,
			Keywords: paper.foot.digest,
			Creator: 'Matokeo',
			Producer: 'Matokeo',
			CreationDate: date,
			ModDate: date,
		},
	});
	const bytes = collected(doc);
	const pen = penOn(doc, title);
	if (paper.mode !== undefined) pen.lines('P', `${paper.mode.label}. ${paper.mode.text}`, NOTE);
	if (part > 1) pen.lines('H1', paper.title, TITLE);
	if (where !== undefined) pen.lines('P', where, NOTE);
	for (const [place, block] of paper.blocks.entries()) drawBlock(pen, paper, block, isTitled(paper.blocks, place));
	pen.close();
	drawFrames(doc, paper, where);
	doc.end();
	return bytes;
}

function drawBlock(pen: Pen, { language }: Paper, block: PaperBlock, titled: boolean): void {
	switch (block.kind) {
		case 'title':
			pen.lines('H1', block.text, TITLE);
			break;
		case 'heading':
			pen.lines('H2', block.text, HEADING);
			break;
		case 'paragraph':
			pen.lines('P', block.text, PARAGRAPH);
			break;
		case 'note':
			pen.lines('P', block.text, NOTE);
			break;
		case 'facts':
			for (const { label, value } of block.items) drawFact(pen, label, value);
			pen.skip(PARAGRAPH.after);
			break;
		case 'table':
			drawTable(pen, block, { titled, continued: wordsOf(language).say('papers.continued') });
			break;
		default:
			unreachable(block);
	}
}

/** The label stands in bold on its own line: ids and digests need the whole width. */
function drawFact(pen: Pen, label: string, value: Said): void {
	pen.lines('P', label, { ...LABEL, keep: 2 });
	pen.lines('P', value, { ...PARAGRAPH, after: 3 });
}

function collected(doc: PDFKit.PDFDocument): Promise<Uint8Array> {
	return new Promise((resolve, reject) => {
		const pieces: Uint8Array[] = [];
		doc.on('data', (piece: Uint8Array) => pieces.push(piece));
		doc.on('error', reject);
		doc.on('end', () => {
			const whole = Buffer.concat(pieces);
			assert(whole.length > 0, 'a document has bytes');
			resolve(new Uint8Array(whole.buffer, whole.byteOffset, whole.length));
		});
	});
}
