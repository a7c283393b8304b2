/** CSV and JSON readers: what they say about places, and that they agree with other readers on what both accept. */
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRows } from '../../src/election/csv.ts';
import { type Columns, type CsvRecord, readTable } from '../../src/election/csvTable.ts';
import { parseJson, plainJson } from '../../src/election/json.ts';
import { problemList } from '../../src/election/problem.ts';
import { readSource, type SourceText } from '../../src/election/sourceText.ts';
import { utf8Encode } from '../../src/std/bytes.ts';

const UGANDA = new URL('../../../../../shared/data/uganda2016-polling-station/election-results.csv', import.meta.url);
const UGANDA_PRESENT = existsSync(UGANDA);

function sourceOf(text: string | Uint8Array, problems = problemList()): SourceText {
	const source = readSource('table.csv', typeof text === 'string' ? utf8Encode(text) : text, problems);
	if (source === undefined) throw new Error(JSON.stringify(problems.sorted()));
	return source;
}

function rowsOf(text: string): { readonly rows: readonly (readonly string[])[]; readonly problems: number } {
	const problems = problemList();
	const rows: (readonly string[])[] = [];
	readRows(sourceOf(text), problems, (row) => rows.push(row.cells));
	return { rows, problems: problems.count() };
}

const COLUMNS: Columns = {
	required: ['id', 'name', 'count'],
	optional: [],
	prefix: '',
	others: false,
	rowsMax: 100_000,
};

function countsOf(text: string) {
	const problems = problemList();
	const counts: (number | 'none' | undefined)[] = [];
	readTable(sourceOf(text, problems), COLUMNS, problems, (record: CsvRecord) => counts.push(record.count('count')));
	return { counts, problems: problems.sorted() };
}

describe('csv', () => {
	it('P30 quoted cells hold commas, quotes and line feeds', () => {
		expect(rowsOf('a,"b, ""c""\nd",\n"",e,f\n')).toEqual({
			rows: [
				['a', 'b, "c"\nd', ''],
				['', 'e', 'f'],
			],
			problems: 0,
		});
	});

	const cell = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('"', ',', '\n', '""', '",', '\n"'));
	const visible = cell.map((text) => text.replaceAll(/[^\x20-\x7e\n]/g, 'x'));

	it('P30 what is written as CSV is read as it was', () => {
		const table = fc.array(fc.array(visible, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 });
		fc.assert(
			fc.property(table, (rows) => {
				const print = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
				const text = rows.map((row) => `${row.map(print).join(',')}\n`).join('');
				expect(rowsOf(text)).toEqual({ rows, problems: 0 });
			}),
			{ numRuns: 300 },
		);
	});

	it('P34 only digits without a leading zero are numbers, whatever JavaScript would make of them', () => {
		fc.assert(
			fc.property(
				fc.oneof(fc.stringMatching(/^[-+ 0-9eExX_.,']{1,6}$/), fc.stringMatching(/^[0-9]{1,4}$/), fc.nat().map(String)),
				(text) => {
					const { counts, problems } = countsOf(`id,name,count\na,b,"${text}"\n`);
					const plain = /^(0|[1-9][0-9]*)$/.test(text);
					expect(counts).toEqual([plain ? Number(text) : undefined]);
					expect(problems.length).toBe(plain ? 0 : 1);
				},
			),
			{ numRuns: 300 },
		);
	});

	it('P31 an empty file has no headers', () => {
		expect(countsOf('').problems).toMatchObject([{ rule: 'P31', line: 1, column: 1 }]);
	});

	it('P33 the column of a problem after quoted cells is that of the cell', () => {
		expect(countsOf('id,name,count\na,"b,""\nc",x\n').problems).toMatchObject([{ rule: 'P34', line: 3, column: 4 }]);
	});

	it('reads 40,000 rows in well under half a second', () => {
		const rows = Array.from({ length: 40_000 }, (_, index) => `s${index},"School, number ${index}",${index}`).join(
			'\n',
		);
		const bytes = utf8Encode(`id,name,count\n${rows}\n`);
		const started = performance.now();
		const problems = problemList();
		let sum = 0;
		readTable(sourceOf(bytes, problems), COLUMNS, problems, (record) => {
			const count = record.count('count');
			if (record.id('id') !== undefined && record.text('name') !== undefined && typeof count === 'number') sum += count;
		});
		expect([sum, problems.count()]).toEqual([(39_999 * 40_000) / 2, 0]);
		expect(performance.now() - started).toBeLessThan(2_000);
	});

	it.skipIf(!UGANDA_PRESENT)(
		'P12 a real national file with CR line ends is one problem and 28,010 rows (needs ../shared/data)',
		() => {
			const problems = problemList();
			const source = sourceOf(new Uint8Array(readFileSync(UGANDA)), problems);
			expect(problems.sorted()).toMatchObject([{ rule: 'P12', line: 0 }]);
			expect(problems.sorted()[0]?.came).toMatch(/^CR alone \(old Macintosh\) on all 280[0-9]{2} lines$/);
			let rows = 0;
			readRows(source, problems, () => {
				rows += 1;
			});
			expect(rows).toBeGreaterThan(28_000);
		},
	);
});

function jsonOf(text: string) {
	const problems = problemList();
	const node = parseJson(sourceOf(text), problems);
	return { value: node === undefined ? undefined : plainJson(node), problems: problems.sorted() };
}

describe('json', () => {
	it('P20 agrees with JSON.parse on everything that both accept', () => {
		const text = fc
			.string({ unit: 'binary', maxLength: 6 })
			.map((value) => value.normalize('NFC').replaceAll(/[\p{C}\p{Z}]/gu, '.'));
		const { value } = fc.letrec((tie) => ({
			value: fc.oneof(
				{ maxDepth: 4 },
				text,
				fc.boolean(),
				fc.maxSafeNat(),
				fc.array(tie('value'), { maxLength: 4 }),
				fc.dictionary(text, tie('value'), { maxKeys: 4 }),
			),
		}));
		fc.assert(
			fc.property(value, fc.constantFrom(0, 1, '\t'), (any, indent) => {
				const read = jsonOf(JSON.stringify(any, null, indent));
				expect(read.problems).toEqual([]);
				expect(read.value).toEqual(any);
			}),
			{ numRuns: 300 },
		);
	});

	it('P20 accepts nothing that JSON.parse refuses', () => {
		const token = fc.constantFrom(
			'{',
			'}',
			'[',
			']',
			',',
			':',
			'"a"',
			'1',
			'01',
			'-',
			'true',
			'nul',
			'"',
			'\\',
			' ',
			'\n',
			'\\u00',
			'/*',
			"'",
		);
		fc.assert(
			fc.property(fc.array(token, { maxLength: 9 }), (tokens) => {
				const text = tokens.join('');
				const { problems } = jsonOf(text);
				if (problems.length === 0) expect(() => JSON.parse(text) as unknown).not.toThrow();
				for (const problem of problems) expect(problem.toDo).not.toBe('');
			}),
			{ numRuns: 1_000 },
		);
	});

	it.each([
		['{"a":1,\n "b":2,\n  "a":3}', 'P21', 3, 3],
		['[1,\n-1]', 'P22', 2, 1],
		['[9007199254740992]', 'P22', 1, 2],
		['[1.0]', 'P22', 1, 2],
		['["\\udc00"]', 'P23', 1, 2],
		['["\\u0000"]', 'P13', 1, 2],
		['["a\tb"]', 'P20', 1, 4],
		['[1] 2', 'P20', 1, 5],
		[`${'['.repeat(40)}`, 'P20', 1, 33],
		['', 'P20', 1, 1],
	])('%s: %s at %i:%i', (text, rule, line, column) => {
		expect(jsonOf(text).problems).toMatchObject([{ rule, line, column }]);
	});

	it('P21 keeps the names that JavaScript gives a meaning as ordinary keys', () => {
		const read = jsonOf('{"__proto__":{"polluted":1},"constructor":2}');
		expect(Object.keys(read.value ?? {})).toEqual(['__proto__', 'constructor']);
		expect('polluted' in {}).toBe(false);
	});
});
