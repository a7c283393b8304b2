/** A table in a PDF: rows are never broken over pages, its head stands again on every page (as decoration there, so that it is read out once), and every cell is tagged. */
import { type PaperColumn, type PaperTable, plainOf, type Said } from './paper.ts';
import { type Element, languageOf, type Pen } from './pdfPen.ts';
import { linesOf, safeText } from './pdfText.ts';

/** Points around the text of a cell; `spare` keeps what just fits from being broken by a rounded sum. */
const PAD = { side: 3, top: 2, spare: 0.1 } as const;
/** Size of type by how many columns there are, at most. */
const SIZES = [
	{ columns: 7, size: 8.5 },
	{ columns: 12, size: 7.5 },
	{ columns: Number.POSITIVE_INFINITY, size: 6.5 },
] as const;
/** The widest word of a label that a column of short numbers makes room for. */
const LABEL_MAX = 60;
/** Columns of numbers take no more of the width than this, together. */
const NUMBERS_SHARE = 0.75;

interface Grid {
	readonly pen: Pen;
	readonly size: number;
	readonly columns: readonly PaperColumn[];
	/** Left edge and width of each column, in points. */
	readonly places: readonly { readonly x: number; readonly width: number }[];
}

interface Cell {
	readonly said: Said;
	readonly lines: readonly string[];
}

interface Row {
	readonly cells: readonly Cell[];
	readonly height: number;
	readonly bold: boolean;
}

export function drawTable(
	pen: Pen,
	table: PaperTable,
	{ titled, continued }: { readonly titled: boolean; readonly continued: string },
): void {
	const grid = gridOf(pen, table);
	const head = layRow(
		grid,
		table.columns.map(({ label }) => label),
		true,
	);
	const first = table.rows[0];
	const next = first === undefined ? 0 : layRow(grid, first, false).height;
	const captionHigh = titled ? 0 : pen.lineHeight(grid.size) + 2;
	pen.room(captionHigh + head.height + next);
	const element = pen.element('Table');
	if (!titled) drawCaption(grid, element, table.caption);
	pen.skip(captionHigh);
	drawRow(grid, element, head, 'TH');
	const body = (cells: readonly Said[], bold: boolean): void => {
		const row = layRow(grid, cells, bold);
		if (pen.room(row.height)) drawAgain(grid, head, `${table.caption} (${continued})`);
		drawRow(grid, element, row, 'TD');
	};
	for (const cells of table.rows) body(cells, false);
	for (const cells of table.sums ?? []) body(cells, true);
	element.end();
	pen.skip(8);
}

/** Numbers take what the longest of them needs, the rest is shared by weight. */
function gridOf(pen: Pen, { columns, rows, sums = [] }: PaperTable): Grid {
	const { size } = SIZES.find((one) => columns.length <= one.columns) ?? SIZES[2];
	const measure = pen.measure(size, true);
	const digit = measure('0');
	const needed = columns.map(({ align, label }, place) => {
		if (align === 'text') return 0;
		let longest = 1;
		for (const row of rows) longest = Math.max(longest, plainOf(row[place] ?? '').length);
		for (const row of sums) longest = Math.max(longest, plainOf(row[place] ?? '').length);
		const words = plainOf(label).split(' ').map(measure);
		return Math.max(longest * digit, Math.min(LABEL_MAX, Math.max(...words))) + 2 * PAD.side + PAD.spare;
	});
	const numbers = needed.reduce((sum, width) => sum + width, 0);
	const narrowed = Math.min(1, (pen.width * NUMBERS_SHARE) / Math.max(1, numbers));
	const shares = columns.reduce((sum, { align, width }) => sum + (align === 'text' ? width : 0), 0);
	const rest = pen.width - numbers * narrowed;
	let x = pen.left;
	const places = columns.map(({ align, width: share }, place) => {
		const width = align === 'text' ? (rest * share) / shares : (needed[place] ?? 0) * narrowed;
		const at = { x, width };
		x += width;
		return at;
	});
	return { pen, size, columns, places };
}

function layRow({ pen, size, places }: Grid, said: readonly Said[], bold: boolean): Row {
	const measure = pen.measure(size, bold);
	const cells = said.map((one, place): Cell => {
		const width = (places[place]?.width ?? 0) - 2 * PAD.side;
		return { said: one, lines: linesOf(safeText(plainOf(one)), width, measure) };
	});
	const most = cells.reduce((high, { lines }) => Math.max(high, lines.length), 1);
	// A cell of more lines than a page has is cut there: no name or reason of a real package comes near.
	const fits = Math.floor((pen.pageHeight / 2 - 2 * PAD.top) / pen.lineHeight(size));
	return { cells, height: Math.min(most, fits) * pen.lineHeight(size) + 2 * PAD.top, bold };
}

function drawRow(grid: Grid, table: Element, row: Row, type: 'TH' | 'TD'): void {
	const { pen, columns } = grid;
	const line = pen.doc.struct('TR');
	table.add(line);
	const naming = columns.findIndex(({ align }) => align === 'text');
	row.cells.forEach((cell, place) => {
		const isHead = type === 'TH' || place === naming;
		const scope = { scope: type === 'TH' ? 'Column' : 'Row' };
		const options = { ...languageOf(cell.said), ...(isHead ? scope : {}) };
		const draw = (): void => drawCell(grid, row, cell, place);
		const element = pen.doc.struct(isHead ? 'TH' : 'TD', options, draw);
		line.add(element);
		element.end();
	});
	line.end();
	endRow(grid, row);
}

function drawCell({ pen, size, columns, places }: Grid, row: Row, { lines }: Cell, place: number): void {
	const { x = 0, width = 0 } = places[place] ?? {};
	const isNumber = columns[place]?.align === 'number';
	const measure = pen.measure(size, row.bold);
	const high = pen.lineHeight(size);
	const fits = Math.round((row.height - 2 * PAD.top) / high);
	lines.slice(0, fits).forEach((text, at) => {
		if (text === '') return;
		const left = isNumber ? x + width - PAD.side - measure(text) : x + PAD.side;
		pen.put(text, left, pen.y() + PAD.top + at * high, size, row.bold);
	});
}

function endRow({ pen }: Grid, row: Row): void {
	pen.skip(row.height);
	const { doc, left, width } = pen;
	doc.markContent('Artifact', { type: 'Layout' });
	doc.moveTo(left, pen.y()).lineTo(left + width, pen.y());
	doc
		.lineWidth(row.bold ? 0.8 : 0.3)
		.strokeColor('#999999')
		.stroke();
	doc.endMarkedContent();
}

/** The head on a following page. */
function drawAgain(grid: Grid, head: Row, caption: string): void {
	const { pen } = grid;
	pen.doc.markContent('Artifact', { type: 'Pagination' });
	pen.put(safeText(caption), pen.left, pen.y(), grid.size, false);
	pen.skip(pen.lineHeight(grid.size) + 2);
	for (const [place, cell] of head.cells.entries()) drawCell(grid, head, cell, place);
	pen.doc.endMarkedContent();
	endRow(grid, head);
}

function drawCaption({ pen, size }: Grid, table: Element, caption: string): void {
	const element = pen.doc.struct('Caption', {}, () => pen.put(safeText(caption), pen.left, pen.y(), size, false));
	table.add(element);
	element.end();
}
