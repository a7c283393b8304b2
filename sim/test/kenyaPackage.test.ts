/**
 * `examples/kenya-2017` against what its source is known by: counts and totals of the commission's portal, that the synthetic forms sum to it at every level, what
 * its rule makes of them, and that the committed files are what `make.ts` makes of the source.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRows } from '@matokeo/core/election/csv.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import { problemList } from '@matokeo/core/election/problem.ts';
import { readSource } from '@matokeo/core/election/sourceText.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';
import { beforeAll, describe, expect, it } from 'vitest';

const EXAMPLE = new URL('../../examples/kenya-2017/', import.meta.url);
const SHARED = new URL('../../../shared/data/kenya2017-iebc-portal/', import.meta.url);
const present = existsSync(SHARED);

type Row = Readonly<Record<string, string>>;

const CANDIDATES = ['aukot', 'dida', 'jirongo', 'kaluyu', 'kenyatta', 'mwaura', 'nyagah', 'odinga'];
const COUNTED = [...CANDIDATES, 'rejected'];
/** The portal's totals, as it showed them for the nation. */
const PORTAL = {
	aukot: 27_372,
	dida: 37_693,
	jirongo: 11_270,
	kaluyu: 11_650,
	kenyatta: 8_213_308,
	mwaura: 8_856,
	nyagah: 37_964,
	odinga: 6_811_971,
	rejected: 403_319,
};

function table(name: string): readonly Row[] {
	const problems = problemList();
	const source = readSource(name, readFileSync(new URL(name, EXAMPLE)), problems);
	if (source === undefined) throw new Error(`${name} is not a text file`);
	const rows: (readonly string[])[] = [];
	readRows(source, problems, ({ cells }) => rows.push(cells));
	expect(problems.sorted()).toEqual([]);
	const [header = [], ...body] = rows;
	return body.map((cells) => Object.fromEntries(header.map((column, i) => [column, cells[i] ?? ''])));
}

function sums(rows: Iterable<Row>, columns: readonly string[]): Record<string, number> {
	const all = [...rows];
	return Object.fromEntries(columns.map((column) => [column, all.reduce((sum, row) => sum + Number(row[column]), 0)]));
}

const ballots = (row: Row) => Number(row['valid']) + Number(row['rejected']);

const suite = nativeSuite();
const forms = table('forms.csv');
const wards = table('wards.csv');
let election: Election;

beforeAll(async () => {
	const folder = await readPackageFolder(fileURLToPath(new URL('package/', EXAMPLE)));
	expect(folder.problems).toEqual([]);
	const loaded = loadElection(suite, folder.files);
	if (!loaded.ok) throw new Error(JSON.stringify(loaded.error.slice(0, 5), undefined, 1));
	election = loaded.value;
});

/** The area of a level that a station of a form lies in. */
function areaOf(row: Row, level: string): string {
	let id = election.stations.get(row['station'] ?? '')?.areas['geographic'] ?? '';
	while (election.areas.get(id)?.level !== level && id !== '') id = election.areas.get(id)?.parents['geographic'] ?? '';
	return id;
}

describe('Kenya 2017: the forms', () => {
	it('sums to the portal’s totals of the nation', () => {
		expect(sums(forms, COUNTED)).toEqual(PORTAL);
		expect(sums(wards, COUNTED)).toEqual(PORTAL);
		expect(sums(forms, ['valid', 'valid-cast', 'objected', 'disputed'])).toEqual({
			valid: 15_160_084,
			'valid-cast': 15_160_084,
			objected: 0,
			disputed: 0,
		});
	});

	it('sums to the portal’s figures of each of 1,456 wards, by candidate and rejected, from as many forms', () => {
		const byWard = Map.groupBy(forms, (row) => areaOf(row, 'ward'));
		expect(wards.length).toBe(1_456);
		for (const ward of wards) {
			const own = byWard.get(ward['ward'] ?? '') ?? [];
			const portal = Object.fromEntries(COUNTED.map((column) => [column, Number(ward[column])]));
			expect(sums(own, COUNTED), ward['ward']).toEqual(portal);
			expect(String(own.length), ward['ward']).toBe(ward['processed']);
		}
		expect(byWard.size).toBe(wards.filter((ward) => ward['processed'] !== '0').length);
	});

	it('has 40,817 forms, one for each station that the portal had figures of; 66 stations have none', () => {
		expect(new Set(forms.map((row) => row['station'])).size).toBe(40_817);
		expect(forms.length).toBe(40_817);
		expect(election.stations.size - forms.length).toBe(66);
		expect(wards.filter((ward) => ward['processed'] !== ward['stations']).length).toBe(42);
		expect(forms.every((row) => election.stations.has(row['station'] ?? ''))).toBe(true);
	});

	it('says of each form whether its figures are synthetic: 38,398, and 2,419 alone in a centre that the portal shows', () => {
		const said = Map.groupBy(forms, (row) => row['figures']);
		expect(Object.fromEntries([...said].map(([word, rows]) => [word, rows.length]))).toEqual({
			portal: 2_419,
			synthetic: 38_398,
		});
	});

	it('keeps within the register but in 219 forms, whose rejected ballots the portal has beyond it; valid votes always do', () => {
		const over = forms.filter((row) => ballots(row) > Number(row['registered']));
		expect(over.length).toBe(219);
		expect(forms.filter((row) => Number(row['valid']) > Number(row['registered']))).toEqual([]);
		expect(
			wards.filter((ward) => COUNTED.reduce((sum, one) => sum + Number(ward[one]), 0) > Number(ward['registered']))
				.length,
		).toBe(6);
		expect(forms.filter((row) => ballots(row) === 0).length).toBe(4);
		for (const row of forms) {
			expect(row['registered']).toBe(String(election.stations.get(row['station'] ?? '')?.registered));
			const valid = CANDIDATES.reduce((sum, one) => sum + Number(row[one]), 0);
			expect([row['valid'], row['valid-cast']]).toEqual([String(valid), String(valid)]);
		}
	});

	it('gives Kenyatta more than half and a quarter in 35 of 47 counties, Odinga a quarter in 29, under both readings of “votes cast”', () => {
		const counties = Map.groupBy(forms, (row) => areaOf(row, 'county'));
		expect(counties.size).toBe(49);
		const quarter = (candidate: string, cast: readonly string[]) =>
			[...counties].filter(([id, rows]) => {
				const all = Object.values(sums(rows, cast)).reduce((sum, each) => sum + each, 0);
				return id.startsWith('county/') && 4 * (sums(rows, [candidate])[candidate] ?? 0) >= all;
			}).length;
		for (const cast of [CANDIDATES, COUNTED])
			expect(['kenyatta', 'odinga'].map((candidate) => quarter(candidate, cast))).toEqual([35, 29]);
		expect(2 * PORTAL.kenyatta).toBeGreaterThan(15_160_084 + PORTAL.rejected);
	});
});

describe('Kenya 2017: the package', () => {
	it('has the places of the portal: 47 counties and two units, 292 constituencies, 1,456 wards, 40,883 stations, 19,611,423 voters', () => {
		const at = (level: string) => [...election.areas.values()].filter((area) => area.level === level);
		expect(election.levels.map(({ id }) => at(id).length)).toEqual([1, 49, 292, 1_456]);
		expect(at('county').filter(({ id }) => id.startsWith('county/')).length).toBe(47);
		expect(election.areas.get('constituency/290')?.parents['geographic']).toBe('county/047');
		expect(election.areas.get('constituency/291')?.parents['geographic']).toBe('diaspora');
		expect(election.areas.get('constituency/292')?.parents['geographic']).toBe('prisons');
		expect(election.stations.size).toBe(40_883);
		const registers = [...election.stations.values()].map(({ registered = 0 }) => registered);
		expect(registers.reduce((sum, voters) => sum + voters, 0)).toBe(19_611_423);
		expect([Math.min(...registers), Math.max(...registers)]).toEqual([1, 700]);
		for (const id of election.stations.keys()) expect(id).toMatch(/^[0-9]{15}$/);
	});

	it('has the register of every ward', () => {
		const sum = new Map<string, number>();
		for (const { areas, registered = 0 } of election.stations.values())
			sum.set(areas['geographic'] ?? '', (sum.get(areas['geographic'] ?? '') ?? 0) + registered);
		expect(Object.fromEntries(sum)).toEqual(
			Object.fromEntries(wards.map((ward) => [ward['ward'], Number(ward['registered'])])),
		);
	});

	it('says in three languages that figures are synthetic, and what was declared', () => {
		expect([election.id, election.mode]).toEqual(['ke-2017-rehearsal', 'rehearsal']);
		for (const language of ['en', 'sw', 'es'])
			for (const fact of [
				/SYNTHETIC|ZA KUBUNI|SINTÉTICAS/,
				/8.203.290/,
				/8.213.308/,
				/403.319/,
				/81.685/,
				/\b66\b/,
				/\b219\b/,
			])
				expect(election.notice[language]).toMatch(fact);
		expect(election.notice['en']).toMatch(/secret to nobody/);
	});

	it('has the rule: over half of the valid votes, and a quarter of them in more than half of the counties without diaspora and prisons', () => {
		const contest = election.contests.get('president');
		expect(contest?.rule.rounds[0]).toMatchObject({
			elect: {
				kind: 'all',
				parts: [
					{ kind: 'share', threshold: { op: 'gt' }, of: 'valid' },
					{ kind: 'areas', level: 'county', count: { op: 'gt', unit: 'fraction' }, exclude: ['diaspora', 'prisons'] },
				],
			},
			otherwise: { kind: 'top', places: 2 },
		});
		expect(contest?.rule.note).toContain('litigated');
		expect(contest?.denominators).toMatchObject({ valid: { categories: [] }, cast: { categories: ['rejected'] } });
		expect(contest?.fields.map(({ id }) => id)).toEqual([
			...CANDIDATES,
			'valid',
			'registered',
			'rejected',
			'objected',
			'disputed',
			'valid-cast',
		]);
	});

	it('certifies by constituency and for the nation, and four of seven commissioners declare', () => {
		const contest = election.contests.get('president');
		expect(contest?.collation.map(({ level, title }) => `${level} ${title['en']?.slice(0, 8)}`)).toEqual([
			'nation Form 34C',
			'constituency Form 34B',
		]);
		expect(contest?.declaration).toMatchObject({ by: { kind: 'quorum', least: 4 }, openOutcome: 'refused' });
		expect(election.authority.keys.length).toBe(7);
		expect(election.proceedings.courts.map(({ id, keys }) => [id, keys.length])).toEqual([['supreme-court', 1]]);
		expect(election.proceedings.clocks.map(({ id, seconds }) => [id, seconds / 86_400])).toEqual([
			['declaration', 7],
			['petition', 7],
			['judgment', 14],
		]);
	});

	it('cites nothing that it does not call an assumption', () => {
		const { codes, proceedings, contests } = election;
		const cited = [...Object.values(codes).flat(), ...proceedings.clocks, ...proceedings.grounds];
		const citations = [...cited.map(({ citation }) => citation), contests.get('president')?.declaration?.citation];
		expect(citations.length).toBeGreaterThan(40);
		for (const citation of citations) expect(citation).toMatch(/assumption/i);
	});

	it('is signed by rehearsal keys only: each seed follows from the election and the name', () => {
		const named = [election.log.key, election.log.spare, ...election.authority.keys, ...election.registrars];
		const courts = election.proceedings.courts.flatMap(({ keys }) => keys);
		for (const { name, publicKey } of [...named, ...courts, ...election.parties.flatMap(({ roots }) => roots)])
			expect(bytesEqual(rehearsalKey(suite, election.id, name).publicKey, publicKey), name).toBe(true);
	});

	it.skipIf(!present)(
		'is what make.ts makes of the source, byte for byte (skipped where ../shared/data is absent)',
		() => {
			const out = mkdtempSync(join(tmpdir(), 'matokeo-'));
			const program = fileURLToPath(new URL('make.ts', EXAMPLE));
			const ran = spawnSync(process.execPath, [program, fileURLToPath(SHARED), out], { encoding: 'utf8' });
			expect(ran.stderr).toBe('');
			const made = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((path) => path.includes('.'));
			expect(made.length).toBe(8);
			for (const path of made)
				expect(bytesEqual(readFileSync(new URL(path, EXAMPLE)), readFileSync(join(out, path))), path).toBe(true);
			rmSync(out, { recursive: true });
		},
	);
});
