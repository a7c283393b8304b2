/**
 * Facsimiles are read back by code that shares nothing with the drawing (R2): 200 forms at random figures, without one
 * misread field; and this test has teeth, since a changed box and planted faults of the drawing are noticed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { drawForm, type FilledForm, type PaperFigure } from '@matokeo/rehearsal/facsimile/draw.ts';
import { ENGLISH, prepareForm, REHEARSAL_WATERMARK } from '@matokeo/rehearsal/facsimile/layout.ts';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { findStrips } from '../../src/reader/boxes.ts';
import { readForm } from '../../src/reader/form.ts';
import { openPicture } from '../../src/reader/image.ts';

const FIELDS = ['registered', 'cc', 'fpv', 'mts', 'ucs', 'mas', '21f', 'pdc', 'mnr', 'pan-bol', 'blank', 'null'];
const SEED = 20191020;

const LAYOUT = prepareForm({
	title: 'General election: result form for president',
	notice: ['Rehearsal.'],
	watermark: REHEARSAL_WATERMARK,
	fields: FIELDS.map((id) => ({ id, label: id.toUpperCase() })),
	boxes: 3,
	words: ENGLISH,
});

/** The generator of Park and Miller: nothing in common with the drawing's. */
function numbers(seed: number): (count: number) => number {
	let state = seed;
	return (count) => {
		state = (state * 48271) % 2147483647;
		return state % count;
	};
}

function filled(figures: Readonly<Record<string, PaperFigure>>, seed: string): FilledForm {
	const station = {
		stationId: '10203',
		stationName: 'Unidad Educativa Ñuflo de Chávez',
		areaPath: ['Bolivia', 'La Paz'],
	};
	return { ...station, serial: 'R 10203', poll: 1, figures, seed };
}

function randomForms(count: number): readonly FilledForm[] {
	const next = numbers(SEED);
	return Array.from({ length: count }, (_, i) => {
		const entries = FIELDS.map((id): [string, PaperFigure] => [id, next([10, 100, 1000][next(3)] ?? 10)]);
		return filled(Object.fromEntries(entries), `station ${i}`);
	});
}

/** Fields whose figure was read otherwise than it was meant, over all forms; a form with other rows counts whole. */
function misread(forms: readonly FilledForm[], draw: (form: FilledForm) => Uint8Array): number {
	let wrong = 0;
	for (const form of forms) {
		const read = readForm(draw(form));
		if (read.length !== FIELDS.length) wrong += FIELDS.length;
		else wrong += FIELDS.filter((id, i) => read[i] !== form.figures[id]).length;
	}
	return wrong;
}

describe('facsimiles read back from their pixels', () => {
	it('R2 reads 200 forms at random figures without one misread field, every digit many times', () => {
		const forms = randomForms(200);
		expect(misread(forms, (form) => drawForm(LAYOUT, form))).toBe(0);
		const digits = forms.flatMap((form) => Object.values(form.figures)).join('');
		for (const digit of '0123456789') expect(digits.split(digit).length).toBeGreaterThan(200);
	});

	it('R27 tells blank, struck and illegible from figures', () => {
		for (let i = 0; i < 40; i++) {
			const figures = { registered: 'struck', cc: 'illegible', fpv: 'blank', mas: i, pdc: 700 + i } as const;
			const read = readForm(drawForm(LAYOUT, filled(figures, `odd ${i}`)));
			expect(read).toEqual(FIELDS.map((id) => (id in figures ? figures[id as keyof typeof figures] : 'blank')));
		}
	});

	it('R2 reads wider forms: nine boxes, forty rows', () => {
		const fields = Array.from({ length: 40 }, (_, i) => ({ id: `f${i}`, label: `Field ${i}` }));
		const layout = prepareForm({ title: 'Wide', notice: [], watermark: '', fields, boxes: 9, words: ENGLISH });
		const next = numbers(7);
		const figures = Object.fromEntries(fields.map(({ id }) => [id, next(1_000_000_000)]));
		expect(readForm(drawForm(layout, filled(figures, 'wide')))).toEqual(fields.map(({ id }) => figures[id]));
	});

	it('R2 notices one box repainted with another digit, in that field and no other', () => {
		const form = filled(Object.fromEntries(FIELDS.map((id) => [id, 555])), 'one hand');
		const other = filled({ ...form.figures, mas: 558 }, 'one hand');
		const png = PNG.sync.read(Buffer.from(drawForm(LAYOUT, form)));
		const donor = PNG.sync.read(Buffer.from(drawForm(LAYOUT, other)));
		const cell = findStrips(openPicture(drawForm(LAYOUT, form)))[5]?.cells[2];
		if (cell === undefined) throw new Error('the sixth field has three boxes');
		const { left, top, right, bottom } = cell;
		PNG.bitblt(donor, png, left, top, right - left, bottom - top, left, top);
		expect(readForm(PNG.sync.write(png))).toEqual(FIELDS.map((id) => other.figures[id]));
	});

	it('has teeth: each planted fault of the drawing is noticed', () => {
		const forms = randomForms(20);
		const swap = (form: FilledForm): FilledForm => ({
			...form,
			figures: { ...form.figures, cc: form.figures['mas'] ?? 'blank', mas: form.figures['cc'] ?? 'blank' },
		});
		const shifted = { ...LAYOUT, rows: LAYOUT.rows.map((row) => ({ ...row, x: row.x - 32 })) };
		const late = { ...LAYOUT, rows: LAYOUT.rows.map((row, i) => ({ ...row, y: LAYOUT.rows[i + 1]?.y ?? row.y })) };
		const sixAsEight = {
			...LAYOUT,
			hand: {
				...LAYOUT.hand,
				digits: (by: Parameters<typeof LAYOUT.hand.digits>[0]) =>
					LAYOUT.hand.digits(by).map((d, i, all) => (i === 6 ? (all[8] ?? d) : d)),
			},
		};
		expect(misread(forms, (form) => drawForm(LAYOUT, swap(form)))).toBeGreaterThan(0);
		expect(misread(forms, (form) => drawForm(shifted, form))).toBeGreaterThan(0);
		expect(misread(forms, (form) => drawForm(late, form))).toBeGreaterThan(0);
		expect(misread(forms, (form) => drawForm(sixAsEight, form))).toBeGreaterThan(0);
	});

	it('shares nothing with the drawing: the reader imports only its own files and a PNG decoder', () => {
		const folder = new URL('../../src/reader/', import.meta.url);
		const imported = readdirSync(folder).flatMap((name) =>
			[...readFileSync(new URL(name, folder), 'utf8').matchAll(/from '([^']+)'/g)].map((match) => match[1]),
		);
		expect(imported.filter((from) => from !== 'pngjs' && from?.startsWith('./') !== true)).toEqual([]);
	});
});
