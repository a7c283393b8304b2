/**
 * Facsimiles as files: bytes that follow from their input alone, small, well-formed PNG, and a sheet on which every field has its place. That the figures
 * can be read back is shown in `sim/test/reader`, by code that shares nothing with the drawing.
 */
import { crc32, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawForm, type FilledForm } from '../../src/facsimile/draw.ts';
import { glyph } from '../../src/facsimile/glyphs.ts';
import { BOX, ENGLISH, prepareForm, REHEARSAL_WATERMARK, WIDTH } from '../../src/facsimile/layout.ts';
import { ink, parseStrokes } from '../../src/facsimile/strokes.ts';
import { measure, shorten, typeface, wrap } from '../../src/facsimile/typeface.ts';

const DESIGN = {
	title: 'Result form: President and Vice-President',
	notice: ['Facsimile made for a rehearsal. Not a form of any authority.'],
	watermark: REHEARSAL_WATERMARK,
	fields: Array.from({ length: 12 }, (_, i) => ({ id: `field-${i}`, label: `Partido Número ${i}` })),
	boxes: 3,
	words: ENGLISH,
};
const LAYOUT = prepareForm(DESIGN);
const FORM: FilledForm = {
	stationId: '10203',
	stationName: 'Unidad Educativa Ñuflo de Chávez',
	areaPath: ['Bolivia', 'La Paz', 'Murillo', 'Nuestra Señora de La Paz'],
	serial: 'R-president-10203',
	poll: 1,
	figures: Object.fromEntries(DESIGN.fields.map(({ id }, i) => [id, (i * 97) % 240])),
	seed: '1 president 10203',
};

interface Chunk {
	readonly type: string;
	readonly data: Buffer;
}

function chunks(file: Uint8Array): readonly Chunk[] {
	const bytes = Buffer.from(file);
	const found: Chunk[] = [];
	for (let at = 8; at < bytes.length; ) {
		const size = bytes.readUInt32BE(at);
		const data = bytes.subarray(at + 8, at + 8 + size);
		expect(bytes.readUInt32BE(at + 8 + size)).toBe(crc32(bytes.subarray(at + 4, at + 8 + size)));
		found.push({ type: bytes.toString('latin1', at + 4, at + 8), data });
		at += 12 + size;
	}
	return found;
}

function dots(file: Uint8Array): Buffer {
	return inflateSync(Buffer.concat(chunks(file).flatMap(({ type, data }) => (type === 'IDAT' ? [data] : []))));
}

/** Rows of dots that differ between two files of the same layout. */
function rowsApart(a: Uint8Array, b: Uint8Array): readonly number[] {
	const [one, two] = [dots(a), dots(b)];
	const stride = 1 + WIDTH / 8;
	const rows = Array.from({ length: one.length / stride }, (_, row) => row);
	return rows.filter(
		(row) => one.compare(two, row * stride, (row + 1) * stride, row * stride, (row + 1) * stride) !== 0,
	);
}

describe('a facsimile', () => {
	it('R10 has bytes that follow from layout and filling alone', () => {
		const first = drawForm(LAYOUT, FORM);
		drawForm(LAYOUT, { ...FORM, seed: 'another' });
		expect(drawForm(LAYOUT, FORM)).toEqual(first);
		expect(drawForm(prepareForm(DESIGN), { ...FORM })).toEqual(first);
	});

	it('is a PNG of one bit a dot with all its rows, and stays under 8 kB', () => {
		const file = drawForm(LAYOUT, FORM);
		expect(chunks(file).map(({ type }) => type)).toEqual(['IHDR', 'PLTE', 'tEXt', 'IDAT', 'IEND']);
		expect(dots(file).length).toBe(LAYOUT.background.height * (1 + WIDTH / 8));
		expect(file.length).toBeLessThan(8000);
	});

	it('R10 says in the file and in the picture that it is a rehearsal', () => {
		const text = chunks(drawForm(LAYOUT, FORM)).find(({ type }) => type === 'tEXt');
		expect(text?.data.toString('latin1')).toContain('REHEARSAL - RE-ENACTMENT');
		const plain = prepareForm({ ...DESIGN, watermark: '' });
		expect(LAYOUT.background.height - plain.background.height).toBe(48);
	});

	it('R1 changes only the row of the figure that changed', () => {
		for (const { id, y } of LAYOUT.rows)
			for (const figure of [7, 999, 'struck', 'illegible', 'blank'] as const) {
				const other = { ...FORM, figures: { ...FORM.figures, [id]: figure } };
				const rows = rowsApart(drawForm(LAYOUT, FORM), drawForm(LAYOUT, other));
				expect(rows.length).toBeGreaterThan(0);
				expect(rows.every((row) => Math.abs(row - y) <= BOX.height / 2)).toBe(true);
			}
	});

	it('R27 draws blank, struck and illegible each in its own way, and an absent figure as blank', () => {
		const drawn = (['blank', 'struck', 'illegible', 0] as const).map((figure) =>
			Buffer.from(drawForm(LAYOUT, { ...FORM, figures: { 'field-3': figure } })).toString('hex'),
		);
		expect(new Set(drawn).size).toBe(4);
		expect(Buffer.from(drawForm(LAYOUT, { ...FORM, figures: {} })).toString('hex')).toBe(drawn[0]);
	});

	it('stops at what has no place on the sheet instead of cutting it', () => {
		const over = { ...FORM, figures: { 'field-0': 1000 } };
		expect(() => drawForm(LAYOUT, over)).toThrow(/at most 3 digits/);
		expect(() => drawForm(LAYOUT, { ...FORM, figures: { 'field-0': -1 } })).toThrow(/digits/);
		expect(() => drawForm(LAYOUT, { ...FORM, figures: { 'field-0': 1.5 } })).toThrow(/digits/);
		expect(() => prepareForm({ ...DESIGN, boxes: 0 })).toThrow(/1 to 9/);
	});
});

const LETTERS =
	'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789ÁÉÍÓÚÜÑáéíóúüñçãâäö.,:;!?¡¿-+=/()[]#%&@"\'·°ºª';

describe('the lettering', () => {
	it('draws every letter, digit and sign of English, Spanish and Swahili, no two alike', () => {
		const pictures = [...LETTERS].map((sign) =>
			glyph(sign)
				.parts.map((part) => `${part.x},${part.y},${part.strokes}`)
				.join(';'),
		);
		const missing = glyph('漢').parts[0]?.strokes ?? '';
		expect(pictures.filter((picture) => picture.includes(missing))).toEqual([]);
		expect(new Set(pictures).size).toBe(pictures.length);
	});

	it('shows a sign that it lacks as a box, never as a gap', () => {
		expect(glyph('漢').parts.length).toBe(1);
		expect(measure(typeface(12, 2), '漢')).toBeGreaterThan(0);
	});

	it('has strokes made of whole points inside the grid', () => {
		for (const sign of LETTERS)
			for (const part of glyph(sign).parts)
				for (const stroke of part.strokes.split(' ')) expect(stroke).toMatch(/^[~@]?([0-9a-c][0-9a-i])+$/);
	});

	it('draws a dot for a single point and a line as wide as its pen', () => {
		const line = ink(parseStrokes('0406'), 2);
		const rows = Array.from({ length: line.height }, (_, y) =>
			line.dots.subarray(y * line.width, (y + 1) * line.width),
		);
		expect(rows[1]?.reduce((sum, dot) => sum + dot, 0)).toBe(2);
		expect(ink([[{ x: 0, y: 0 }]], 3).dots.some((dot) => dot === 1)).toBe(true);
	});

	it('wraps and shortens to the room there is', () => {
		const face = typeface(12, 2);
		const lines = wrap(face, 'Una línea larga que no cabe en el ancho dado ni en dos', 150);
		expect(lines.join(' ')).toBe('Una línea larga que no cabe en el ancho dado ni en dos');
		for (const line of lines) expect(measure(face, line)).toBeLessThanOrEqual(150);
		expect(shorten(face, 'abc', 150)).toBe('abc');
		expect(shorten(face, 'Nuestra Señora de La Paz', 100)).toMatch(/^Nuestra.*…$/);
	});
});
