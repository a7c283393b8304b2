/** Packages as data: every accepted one loads, every refused one is refused with all its problems, each in its place. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MANIFEST, parseManifest, printManifest } from '../../src/election/manifest.ts';
import { loadElection } from '../../src/election/package.ts';
import { type Problem, printProblem } from '../../src/election/problem.ts';
import { FIELDS_PER_FORM_MAX } from '../../src/record/limits.ts';
import { utf8Decode, utf8Encode } from '../../src/std/bytes.ts';
import { portableSuite } from '../../src/std/portable.ts';
import { lawfulElection } from '../support/lawfulElection.ts';
import { smallElection } from '../support/smallElection.ts';
import { acceptedFiles, acceptedNames, refusedFiles, refusedVectors, remade } from './vectors.ts';

/** The anchors: they change only when the package does. */
const DIGESTS: Readonly<Record<string, string>> = {
	lawful: 'e453083c2e40b897257f2b702e93caf1bda5c97045bbc5ced05712b44d97e0ca',
	minimal: 'a4286cc63dc7a195ad9b5b79598792eb1c18cd1aa896ee39c0a6b568e450c116',
	small: 'ac7b1e7b0c922f5e734f243aead84fc3894127c268d6f0135c7955f3ecfe4a88',
	territorial: '09f33aa33cd22984cda65a1220823f3ed2cde95d7fc1cf239f4322ed88c12cd5',
};

function load(files: ReadonlyMap<string, Uint8Array>) {
	return loadElection(portableSuite, files);
}

function told(files: ReadonlyMap<string, Uint8Array>): readonly Problem[] {
	const loaded = load(files);
	return loaded.ok ? [] : loaded.error;
}

describe('accepted packages', () => {
	it.each(acceptedNames())('P5 %s loads, with the digest of its manifest', (name) => {
		const files = acceptedFiles(name);
		const loaded = load(files);
		expect(loaded).toMatchObject({ ok: true, value: { digest: DIGESTS[name] } });
		expect(portableSuite.sha256Hex(files.get(MANIFEST) ?? new Uint8Array())).toBe(DIGESTS[name]);
	});

	it('the small elections of the tests are the accepted ones, byte for byte', () => {
		expect(new Map([...smallElection().files].sort())).toEqual(new Map([...acceptedFiles('small')].sort()));
		expect(new Map([...lawfulElection().files].sort())).toEqual(new Map([...acceptedFiles('lawful')].sort()));
	});

	it('P45 candidates are put into the form in their order, P48 denominators are sums of counted fields', () => {
		const president = smallElection().election.contests.get('president');
		expect(president?.fields.map(({ id, counted }) => `${id} ${counted}`)).toEqual([
			'alba true',
			'benta true',
			'chidi true',
			'valid false',
			'rejected true',
			'cast false',
		]);
		expect(president?.categories).toEqual(['rejected']);
		expect(president?.denominators).toEqual({
			valid: { candidates: true, categories: [] },
			cast: { candidates: true, categories: ['rejected'] },
			register: 'registered',
		});
	});

	it('P34 an empty cell of the register is not known, never zero; P37 other columns are attributes', () => {
		const files = new Map(acceptedFiles('territorial'));
		const text = (utf8Decode(files.get('stations.csv') ?? new Uint8Array()) ?? '').replace(
			'500,0,550,hall',
			'500,,0,hall',
		);
		const loaded = load(remade(files.set('stations.csv', utf8Encode(text))));
		const station = loaded.ok ? loaded.value.stations.get('003') : undefined;
		expect(station).toMatchObject({ supplementary: undefined, ballots: 0, attributes: { kind: 'hall' } });
	});
});

describe('the days of polling', () => {
	it.each([
		['2028-02-29', '2028-02-29'],
		['2027-08-10', '2027-08-11'],
	])('P27 %s to %s are read as they stand', (from, to) => {
		const files = new Map(acceptedFiles('small'));
		const text = utf8Decode(files.get('election.json') ?? new Uint8Array()) ?? '';
		const member = `"polling": ${JSON.stringify({ from, to })}, "log": {`;
		const loaded = load(remade(files.set('election.json', utf8Encode(text.replace('"log": {', member)))));
		expect(loaded.ok && loaded.value.polling).toEqual({ from, to });
	});
});

describe('refused packages', () => {
	it.each(refusedVectors())('$name: $says', (vector) => {
		const problems = told(refusedFiles(vector));
		expect(problems.map(({ rule, file, line, column }) => ({ rule, file, line, column }))).toEqual(
			vector.problems.map(({ rule, file, line, column }) => ({ rule, file, line, column })),
		);
		vector.problems.forEach(({ phrase }, index) => {
			const problem = problems[index];
			expect(problem === undefined ? '' : printProblem(problem)).toContain(phrase);
			expect(problem?.toDo).not.toBe('');
		});
	});

	it('every rule of spec/package.md that files can break has a vector', () => {
		const spec = readFileSync(new URL('../../../../spec/package.md', import.meta.url), 'utf8');
		const rules = [...spec.matchAll(/^- \*\*(P[0-9]+)\*\*/gm)].map((match) => match[1] ?? '');
		const broken = new Set(refusedVectors().flatMap((vector) => vector.problems.map((problem) => problem.rule)));
		expect(rules.length).toBeGreaterThan(50);
		const without = 'P5 P6 P36 P37 P40 P43 P54 P70 P71 P77 P80 P81 P82 P83 P84 P85 P86';
		expect(rules.filter((rule) => !broken.has(rule)).join(' ')).toBe(without);
	});

	it.each([
		[1_247, []],
		[1_248, [`P8 at most ${FIELDS_PER_FORM_MAX} fields and candidates on one form: 1251`]],
	])('P8 a form has no more figures than a statement can have: %i candidates and 3 fields', (count, expected) => {
		const files = new Map(acceptedFiles('small'));
		const text = utf8Decode(files.get('candidates.csv') ?? new Uint8Array()) ?? '';
		const more = Array.from({ length: count - 3 }, (_, index) => `c${index},president,${index + 4},Name,\n`).join('');
		files.set('candidates.csv', utf8Encode(text + more));
		expect(told(remade(files)).map(({ rule, expected: most, came }) => `${rule} ${most}: ${came}`)).toEqual(expected);
	});

	it('P8 problems are told up to a limit and then counted', () => {
		const files = new Map(acceptedFiles('small'));
		const rows = Array.from({ length: 10_050 }, (_, index) => `s${index},n1,Name,x,0,0,`).join('\n');
		files.set('stations.csv', utf8Encode(`id,area,name,registered,supplementary,ballots,kind\n${rows}\n`));
		const problems = told(remade(files));
		expect(problems.length).toBe(10_001);
		expect(problems.at(-1)).toMatchObject({ rule: 'P8', came: '50 more' });
	});
});

describe('the manifest', () => {
	it('P1 parse and print are inverse', () => {
		const text = utf8Decode(acceptedFiles('small').get(MANIFEST) ?? new Uint8Array()) ?? '';
		const parsed = parseManifest(text);
		expect(parsed.ok && printManifest(parsed.value)).toBe(text);
	});
});
