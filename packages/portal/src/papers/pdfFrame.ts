/** What stands on every page of a PDF once all are written: the kind of count across it and above it, the log and the digest at its foot, and which page of how many it is. Decoration for screen readers, who have it from the text. */
import { wordsOf } from '../words/words.ts';
import type { Paper } from './paper.ts';
import { MARGIN } from './pdfPen.ts';
import { safeText } from './pdfText.ts';

const FOOT_SIZE = 7;
const MODE_SIZE = 9;
const ACROSS_SIZE = 72;

/** `where`: which part of the paper this is, when there are several. */
export function drawFrames(doc: PDFKit.PDFDocument, paper: Paper, where: string | undefined): void {
	const { start, count: pages } = doc.bufferedPageRange();
	for (let place = 0; place < pages; place++) {
		doc.switchToPage(start + place);
		doc.markContent('Artifact', { type: 'Pagination' });
		const page = wordsOf(paper.language).say('papers.pageOf', { page: place + 1, pages });
		drawFoot(doc, paper, where === undefined ? page : `${where} · ${page}`);
		if (paper.mode !== undefined) drawMode(doc, paper.mode.label);
		doc.endMarkedContent();
	}
}

function drawFoot(doc: PDFKit.PDFDocument, { foot }: Paper, page: string): void {
	const { width, height } = doc.page;
	const top = height - MARGIN.bottom + 18;
	const plain = { lineBreak: false } as const;
	doc.font('regular', FOOT_SIZE).fillColor('#333333');
	doc.text(safeText(foot.log), MARGIN.side, top, plain);
	doc.text(safeText(foot.digest), MARGIN.side, top + FOOT_SIZE * 1.4, plain);
	doc.text(page, width - MARGIN.side - doc.widthOfString(page), top, plain);
}

function drawMode(doc: PDFKit.PDFDocument, label: string): void {
	const { width, height } = doc.page;
	const plain = { lineBreak: false } as const;
	doc.font('bold', MODE_SIZE).fillColor('black');
	doc.text(label, width - MARGIN.side - doc.widthOfString(label), MARGIN.top - 24, plain);
	doc.save();
	doc.rotate(-45, { origin: [width / 2, height / 2] });
	doc.font('bold', ACROSS_SIZE).fillColor('#000000').fillOpacity(0.08);
	doc.text(label, (width - doc.widthOfString(label)) / 2, (height - ACROSS_SIZE) / 2, plain);
	doc.restore();
}
