/** The known mappings, each on a sample of its layout with synthetic figures, and on the real table where it is at hand. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Applied } from '@matokeo/compare/mapping/applied.ts';
import { fittingMappings, knownMapping, knownMappings } from '@matokeo/compare/mapping/knownMappings.ts';
import { isSure } from '@matokeo/compare/mapping/proposal.ts';
import { proposeMapping } from '@matokeo/compare/mapping/propose.ts';
import {
	applied,
	figures,
	ifAbsent,
	joinDocuments,
	realBytes,
	realPath,
	sums,
	table,
} from '@matokeo/compare/testing/given.ts';
import { describe, expect, it } from 'vitest';

const SAMPLES = join(import.meta.dirname, '..', 'samples');

/** Recognized by the table alone, as whoever has only the file would have it. */
function recognized(bytes: Uint8Array | string, name: string): Applied {
	const read = table(bytes);
	expect(fittingMappings(read).map((one) => one.name)).toEqual([name]);
	const proposal = proposeMapping(read);
	expect(proposal.reasons[0]).toContain(`the known mapping ${name}`);
	if (!isSure(proposal)) throw new Error('it is not sure');
	return applied(read, proposal.mapping);
}

function sample(file: string): Applied {
	return recognized(readFileSync(join(SAMPLES, file)), file.replace(/\.[a-z]+$/, ''));
}

describe('known mappings on samples', () => {
	it('Mexico: coalitions are sums, what cannot be read is said, a station without acta is absent', () => {
		const { count, notes } = sample('mexico-prep-2024.csv');
		expect(figures(count)['01-0001-B-01-00']).toEqual({
			'fuerza-y-corazon': 81,
			sigamos: 137,
			mc: 30,
			unregistered: 0,
			null: 8,
			cast: 256,
			'cast-summed': 256,
			voted: 300,
			registered: 500,
		});
		expect(figures(count)['01-0001-C-01-00']).toMatchObject({
			'fuerza-y-corazon': 'illegible',
			cast: 214,
			'cast-summed': 209,
		});
		expect([...(count.absent ?? [])]).toEqual([['01-0002-B-01-00', 'Sin acta']]);
		expect([count.filtered, notes[1]]).toEqual([
			1,
			'the headings stand on line 7; 4 rows above them belong to no table',
		]);
	});

	it('Brazil: choices without votes have no row, other offices are left out', () => {
		const { count, notes } = sample('brazil-bu-2022-president.csv');
		expect(figures(count)).toEqual({
			'AC-01007-0009-0012': { n13: 120, n22: 100, blank: 8, null: 12, voted: 240, registered: 300 },
			'AC-01007-0009-0013': { n13: 170, n22: 60, blank: 0, null: 10, voted: 240, registered: 300 },
		});
		expect([count.filtered, notes[0]]).toEqual([2, 'the text is in windows-1252']);
	});

	it('Argentina: kinds of votes that belong to nobody are fields too', () => {
		const { count, unlisted } = sample('argentina-2023-runoff.csv');
		expect(figures(count)).toMatchObject({
			'01-001-00001-NATIVOS': { lla: 140, uxp: 120, blank: 3, null: 2, appealed: 0, contested: 1, registered: 350 },
			'01-001-00002-NATIVOS': { lla: 170, uxp: 90, blank: 0, null: 5 },
		});
		expect(unlisted).toEqual([]);
	});

	it('Indonesia: figures that cannot be are kept as they are, totals may be absent', () => {
		const { count } = sample('indonesia-2024-tps.json');
		expect(figures(count)).toMatchObject({
			1101012001001: { n1: 100, n2: 90, n3: 30, valid: 220, invalid: 6, cast: 226 },
			1101012001002: { n1: 811, valid: 181 },
			1101012001003: { n1: 50, n2: 150, n3: 20, valid: null, invalid: null },
		});
		expect([...(count.absent?.keys() ?? [])]).toEqual(['1101012001004']);
	});

	it('Peru: items of the list of votes are called by their name, numbers are texts with separators', () => {
		const { count } = sample('peru-2021-onpe.json');
		expect(figures(count)).toMatchObject({
			'000001': { 'peru-libre': 1118, 'fuerza-popular': 81, blank: 1, null: 14, contested: 0, voted: 214 },
			'000002': { 'peru-libre': 99, registered: 300 },
		});
		expect([...(count.absent ?? [])]).toEqual([['000003', 'SIN DATOS']]);
	});

	it('are found by name, sorted, and fit no table of another layout', () => {
		const names = knownMappings().map(({ name }) => name);
		expect(names).toEqual([...names].sort());
		expect(knownMapping('bolivia-2019')?.title).toContain('Bolivia 2019');
		expect(knownMapping('atlantis')).toBeUndefined();
		expect(fittingMappings(table('code,a,b\n1,2,3\n'))).toEqual([]);
		expect(fittingMappings(table('section_id;party;votes\n010100001;1;1\n010100001;2;0\n'))).toEqual([]);
	});
});

interface Real {
	readonly title: string;
	readonly path: readonly string[];
	readonly name: string;
	readonly rows: number;
	readonly sums: Readonly<Record<string, number>>;
}

const BULGARIA = ['bulgaria2021-protocol-vs-machine', '20210711'];

/** Sums that are known of the sources, or that the source states elsewhere (`../shared/data/README.md`). */
const REAL: readonly Real[] = [
	{
		title: 'Bolivia 2019, official count: the totals that were announced',
		path: ['bolivia2019-trep-vs-computo', 'final_computo.zip'],
		name: 'bolivia-2019',
		rows: 34_555,
		sums: {
			mas: 2_889_359,
			cc: 2_240_920,
			pdc: 539_081,
			'21f': 260_316,
			blank: 93_507,
			null: 229_337,
			registered: 7_315_364,
		},
	},
	{
		title: 'Bolivia 2019, the later snapshot of the transmission',
		path: ['bolivia2019-trep-vs-computo', 'trep - acta.2019.10.21.18.29.53.zip'],
		name: 'bolivia-2019',
		rows: 32_806,
		sums: {},
	},
	{
		title: 'Bulgaria 2021, votes of the machines’ memory',
		path: [...BULGARIA, '50_votes_machine_from_machine_data.csv'],
		name: 'bulgaria-2021-votes',
		rows: 9_580,
		sums: {},
	},
	{
		title: 'Bulgaria 2021, votes of the protocols: the sums that the ballot account states',
		path: [...BULGARIA, '50_votes_machine.csv'],
		name: 'bulgaria-2021-votes',
		rows: 9_674,
		sums: { none: 32_253 },
	},
	{
		title: 'Bulgaria 2021, ballot account of the protocols',
		path: [...BULGARIA, '41_protocols.csv'],
		name: 'bulgaria-2021-protocols',
		rows: 13_005,
		sums: { 'machine-none': 32_253 },
	},
	{
		title: 'Uganda 2016, lines that end with CR alone: valid and invalid votes are all votes',
		path: ['uganda2016-polling-station', 'election-results.csv'],
		name: 'uganda-2016',
		rows: 28_010,
		sums: { valid: 9_851_812, invalid: 477_319, cast: 9_851_812 + 477_319, museveni: 5_971_872, besigye: 3_508_687 },
	},
	{
		title: 'Peru 2021, actas as observed',
		path: ['peru2021-runoff-actas', 'datos', 'actas', 'actas_electorales.csv.gz'],
		name: 'peru-2021-runoff',
		rows: 86_488,
		sums: { registered: 25_287_954 },
	},
	{
		title: 'Peru 2021, actas as resolved',
		path: ['peru2021-runoff-actas', 'datos', 'actas', 'actas_electorales_ronderos.pe.csv.gz'],
		name: 'peru-2021-runoff',
		rows: 86_488,
		sums: { registered: 25_287_954 },
	},
	{
		title: 'Kenya 2022, crowd readings keyed by the code in the name of a picture',
		path: ['kenya2022-form34a-crowd', 'forms-export.csv'],
		name: 'kenya-2022-crowd',
		rows: 30_000,
		sums: {},
	},
];

describe('known mappings on real tables', () => {
	for (const real of REAL) {
		const path = realPath(...real.path);
		it.skipIf(!existsSync(path))(`${real.title}${ifAbsent(path)}`, () => {
			const { count } = recognized(realBytes(path), real.name);
			expect([count.keys.length, count.leftOut.length]).toEqual([real.rows, 0]);
			expect(sums(count)).toMatchObject(real.sums);
		});
	}

	const portal = realPath('kenya2017-iebc-portal', 'data-results-presidential.tar.gz');
	it.skipIf(!existsSync(portal))(`Kenya 2017, 292 documents of the portal, by constituency${ifAbsent(portal)}`, () => {
		const { count } = recognized(joinDocuments(constituencies(portal)), 'kenya-2017-portal');
		expect([count.keys.length, count.keys[0], count.level]).toEqual([
			292,
			'constituency/001',
			{ area: 'constituency' },
		]);
		expect(sums(count)).toMatchObject({ kenyatta: 8_213_308, odinga: 6_811_971, rejected: 403_319 });
	});

	const crowd = realPath('kenya2022-form34a-images');
	it.skipIf(!existsSync(crowd))(`Kenya 2022, names of pictures hold the code${ifAbsent(crowd)}`, () => {
		const names = readdirSync(crowd).map((name) => `${name},1,2,3,4`);
		const { count } = recognized(`fileName,Raila,Ruto,WJ,David\n${names.join('\n')}\n`, 'kenya-2022-crowd');
		expect(count.keys).toContain('033177088100101');
	});
});

/** Code of the constituency → document, from the archive: a block for the name and size of each file, then its bytes. */
function constituencies(path: string): readonly (readonly [string, string])[] {
	const bytes = gunzipSync(readFileSync(path));
	const text = (from: number, to: number): string => bytes.toString('utf8', from, to).replace(/\0.*$/s, '');
	const found: (readonly [string, string])[] = [];
	for (let at = 0; at + 512 <= bytes.length && bytes[at] !== 0; ) {
		const size = Number.parseInt(text(at + 124, at + 136), 8);
		const code = /%2F1%2F[0-9]{4}%2F([0-9]{7})\/info\.json$/.exec(text(at, at + 100))?.[1];
		if (code !== undefined) found.push([code, text(at + 512, at + 512 + size)]);
		at += 512 + 512 * Math.ceil(size / 512);
	}
	return found.sort(([a], [b]) => (a < b ? -1 : 1));
}
