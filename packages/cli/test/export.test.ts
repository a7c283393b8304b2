/** `matokeo export` as a person runs it: what it writes, from what, what it refuses with which exit code, and the check of a report. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newFolder, publish, put, removeFolders } from '@matokeo/verifier/testing/publish.ts';
import { small, smallLog } from '@matokeo/verifier/testing/smallLog.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { runExportCheck } from '../src/verbs/exportCheck.ts';
import { type ExportNistOptions, runExportNist } from '../src/verbs/exportNist.ts';
import { said } from './lib/said.ts';

const sound = publish(smallLog());
const anchor = small.election.digest;
afterAll(removeFolders);

async function run(folder: string, options: Partial<ExportNistOptions> = {}) {
	const { out, stdout, stderr } = said();
	const file = options.out ?? join(newFolder(), 'report');
	const asked = { format: 'json', level: 'precinct-level', stage: 'verified', ...options, out: file } as const;
	const exit = await runExportNist(folder, out, asked);
	return { exit, file, stdout: stdout(), stderr: stderr() };
}

function check(path: string, json?: true) {
	const { out, stdout, stderr } = said();
	const exit = runExportCheck(path, out, json === undefined ? {} : { json });
	return { exit, stdout: stdout(), stderr: stderr() };
}

describe('matokeo export nist', () => {
	it('E1 writes a report that makes sense, and says from which log', async () => {
		const { exit, file, stdout } = await run(sound.dir, { anchor });
		expect([exit, stdout]).toEqual([0, expect.stringContaining('verified against the digest that you brought')]);
		expect(stdout).toContain('root ');
		expect(check(file)).toMatchObject({ exit: 0, stdout: expect.stringContaining('nothing contradicts itself') });
		const report = JSON.parse(readFileSync(file, 'utf8'));
		expect(report).toMatchObject({ Format: 'precinct-level', IsTest: true, TestType: 'rehearsal' });
		expect(report.Election).toHaveLength(2);
	});

	it('E1 takes one contest, one area, another stage; XML; and tells it as JSON', async () => {
		const options = { contest: ['president'], area: 'north', stage: 'reported', format: 'xml', json: true } as const;
		const { exit, file, stdout, stderr } = await run(sound.dir, options);
		expect([exit, stderr]).toEqual([0, '']);
		expect(JSON.parse(stdout)).toMatchObject({ file, size: 300, anchored: false, contests: ['president'] });
		const xml = readFileSync(file, 'utf8');
		expect(xml).toContain('ObjectId="station.001"');
		expect(xml).not.toContain('ObjectId="station.006"');
		expect(xml).toContain('Only the area north is reported.');
	});

	it.each([
		['a contest that there is not', { contest: ['mayor'] }, 'it has president, council'],
		['an area that there is not', { area: 'atlantis' }, 'no area "atlantis"'],
		['an area of no total of the contest', { area: 'south', contest: ['council'] }, 'no total of council'],
	] as const)('answers 2 for %s, and writes nothing', async (_what, options, words) => {
		const { exit, file, stderr } = await run(sound.dir, options);
		expect([exit, stderr, existsSync(file)]).toEqual([2, expect.stringContaining(words), false]);
	});

	it('writes over nothing, and says so before it replays', async () => {
		const file = join(newFolder(), 'there');
		writeFileSync(file, 'mine');
		const { exit, stderr } = await run(sound.dir, { out: file });
		expect([exit, stderr]).toEqual([2, expect.stringContaining('is there already')]);
		expect(readFileSync(file, 'utf8')).toBe('mine');
	});

	it('answers 1 for a log that does not verify, and makes nothing from it', async () => {
		const bad = publish(smallLog());
		put(bad.dir, 'results/president.json', '{}\n');
		const { exit, file, stderr } = await run(bad.dir);
		expect([exit, existsSync(file)]).toEqual([1, false]);
		expect(stderr).toMatch(/does not verify, so nothing is made from it: results: .*matokeo verify/);
		expect((await run(sound.dir, { anchor: 'ab'.repeat(32) })).exit).toBe(1);
	});

	it('answers 2 where there is no log', async () => {
		const { exit, stderr } = await run(newFolder());
		expect([exit, stderr]).toEqual([2, expect.stringContaining('not what a log publishes')]);
	});
});

describe('matokeo export --check', () => {
	it('X3 answers 1 and names the place and the rule', async () => {
		const { file } = await run(sound.dir);
		const report = readFileSync(file, 'utf8').replace('"ElectionScopeId":"area.land"', '"ElectionScopeId":"area.moon"');
		writeFileSync(file, report);
		const { exit, stdout } = check(file);
		expect([exit, stdout]).toEqual([
			1,
			expect.stringContaining('X3 Election[0]: ElectionScopeId refers to "area.moon"'),
		]);
		expect(JSON.parse(check(file, true).stdout)).toMatchObject({
			count: 1,
			findings: [{ rule: 'X3', at: 'Election[0]' }],
		});
	});

	it.each([
		['<ElectionReport/>', 'looks like XML'],
		['{', 'is no JSON'],
		['\u00ff', 'is not UTF-8'],
	])('answers 2 for %j', (text, words) => {
		const file = join(newFolder(), 'report.json');
		writeFileSync(file, text, 'latin1');
		expect(check(file)).toMatchObject({ exit: 2, stderr: expect.stringContaining(words) });
	});
});
