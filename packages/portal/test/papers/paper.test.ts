/** Papers come in parts without losing a row; lines of a PDF hold all their text; the HTML of a paper is strict, without a script, and shows no name as anything but text. */
import { declarationDocument, declarationText } from '@matokeo/core/collation/declarationText.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declarationPaper } from '../../src/papers/declarationPaper.ts';
import { type Paper, type PaperBlock, partsOf, plainOf } from '../../src/papers/paper.ts';
import { paperHtml } from '../../src/papers/paperHtml.ts';
import { linesOf, safeText } from '../../src/papers/pdfText.ts';
import { sheetPaper } from '../../src/papers/sheetPaper.ts';
import { LANGUAGES } from '../../src/site/paths.ts';
import { problemsOf } from '../support/markup.ts';
import { certificateOf, contestOf, districtSheet, electionIn, FACTS, LIST, longSheet } from '../support/papers.ts';

const PLACE = { css: 'site.css', icon: 'icon.svg', part: (part: number) => `part-${part}.html` };

function rowsOf(blocks: readonly PaperBlock[]): readonly string[] {
	return blocks.flatMap((block) =>
		block.kind === 'table' ? [...block.rows, ...(block.sums ?? [])].map((row) => row.map(plainOf).join('|')) : [],
	);
}

const block = fc.oneof(
	fc.record({ kind: fc.constant('heading' as const), text: fc.string() }),
	fc.record({
		kind: fc.constant('table' as const),
		caption: fc.string(),
		columns: fc.constant([{ label: 'a', align: 'text' as const, width: 1 }]),
		rows: fc.array(fc.tuple(fc.string()), { maxLength: 30 }),
		sums: fc.array(fc.tuple(fc.string()), { maxLength: 2 }),
	}),
);

function paperOf(blocks: readonly PaperBlock[]): Paper {
	return { language: 'en', title: 'A', blocks, foot: { log: 'log', digest: 'digest' }, time: 1 };
}

describe('parts of a paper', () => {
	it('hold every row once and in order, and none more than so many', () => {
		fc.assert(
			fc.property(fc.array(block, { maxLength: 6 }), fc.integer({ min: 1, max: 12 }), (blocks, rowsMax) => {
				const parts = partsOf(paperOf(blocks), rowsMax);
				const together = parts.flatMap(({ paper }) => paper.blocks);
				expect(rowsOf(together)).toEqual(rowsOf(blocks));
				expect(together.filter(({ kind }) => kind !== 'table')).toEqual(blocks.filter(({ kind }) => kind !== 'table'));
				for (const { paper } of parts) {
					const rows = paper.blocks.reduce((sum, one) => sum + (one.kind === 'table' ? one.rows.length : 0), 0);
					expect(rows).toBeLessThanOrEqual(rowsMax);
				}
				expect(parts.map(({ part, parts: all }) => [part, all])).toEqual(parts.map((_, at) => [at + 1, parts.length]));
			}),
		);
	});

	it('are linked from each of them', () => {
		const paper = sheetPaper(electionIn('official'), { sheet: longSheet(2500, 3), list: LIST }, undefined, 'en');
		const pages = partsOf(paper, 1000).map((part) => paperHtml(part, PLACE));
		expect(pages).toHaveLength(3);
		for (const [at, page] of pages.entries()) {
			expect(page).toContain(`Part ${at + 1} of 3`);
			expect([...page.matchAll(/href="part-([0-9]+)\.html"/g)].map((match) => match[1])).toEqual(
				['1', '2', '3'].filter((part) => part !== String(at + 1)),
			);
		}
	});
});

describe('lines', () => {
	it('hold the whole text in order, and are as wide as the line or one character', () => {
		const measure = (text: string) => [...text].length;
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 1, max: 30 }), (text, width) => {
				const safe = safeText(text);
				const lines = linesOf(safe, width, measure);
				expect(lines.join('').replaceAll(' ', '')).toBe(safe.replaceAll(' ', ''));
				for (const line of lines) expect(measure(line)).toBeLessThanOrEqual(width);
			}),
			{ numRuns: 500 },
		);
	});

	it('let nothing through that turns or hides what follows', () => {
		expect(safeText('a\u202eb\u0000c\u00add\ne')).toBe('a\ufffdb\ufffdcd e');
	});
});

describe('a paper as HTML', () => {
	it.each(LANGUAGES)('is strict and without a script in %s, sheet and declaration', (language) => {
		const election = electionIn('rehearsal');
		const document = declarationDocument(election, contestOf(election, 'president'), FACTS, language);
		const papers = [
			sheetPaper(election, { sheet: districtSheet(), list: LIST }, certificateOf(), language),
			declarationPaper(election, document, { mark: FACTS.mark, digest: LIST }, certificateOf()),
		];
		for (const paper of papers) {
			const [first] = partsOf(paper, 1000);
			const page = first === undefined ? '' : paperHtml(first, PLACE);
			expect(problemsOf(page)).toEqual([]);
			expect(page).toContain(`<html lang="${language}"`);
			expect(page).not.toContain('<script');
			expect(page).toContain(`data-mode="${paper.mode?.label}"`);
		}
	});

	it('shows names as text, and says their language where it is another', () => {
		const blocks = [{ kind: 'paragraph', text: ['by ', { foreign: '<b>x</b>', lang: 'qu' }] }] as const;
		const [part] = partsOf(paperOf(blocks), 10);
		expect(part && paperHtml(part, PLACE)).toContain('<p>by <bdi lang="qu">&lt;b&gt;x&lt;/b&gt;</bdi></p>');
	});

	it('gives a declaration word for word as it was digested', () => {
		const election = electionIn('official');
		const document = declarationDocument(election, contestOf(election, 'president'), FACTS, 'es');
		const { blocks } = declarationPaper(election, document, { mark: FACTS.mark, digest: LIST }, undefined);
		const said = blocks.flatMap((one) =>
			one.kind === 'table'
				? [one.columns.map(({ label }) => plainOf(label)), ...one.rows.map((row) => row.map(plainOf))].map((row) =>
						row.join(' | '),
					)
				: one.kind === 'facts'
					? []
					: [plainOf(one.text)],
		);
		const lines = declarationText(document)
			.split('\n')
			.filter((line) => line !== '');
		expect(said.slice(0, lines.length)).toEqual(lines);
	});
});
