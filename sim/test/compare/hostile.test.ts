/**
 * Tables that are not what they seem, each beside a true one: every answer is a sentence that says what is the matter, and no number is shown as if it meant something. Tables of one size and shape; what a
 * million rows cost, the bench measures.
 */
import { rmSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { csv, HEADINGS, OTHER_ROWS, ROWS, type Row, TRUE_ROWS, tables } from './lib/tables.ts';

const { folder, put, compare, plain } = tables();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const mapped = (change: (row: Row, at: number) => Row): readonly Row[] => TRUE_ROWS.map(change);
const moved = (order: readonly number[], row: Row): Row => order.map((at) => row[at] ?? '');
const SHUFFLED = [3, 0, 5, 1, 4, 2];
const numbersOf = (row: Row | undefined): Row => row?.slice(2) ?? [];

describe('two tables that say the same', () => {
	const same: readonly (readonly [string, string | Uint8Array])[] = [
		[
			'columns and rows in another order',
			csv(moved(SHUFFLED, HEADINGS), mapped((row) => moved(SHUFFLED, row)).toReversed()),
		],
		[
			'codes whose leading zeroes a spreadsheet has dropped',
			csv(
				HEADINGS,
				mapped(([code = '', ...row]) => [String(Number(code)), ...row]),
			),
		],
		[
			'semicolons, a mark at the beginning, lines that end as on other systems',
			`\ufeff${csv(HEADINGS, TRUE_ROWS).replaceAll(',', ';').replaceAll('\n', '\r\n')}`,
		],
		['packed', gzipSync(csv(HEADINGS, TRUE_ROWS))],
		[
			'words where names of areas stand that are formulas or turn the direction of text',
			csv(
				HEADINGS,
				mapped(([code = '', , ...row], at) => [code, `=1+${at % 3}\u202e<b>`, ...row]),
			),
		],
	];
	it.each(same)('%s', async (_, content) => {
		const said = await compare(put('other', content), plain());
		expect([said.code, said.stderr]).toEqual([0, '']);
		expect(said.stdout).toContain('Yes, station by station.');
		expect(said.stdout).toMatch(new RegExp(`In both, with the same figures +${ROWS} +100.00 %`));
		expect(said.stdout).not.toMatch(/\u202e/);
	});
});

describe('two tables that cannot be compared', () => {
	const wrong: readonly (readonly [string, string, string])[] = [
		[
			'exchanged headings',
			csv(moved([0, 1, 3, 2, 4, 5], HEADINGS), TRUE_ROWS),
			'“Achieng” of A equals “Barasa” of B in 60 of 60 rows (0 under its own name)',
		],
		[
			'numbers one row further down',
			csv(
				HEADINGS,
				mapped(([code = '', area = ''], at) => [code, area, ...numbersOf(TRUE_ROWS[(at + 1) % ROWS])]),
			),
			'The numbers stand beside the wrong codes',
		],
		[
			'numbers of another election under the same codes',
			csv(HEADINGS, OTHER_ROWS),
			'These look like counts of two contests or two elections.',
		],
		[
			'ten times every number',
			csv(
				HEADINGS,
				mapped(([code = '', area = '', ...row]) => [code, area, ...row.map((number) => `${number}0`)]),
			),
			'times ten to the power +1',
		],
		[
			'codes with something before them',
			csv(
				HEADINGS,
				mapped(([code = '', ...row]) => [`KE-${code}`, ...row]),
			),
			'If “KE-” were taken from the beginning of the codes of A, 60 would match.',
		],
	];
	it.each(wrong)('%s', async (_, content, sentence) => {
		const said = await compare(put('other.csv', content), plain());
		expect([said.code, said.stderr]).toEqual([2, '']);
		expect(said.stdout.replaceAll(/\s+/g, ' ')).toContain(sentence);
		expect(said.stdout).toContain('No. What follows has to be settled first');
		for (const heading of ['What it would mean for the result', 'What the differences are consistent with'])
			expect(said.stdout).not.toContain(heading);
	});

	it('says so in the JSON as well, beside the numbers', async () => {
		const other = put('other.csv', csv(HEADINGS, OTHER_ROWS));
		const said = await compare(other, plain(), { json: true });
		const report: unknown = JSON.parse(said.stdout);
		expect(said.code).toBe(2);
		expect(report).toMatchObject({ matched: ROWS, same: 0, differing: ROWS, only_in_a: 0, only_in_b: 0 });
		expect(report).toMatchObject({ verdict: { comparable: 'no', findings: [{ code: 'unrelated_numbers' }] } });
	});
});

describe('tables that must not be called the same', () => {
	const voteShare = (row: Row, decimals: number): Row => {
		const all = row.slice(2, 5).reduce((sum, votes) => sum + Number(votes), 0);
		return row.map((cell, at) => (at < 2 || at > 4 ? cell : ((100 * Number(cell)) / all).toFixed(decimals)));
	};
	const doubtful: readonly (readonly [string, string, string])[] = [
		[
			'percentages',
			csv(
				HEADINGS,
				mapped((row) => voteShare(row, 2)),
			),
			'"Achieng" holds numbers that are no counts',
		],
		[
			'decimal commas',
			csv(
				HEADINGS,
				mapped((row) => row.map((cell, at) => (at < 2 ? cell : `${cell},0`))),
			),
			'votes are whole numbers without decimals',
		],
		[
			'two contests in one file',
			csv(
				['office', ...HEADINGS],
				[...TRUE_ROWS.map((row) => ['governor', ...row]), ...OTHER_ROWS.map((row) => ['senator', ...row])],
			),
			'name a condition on rows, such as one contest',
		],
		[
			'numbers that no sum holds',
			csv(
				HEADINGS,
				mapped(([code = '', area = '']) => [code, area, ...Array(4).fill('999999999999999')]),
			),
			'together exceed 1125899906842624, which no votes do',
		],
	];
	it.each(doubtful)('%s', async (_, content, sentence) => {
		for (const sides of [0, 1]) {
			const [other, own] = [put('other.csv', content), plain()];
			const said = await compare(sides === 0 ? other : own, sides === 0 ? own : other);
			expect([said.code, said.stdout]).toEqual([2, '']);
			expect(said.stderr).toContain(sentence);
		}
	});

	it('whole percentages', async () => {
		const said = await compare(
			put(
				'other.csv',
				csv(
					HEADINGS,
					mapped((row) => voteShare(row, 0)),
				),
			),
			plain(),
		);
		expect([said.code, said.stderr]).toEqual([2, '']);
		expect(said.stdout.replaceAll(/\s+/g, ' ')).toContain('The votes of A add up to a hundred in 60 of 60 rows');
	});

	it('a candidate left out is said before the numbers, and one under another name is recognized', async () => {
		const renamed = HEADINGS.map((name) => (name === 'Barasa' ? 'Frente' : name));
		const said = await compare(put('other.csv', csv(renamed, TRUE_ROWS)), plain());
		const text = said.stdout.replaceAll(/\s+/g, ' ');
		expect(text).toContain('“Frente” of A equals “Barasa” of B in 60 of 60 rows');
		expect(text.indexOf('Not compared, since only B has them: Barasa.')).toBeGreaterThan(0);
		expect(text.indexOf('only B has them')).toBeLessThan(text.indexOf('In both'));
	});

	it('a line of totals at the end is no station', async () => {
		const sum = (at: number): string => String(TRUE_ROWS.reduce((all, row) => all + Number(row[at]), 0));
		const total = ['TOTAL', '', sum(2), sum(3), sum(4), sum(5)];
		const said = await compare(put('other.csv', csv(HEADINGS, [...TRUE_ROWS, total])), plain());
		expect(said.code).toBe(0);
		expect(said.stdout).toContain('lines of totals: line 62, code “TOTAL”');
	});
});

describe('files that are no tables', () => {
	const broken: readonly (readonly [string, string | Uint8Array, string])[] = [
		['empty', '', 'is empty: it has no bytes'],
		['a PDF', '%PDF-1.7\n', 'is a PDF'],
		['a page', '<!doctype html><p>Not found</p>', 'found XML or a web page'],
		['a heading and nothing below', `${HEADINGS.join(',')}\n`, 'found no rows'],
		['bytes that are no text', csv(HEADINGS, TRUE_ROWS).replace('Ward', 'Wa\u0000d'), 'found a NUL character'],
		['a quotation that nobody closed', `${csv(HEADINGS, TRUE_ROWS)}"0061,x,1`, 'expected a closing quotation mark'],
		[
			'without codes',
			csv(
				HEADINGS.slice(1),
				mapped((row) => row.slice(1)),
			),
			'is not sure, and nothing was compared',
		],
	];
	it.each(broken)('%s', async (_, content, sentence) => {
		const said = await compare(put('broken', content), plain());
		expect([said.code, said.stdout]).toEqual([2, '']);
		expect(said.stderr).toContain(sentence);
	});
});
