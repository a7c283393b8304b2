/** Proposals: what is found, on what ground, and what is asked instead of guessed (K33 to K36). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Known, knownOfContest } from '@matokeo/compare/mapping/known.ts';
import { isSure } from '@matokeo/compare/mapping/proposal.ts';
import { proposeMapping } from '@matokeo/compare/mapping/propose.ts';
import { applied, figures, ifAbsent, realBytes, realPath, sums, table } from '@matokeo/compare/testing/given.ts';
import { pad, rows, v } from '@matokeo/compare/testing/madeRows.ts';
import { loadElection } from '@matokeo/core/election/package.ts';
import { portableSuite } from '@matokeo/core/std/portable.ts';
import { describe, expect, it } from 'vitest';

const KNOWN: Known = {
	fields: [
		{ id: 'banda', kind: 'candidate', names: ['Joyce Banda', 'People’s Party', 'PP'] },
		{ id: 'nunez', kind: 'candidate', names: ['José Núñez', 'Frente Amplio', 'fa'] },
		{ id: 'blank', kind: 'other', names: ['Blank votes', 'Votos en blanco'] },
		{ id: 'valid', kind: 'total', names: ['Total valid votes'] },
	],
	codes: [
		{ level: 'station', codes: codes('', 3, 40), names: new Set(['Town Hall']) },
		{ level: { area: 'county' }, codes: codes('county/', 2, 40), names: new Set(['North', 'South']) },
	],
};

function codes(before: string, width: number, count: number): ReadonlySet<string> {
	return new Set(Array.from({ length: count }, (_, n) => `${before}${`${n + 1}`.padStart(width, '0')}`));
}

describe('K34 the key', () => {
	it.each([
		['as they are', (n: number) => pad(n, 3), [{ column: 'x' }], ''],
		['without their leading zeroes', (n: number) => n, [{ column: 'x', pad: 3 }], ''],
		['inside a longer text', (n: number) => `form-${pad(n, 3)}-scan`, [{ column: 'x', pattern: 'form-(###)*' }], ''],
	])('codes of stations, %s', (_, cell, columns, prefix) => {
		const { mapping, questions } = proposeMapping(
			rows('x,votes banda,votes nunez', 30, (n) => [cell(n), v(n), v(n, 1)]),
			KNOWN,
		);
		expect([mapping?.key, mapping?.level, questions]).toEqual([{ columns, join: '', prefix }, 'station', []]);
	});

	it('codes of an area level, without what all of them begin with: a count of that level', () => {
		const read = rows('county,Joyce Banda,José Núñez', 30, (n) => [pad(n, 2), 100 * n, 7]);
		const { mapping } = proposeMapping(read, KNOWN);
		expect([mapping?.level, mapping?.key.prefix]).toEqual([{ area: 'county' }, 'county/']);
		expect(mapping === undefined ? [] : applied(read, mapping).count.keys.slice(0, 2)).toEqual([
			'county/01',
			'county/02',
		]);
	});

	it('several columns joined', () => {
		const known = {
			...KNOWN,
			codes: [
				{ level: 'station' as const, codes: new Set(['1-07', '1-12', '2-07', '2-12']), names: new Set<string>() },
			],
		};
		const read = table('zone,section,Joyce Banda,José Núñez\n1,7,5,6\n1,12,5,6\n2,7,5,6\n2,12,5,6\n');
		const { mapping, reasons } = proposeMapping(read, known);
		expect(mapping === undefined ? reasons : applied(read, mapping).count.keys).toEqual([
			'1-07',
			'1-12',
			'2-07',
			'2-12',
		]);
	});

	it('two columns that are equally good are asked, and the answer decides', () => {
		const read = rows('one,other,Joyce Banda,José Núñez', 30, (n) => [pad(n, 3), pad(31 - n, 3), v(n), v(n, 1)]);
		const { mapping, questions } = proposeMapping(read, KNOWN);
		expect(mapping).toBeUndefined();
		expect(questions).toEqual([
			{ about: 'key', sentence: 'the code could be "one" or "other"', between: ['one', 'other'] },
		]);
		const answered = proposeMapping(read, KNOWN, { key: ['other'] });
		expect([isSure(answered), answered.mapping?.key.columns]).toEqual([true, [{ column: 'other' }]]);
	});

	it('names of stations are no codes, and that is said', () => {
		const read = rows('place,Joyce Banda,José Núñez', 5, (n) => ['Town Hall', v(n), v(n, 1)]);
		const { mapping, questions } = proposeMapping(read, KNOWN);
		expect(mapping).toBeUndefined();
		expect(questions[0]?.sentence).toMatch(
			/hold codes such as "001", "002", "003"; "place" holds names of stations, and names alone are not/,
		);
	});

	it('of itself: the column that is different on every row, not the running number', () => {
		const read = rows('no,station,a,b', 300, (n) => [n, 7000 + 3 * n, n % 50, n % 40]);
		expect(proposeMapping(read).mapping?.key.columns).toEqual([{ column: 'station' }]);
		const texts = rows('region,place,a,b', 30, (n) => [`R${n % 5}`, `Place ${Math.floor(n / 5)}`, n % 7, n % 3]);
		expect(proposeMapping(texts).mapping?.key).toMatchObject({ columns: [{ column: 'region' }, { column: 'place' }] });
	});
});

describe('K35 the fields', () => {
	const propose = (heading: string, cells: (n: number) => readonly (string | number)[], answers = {}) =>
		proposeMapping(rows(heading, 30, cells), KNOWN, answers);
	const columns = ({ mapping }: ReturnType<typeof proposeMapping>) =>
		Object.fromEntries((mapping?.fields ?? []).map((field) => [field.id, field.columns[0] ?? field.choices[0]]));

	it('by name, whatever the accents, case, punctuation, order and common words', () => {
		const found = propose('code,JOSE  NUNEZ,votos_BANDA JOYCE,blancos,Valid', (n) => [pad(n, 3), v(n), 2, 3, v(n) + 2]);
		expect([columns(found), found.questions]).toEqual([
			{ banda: 'votos_BANDA JOYCE', nunez: 'JOSE NUNEZ', blank: 'blancos', valid: 'Valid' },
			[],
		]);
		expect(found.reasons).toContain('"Valid" is the sum of the candidates on 100 % of rows');
		expect(found.reasons).toContain('the same names: José Núñez');
	});

	it('by the party’s name or short name', () => {
		expect(columns(propose('code,PP,Frente Amplio', (n) => [pad(n, 3), v(n), 2]))).toEqual({
			banda: 'PP',
			nunez: 'Frente Amplio',
		});
	});

	it('two columns that are alike are asked, and the answer decides', () => {
		const cells = (n: number) => [pad(n, 3), v(n), 2, 3];
		const found = propose('code,Banda J.,Joyce B. Banda,Núñez José', cells);
		const asked = propose('code,Joyce Banda (old),Joyce Banda (new),José Núñez', cells);
		expect(asked.questions).toMatchObject([{ about: 'banda', between: ['Joyce Banda (old)', 'Joyce Banda (new)'] }]);
		expect(isSure(asked)).toBe(false);
		expect(columns(found)).toMatchObject({ banda: 'Joyce B. Banda' });
		const answers = { fields: { banda: 'Joyce Banda (new)' } };
		expect(columns(propose('code,Joyce Banda (old),Joyce Banda (new),José Núñez', cells, answers))).toEqual({
			banda: 'Joyce Banda (new)',
			nunez: 'José Núñez',
		});
	});

	it('one that no column is called as is said', () => {
		const found = propose('code,Joyce Banda,Somebody Else', (n) => [pad(n, 3), v(n), 2]);
		expect(found.reasons).toContain('no column is called as José Núñez is');
	});

	it('columns of codes, fractions and texts are no fields', () => {
		const known: Known = { fields: [], codes: [] };
		const read = rows('code,district,lat,share,note,a,b', 60, (n) => [
			`s${n}`,
			pad(n % 9, 4),
			1.5 + n,
			'5.5%',
			'x',
			v(n),
			3,
		]);
		expect(proposeMapping(read, known).mapping?.fields.map(({ name }) => name)).toEqual(['a', 'b']);
	});

	it('numbers are read as the table writes them', () => {
		const read = rows('code,a,b', 30, (n) => [`s${n}`, `"${v(n)},000"`, n % 2 === 0 ? '-' : 'NA']);
		expect(
			proposeMapping(rows('code,a,b', 30, (n) => [`s${n}`, v(n), n === 9 ? '-' : v(n)])).mapping?.numbers.nothing,
		).toEqual(['-']);
		expect(proposeMapping(read).mapping?.numbers).toMatchObject({ thousands: ',' });
		expect(proposeMapping(rows('code,a,b', 30, (n) => [`s${n}`, `${v(n)}.0`, 1])).mapping?.numbers.pointZero).toBe(
			true,
		);
	});
});

describe('K36 the shape', () => {
	const read = rows('code,who,votes', 90, (n) => [
		pad(Math.ceil(n / 3), 3),
		['Joyce Banda', 'José Núñez', 'blank'][n % 3] ?? '',
		v(n),
	]);

	it('a key that repeats, once for each text of another column: a long table', () => {
		const { mapping } = proposeMapping(read, KNOWN);
		expect([mapping?.shape, mapping?.choice?.columns, mapping?.choice?.votes]).toEqual(['long', ['who'], 'votes']);
		expect(mapping === undefined ? {} : figures(applied(read, mapping).count)['001']).toEqual({
			banda: v(3),
			nunez: v(1),
			blank: v(2),
		});
	});

	it('where a candidate was not found, what is left stays beside, as no candidate; else only totals do', () => {
		const read = (second: string) =>
			rows(`code,Joyce Banda,${second},Rooms`, 30, (n) => [pad(n, 3), v(n), v(n, 1), (n * n) % 7]);
		const fieldsOf = (second: string) =>
			proposeMapping(read(second), KNOWN).mapping?.fields.map(({ id, kind }) => `${kind} ${id}`);
		expect(fieldsOf('Broad Front')).toEqual(['candidate banda', 'other broad-front', 'other rooms']);
		expect(fieldsOf('José Núñez')).toEqual(['candidate banda', 'candidate nunez']);
	});

	it('a table without headings is told so', () => {
		const bare = rows('1,2,3', 30, (n) => [pad(n, 3), v(n), v(n, 1)]);
		const known = { ...KNOWN, fields: KNOWN.fields.filter(({ kind }) => kind === 'other') };
		const { mapping, reasons } = proposeMapping(bare, known);
		expect([mapping, reasons[0]]).toEqual([undefined, expect.stringMatching(/^the table has no headings/)]);
	});

	it('a known field under whose name no counts stand is asked about', () => {
		const read = rows('code,Joyce Banda,José Núñez', 30, (n) => [pad(n, 3), v(n), '55.5']);
		expect(proposeMapping(read, KNOWN).questions).toMatchObject([{ about: 'nunez' }]);
	});

	it('several contests in one table are asked about', () => {
		const several = rows('code,office,a,b', 60, (n) => [
			pad(Math.ceil(n / 2), 3),
			n % 2 === 0 ? 'President' : 'Senate',
			v(n),
			3,
		]);
		expect(proposeMapping(several, KNOWN).questions).toMatchObject([{ about: 'rows' }]);
	});
});

describe('K36 more than one contest', () => {
	it('choices that come again for each office are no choices yet', () => {
		const both = rows('code,office,who,votes', 120, (n) => [
			pad(Math.ceil(n / 4), 3),
			n % 4 < 2 ? 'President' : 'Senate',
			n % 2 === 0 ? 'Joyce Banda' : 'José Núñez',
			v(n),
		]);
		expect(proposeMapping(both, KNOWN).questions).toMatchObject([{ about: 'rows' }]);
	});
});

describe('K33 with an election package', () => {
	const folder = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'bolivia-2019', 'package');
	const files = new Map(readdirSync(folder).map((name) => [name, new Uint8Array(readFileSync(join(folder, name)))]));
	const path = realPath('bolivia2019-trep-vs-computo', 'final_computo.zip');

	it.skipIf(!existsSync(path))(
		`the fields of the form, by their names in any of its languages${ifAbsent(path)}`,
		() => {
			const election = loadElection(portableSuite, files);
			if (!election.ok) throw new Error('the package has problems');
			const contest = election.value.contests.get('president');
			if (contest === undefined) throw new Error('no such contest');
			const known = knownOfContest(election.value, contest);
			const text = new TextDecoder().decode(realBytes(path)).replace('Número Mesa', 'Nro');
			const proposal = proposeMapping(table(text), known);
			if (!isSure(proposal)) throw new Error(JSON.stringify(proposal.questions));
			const { count } = applied(table(text), proposal.mapping);
			expect(sums(count)).toMatchObject({
				mas: 2_889_359,
				cc: 2_240_920,
				blank: 93_507,
				null: 229_337,
				registered: 7_315_364,
			});
		},
	);
});
