/** What a mapping makes of a table, and what it says of the rest (K23 to K32). */
import { applyMapping } from '@matokeo/compare/mapping/applyMapping.ts';
import { applied, figures, mapping, table } from '@matokeo/compare/testing/given.ts';
import { describe, expect, it } from 'vitest';

const KEY = { columns: ['code'] };
const A = { id: 'a', kind: 'candidate', column: 'a' };
const B = { id: 'b', kind: 'candidate', column: 'b' };

describe('K24 K25 the key', () => {
	it('is one column or several joined, filled with zeroes, with a text before it', () => {
		const read = table('zone,section,a\n7,12,5\n7,113,6\n');
		const key = {
			columns: [
				{ column: 'zone', pad: 3 },
				{ column: 'section', pad: 4 },
			],
			join: '-',
			prefix: 'x/',
		};
		expect(applied(read, mapping({ key, fields: [A] })).count.keys).toEqual(['x/007-0012', 'x/007-0113']);
	});

	it('is the part of a cell in parentheses of a pattern; a cell of another look has no key', () => {
		const read = table('file,a\n1_34_A_001002_x.jpg,5\nnotes.txt,6\n');
		const key = { columns: [{ column: 'file', pattern: '*_A_(######)_*' }] };
		expect(applied(read, mapping({ key, fields: [A] })).count).toMatchObject({
			keys: ['001002'],
			leftOut: [{ line: 3, key: '', why: 'no-key' }],
		});
	});

	it('that comes twice is kept once when the rows say the same, and not at all when they do not', () => {
		const read = table('code,a,other\n1,5,x\n2,6,x\n1,5,y\n2,7,x\n2,7,x\n3,8,x\n');
		const { count } = applied(read, mapping({ key: KEY, fields: [A] }));
		expect(figures(count)).toEqual({ 1: { a: 5 }, 3: { a: 8 } });
		expect([...(count.lines ?? [])]).toEqual([2, 7]);
		expect(count.leftOut).toEqual([
			{ line: 3, key: '2', why: 'twice', same: false },
			{ line: 4, key: '1', why: 'twice', same: true },
			{ line: 5, key: '2', why: 'twice', same: false },
			{ line: 6, key: '2', why: 'twice', same: false },
		]);
	});
});

describe('K31 a line of totals', () => {
	const C = { id: 'c', kind: 'other', column: 'c' };
	const by = mapping({ key: KEY, fields: [A, B, C] });

	it('is left out and listed, whatever its code and wherever it stands', () => {
		for (const [rows, line] of [
			['1,5,6,1\n2,7,0,1\n3,1,2,1\nTOTAL,13,8,\n', 5],
			['9999,13,8,3\n1,5,6,1\n2,7,0,1\n3,1,2,1\n', 2],
		] as const) {
			const { count } = applied(table(`code,a,b,c\n${rows}`), by);
			expect(count.keys).toEqual(['1', '2', '3']);
			expect(figures(count)['3']).toEqual({ a: 1, b: 2, c: 1 });
			expect(count.leftOut).toEqual([{ line, key: line === 2 ? '9999' : 'TOTAL', why: 'total' }]);
		}
	});

	it.each([
		['another sum', '1,5,6,1\n2,7,0,1\n3,1,2,1\nTOTAL,13,9,3\n'],
		['too few rows', '1,5,6,1\n2,7,0,1\nTOTAL,12,6,2\n'],
		['votes of one only', '1,5,0,1\n2,7,0,1\n3,1,0,1\nTOTAL,13,0,3\n'],
		['a word', '1,5,x,1\n2,7,6,1\n3,1,2,1\nTOTAL,13,x,3\n'],
	])('is none: %s', (_, rows) => {
		expect(applied(table(`code,a,b,c\n${rows}`), by).count.leftOut).toEqual([]);
	});
});

describe('K26 fields', () => {
	it('a word of a row that is left out stays with that row', () => {
		const { count } = applied(table('code,a\n1,x\n1,x\n2,5\n'), mapping({ key: KEY, fields: [A] }));
		expect([figures(count), [...count.texts]]).toEqual([{ 1: { a: 'x' }, 2: { a: 5 } }, [[0, 'x']]]);
	});

	it('are columns under any of their headings, and sums in which nothing counts nothing', () => {
		const read = table('code,pan,pri,both\n1,5,6,7\n2,,6,\n3,,,\n4,5,x,1\n');
		const fields = [{ id: 'sum', kind: 'candidate', sum: ['pan', ['prd', 'pri'], 'both'] }];
		const { count } = applied(read, mapping({ key: KEY, fields }));
		expect(figures(count)).toEqual({ 1: { sum: 18 }, 2: { sum: 6 }, 4: { sum: 'x' } });
		expect([...(count.absent ?? [])]).toEqual([['3', 'no figures']]);
	});

	it('that are not there are a problem, unless they may be absent; all problems at once', () => {
		const read = table('code,a\n1,5\n');
		const by = mapping({ key: { columns: ['station'] }, fields: [A, B, { ...B, id: 'c', optional: true }] });
		expect(applyMapping(read, by)).toEqual({
			ok: false,
			error: [
				'the key: expected the column "station", found "code", "a"',
				'the field b: expected the column "b", found "code", "a"',
			],
		});
		const lenient = applied(read, mapping({ key: KEY, fields: [A, { ...B, name: 'Bee', optional: true }] }));
		expect([lenient.count.fields.length, lenient.notes]).toEqual([
			1,
			['the delimiter is the comma', 'the table says nothing of Bee'],
		]);
	});

	it('columns that nothing names are told', () => {
		expect(applied(table('code,a,b,c\n1,2,3,4\n'), mapping({ key: KEY, fields: [A] })).unused).toEqual(['b', 'c']);
	});
});

describe('K27 numbers', () => {
	it.each([
		['5', {}, 5],
		[' 007 ', {}, 7],
		['', {}, null],
		['-', {}, '-'],
		['-', { nothing: ['-'] }, null],
		['Sin Dato', { nothing: ['sin dato'] }, null],
		['Ilegible', { illegible: ['ilegible'] }, 'illegible'],
		['1,234', {}, '1,234'],
		['1,234,567', { thousands: ',' }, 1_234_567],
		['12,34', { thousands: ',' }, '12,34'],
		['1.234', { thousands: '.' }, 1234],
		['1\u00a0234', { thousands: ' ' }, 1234],
		["1'234", { thousands: "'" }, 1234],
		['138.0', {}, '138.0'],
		['138.0', { point_zero: true }, 138],
		['138.5', { point_zero: true }, '138.5'],
		['-5', {}, '-5'],
		['+5', {}, '+5'],
		['1e3', {}, '1e3'],
		['٣', {}, '٣'],
		['=1+1', {}, '=1+1'],
		['999999999999999', {}, 999_999_999_999_999],
		['9999999999999999', {}, '9999999999999999'],
	])('%j read with %j', (cell, numbers, value) => {
		const read = table(`code;a;b\n1;"${cell}";1\n2;2;2\n`, { format: 'csv', header: 1, delimiter: ';' });
		const { count } = applied(read, mapping({ key: KEY, fields: [A, B], numbers }));
		expect(figures(count)).toEqual({ 1: { a: value, b: 1 }, 2: { a: 2, b: 2 } });
	});
});

describe('K28 rows that are meant', () => {
	it('those whose cell is, or is not, one of these texts', () => {
		const read = table('code,office,a\n1,President,5\n1,Governor,6\nTOTAL,President,11\n');
		const where = [
			{ column: 'office', is: ['President'] },
			{ column: 'code', not: ['TOTAL'] },
		];
		const { count } = applied(read, mapping({ key: KEY, where, fields: [A] }));
		expect([figures(count), count.filtered]).toEqual([{ 1: { a: 5 } }, 2]);
	});

	it('letters are composed before they are compared', () => {
		const read = table('code,place,a\n1,Potosi\u0301,5\n2,La Paz,6\n');
		const where = [{ column: 'place', is: ['Potosí'] }];
		expect(applied(read, mapping({ key: KEY, where, fields: [A] })).count.keys).toEqual(['1']);
	});

	it('none at all is a fault that counts them', () => {
		const by = mapping({ key: KEY, where: [{ column: 'a', is: ['x'] }], fields: [A] });
		expect(applyMapping(table('code,a\n1,5\n2,6\n'), by)).toEqual({
			ok: false,
			error: [
				'expected rows with a key, found 2 rows: 2 that the conditions leave out, 0 without a key, 0 whose key comes twice; look at the conditions and the key of the mapping',
			],
		});
	});
});

describe('K29 keys without figures, and areas', () => {
	it('a row with neither a candidate’s number nor a total is absent, with what the source says of it', () => {
		const read = table('code,a,registered,state\n1,5,9,counted\n2,,9,not in\n3,x,9,counted\n');
		const fields = [A, { id: 'registered', kind: 'other', column: 'registered' }];
		const { count } = applied(read, mapping({ key: KEY, fields, status: 'state' }));
		expect([count.keys, [...(count.absent ?? [])]]).toEqual([['1', '3'], [['2', 'not in']]]);
	});

	it('areas are names of rows that stand', () => {
		const read = table('code,region,a\n1,North,5\n2,South,\n3,,6\n4,North,7\n');
		const areas = [{ level: 'region', name: 'Region', column: 'region' }];
		const { count } = applied(read, mapping({ key: KEY, areas, fields: [A] }));
		expect(count.areas).toEqual([
			{ level: 'region', name: 'Region', values: ['North', 'South'], of: Int32Array.of(0, -1, 0) },
		]);
	});

	it('rows that are none are among those left out', () => {
		const { count } = applied(table('code,a\n1,5\n2\n3,6\n'), mapping({ key: KEY, fields: [A] }));
		expect(count.leftOut).toEqual([{ line: 3, key: '', why: 'unreadable' }]);
	});
});

describe('K30 long tables', () => {
	const choice = { columns: ['party'], votes: 'votes' };
	const fields = [
		{ id: 'a', kind: 'candidate', choices: ['1'] },
		{ id: 'bc', kind: 'candidate', choices: ['2', '3'] },
	];
	const long = (more: object) => mapping({ shape: 'long', key: KEY, choice, fields, ...more });

	it('choices become fields; choices of no field are told with rows and votes', () => {
		const read = table('code,party,votes\nx,1,5\nx,2,6\nx,3,7\ny,1,8\ny,9,3\nz,9,4\n');
		const { count, unlisted } = applied(read, long({}));
		expect(figures(count)).toEqual({ x: { a: 5, bc: 13 }, y: { a: 8, bc: null } });
		expect([...(count.absent ?? [])]).toEqual([['z', 'no figures']]);
		expect(unlisted).toEqual([{ choice: '9', rows: 2, votes: 7 }]);
		const zero = applied(read, long({ choice: { ...choice, unlisted: 'zero' } }));
		expect(figures(zero.count)).toEqual({ x: { a: 5, bc: 13 }, y: { a: 8, bc: 0 }, z: { a: 0, bc: 0 } });
	});

	it('a choice that comes twice gives its figure when the rows agree, else none', () => {
		const read = table('code,party,votes\nx,1,5\nx,1,5\ny,1,5\ny,1,6\ny,2,1\n');
		const { count } = applied(read, long({}));
		expect(figures(count)).toEqual({ x: { a: 5, bc: null }, y: { a: '5 and 6', bc: 1 } });
		expect(count.leftOut).toEqual([
			{ line: 3, key: 'x', why: 'twice', same: true },
			{ line: 5, key: 'y', why: 'twice', same: false },
		]);
	});

	it('what every row of a station repeats must be the same on all', () => {
		const read = table('code,party,votes,voters\nx,1,5,90\nx,2,6,90\ny,1,8,90\ny,2,8,91\n');
		const more = [...fields, { id: 'voters', kind: 'other', column: 'voters' }];
		expect(figures(applied(read, long({ fields: more })).count)).toEqual({
			x: { a: 5, bc: 6, voters: 90 },
			y: { a: 8, bc: 8, voters: '90 and 91' },
		});
	});

	it('a choice that no row has is no field where it may be absent', () => {
		const read = table('code,party,votes\nx,1,5\ny,1,8\n');
		const more = [fields[0], { ...fields[1], name: 'B or C', optional: true }];
		const { count, notes } = applied(read, long({ fields: more }));
		expect([count.fields.map(({ id }) => id), notes.at(-1)]).toEqual([['a'], 'the table says nothing of B or C']);
	});
});
