/** Documents 510 of EML: counts, what is refused, and hostile XML (K38, K39). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isEml, readEml } from '@matokeo/compare/eml/readEml.ts';
import { figures, ifAbsent, realPath, sums } from '@matokeo/compare/testing/given.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const NAMESPACE = 'urn:oasis:names:tc:evs:schema:eml';

function choice(inner: string, votes: number | string): string {
	return `<Selection>${inner}<ValidVotes>${votes}</ValidVotes></Selection>`;
}

function list(id: string, name: string, votes: number, candidates: readonly number[]): string {
	const affiliation = `<AffiliationIdentifier Id="${id}"><RegisteredName>${name}</RegisteredName></AffiliationIdentifier>`;
	const own = candidates.map((own, n) => choice(`<Candidate><CandidateIdentifier Id="${n + 1}"/></Candidate>`, own));
	return choice(affiliation, votes) + own.join('');
}

function ballots(cast: number, counted: number, blank: number): string {
	return `<Cast>${cast}</Cast><TotalCounted>${counted}</TotalCounted><RejectedVotes ReasonCode="blanco">${blank}</RejectedVotes>`;
}

function unit(id: string, inner: string): string {
	return `<ReportingUnitVotes><ReportingUnitIdentifier Id="${id}">Unit ${id}</ReportingUnitIdentifier>${inner}</ReportingUnitVotes>`;
}

function document(contests: string, id = '510b', before = ''): string {
	const head = `<?xml version="1.0" encoding="UTF-8"?>${before}`;
	const identifier = '<ElectionIdentifier Id="X1"><ElectionName>Council</ElectionName></ElectionIdentifier>';
	return `${head}<EML xmlns="${NAMESPACE}" xmlns:kr="urn:other" Id="${id}" SchemaVersion="5"><Count><Election>${identifier}<Contests>${contests}</Contests></Election></Count></EML>`;
}

function contest(inner: string, id = '1'): string {
	return `<Contest><ContestIdentifier Id="${id}"><ContestName>East</ContestName></ContestIdentifier>${inner}</Contest>`;
}

const TOTAL = `<TotalVotes>${list('1', 'Reds', 30, [20, 10])}${list('2', 'Blues', 12, [12])}${ballots(99, 42, 3)}</TotalVotes>`;
const ONE = unit('s1', `${list('1', 'Reds', 18, [13, 5])}${list('2', 'Blues', 12, [12])}${ballots(0, 30, 1)}`);
const OTHER = unit('s2', `${list('1', 'Reds', 12, [7, 5])}${list('2', 'Blues', 0, [0])}${ballots(0, 12, 2)}`);

function read(text: string, options?: { readonly contest?: string }) {
	const done = readEml(utf8Encode(text), options);
	if (!done.ok) throw new Error(done.error);
	return done.value;
}

function refused(text: string): string {
	const done = readEml(utf8Encode(text));
	return done.ok ? 'it was read' : done.error;
}

describe('K38 a document 510', () => {
	it('is a row for each reporting unit; lists are totals of the candidates that follow them', () => {
		const { count, contest: own, notes, unequal } = read(document(contest(TOTAL + ONE + OTHER)));
		expect(count.fields.map(({ id, kind }) => `${id} ${kind}`)).toEqual([
			'1 total',
			'1/1 candidate',
			'1/2 candidate',
			'2 total',
			'2/1 candidate',
			'cast other',
			'total-counted total',
			'rejected-votes-blanco other',
		]);
		expect(figures(count)['s1']).toEqual({
			1: 18,
			'1/1': 13,
			'1/2': 5,
			2: 12,
			'2/1': 12,
			cast: 0,
			'total-counted': 30,
			'rejected-votes-blanco': 1,
		});
		expect([count.title, count.level, own, unequal]).toEqual([
			'Council, East',
			'station',
			{ id: '1', name: 'East' },
			[],
		]);
		expect(notes).toEqual(['the sums over 2 reporting units are the stated totals in 8 of 8 fields']);
	});

	it('whose units do not add up to its total is read, and the fields are named', () => {
		const { unequal } = read(document(contest(TOTAL + ONE)));
		expect(unequal.slice(0, 2)).toEqual([
			{ field: 'Reds', stated: 30, sum: 18 },
			{ field: 'Reds, 1', stated: 20, sum: 13 },
		]);
	});

	it('without reporting units is one row, with nothing below it', () => {
		const { count, notes } = read(document(contest(TOTAL)));
		expect([count.keys, count.level, notes]).toEqual([
			['1'],
			{ area: 'contest' },
			['the document has totals and no reporting units'],
		]);
	});

	it('of a level above polling stations has areas', () => {
		expect(read(document(contest(TOTAL + ONE + OTHER), '510d')).count.level).toEqual({ area: 'reporting-unit' });
	});

	it('of elections without lists has candidates with names', () => {
		const named = (id: string, name: string, votes: number) =>
			choice(
				`<Candidate><CandidateIdentifier Id="${id}"/><CandidateFullName>${name}</CandidateFullName></Candidate>`,
				votes,
			);
		const { count } = read(document(contest(unit('s1', named('7', 'A. Ann', 5) + named('8', 'B. Bob', 6))), '510'));
		expect(count.fields).toEqual([
			{ id: '7', name: 'A. Ann', kind: 'candidate' },
			{ id: '8', name: 'B. Bob', kind: 'candidate' },
		]);
	});

	it('with several contests is asked for one of them', () => {
		const two = document(contest(TOTAL, '1') + contest(TOTAL + ONE, '2'));
		expect(refused(two)).toBe('expected one contest, found "1 (East)", "2 (East)"; name the contest by its id');
		expect(read(two, { contest: '2' }).count.keys).toEqual(['s1']);
	});

	it('figures before a correction, in elements of another namespace, do not count', () => {
		const initial = '<kr:Initial><ValidVotes>999</ValidVotes><kr:Cast>7</kr:Cast></kr:Initial>';
		const inner = list('1', 'Reds', 18, [18]).replace('</ValidVotes>', `</ValidVotes>${initial}`);
		expect(sums(read(document(contest(unit('s1', inner)))).count)).toEqual({ 1: 18, '1/1': 18 });
	});

	it('a unit that comes twice, without id, or with a figure twice is left out', () => {
		const twice = unit('s1', list('1', 'Reds', 1, [1]));
		const double = unit('s3', list('1', 'Reds', 1, [1]) + list('1', 'Reds', 2, [2]));
		const { count } = read(document(contest(ONE + twice + unit('', list('1', 'Reds', 1, [])) + double + OTHER)));
		expect(count.keys).toEqual(['s2']);
		expect(count.leftOut.map(({ key, why }) => `${key} ${why}`)).toEqual([
			's1 twice',
			's1 twice',
			' no-key',
			's3 unreadable',
		]);
	});

	it('what is no number is kept as the text it is', () => {
		const inner = choice('<AffiliationIdentifier Id="1"/>', 'twelve') + choice('<AffiliationIdentifier Id="2"/>', '');
		expect(figures(read(document(contest(unit('s1', inner)))).count)).toEqual({ s1: { 1: 'twelve', 2: null } });
	});
});

describe('K39 what is refused', () => {
	it.each([
		[document(contest(TOTAL), '230b'), 'expected document 510, a count, found document 230b, a list of candidates'],
		[document(''), 'expected one contest, found none'],
		[document(contest('')), 'expected votes, in all or of reporting units, found none'],
		[document(contest(TOTAL), '510b', '<!DOCTYPE EML [<!ENTITY a "1">]>'), 'found a document type'],
		[document(contest(TOTAL)).replace('Reds', '&bomb;'), 'undefined entity'],
		[document(contest(TOTAL)).replaceAll(NAMESPACE, 'urn:x'), 'found the root element EML'],
		[document(contest(TOTAL)).slice(0, -20), 'expected a well-formed EML document, found unclosed tag'],
		[document(`${'<a>'.repeat(60)}${'</a>'.repeat(60)}`), 'elements nested more than 32 deep'],
		[document(contest(TOTAL)).replace('Reds', 'x'.repeat(10_000)), 'a text of more than 8192 characters'],
		[document(contest(TOTAL)).replace('UTF-8', 'EBCDIC'), 'expected one of the encodings'],
		['<html></html>', 'found the root element html'],
		['', 'expected a well-formed EML document'],
	])('%#', (text, sentence) => {
		expect(refused(text)).toContain(sentence);
	});

	it('is told from other XML by its root', () => {
		expect(
			[document(contest(TOTAL)), `<!-- x --><EML a="">`, '<html>', 'code,EML'].map((text) => isEml(utf8Encode(text))),
		).toEqual([true, true, false, false]);
	});

	it('broken bytes end in a count or a sentence', () => {
		const bytes = utf8Encode(document(contest(TOTAL + ONE + OTHER)));
		const flips = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 4 });
		fc.assert(
			fc.property(flips, fc.nat(bytes.length), (changes, cut) => {
				const broken = Uint8Array.from(bytes);
				for (const [place, byte] of changes) broken[place] = byte;
				const done = readEml(broken.subarray(0, cut));
				if (!done.ok) expect(done.error).toContain('expected ');
			}),
			{ numRuns: 300 },
		);
	});
});

const VECTORS = realPath('vectors', 'eml-nl');

/** Semicolons, a cell for each unit from the sixth column on. */
function oracle(path: string): readonly (readonly string[])[] {
	const lines = readFileSync(path, 'utf8')
		.replace(/^\uFEFF/, '')
		.split('\n');
	return lines.map((line) => line.split(';').map((cell) => cell.replaceAll('"', '').trim()));
}

describe.skipIf(!existsSync(VECTORS))(`K38 documents of the Kiesraad${ifAbsent(VECTORS)}`, () => {
	it.each([
		['Telling_GR2022_WestMaasenWaal.eml.xml', 'osv4-3_telling_gr2022_westmaasenwaal.csv', 21, 251, 9350],
		[
			'Telling_TK2025_gemeente_West_Maas_en_Waal.eml.xml',
			'osv4-3_telling_tk2025_gemeente_westmaasenwaal.csv',
			11,
			1085,
			13_627,
		],
	])('%s says what the official table of the same count says', (file, csv, units, candidates, votes) => {
		const { count, unequal } = read(readFileSync(join(VECTORS, 'eml2csv-oracle', file), 'utf8'));
		expect([count.keys.length, unequal, count.leftOut]).toEqual([units, [], []]);
		expect(count.fields.filter(({ kind }) => kind === 'candidate')).toHaveLength(candidates);
		expect(sums(count)['total-counted']).toBe(votes);
		const all = figures(count);
		let current = '';
		let checked = 0;
		for (const [number = '', , place = '', , total = '', ...cells] of oracle(join(VECTORS, 'eml2csv-oracle', csv))) {
			if (/^[0-9]+$/.test(number)) current = number;
			const id = /^[0-9]+$/.test(number) ? number : `${current}/${place}`;
			if (current === '' || !count.fields.some((field) => field.id === id)) continue;
			const own = count.keys.map((key) => Object.entries(all[key] ?? {}).find(([field]) => field === id)?.[1]);
			expect([sums(count)[id], own.map(Number)]).toEqual([Number(total), cells.map(Number)]);
			checked++;
		}
		expect(checked).toBe(count.fields.filter(({ id }) => /^[0-9]/.test(id)).length);
	});

	it('every count among the test documents is read, every other document gives a reason', () => {
		const files = readdirSync(VECTORS, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.xml'));
		const verdicts = files.map((name) => [name, readEml(readFileSync(join(VECTORS, name)))] as const);
		const counts = verdicts.filter(([, done]) => done.ok).map(([name]) => name);
		expect(counts.sort()).toEqual([
			'eml2csv-oracle/Telling_GR2022_WestMaasenWaal.eml.xml',
			'eml2csv-oracle/Telling_TK2025_gemeente_West_Maas_en_Waal.eml.xml',
			'rust-eml-nl/deserialize_eml510b_test.eml.xml',
			'rust-eml-nl/deserialize_eml510d_test.eml.xml',
			'rust-eml-nl/eml510b_with_investigations.eml.xml',
		]);
		for (const [, done] of verdicts)
			if (!done.ok) expect(done.error).toMatch(/^(line [0-9]+: )?expected .+, found .+; .+$/);
	});
});
