/** Delimited text of strangers: encodings, line ends, delimiters, headings, and what is no row (K20, K21). */
import { cellAt } from '@matokeo/compare/table/table.ts';
import { fault, rowsOf, table } from '@matokeo/compare/testing/given.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const ROWS = [
	['01', 'Ñandú', '12'],
	['02', 'Überlingen', '3'],
];

function latin(text: string): Uint8Array {
	return Uint8Array.from(text, (letter) => (letter === '€' ? 0x80 : letter.charCodeAt(0)));
}

function wide(text: string, mark: boolean, big: boolean): Uint8Array {
	const units = [...(mark ? '\uFEFF' : ''), ...text].map((letter) => letter.charCodeAt(0));
	return Uint8Array.from(units.flatMap((unit) => (big ? [unit >> 8, unit & 255] : [unit & 255, unit >> 8])));
}

describe('K20 what the bytes say of themselves', () => {
	const text = 'code,place,votes\n01,Ñandú,12\n02,Überlingen,3\n';

	it.each([
		['utf-8', utf8Encode(text)],
		['utf-8', utf8Encode(`\uFEFF${text}`)],
		['windows-1252', latin(text)],
		['utf-16le', wide(text, true, false)],
		['utf-16be', wide(text, true, true)],
		['utf-16le', wide(text, false, false)],
		['utf-16be', wide(text, false, true)],
	])('text in %s', (encoding, bytes) => {
		const read = table(bytes);
		expect([read.layout.encoding, read.columns, rowsOf(read)]).toEqual([encoding, ['code', 'place', 'votes'], ROWS]);
	});

	it('Windows-1252 is not Latin-1: the byte 0x80 is a euro sign', () => {
		expect(rowsOf(table(latin('a,b\n€é,1\n')))).toEqual([['€é', '1']]);
	});

	it('an encoding that is given and is not that of the bytes is told', () => {
		expect(fault(latin(text), { format: 'csv', encoding: 'utf-8' })).toMatch(
			/^expected text in utf-8, found bytes that are not; /,
		);
	});

	it.each([
		['LF', '\n'],
		['CRLF', '\r\n'],
		['CR alone', '\r'],
	])('lines that end with %s, the last with or without', (_, end) => {
		const lines = ['a,b', '1,2', '3,4'];
		for (const last of ['', end]) {
			const read = table(lines.join(end) + last);
			expect([rowsOf(read), [...read.lines]]).toEqual([
				[
					['1', '2'],
					['3', '4'],
				],
				[2, 3],
			]);
		}
	});

	it.each([',', ';', '|', '\t'])('the delimiter %j, whatever stands in the cells', (delimiter) => {
		const lines = [
			['code', 'address', 'votes', 'blank'],
			['1', 'Main St. 1, north', '10', '2'],
			['2', 'Main St. 2, north', '11', '0'],
		];
		const quoted = lines.map((cells) => cells.map((cell) => (cell.includes(delimiter) ? `"${cell}"` : cell)));
		const read = table(`${quoted.map((cells) => cells.join(delimiter)).join('\n')}\n`);
		expect([read.layout, rowsOf(read)[1]]).toMatchObject([{ delimiter }, ['2', 'Main St. 2, north', '11', '0']]);
	});

	it.each([
		['PK\u0003\u0004xl', 'a zip file or a spreadsheet', 'save the sheet as CSV'],
		['%PDF-1.7', 'a PDF', 'ask the source for the table itself'],
		['<html><table>', 'XML or a web page', 'ask the source for a table'],
		['a,b\n1,\u00002\n', 'line 2: expected text, found a NUL character', 'damaged'],
		['', 'found no rows', 'name the delimiter'],
		['one column\nof text\n', 'found "one column"', 'name the delimiter'],
	])('%j is no table, and the sentence says what it is', (text, found, advice) => {
		expect(fault(text)).toContain(found);
		expect(fault(text)).toContain(advice);
	});
});

describe('K20 headings', () => {
	it('stand behind lines that belong to no table', () => {
		const text = 'RESULTS\n"2 June, 20:00"\n\nEXPECTED,SEEN\n10,9\n\ncode,a,b,c,d\n1,2,3,4,5\n2,3,4,5,6\n';
		const read = table(text);
		expect([read.columns, read.rows, read.layout]).toMatchObject([['code', 'a', 'b', 'c', 'd'], 2, { header: 7 }]);
		expect(read.told).toContain('the headings stand on line 7; 4 rows above them belong to no table');
	});

	it('are not a title that a spreadsheet has filled up with delimiters', () => {
		const read = table('RESULTS,2024,,,,\ncode,a,b,c,d,e\n1,2,3,4,5,6\n2,3,4,5,6,7\n');
		expect([read.columns[0], read.rows]).toEqual(['code', 2]);
	});

	it('are missing where the first row holds numbers in the same columns; the line can be named, and so can their absence', () => {
		const text = '001;north;10\n002;south;11\n003;south;12\n';
		expect(table(text)).toMatchObject({ columns: ['1', '2', '3'], rows: 3, layout: { header: 0 } });
		expect(table(`code;where;n\n${text}`)).toMatchObject({ columns: ['code', 'where', 'n'], rows: 3 });
		expect(table(text, { format: 'csv', header: 1 })).toMatchObject({ columns: ['001', 'north', '10'], rows: 2 });
		expect(table(`code;where;n\n${text}`, { format: 'csv', header: 0 })).toMatchObject({ rows: 4 });
		expect(fault(text, { format: 'csv', header: 9 })).toMatch(/^line 9: expected headings, found no such row; /);
	});

	it('are numbers in some tables: what tells is the column that holds none below', () => {
		expect(table('station,1,2,3\nA-1,5,6,7\nA-2,5,6,7\n')).toMatchObject({
			columns: ['station', '1', '2', '3'],
			rows: 2,
		});
	});

	it('are made single-spaced, visible and different', () => {
		const read = table('code,ABED  BWANIKA ,\u202Evotes,votes,,\n1,2,3,4,5,\n');
		expect(read.columns).toEqual(['code', 'ABED BWANIKA', 'votes', 'votes (2)', '(5)']);
		expect(read.unreadableCount).toBe(0);
		expect(table('a,,b\n1,2,3\n').columns).toEqual(['a', '(2)', 'b']);
	});
});

describe('K21 rows', () => {
	it('a row with another number of cells is left out and named by its line', () => {
		const read = table('a,b,c\n1,2,3\n4,5\n6,7,8,9\n10,11,12,\n"x"y,1,2\n13,14,15\n');
		expect(rowsOf(read).map(([first]) => first)).toEqual(['1', '10', '13']);
		expect(read.unreadable).toEqual([
			{ line: 3, why: 'it has 2 cells and not 3' },
			{ line: 4, why: 'it has 4 cells and not 3' },
			{ line: 6, why: 'there is text behind a closing quotation mark' },
		]);
	});

	it('quotation marks hold delimiters, line ends and marks; lines are still counted', () => {
		const read = table('a,b\n"x,\n""y""",1\n2,"z"\n');
		expect([rowsOf(read), [...read.lines]]).toEqual([
			[
				['x,\n"y"', '1'],
				['2', 'z'],
			],
			[2, 4],
		]);
	});

	it('can be plain characters', () => {
		const read = table('a|b\n"one|two"\n', { format: 'csv', quotes: false });
		expect(rowsOf(read)).toEqual([['"one', 'two"']]);
	});

	it('a quotation that nobody closed, a cell and a row without end are faults with their line', () => {
		expect(fault('a,b\n1,2\n"3,4\n5,6\n')).toMatch(/^line 3: expected a closing quotation mark, found none/);
		expect(fault(`a,b\n1,"${'x\n'.repeat(50_000)}",2\n`)).toMatch(
			/^line 2: expected cells of at most 65536 characters/,
		);
		expect(fault(`a,b\n1,${'x'.repeat(70_000)}\n`)).toMatch(/^line 2: expected cells of at most 65536 characters/);
		expect(fault(`a,b\n1,2\n${','.repeat(3_000)}\n`)).toMatch(/^line 3: expected at most 2000 columns, found more/);
		expect(fault('a,b,c\n1,2\n3,4\n5,6\n', { format: 'csv', header: 1 })).toMatch(
			/^expected rows of 3 cells, as the headings have, found 3 rows, each of another number of cells; /,
		);
	});

	it('what was written is read, whatever the cells hold', () => {
		const cell = fc.string({ unit: 'grapheme', maxLength: 8 }).filter((text) => !text.includes('\u0000'));
		const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 8 });
		const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
		fc.assert(
			fc.property(rows, (given) => {
				const text = `a,b,c\n${given.map((cells) => cells.map(quote).join(',')).join('\n')}\n`;
				const read = table(text, { format: 'csv', header: 1, encoding: 'utf-8', delimiter: ',' });
				expect(rowsOf(read)).toEqual(given);
			}),
		);
	});

	it('a cell is copied out of the text only when it is asked for', () => {
		const read = table('a,b\n1,2\n');
		expect([cellAt(read, 0, 1), cellAt(read, 5, 1)]).toEqual(['2', '']);
	});
});
