/** `matokeo say count/lodge`: the table is looked into before anybody signs, its rows are filled in, and what is wrong with it is said with its line. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SayOptions } from '../src/verbs/say.ts';
import { newFolder, removeFolders } from './lib/said.ts';
import { keyFile, prepareSaying, say } from './lib/saying.ts';

const suite = nativeSuite();
const TABLE = 'station,alba,benta\n001,12,7\n002,,9\n';
let dir = '';

const at = (name: string): string => join(dir, name);

beforeAll(prepareSaying);
beforeEach(() => {
	dir = newFolder();
	writeFileSync(at('words.txt'), 'Counted by our people.\n');
});
afterAll(removeFolders);

function lodge(table: string, options: Partial<SayOptions> = {}) {
	writeFileSync(at('table.csv'), table);
	return say('count/lodge', {
		keyFiles: [keyFile('po/001')],
		settings: ['at:=1800000000', 'contest=president', 'obtained=forms'],
		texts: [at('words.txt')],
		documents: [at('table.csv')],
		out: at('a.note'),
		...options,
	});
}

describe('matokeo say count/lodge', () => {
	it('S44 names the table and its rows, and the salted text', async () => {
		const { code, stderr } = await lodge(TABLE);
		expect([code, stderr.includes('words.txt.salted')]).toEqual([0, true]);
		const leaf = parseLeaf(suite, readFileSync(at('a.note')));
		expect(leaf.ok && leaf.value.statement).toEqual({
			type: 'count/lodge',
			at: 1_800_000_000,
			by: ['po/001'],
			contest: 'president',
			obtained: 'forms',
			rows: 2,
			table: suite.sha256Hex(Buffer.from(TABLE)),
			text: suite.sha256Hex(readFileSync(at('words.txt.salted'))),
		});
	});

	it.each([
		['a formula', 'station,alba\n001,=1+1\n', /no table that can be lodged: line 2 of the table.*count table/],
		['another order', 'station,alba\n002,1\n001,1\n', /ascending order/],
		['a field that the form has not', 'station,zuri\n001,1\n', /does not fit what is said of it: .*contest president/],
		['areas where stations are said', 'area,alba\nnorth,1\n', /station as its first word/],
	])('refuses a table with %s before anybody signs', async (_name, table, why) => {
		const { code, stderr } = await lodge(table);
		expect([code, stderr]).toEqual([2, expect.stringMatching(why)]);
	});

	it('refuses other rows than the table has, two tables, and one that the body names already', async () => {
		const settings = ['at:=1', 'contest=president', 'obtained=forms'];
		const rows = await lodge(TABLE, { settings: [...settings, 'rows:=3'] });
		expect([rows.code, rows.stderr]).toEqual([2, expect.stringMatching(/has 2 rows: leave "rows" out/)]);
		const two = await lodge(TABLE, { texts: [], documents: [at('table.csv'), at('table.csv')] });
		expect([two.code, two.stderr]).toEqual([2, expect.stringMatching(/has one table/)]);
		const named = await lodge(TABLE, { texts: [], settings: [...settings, `table=${'a'.repeat(64)}`] });
		expect([named.code, named.stderr]).toEqual([2, expect.stringMatching(/names a table already/)]);
	});

	it('takes areas of a level that is said', async () => {
		const settings = ['at:=1', 'contest=president', 'obtained=official-figures', 'level=region'];
		expect((await lodge('area,alba\nnorth,1\n', { settings })).code).toBe(0);
	});

	it('says what is missing where no table is given', async () => {
		const { code, stderr } = await lodge(TABLE, { documents: [] });
		expect([code, stderr]).toEqual([2, expect.stringMatching(/lacks rows, table/)]);
	});
});
