/** R13 R18 (needs poppler): another program reads in the PDF of a sheet every figure, row by row, on every page what kind of count it is and which page of how many, and how the document is built. */

import { declarationDocument, declarationText } from '@matokeo/core/collation/declarationText.ts';
import { declarationPaper } from '@matokeo/portal/papers/declarationPaper.ts';
import { PART_ROWS_MAX, type Paper, partsOf, plainOf } from '@matokeo/portal/papers/paper.ts';
import { paperPdf } from '@matokeo/portal/papers/paperPdf.ts';
import { sheetPaper } from '@matokeo/portal/papers/sheetPaper.ts';
import { LANGUAGES, type Language } from '@matokeo/portal/site/paths.ts';
import {
	certificateOf,
	contestOf,
	districtSheet,
	electionIn,
	FACTS,
	LIST,
	longSheet,
	nationSheet,
} from '@matokeo/portal/testing/papers.ts';
import { wordsOf } from '@matokeo/portal/words/words.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { INSTALL_MS, needPoppler, pagesIn, structureOf } from './lib/poppler.ts';

const ELECTION = electionIn('rehearsal');

beforeAll(needPoppler, INSTALL_MS);

async function pdfsOf(paper: Paper): Promise<readonly Uint8Array[]> {
	const pdfs: Uint8Array[] = [];
	for (const part of partsOf(paper, PART_ROWS_MAX.pdf)) pdfs.push(await paperPdf(part));
	return pdfs;
}

/** Rows of the paper whose cells do not stand one after the other in the text; what is not looked at is how cells are broken into lines. */
function unread(paper: Paper, text: string): readonly string[] {
	const dense = text.replaceAll(' ', '');
	return paper.blocks.flatMap((block) => {
		if (block.kind !== 'table') return [];
		return [...block.rows, ...(block.sums ?? [])]
			.map((row) => row.map(plainOf).join('').replaceAll(' ', ''))
			.filter((row) => !dense.includes(row));
	});
}

describe('the PDF of a sheet', () => {
	it.each(LANGUAGES)('has every row of it in %s, with its diacritics', async (language) => {
		for (const sheet of [districtSheet(), nationSheet()]) {
			const paper = sheetPaper(ELECTION, { sheet, list: LIST }, certificateOf(), language);
			const [pdf = new Uint8Array()] = await pdfsOf(paper);
			const text = pagesIn(pdf).join(' ');
			expect(unread(paper, text)).toEqual([]);
			expect(text).toContain('Chidi Ødegård');
			const other = { ...sheet, totals: sheet.totals.map((votes) => votes + 1) };
			const wrong = sheetPaper(ELECTION, { sheet: other, list: LIST }, certificateOf(), language);
			expect(unread(wrong, text).length).toBeGreaterThanOrEqual(sheet.totals.length);
		}
	});

	it('has five thousand stations in its parts, each once, and says on every page which part and page it is', async () => {
		const sheet = longSheet(5000, 12);
		const paper = sheetPaper(ELECTION, { sheet, list: LIST }, undefined, 'en');
		const parts = (await pdfsOf(paper)).map(pagesIn);
		expect(parts).toHaveLength(3);
		const text = parts.flat().join(' ');
		const number = wordsOf('en').number;
		let at = 0;
		for (const { station, votes } of sheet.stations) {
			if (votes === undefined) continue;
			at = text.indexOf(`${station} ${votes.map(number).join(' ')} `, at);
			expect(at, station).toBeGreaterThan(-1);
		}
		for (const [place, pages] of parts.entries())
			for (const [page, said] of pages.entries()) {
				expect(said).toContain(`Part ${place + 1} of 3 · Page ${page + 1} of ${pages.length}`);
				expect(said).toContain(`small.example/log, 500,000 statements ${LIST}`);
				expect(said).toMatch(/ Rehearsal/);
			}
	});

	it('repeats the head of a table on every page, and not for those who hear it', async () => {
		const paper = sheetPaper(ELECTION, { sheet: longSheet(300, 3), list: LIST }, undefined, 'en');
		const [pdf = new Uint8Array()] = await pdfsOf(paper);
		const pages = pagesIn(pdf).filter((page) => / 000[0-9]{3} [0-9]+ [0-9]+ [0-9]+ /.test(page));
		expect(pages.length).toBeGreaterThan(3);
		for (const page of pages) expect(page).toContain('Station field-1 field-2 field-3');
		const structure = structureOf(pdf);
		const tables = paper.blocks.filter(({ kind }) => kind === 'table').length;
		expect(structure.filter((line) => line.startsWith('Table'))).toHaveLength(tables);
		expect(structure.filter((line) => line.startsWith('H1'))).toHaveLength(1);
		const rows = paper.blocks.reduce(
			(sum, block) => sum + (block.kind === 'table' ? 1 + block.rows.length + (block.sums?.length ?? 0) : 0),
			0,
		);
		expect(structure.filter((line) => line.startsWith('TR'))).toHaveLength(rows);
	});

	it('of an official election is marked on no page', async () => {
		const paper = sheetPaper(electionIn('official'), { sheet: nationSheet(), list: LIST }, undefined, 'sw');
		const [pdf = new Uint8Array()] = await pdfsOf(paper);
		expect(pagesIn(pdf).join(' ')).not.toMatch(/Zoezi|Hesabu sambamba/);
	});
});

describe('the PDF of a declaration', () => {
	it.each(LANGUAGES)('holds the digested text word for word in %s', async (language: Language) => {
		const document = declarationDocument(ELECTION, contestOf(ELECTION, 'president'), FACTS, language);
		const paper = declarationPaper(ELECTION, document, { mark: FACTS.mark, digest: LIST }, certificateOf());
		const [pdf = new Uint8Array()] = await pdfsOf(paper);
		const dense = (text: string): string => text.replace(/\s+/g, '');
		const text = dense(pagesIn(pdf).join(' '));
		const lines = declarationText(document)
			.split('\n')
			.filter((line) => line !== '');
		const missing = lines.map((line) => dense(line.replaceAll(' | ', ''))).filter((line) => !text.includes(line));
		expect(missing).toEqual([]);
		expect(lines.length).toBeGreaterThan(25);
	});
});
