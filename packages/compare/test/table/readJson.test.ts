/** JSON of strangers as a table: where the rows are, how columns are called, and what is no row (K22). */
import { fault, rowsOf, table } from '@matokeo/compare/testing/given.ts';
import { describe, expect, it } from 'vitest';

describe('K22 rows of JSON', () => {
	it('a list of objects, with members inside members, and the line of each', () => {
		const read = table('[\n{"code":"a","votes":{"x":1,"y":"2,000"}},\n{"code":"b","votes":{"x":null},"late":true}\n]');
		expect(read.columns).toEqual(['code', 'votes.x', 'votes.y', 'late']);
		expect([rowsOf(read), [...read.lines]]).toEqual([
			[
				['a', '1', '2,000', ''],
				['b', '', '', 'true'],
			],
			[2, 3],
		]);
	});

	it('an object whose members are the rows: their names stand in a column of their own', () => {
		const read = table('{"11":{"n":1},"12":{"n":2},"11":{"n":3}}');
		expect(read.columns).toEqual(['(key)', 'n']);
		expect(rowsOf(read)).toEqual([
			['11', '1'],
			['12', '2'],
			['11', '3'],
		]);
	});

	it('lists of lists', () => {
		expect(rowsOf(table('[[1,"x"],[2,"y"]]'))).toEqual([
			['1', 'x'],
			['2', 'y'],
		]);
	});

	it('are found where children are alike, not where there are most', () => {
		const data = '{"ts":"x","chart":{"1":5,"2":6,"3":7},"table":{"11":{"a":1,"b":2},"12":{"a":3,"b":4}}}';
		expect(table(data)).toMatchObject({ layout: { rows: 'table' }, told: ['the rows stand in table'] });
		const documents = '{"x":{"results":[{"n":"A","v":1},{"n":"B","v":2},{"n":"C","v":3}]},"y":{"results":[]},"z":{}}';
		expect(table(documents)).toMatchObject({ rows: 3, layout: { rows: '' } });
		expect(table('{"meta":{"n":1},"data":[{"code":"a","n":1}]}')).toMatchObject({ rows: 1, layout: { rows: 'data' } });
	});

	it('two places that are equally good are told both', () => {
		const text = '{"a":[{"n":1},{"n":2}],"b":[{"n":1},{"n":2}],"c":1}';
		expect(fault(text)).toMatch(/expected one place with most rows, found 2 in a and 2 in b; name the one/);
		expect(table(text, { format: 'json', rows: 'b' }).rows).toBe(2);
		expect(fault(text, { format: 'json', rows: 'd' })).toMatch(/^expected rows in d, found no such member/);
	});

	it('items of a list are called by the member that is another text in each, else by their place', () => {
		const text = '[{"code":"1","parties":[{"name":"A  B","votes":3},{"name":"C","votes":4}],"codes":[7,8]}]';
		const read = table(text);
		expect(read.columns).toEqual(['code', 'parties.A B.votes', 'parties.C.votes', 'codes.1', 'codes.2']);
		expect(read.told).toEqual(['items of parties are called by their name']);
		expect(table(text, { format: 'json', lists: {} }).columns).toContain('parties.1.votes');
		expect(table(text, { format: 'json', lists: { parties: 'votes' } }).columns).toContain('parties.3.name');
	});

	it('a member that says the same of two items is no name', () => {
		const items = '[{"acronym":"IND","name":"A","n":1},{"acronym":"IND","name":"B","n":2}]';
		expect(table(`[{"code":"1","parties":${items}}]`).columns).toContain('parties.B.n');
	});

	it('a member that stands twice in a row makes the row unreadable, since which of them counts is not said', () => {
		const read = table('[{"code":"1","n":1},{"code":"2","n":1,"n":9}]');
		expect([read.rows, read.unreadable]).toEqual([1, [{ line: 1, why: 'it has "n" twice' }]]);
	});

	it('escapes are read when the cell is', () => {
		expect(rowsOf(table('[{"a":"\\u00d1\\"\\n\\\\","b":1}]'))).toEqual([['Ñ"\n\\', '1']]);
	});

	it.each([
		['{"a":', 'expected a value, found the end of the file'],
		['[{"a":1},]', 'expected a value, found "]"'],
		['[{"a" 1}]', 'expected a colon'],
		['[{"a":"x\ny"}]', 'expected a closing quotation mark on the same line'],
		['[{"a":1}] x', 'expected the end of the file'],
		['[{"a":+1}]', 'expected a value'],
		[`${'['.repeat(40)}1${']'.repeat(40)}`, 'expected at most 32 levels of nesting'],
		['{"a":1,"b":"x"}', 'expected a list of objects, or an object whose members are objects, found neither'],
		[`[{"a":"${'x'.repeat(70_000)}"}]`, 'expected texts of at most 65536 characters'],
	])('%#: what is wrong is told', (text, sentence) => {
		expect(fault(text)).toContain(sentence);
	});

	it('more different names than a table has columns', () => {
		const members = Array.from({ length: 2_100 }, (_, n) => `"c${n}":1`).join();
		expect(fault(`[{${members}}]`)).toContain('expected at most 2000 columns');
	});
});
