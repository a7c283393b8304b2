/** The same paper gives the same bytes of PDF, on its own and beside others; another paper gives others. That its text is all there, another program says (in `sim`). */
import { describe, expect, it } from 'vitest';
import { partsOf } from '../../src/papers/paper.ts';
import { paperPdf } from '../../src/papers/paperPdf.ts';
import { sheetPaper } from '../../src/papers/sheetPaper.ts';
import { certificateOf, districtSheet, electionIn, LIST, nationSheet } from '../support/papers.ts';

const ELECTION = electionIn('rehearsal');

async function pdfOf(sheet = districtSheet(), list = LIST): Promise<Buffer> {
	const [part] = partsOf(sheetPaper(ELECTION, { sheet, list }, certificateOf(), 'sw'), 1000);
	if (part === undefined) throw new Error('a paper has a part');
	return Buffer.from(await paperPdf(part));
}

describe('a paper as PDF', () => {
	it('is the same bytes each time, also when several are written at once', async () => {
		const once = await pdfOf();
		const [again, , beside] = await Promise.all([pdfOf(), pdfOf(nationSheet()), pdfOf()]);
		expect(once.length).toBeGreaterThan(10_000);
		expect(again?.equals(once)).toBe(true);
		expect(beside?.equals(once)).toBe(true);
	});

	it('has no date but that of the log, and says title, language and that it is tagged', async () => {
		const text = (await pdfOf()).toString('latin1');
		expect(new Set(text.match(/D:[0-9]{14}Z?/g))).toEqual(new Set(['D:20261014174640Z']));
		expect(text).toContain('/Lang (sw)');
		expect(text).toContain('/Marked true');
		expect(text).toContain('/DisplayDocTitle true');
		expect(text).toContain('(Zoezi: Form B: President, North)');
	});

	it('is other bytes for another figure or another digest', async () => {
		const sheet = districtSheet();
		const other = { ...sheet, totals: sheet.totals.map((votes, place) => (place === 0 ? votes + 1 : votes)) };
		const [one, two, three] = await Promise.all([pdfOf(), pdfOf(other), pdfOf(sheet, 'cd'.repeat(32))]);
		expect(one?.equals(two ?? Buffer.alloc(0))).toBe(false);
		expect(one?.equals(three ?? Buffer.alloc(0))).toBe(false);
	});
});
