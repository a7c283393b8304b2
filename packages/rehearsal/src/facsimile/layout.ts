/**
 * A contest's form, empty: title and notice, the station's block, one ruled row of digit boxes per field in printed
 * order, places for signatures, and the mode's word at head and foot (R10, R13: the sheet says what it is). Prepared once
 * per contest; `draw.ts` fills a copy. It does not know any station, figure or seed.
 */
import { chance } from './chance.ts';
import { type Hand, makeHand } from './hand.ts';
import { bar, blankPage, frame, PAPER, type Page, PRINT } from './page.ts';
import { pngHead } from './png.ts';
import { measure, setText, shorten, type Typeface, typeface, wrap } from './typeface.ts';

/** The words printed on the sheet beside the fields. */
export interface FormWords {
	readonly station: string;
	readonly area: string;
	readonly serial: string;
	readonly poll: string;
	/** One place to sign for each. */
	readonly signatures: readonly string[];
}

export const ENGLISH: FormWords = {
	station: 'Polling station',
	area: 'Area',
	serial: 'Serial no.',
	poll: 'Poll',
	signatures: ['Presiding officer', 'Secretary'],
};

/** What is printed: the same for every station of a contest. */
export interface FormDesign {
	readonly title: string;
	/** Paragraphs under the title. */
	readonly notice: readonly string[];
	/** In a black band at the head and the foot of the sheet; '' for none. */
	readonly watermark: string;
	readonly fields: readonly { readonly id: string; readonly label: string }[];
	/** Digit boxes in a row, 1 to 9: enough for the largest figure of any form. */
	readonly boxes: number;
	readonly words: FormWords;
}

export const REHEARSAL_WATERMARK = 'REHEARSAL · RE-ENACTMENT';

export interface FormLayout {
	readonly design: FormDesign;
	readonly background: Page;
	readonly head: Uint8Array;
	readonly hand: Hand;
	readonly faces: { readonly name: Typeface; readonly text: Typeface };
	/** Where the station's lines start: baseline and left edge of each. */
	readonly block: {
		readonly station: number;
		readonly area: number;
		readonly serial: number;
		readonly x: number;
		readonly poll: number;
	};
	/** Middle of the first box of each row, in printed order. */
	readonly rows: readonly { readonly id: string; readonly x: number; readonly y: number }[];
	readonly signatures: readonly { readonly x: number; readonly y: number }[];
}

export const WIDTH = 480;
const MARGIN = 16;
const INNER = WIDTH - 2 * MARGIN;
export const BOX = { width: 34, height: 36, line: 2, pitch: 32 };
const ROW = 40;
const BAND = 24;

const FACES = {
	title: typeface(15, 2.4),
	band: typeface(12, 2),
	notice: typeface(9, 1.3),
	word: typeface(9, 1.3),
	label: typeface(12, 1.9),
	name: typeface(14, 2.2),
	text: typeface(11, 1.6),
};

interface Block {
	readonly top: number;
	readonly height: number;
}

function drawHeading(page: Page, design: FormDesign, titles: readonly string[], notices: readonly string[]): void {
	let y = (design.watermark === '' ? 0 : BAND) + 31;
	for (const line of titles) {
		setText(page, FACES.title, line, MARGIN, y, PRINT);
		y += 24;
	}
	y -= 5;
	for (const line of notices) {
		setText(page, FACES.notice, line, MARGIN, y, PRINT);
		y += 15;
	}
}

function drawBlock(page: Page, design: FormDesign, { top, height }: Block): void {
	frame(page, MARGIN, top, INNER, height, 2, PRINT);
	const { words } = design;
	setText(page, FACES.word, words.station, MARGIN + 8, top + 16, PRINT);
	setText(page, FACES.word, words.area, MARGIN + 8, top + 52, PRINT);
	bar(page, MARGIN, top + 76, INNER, 1, PRINT);
	setText(page, FACES.word, words.serial, MARGIN + 8, top + 93, PRINT);
	setText(page, FACES.word, words.poll, MARGIN + INNER - 90, top + 93, PRINT);
}

function drawRow(page: Page, label: string, number: number, top: number, boxes: number): { x: number; y: number } {
	const strip = boxes * BOX.pitch + BOX.line;
	const left = WIDTH - MARGIN - strip;
	const y = top + (ROW - BOX.height) / 2;
	const baseline = top + ROW / 2 + 6;
	setText(page, FACES.text, String(number), MARGIN + 2, baseline, PRINT);
	const text = shorten(FACES.label, label, left - MARGIN - 38);
	const end = setText(page, FACES.label, text, MARGIN + 28, baseline, PRINT);
	for (let x = end + 8 - (end % 8) + 8; x < left - 10; x += 8) bar(page, x, baseline - 2, 2, 2, PRINT);
	bar(page, left, y, strip, BOX.height, PAPER);
	frame(page, left, y, strip, BOX.height, BOX.line, PRINT);
	for (let i = 1; i < boxes; i++) bar(page, left + i * BOX.pitch, y, BOX.line, BOX.height, PRINT);
	return { x: left + BOX.width / 2, y: y + BOX.height / 2 };
}

/** The mode's word, in a black band across the sheet: it cannot be taken for a line of the form. */
function drawBand(page: Page, word: string, y: number): void {
	if (word === '') return;
	bar(page, 0, y, WIDTH, BAND, PRINT);
	const text = shorten(FACES.band, word, INNER);
	setText(page, FACES.band, text, Math.round((WIDTH - measure(FACES.band, text)) / 2), y + 18, PAPER);
}

function drawSignatures(page: Page, words: FormWords, top: number): { x: number; y: number }[] {
	const across = Math.max(1, Math.min(3, words.signatures.length));
	const width = Math.floor(INNER / across);
	return words.signatures.map((word, i) => {
		const x = MARGIN + (i % across) * width;
		const y = top + Math.floor(i / across) * 70 + 50;
		bar(page, x, y, width - 12, 2, PRINT);
		setText(page, FACES.word, shorten(FACES.word, word, width - 12), x, y + 14, PRINT);
		return { x: x + Math.floor((width - 12) / 2), y: y - 18 };
	});
}

/** ASCII only, as the file's comment chunk wants it. */
function comment(design: FormDesign): string {
	const text = [design.watermark, design.title, ...design.notice].join(' / ').replaceAll('·', '-').normalize('NFD');
	return text.replace(/[^\x20-\x7e]/g, '').slice(0, 60);
}

export function prepareForm(design: FormDesign): FormLayout {
	if (!Number.isInteger(design.boxes) || design.boxes < 1 || design.boxes > 9)
		throw new Error(`a form has 1 to 9 digit boxes in a row, not ${design.boxes}`);
	const band = design.watermark === '' ? 0 : BAND;
	const titles = wrap(FACES.title, design.title, INNER);
	const notices = design.notice.flatMap((line) => wrap(FACES.notice, line, INNER));
	const top = band + 31 + titles.length * 24 - 5 + notices.length * 15;
	const block = { top, height: 103 };
	const rowsTop = top + block.height + 10;
	const signTop = rowsTop + design.fields.length * ROW + 6;
	const height = signTop + Math.ceil(design.words.signatures.length / 3) * 70 + 10 + band;
	const page = blankPage(WIDTH, height);
	drawBand(page, design.watermark, 0);
	drawBand(page, design.watermark, height - BAND);
	drawHeading(page, design, titles, notices);
	drawBlock(page, design, block);
	const rows = design.fields.map(({ id, label }, i) => ({
		id,
		...drawRow(page, label, i + 1, rowsTop + i * ROW, design.boxes),
	}));
	const signatures = drawSignatures(page, design.words, signTop);
	return {
		design,
		background: page,
		head: pngHead(page, comment(design)),
		hand: makeHand(chance('hand')),
		faces: { name: FACES.name, text: FACES.text },
		block: { station: top + 37, area: top + 69, serial: top + 94, x: MARGIN + 8, poll: WIDTH - MARGIN - 52 },
		rows,
		signatures,
	};
}
