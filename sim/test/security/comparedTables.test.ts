/**
 * What could be done by whoever hands a table to somebody who compares, or a report to somebody who reads it (SECURITY.md, Q1 to Q4): each through the command, what reveals it, and what nothing reveals.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { sealKey } from '@matokeo/cli/keys/keyFile.ts';
import { testKey } from '@matokeo/core/testing/smallElection.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { csv, HEADINGS, OTHER_ROWS, ROWS, type Row, TRUE_ROWS, tables } from '../compare/lib/tables.ts';

const { folder, put, compare, plain } = tables();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const one = (rows: readonly Row[], at: number, column: number, by: number): readonly Row[] =>
	rows.map((row, place) => (place === at ? row.with(column, String(Number(row[column]) + by)) : row));

describe('whoever hands in a table, or a report', () => {
	it('Q1 packs a table to burst, cuts it off, or names another thing so: one sentence, and nothing compared', async () => {
		const bomb = gzipSync(Buffer.alloc(300_000_000));
		expect(bomb.length).toBeLessThan(400_000);
		const whole = gzipSync(csv(HEADINGS, TRUE_ROWS));
		const all: readonly (readonly [string, string | Uint8Array, string])[] = [
			['bomb.csv.gz', bomb, 'larger than 268435456 bytes once it is unpacked, and was left'],
			['cut.csv.gz', whole.subarray(0, whole.length - 20), 'was cut or damaged on the way'],
			['wide.csv', `${'a,'.repeat(5_000)}a\n`.repeat(3), 'cells'],
			['endless.csv', `a,b\n"${'x'.repeat(200_000)}`, 'expected a closing quotation mark'],
			['form.csv', '%PDF-1.7\n', 'is a PDF'],
		];
		for (const [name, content, sentence] of all) {
			const said = await compare(put(name, content), plain());
			expect([said.code, said.stdout], name).toEqual([2, '']);
			expect(said.stderr, name).toContain(sentence);
		}
	}, 60_000);

	it('Q2 shifts rows, exchanges headings, or brings another election: said before any number; made up with care it is a difference', async () => {
		const shifted = TRUE_ROWS.map(([code = '', area = ''], at) => [
			code,
			area,
			...(TRUE_ROWS[(at + 1) % ROWS] ?? []).slice(2),
		]);
		const exchanged = HEADINGS.with(2, 'Barasa').with(3, 'Achieng');
		for (const [name, content] of [
			['shifted.csv', csv(HEADINGS, shifted)],
			['exchanged.csv', csv(exchanged, TRUE_ROWS)],
			['other.csv', csv(HEADINGS, OTHER_ROWS)],
		] as const) {
			const said = await compare(put(name, content), plain());
			expect([said.code, said.stdout.includes('No. What follows has to be settled first')], name).toEqual([2, true]);
		}
		// What nothing reveals: one figure, made up, is one difference like any other, and the sentence beside it says what would settle it.
		const careful = await compare(put('careful.csv', csv(HEADINGS, one(TRUE_ROWS, 7, 2, 31))), plain());
		expect(careful.code).toBe(1);
		expect(careful.stdout).toContain('It does not say which of');
		expect(careful.stdout).toContain('What settles it is the form');
	});

	it('Q3 writes formulas, markup or turning characters into codes and names: text in a page, an apostrophe in a table, a sign on the terminal', async () => {
		const evil = ['=HYPERLINK("http://x.example","y")', '@SUM(A1)', '\u202e<script>alert(1)</script>', '+A1', '\t=1'];
		const named = TRUE_ROWS.map(([code = '', , ...row], at) => [`=1+${code}`, evil[at % evil.length] ?? '', ...row]);
		const [csvFile, page] = [join(folder, 'q3.csv'), join(folder, 'q3.html')];
		const said = await compare(
			put('evil.csv', csv(HEADINGS, named)),
			put(
				'evil2.csv',
				csv(
					HEADINGS,
					named.map((row) => row.with(2, String(Number(row[2]) + 1))),
				),
			),
			{ csv: csvFile, html: page },
		);
		expect(said.code, said.stderr).toBe(1);
		const cells = readFileSync(csvFile, 'utf8')
			.split('\n')
			.flatMap((line) => line.split(','));
		expect(cells.filter((cell) => /^"?[=+@\t]/.test(cell))).toEqual([]);
		expect(cells.filter((cell) => cell.startsWith("'=1+"))).toHaveLength(ROWS);
		const html = readFileSync(page, 'utf8');
		expect(html).toContain('&lt;script&gt;alert(1)');
		expect(html).not.toMatch(/<script|\u202e/);
		expect(html).toContain('default-src &#39;none&#39;');
		expect(said.stdout).not.toMatch(/[\u202e\t]/);
	});

	it('Q4 hands around a report with other numbers: whoever has the two sources makes it again; without them it is its signer’s word', async () => {
		const [a, b] = [put('a.csv', csv(HEADINGS, one(TRUE_ROWS, 3, 2, 5))), plain()];
		const note = join(folder, 'report.note');
		const passphraseFile = put('pass', 'open sesame, please\n');
		const sealed = await sealKey(testKey('observer/1'), { kind: 'passphrase', passphrase: 'open sesame, please' }, 4);
		if (!sealed.ok) throw new Error(sealed.error);
		const sign = put('observer.key', sealed.value);
		expect((await compare(a, b, { sign, passphraseFile, out: note })).code).toBe(1);
		expect(await compare(a, b, { check: note })).toMatchObject({ code: 0, stderr: '' });
		const forged = put('forged.note', readFileSync(note, 'utf8').replace('differing 1\n', 'differing 9\n'));
		expect(await compare(a, b, { check: forged })).toMatchObject({ code: 2, stdout: '' });
		const elsewhere = await compare(put('c.csv', csv(HEADINGS, one(TRUE_ROWS, 3, 2, 6))), b, { check: note });
		expect([elsewhere.code, elsewhere.stdout]).toEqual([1, expect.stringContaining('A is another source')]);
		// A signer who signs other numbers: found by whoever compares, and by nobody else.
		const held = await compare(a, b, { check: note, json: true });
		expect(JSON.parse(held.stdout)).toMatchObject({ same: true, differences: [], signed_by: 'observer/1' });
	});
});
