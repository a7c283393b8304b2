/**
 * 200 forms of the demo, drawn at random, as the rehearsal makes them, read back from their pixels (R2, R10): every figure of the official count that stands on
 * them, by code that shares nothing with the drawing.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadElection } from '@matokeo/core/election/package.ts';
import { drawForm } from '@matokeo/rehearsal/facsimile/draw.ts';
import { type FormLayout, prepareForm } from '@matokeo/rehearsal/facsimile/layout.ts';
import { formDesigner } from '@matokeo/rehearsal/play/images.ts';
import { type FormFigures, readFigureTable } from '@matokeo/rehearsal/play/tables.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';
import { describe, expect, it } from 'vitest';
import { readForm } from '../../src/reader/form.ts';
import { BOLIVIA } from '../lib/matokeo.ts';

const DRAWN = 200;
const SEED = 571;

/** Different numbers below `count`, by the generator of Park and Miller. */
function draw(count: number, seed: number): readonly number[] {
	const drawn = new Set<number>();
	for (let state = seed; drawn.size < DRAWN; ) {
		state = (state * 48271) % 2147483647;
		drawn.add(state % count);
	}
	return [...drawn];
}

describe('facsimiles of the demo', () => {
	it('R2 are read back: 200 of 34,555, drawn at random, every figure', async () => {
		const folder = await readPackageFolder(join(BOLIVIA, 'package'));
		const election = loadElection(nativeSuite(), folder.files);
		if (!election.ok) throw new Error('the package of the demo has problems');
		const table = readFigureTable(election.value, 'forms.csv', readFileSync(join(BOLIVIA, 'forms.csv')));
		if (!table.ok) throw new Error('the forms of the demo have problems');
		const forms: readonly FormFigures[] = [...table.value.values()];
		const designed = formDesigner(election.value, forms, 'bolivia-2019');
		let layout: FormLayout | undefined;
		let bytes = 0;
		for (const place of draw(forms.length, SEED)) {
			const form = forms[place];
			if (form === undefined) throw new Error('a form was drawn that is not there');
			const { design, filled } = designed(form);
			layout ??= prepareForm(design);
			const file = drawForm(layout, filled);
			bytes += file.length;
			expect(readForm(file), form.station).toEqual(form.figures);
		}
		expect(bytes / DRAWN).toBeLessThan(6_000);
	});
});
