/** K46, S44: what a table's columns seem to be, a count as it is lodged, and what `compare` says of options that do not fit together. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { smallElection } from '@matokeo/core/testing/smallElection.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Output } from '../../src/output.ts';
import { type CompareOptions, runCompare } from '../../src/verbs/compare.ts';
import { runCountLayouts } from '../../src/verbs/countLayouts.ts';
import { runCountPropose } from '../../src/verbs/countPropose.ts';
import { runCountTable } from '../../src/verbs/countTable.ts';
import { newFolder, removeFolders, said } from '../lib/said.ts';

const TABLE = `Polling station;School;Alba Ruiz;BENTA OYELARAN;Chidi Odegard;Notes
001;Market School;100;200;30;
002;Market School;90;180;20;
003;Bridge Hall;10;20;3;wet
004;Hill School;11;22;4;
005;Saint Anne’s;12;23;5;
006;Harbour Office;13;24;6;
`;

let packageDir = '';
let folder = '';
beforeAll(() => {
	packageDir = newFolder(smallElection().files);
	folder = newFolder();
	writeFileSync(join(folder, 'theirs.csv'), TABLE);
	writeFileSync(join(folder, 'ours.csv'), TABLE.replace('100;200', '100;190').replace(/^005.*\n/m, ''));
});
afterAll(removeFolders);

const at = (name: string): string => join(folder, name);

async function run(verb: (out: Output) => number | Promise<number>) {
	const text = said();
	const code = await verb(text.out);
	return { code, stdout: text.stdout(), stderr: text.stderr() };
}

const compare = (options: CompareOptions, a = at('theirs.csv'), b = at('ours.csv')) =>
	run((out) => runCompare(a, b, out, options));

describe('matokeo count', () => {
	it('propose says which column is what, and writes a mapping that compare takes', async () => {
		const given = { package: packageDir, contest: 'president', out: at('mapping.json') };
		const ran = await run((out) => runCountPropose(at('theirs.csv'), out, given));
		expect([ran.code, ran.stdout], ran.stderr).toEqual([0, expect.stringContaining('Nothing is in doubt')]);
		expect(JSON.parse(readFileSync(at('mapping.json'), 'utf8'))).toMatchObject({ format: 'matokeo-mapping/v1' });
		const again = await run((out) => runCountPropose(at('theirs.csv'), out, given));
		expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('is there already')]);
		const used = await compare({ mapping: at('mapping.json'), json: true });
		expect([used.code, JSON.parse(used.stdout)]).toMatchObject([1, { matched: 5, differing: 1, only_in_a: 1 }]);
	});

	it('table prints the spelling in which a count is lodged, and says what is not in it', async () => {
		const given = { package: packageDir, contest: 'president', out: at('table.csv') };
		const ran = await run((out) => runCountTable(at('theirs.csv'), out, given));
		expect(ran.code, ran.stderr).toBe(0);
		expect(readFileSync(at('table.csv'), 'utf8').split('\n').slice(0, 2)).toEqual([
			'station,alba,benta,chidi',
			'001,100,200,30',
		]);
		expect(ran.stdout).toMatch(/6 rows \(polling stations\), SHA-256 [0-9a-f]{64}/);
		const lodged = await compare({}, at('table.csv'), at('table.csv'));
		expect(lodged.code).toBe(0);
	});

	it('asks which contest, and writes nothing, where the package has several', async () => {
		const ran = await run((out) => runCountTable(at('theirs.csv'), out, { package: packageDir, out: at('none.csv') }));
		expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining('say which with --contest')]);
		expect(existsSync(at('none.csv'))).toBe(false);
	});

	it('layouts names what --mapping takes', async () => {
		const ran = await run((out) => runCountLayouts(out, {}));
		expect([ran.code, ran.stdout]).toEqual([0, expect.stringMatching(/^uganda-2016 +Uganda 2016/m)]);
	});
});

describe('matokeo compare, where something is missing or does not fit', () => {
	const wrong: readonly (readonly [string, () => CompareOptions, string])[] = [
		['--sign without --out', () => ({ sign: 'k' }), '--sign KEYFILE and --out FILE'],
		['--check with --csv', () => ({ check: 'r', csv: 'c' }), '--check makes the comparison again'],
		['--contest without a package', () => ({ contest: 'president' }), 'give --package DIR with it'],
		['an unknown contest', () => ({ contest: 'mayor', package: packageDir }), 'has no contest "mayor"; it has'],
		['no contest of several', () => ({ package: packageDir }), 'say which with --contest'],
		['--level without a package', () => ({ level: 'region' }), '--level names a level of a log'],
		[
			'an unknown level',
			() => ({ level: 'ward', package: packageDir, contest: 'president' }),
			'is not totalled at a level "ward"; its levels are',
		],
		['an unknown layout', () => ({ mapping: 'atlantis-2021' }), 'no known layout of that name'],
		['a mapping that is none', () => ({ mapping: at('theirs.csv') }), 'is no mapping'],
		['a layout of another table', () => ({ mapping: 'uganda-2016' }), 'does not fit "theirs.csv"'],
		['a report that is none', () => ({ check: at('theirs.csv') }), 'is no signed report'],
	];
	it.each(wrong)('%s', async (_, options, sentence) => {
		const ran = await compare(options());
		expect([ran.code, ran.stdout, ran.stderr]).toEqual([2, '', expect.stringContaining(sentence)]);
	});

	it('adds stations up to a level of the package, and has its rule beside the numbers', async () => {
		const given = { level: 'region', package: packageDir, contest: 'president', json: true } as const;
		const ran = await compare(given);
		expect([ran.code, JSON.parse(ran.stdout)], ran.stderr).toMatchObject([
			1,
			{ matched: 2, level: { area: 'region' } },
		]);
	});

	it('names a folder that is no log, and a file that is not there', async () => {
		const no = await compare({}, folder);
		expect([no.code, no.stderr]).toEqual([2, expect.stringContaining('is not what a log publishes')]);
		const gone = await compare({}, at('gone.csv'));
		expect([gone.code, gone.stderr]).toEqual([2, expect.stringContaining('check the spelling')]);
	});
});
