/**
 * A filled result form as a PNG file: what a rehearsal captures in place of a photograph (R10). Bytes are a function of
 * layout and filling alone. No image of a real form is used or imitated. It does not know where the figures come from
 * and checks none of them: a form says what it says, also when impossible (R27).
 */
import { type Chance, chance } from './chance.ts';
import { BOX, type FormLayout, WIDTH } from './layout.ts';
import { copyPage, type Page, PRINT, put, type Sprite } from './page.ts';
import { encodePng } from './png.ts';
import { measure, setText, shorten, type Typeface } from './typeface.ts';

/** What the paper says in one field; a number is a non-negative safe integer. */
export type PaperFigure = number | 'blank' | 'illegible' | 'struck';

/** What one station wrote. */
export interface FilledForm {
	readonly stationId: string;
	readonly stationName: string;
	/** From the top area down. */
	readonly areaPath: readonly string[];
	readonly serial: string;
	readonly poll: number;
	/** Field id → figure; a field without an entry is left blank. */
	readonly figures: Readonly<Record<string, PaperFigure>>;
	/** Varies the handwriting and nothing else; each field on its own, so that a figure changes no row but its own. */
	readonly seed: string;
}

interface Writer {
	readonly by: Chance;
	readonly digits: readonly Sprite[];
}

interface Place {
	readonly x: number;
	readonly y: number;
}

function drawNumber(page: Page, layout: FormLayout, value: number, row: Place, { by, digits: shapes }: Writer): void {
	const digits = String(value);
	const first = layout.design.boxes - digits.length;
	if (!/^[0-9]+$/.test(digits) || first < 0)
		throw new Error(`a figure of at most ${layout.design.boxes} digits was expected, not ${digits}`);
	for (let i = 0; i < digits.length; i++) {
		const picture = shapes[digits.charCodeAt(i) - 48];
		if (picture !== undefined)
			put(page, picture, row.x + (first + i) * BOX.pitch, row.y + layout.hand.stray(by), PRINT);
	}
}

function drawFigure(page: Page, layout: FormLayout, figure: PaperFigure, row: Place, writer: Writer): void {
	if (figure === 'blank') return;
	if (typeof figure === 'number') {
		drawNumber(page, layout, figure, row, writer);
		return;
	}
	const strip = layout.design.boxes * BOX.pitch;
	const middle = row.x - BOX.width / 2 + Math.floor(strip / 2) + 1;
	const over = figure === 'illegible' ? layout.hand.smudge(strip, writer.by) : layout.hand.strike(strip, writer.by);
	put(page, over, middle, row.y, PRINT);
}

/** The whole path, or its lower end: the nearest areas say more than the nation. */
function pathThatFits(face: Typeface, path: readonly string[], room: number): string {
	for (let from = 0; from < path.length; from++) {
		const text = [...(from === 0 ? [] : ['…']), ...path.slice(from)].join(' / ');
		if (measure(face, text) <= room) return text;
	}
	return shorten(face, path.at(-1) ?? '', room);
}

function drawStation(page: Page, layout: FormLayout, filled: FilledForm): void {
	const { block, faces } = layout;
	const room = WIDTH - 2 * block.x;
	const name = shorten(faces.name, filled.stationName, room - measure(faces.name, filled.stationId) - 16);
	const behind = setText(page, faces.name, filled.stationId, block.x, block.station, PRINT);
	setText(page, faces.name, name, behind + 16, block.station, PRINT);
	setText(page, faces.text, pathThatFits(faces.text, filled.areaPath, room), block.x, block.area, PRINT);
	setText(page, faces.text, shorten(faces.text, filled.serial, 300), block.x + 72, block.serial, PRINT);
	setText(page, faces.text, String(filled.poll), block.poll, block.serial, PRINT);
}

/** A whole PNG file. */
export function drawForm(layout: FormLayout, filled: FilledForm): Uint8Array {
	const page = copyPage(layout.background);
	const by = chance(filled.seed);
	const digits = layout.hand.digits(by);
	drawStation(page, layout, filled);
	for (const place of layout.signatures)
		put(page, layout.hand.signature(by), place.x + by.below(9) - 4, place.y, PRINT);
	for (const row of layout.rows) {
		const writer = { by: chance(`${filled.seed} ${row.id}`), digits };
		drawFigure(page, layout, filled.figures[row.id] ?? 'blank', row, writer);
	}
	return encodePng(layout.head, page);
}
