/**
 * Lettering at one size: measures, wraps, shortens and sets text on a page. Sprites are made when first asked for and
 * kept, which changes no byte of what is drawn. Knows the glyphs' table, not the form.
 */
import { glyph } from './glyphs.ts';
import { type Colour, type Page, put, type Sprite, sprite } from './page.ts';
import { ink, type Path, parseStrokes, transform } from './strokes.ts';

/** Top of a capital, above the baseline, in units of the glyphs' grid. */
const CAPITAL = 12;
const BASELINE = 14;
const GAP = 3;

interface Letter {
	readonly picture: Sprite | undefined;
	readonly advance: number;
}

export interface Typeface {
	/** Height of a capital letter, in dots. */
	readonly size: number;
	/** Diameter of the pen, in dots. */
	readonly pen: number;
	readonly letters: Map<string, Letter>;
}

export function typeface(size: number, pen: number): Typeface {
	return { size, pen, letters: new Map() };
}

/** The paths of one sign with its origin at the baseline, and its advance, in dots. */
function outline(face: Typeface, sign: string): { readonly paths: readonly Path[]; readonly advance: number } {
	const unit = (face.size - face.pen) / CAPITAL;
	const { parts, width } = glyph(sign);
	const paths = parts.flatMap((part) =>
		transform(parseStrokes(part.strokes), (point) => ({
			x: face.pen / 2 + (point.x + part.x) * unit,
			y: (point.y + part.y - BASELINE) * unit - face.pen / 2,
		})),
	);
	return { paths, advance: Math.round((width + GAP) * unit + face.pen * 0.7) };
}

function letter(face: Typeface, sign: string): Letter {
	const kept = face.letters.get(sign);
	if (kept !== undefined) return kept;
	const { paths, advance } = outline(face, sign);
	const made: Letter = { picture: paths.length === 0 ? undefined : sprite(ink(paths, face.pen)), advance };
	face.letters.set(sign, made);
	return made;
}

export function measure(face: Typeface, text: string): number {
	let width = 0;
	for (const sign of text) width += letter(face, sign).advance;
	return width;
}

/** Sets a line with its baseline at y; answers the x behind it. */
export function setText(page: Page, face: Typeface, text: string, x: number, y: number, colour: Colour): number {
	let at = x;
	for (const sign of text) {
		const { picture, advance } = letter(face, sign);
		if (picture !== undefined) put(page, picture, at, y, colour);
		at += advance;
	}
	return at;
}

/** The text itself where it fits, else its beginning with an ellipsis. */
export function shorten(face: Typeface, text: string, width: number): string {
	if (measure(face, text) <= width) return text;
	const signs = [...text];
	while (signs.length > 0 && measure(face, `${signs.join('')}…`) > width) signs.pop();
	return `${signs.join('').trimEnd()}…`;
}

/** Lines no wider than `width`, broken at spaces; a single word that is wider is shortened. */
export function wrap(face: Typeface, text: string, width: number): readonly string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (line !== '' && measure(face, longer) > width) {
			lines.push(line);
			line = word;
		} else line = longer;
	}
	return [...lines, line].filter((each) => each !== '').map((each) => shorten(face, each, width));
}
