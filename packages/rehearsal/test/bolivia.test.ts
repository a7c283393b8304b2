/**
 * `examples/bolivia-2019` against the facts that its source is known by: counts, totals and differences, and that the committed files are what
 * `make.ts` makes of the source. The package loads without a problem and says what it has to say.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRows } from '@matokeo/core/election/csv.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import { problemList } from '@matokeo/core/election/problem.ts';
import { readSource as readText } from '@matokeo/core/election/sourceText.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { explainCountTable, parseCountTable } from '@matokeo/core/record/countTable.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { rehearsalKey, rehearsalSeed } from '../src/keys.ts';

const EXAMPLE = new URL('../../../examples/bolivia-2019/', import.meta.url);
const SHARED = new URL('../../../../shared/data/bolivia2019-trep-vs-computo/', import.meta.url);
const present = existsSync(SHARED);

type Row = Readonly<Record<string, string>>;
type Tables = ReadonlyMap<string, Row>;

const COUNTED = ['cc', 'fpv', 'mts', 'ucs', 'mas', '21f', 'pdc', 'mnr', 'pan-bol', 'blank', 'null'];
const OFFICIAL = { mas: 2_889_359, cc: 2_240_920, pdc: 539_081, '21f': 260_316, blank: 93_507, null: 229_337 };
const REPORTED = { mas: 2_885_563, cc: 2_238_619, pdc: 537_999, '21f': 261_466, blank: 94_953, null: 229_269 };

function table(name: string): Tables {
	const problems = problemList();
	const source = readText(name, readFileSync(new URL(name, EXAMPLE)), problems);
	if (source === undefined) throw new Error(`${name} is not a text file`);
	const rows: (readonly string[])[] = [];
	readRows(source, problems, ({ cells }) => rows.push(cells));
	expect(problems.sorted()).toEqual([]);
	const [header = [], ...body] = rows;
	const byId = new Map(
		body.map((cells) => [cells[0] ?? '', Object.fromEntries(header.map((column, i) => [column, cells[i] ?? '']))]),
	);
	expect(byId.size, `each ${header[0]} once in ${name}`).toBe(body.length);
	return byId;
}

function sums(rows: Iterable<Row>, columns: readonly string[]): Record<string, number> {
	const all = [...rows];
	return Object.fromEntries(columns.map((column) => [column, all.reduce((sum, row) => sum + Number(row[column]), 0)]));
}

function differ(reports: Iterable<[string, Row]>, forms: Tables): number {
	return [...reports].filter(([id, row]) => COUNTED.some((column) => row[column] !== forms.get(id)?.[column])).length;
}

const forms = table('forms.csv');
const reports = table('reports.csv');

describe('Bolivia 2019: the tables of figures', () => {
	it('has 34,555 forms with the official totals and register', () => {
		expect(forms.size).toBe(34_555);
		expect(sums(forms.values(), [...Object.keys(OFFICIAL), 'registered'])).toEqual({
			...OFFICIAL,
			registered: 7_315_364,
		});
	});

	it('has 32,806 reports, the 28,975 of the first snapshot first, each batch by table number', () => {
		expect(reports.size).toBe(32_806);
		const batches = [...reports.values()].map((row) => row['batch']);
		expect(batches.lastIndexOf('1')).toBe(28_974);
		expect(batches.indexOf('2')).toBe(28_975);
		const numbers = [...reports.keys()].map(Number);
		for (const part of [numbers.slice(0, 28_975), numbers.slice(28_975)])
			expect(part).toEqual(part.toSorted((a, b) => a - b));
	});

	it('has 706 of 32,806 reports that differ from the form, 549 of the first 28,975, and 1,749 and 5,580 missing', () => {
		expect(differ(reports, forms)).toBe(706);
		expect(differ([...reports].slice(0, 28_975), forms)).toBe(549);
		expect(forms.size - reports.size).toBe(1_749);
		expect(forms.size - 28_975).toBe(5_580);
		expect([...reports.keys()].every((id) => forms.has(id))).toBe(true);
	});

	it('has the first snapshot as a table that can be lodged: the 28,975 reports of batch 1, figure by figure', () => {
		const parsed = parseCountTable(readFileSync(new URL('counts/trep-first.csv', EXAMPLE)));
		if (!parsed.ok) throw new Error(explainCountTable(parsed.error));
		const { level, fields, keys, values } = parsed.value;
		expect([level, fields, keys.length]).toEqual(['station', ['registered', ...COUNTED], 28_975]);
		const first = [...reports].filter(([, row]) => row['batch'] === '1');
		expect(new Set(keys)).toEqual(new Set(first.map(([id]) => id)));
		for (const [row, id] of keys.entries()) {
			const own = values.subarray(row * fields.length, (row + 1) * fields.length);
			expect([...own].join(), id).toBe(fields.map((field) => reports.get(id)?.[field]).join());
		}
	});

	it('gives the reported totals when tables without a report stand with their form', () => {
		const both = [...forms].map(([id, row]) => reports.get(id) ?? row);
		expect(sums(both, Object.keys(REPORTED))).toEqual(REPORTED);
	});

	it('has exactly four forms that are all zero, with 918 registered voters, and none above its register', () => {
		const empty = [...forms].filter(([, row]) => COUNTED.every((column) => row[column] === '0'));
		expect(empty.map(([id]) => id)).toEqual(['1321', '21189', '21260', '26773']);
		expect(empty.reduce((sum, [, row]) => sum + Number(row['registered']), 0)).toBe(918);
		for (const row of forms.values()) {
			const votes = Object.values(sums([row], COUNTED)).reduce((sum, each) => sum + each, 0);
			expect(votes).toBeLessThanOrEqual(Number(row['registered']));
		}
	});

	it('gives the final shares: 47.0758 % and 36.5109 %, a lead of 10.5649 points of the valid votes', () => {
		const votes = sums(forms.values(), COUNTED.slice(0, 9));
		const valid = BigInt(Object.values(votes).reduce((sum, each) => sum + each, 0));
		const share = (count: number) => (BigInt(count) * 1_000_000n + valid / 2n) / valid;
		expect(share(votes['mas'] ?? 0)).toBe(470_758n);
		expect(share(votes['cc'] ?? 0)).toBe(365_109n);
		expect(share((votes['mas'] ?? 0) - (votes['cc'] ?? 0))).toBe(105_649n);
	});
});

describe('Bolivia 2019: the package', () => {
	const suite = nativeSuite();
	let election: Election;
	beforeAll(async () => {
		const folder = await readPackageFolder(fileURLToPath(new URL('package/', EXAMPLE)));
		expect(folder.problems).toEqual([]);
		const loaded = loadElection(suite, folder.files);
		if (!loaded.ok) throw new Error(JSON.stringify(loaded.error.slice(0, 5), undefined, 1));
		election = loaded.value;
	});

	it('loads without a problem as a rehearsal with its notice in three languages', () => {
		expect([election.id, election.mode]).toEqual(['bo-2019-rehearsal', 'rehearsal']);
		for (const language of ['en', 'es', 'sw']) {
			for (const fact of ['TREP', '1321, 21189, 21260, 26773', '918', '2019'])
				expect(election.notice[language]).toContain(fact);
			expect(election.title[language]).not.toBe('');
		}
		expect(election.notice['en']).toMatch(/secret to nobody/);
	});

	it('has the areas of the source: 34 countries, 86 departments (9 in Bolivia), 221 provinces, 455 municipalities', () => {
		const count = (level: string) => [...election.areas.values()].filter((area) => area.level === level).length;
		expect(election.levels.map(({ id }) => count(id))).toEqual([1, 34, 86, 221, 455]);
		const departments = [...election.areas.values()].filter((area) => area.level === 'department');
		expect(new Set(departments.map(({ name }) => name)).size).toBe(84);
		expect(departments.filter(({ parents }) => parents['geographic'] === 'bolivia').length).toBe(9);
	});

	it('has the stations and registers of the forms, and the contest and form that the tables have', () => {
		expect([...election.stations.keys()].sort()).toEqual([...forms.keys()].sort());
		for (const [id, station] of election.stations)
			expect(String(station.registered)).toBe(forms.get(id)?.['registered']);
		const contest = election.contests.get('president');
		expect(contest?.fields.map(({ id }) => id)).toEqual(['registered', ...COUNTED]);
		expect(contest?.fields.filter(({ counted }) => !counted).map(({ id }) => id)).toEqual(['registered']);
		expect(contest?.rule.note).toContain('art. 166');
		expect(contest?.rule.note).toContain('Assumption');
	});

	it('ends in law: counts by department and nation, two declare, the legislature can annul; every citation is called an assumption', () => {
		const { codes, proceedings, contests } = election;
		const contest = contests.get('president');
		expect(contest?.collation.map(({ level, requires }) => [level, requires])).toEqual([
			['nation', 'verified'],
			['department', 'verified'],
		]);
		expect(contest?.declaration).toMatchObject({ by: { kind: 'quorum', least: 2 }, openOutcome: 'refused' });
		expect(proceedings.courts.map(({ id, keys }) => [id, keys.map(({ name }) => name)])).toEqual([
			['legislature', ['court/legislature']],
		]);
		expect(codes.order.find(({ id }) => id === 'law-1266')?.citation).toContain('24 November 2019');
		const cited = [...Object.values(codes).flat(), ...proceedings.clocks, ...proceedings.grounds];
		for (const { id, citation } of cited) expect(citation, id).toMatch(/assumption/i);
	});

	it('is signed by rehearsal keys only: each seed follows from the election and the name', () => {
		const named = [election.log.key, election.log.spare, ...election.authority.keys, ...election.registrars];
		const courts = election.proceedings.courts.flatMap(({ keys }) => keys);
		for (const { name, publicKey } of [...named, ...courts, ...election.parties.flatMap(({ roots }) => roots)])
			expect(bytesEqual(rehearsalKey(suite, election.id, name).publicKey, publicKey), name).toBe(true);
		const text = 'matokeo rehearsal key\nbo-2019-rehearsal\nauthority/1';
		expect(Buffer.from(rehearsalSeed(suite, election.id, 'authority/1')).toString('hex')).toBe(
			createHash('sha256').update(text).digest('hex'),
		);
	});

	it('gives areas ids of plain letters, at most 64, one for each path of names', () => {
		const path = (id: string): string => {
			const area = election.areas.get(id);
			return area === undefined ? '' : `${path(area.parents['geographic'] ?? '')}/${area.name}`;
		};
		const ids = [...election.areas.keys()];
		expect(new Set(ids.map(path)).size).toBe(ids.length);
		for (const id of ids) expect(id).toMatch(/^[a-z0-9][a-z0-9/-]{0,63}$/);
		expect(election.areas.get('bolivia/santa-cruz/nuflo-de-chavez')?.name).toBe('Ñuflo de Chavez');
		expect(ids.filter((id) => /-[0-9a-f]{8}$/.test(id)).map((id) => election.areas.get(id)?.name)).toEqual([
			'Profesor Salvador Mazza',
		]);
	});

	it.skipIf(!present)(
		'is what make.ts makes of the source, byte for byte (skipped where ../shared/data is absent)',
		() => {
			const out = mkdtempSync(join(tmpdir(), 'matokeo-'));
			const program = fileURLToPath(new URL('make.ts', EXAMPLE));
			const ran = spawnSync(process.execPath, [program, fileURLToPath(SHARED), out], { encoding: 'utf8' });
			expect(ran.stderr).toBe('');
			const made = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((path) => path.includes('.'));
			expect(made.length).toBe(9);
			for (const path of made)
				expect(bytesEqual(readFileSync(new URL(path, EXAMPLE)), readFileSync(join(out, path))), path).toBe(true);
			rmSync(out, { recursive: true });
		},
	);
});
