/**
 * The command as a newcomer meets it: what cannot run answers 2, says why and what to do, writes nothing and never waits for what does not end; with `--json` there is one JSON document on standard output whatever
 * happens; tables with anything in them are refused before a folder exists.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newFolder, put, type Rehearsed, rehearsed, removeFolders, stationId } from '../alterations/lib/rehearsed.ts';
import { matokeo } from '../lib/matokeo.ts';

const HEADER = 'station,registered,c1-1,c1-2,c1-3,c1-4,rejected';
const ROW = `${stationId(1)},700,1,2,3,4,5`;

let of: Rehearsed;
let place = '';
beforeAll(async () => {
	of = await rehearsed();
	place = newFolder('command');
	put(place, 'file', 'hello');
	mkdirSync(join(place, 'empty'));
});
afterAll(removeFolders);

const at = (name: string): string => join(place, name);

function rehearse(out: string, table: string | Uint8Array, ...more: readonly string[]) {
	writeFileSync(at('reports.csv'), table);
	return matokeo('rehearse', join(of.dir, 'package'), '--reports', at('reports.csv'), '--out', out, ...more);
}

describe('matokeo, where it cannot run', () => {
	it.each([
		[['verify', 'absent'], /There is no folder/],
		[['verify', 'file'], /is a file\. Name the folder/],
		[['verify', 'empty'], /not what a log publishes/],
		[['verify', 'x'.repeat(300)], /cannot be read/],
		[['fsck', 'empty'], /Name the folder that has "public" in it/],
		[['rebuild', 'absent'], /Name the server's folder/],
		[['election', 'check', 'absent'], /there is nothing of that name/],
		[['election', 'digest', 'file'], /is a file and no folder/],
	] as const)('%j answers 2 and says what to do, as JSON too where that is offered', async (given, message) => {
		const words = given.map((word, i) => (i === given.length - 1 ? at(word) : word));
		const ran = await matokeo(...words);
		expect([ran.code, ran.stdout]).toEqual([2, '']);
		expect(ran.stderr).toMatch(message);
		const json = await matokeo(...words, '--json');
		expect(json.code).toBe(2);
		expect(JSON.parse(json.stdout)).toEqual({ error: expect.any(String) });
	});

	it('takes the folder above the published one for what it is', async () => {
		const ran = await matokeo('verify', of.dir);
		expect(ran.code).toBe(2);
		expect(ran.stderr).toContain(`name "${join(of.dir, 'public')}"`);
	});

	it('reads no device, which would never end', async () => {
		const against = await matokeo('verify', join(of.dir, 'public'), '--against', '/dev/zero');
		expect([against.code, against.stderr]).toEqual([2, expect.stringContaining('no ordinary file')]);
		const table = await matokeo('rehearse', join(of.dir, 'package'), '--reports', '/dev/zero', '--out', at('never'));
		expect([table.code, table.stderr]).toEqual([2, expect.stringContaining('no ordinary file')]);
	});
});

describe('matokeo rehearse, where nothing may be written', () => {
	it.each([
		['', /give --out the name/],
		['file', /is a file/],
		['file/inside', /a part of its path is a file/],
		['.', /is not empty/],
	])('--out "%s"', async (out, message) => {
		const before = readdirSync(place).filter((name) => name !== 'reports.csv');
		const ran = await rehearse(out === '' ? '' : at(out), `${HEADER}\n${ROW}\n`);
		expect([ran.code, ran.stdout]).toEqual([2, '']);
		expect(ran.stderr).toMatch(message);
		expect(readdirSync(place).filter((name) => name !== 'reports.csv')).toEqual(before);
		expect(readFileSync(at('file'), 'utf8')).toBe('hello');
	});

	it.each([
		['--until', 'x'],
		['--until', '-1'],
		['--until', '1e3'],
		['--until', '٣'],
		['--clerks', '2'],
		['--misreads', '1001'],
		['--start', '0'],
	])('%s %s answers 2 and leaves no folder', async (option, value) => {
		const ran = await rehearse(at('refused'), `${HEADER}\n${ROW}\n`, option, value);
		expect(ran.code).toBe(2);
		expect(ran.stderr).toMatch(/Expected a number from .* such as/);
		expect(existsSync(at('refused'))).toBe(false);
	});
});

describe('matokeo rehearse, with tables of all kinds', () => {
	const row = (cell: string): string => `${HEADER}\n${stationId(1)},700,${cell},2,3,4,5\n`;

	it.each([
		['a byte order mark', `\ufeff${HEADER}\n${ROW}\n`, 'P11'],
		['CR alone', `${HEADER}\r${ROW}\r`, 'P12'],
		['CR LF', `${HEADER}\r\n${ROW}\r\n`, 'P12'],
		['bytes that are no UTF-8', Buffer.from(`${HEADER}\n${ROW}\xff\n`, 'latin1'), 'P10'],
		['no last line feed', `${HEADER}\n${ROW}`, 'P30'],
		['a quote that never closes', `${HEADER}\n"${ROW}\n`, 'P30'],
		['nothing at all', '', 'P31'],
		['a column too few', `station,registered\n${stationId(1)},700\n`, 'P31'],
		['a cell too many', `${HEADER}\n${ROW},9\n`, 'P32'],
		['a formula for a station', `${HEADER}\n=1+1,700,1,2,3,4,5\n`, 'P25'],
		['an unknown station', `${HEADER}\nnowhere,700,1,2,3,4,5\n`, 'P81'],
		['a form twice', `${HEADER}\n${ROW}\n${ROW}\n`, 'P81'],
		['a formula', row('=1+1'), 'P82'],
		['1e3', row('1e3'), 'P82'],
		['٣', row('٣'), 'P82'],
		['a space', row(' 12'), 'P82'],
		['−0', row('-0'), 'P82'],
		['more than nine digits', row('1234567890'), 'P82'],
	] as const)('%s is told by its rule, and no folder is made', async (_, table, rule) => {
		const ran = await rehearse(at('refused'), table);
		expect([ran.code, ran.stdout]).toEqual([1, '']);
		expect(ran.stderr).toContain(`[${rule}]`);
		expect(ran.stderr).toContain('nothing was played');
		expect(existsSync(at('refused'))).toBe(false);
	});

	it('a table without rows is told, and no folder is made', async () => {
		const ran = await rehearse(at('refused'), `${HEADER}\n`);
		expect([ran.code, existsSync(at('refused'))]).toEqual([1, false]);
		expect(ran.stderr).toContain('No form is in');
	});

	it.each(['official', 'parallel'])('a package in mode %s cannot be rehearsed', async (mode) => {
		const dir = newFolder('mode');
		for (const [path, bytes] of of.files)
			put(
				dir,
				path,
				Buffer.from(bytes)
					.toString()
					.replace('"mode":"rehearsal"', `"mode":"${mode}"`)
					.replace('group all any', 'group all all'),
			);
		await matokeo('election', 'digest', dir, '--write');
		writeFileSync(at('reports.csv'), `${HEADER}\n${ROW}\n`);
		const ran = await matokeo('rehearse', dir, '--reports', at('reports.csv'), '--out', at('refused'));
		expect([ran.code, existsSync(at('refused'))]).toEqual([1, false]);
		expect(ran.stderr).toContain(`in mode "${mode}"`);
	});
});

describe('matokeo, anywhere', () => {
	it('plays, compares, rebuilds and verifies in folders with spaces and letters of all scripts', async () => {
		const out = at('ñ ü 日本/o ut');
		expect((await rehearse(out, `${HEADER}\n${ROW}\n`)).code).toBe(0);
		for (const verb of ['fsck', 'rebuild', 'fsck']) expect((await matokeo(verb, out)).code).toBe(0);
		expect((await matokeo('verify', join(out, 'public'))).stdout).toMatch(/^CONSISTENT/);
	});
});
