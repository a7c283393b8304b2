/** The mapping file: read strictly with all problems at once, and printed back (K23). */

import { knownMappings } from '@matokeo/compare/mapping/knownMappings.ts';
import { parseMapping } from '@matokeo/compare/mapping/parseMapping.ts';
import { matchPattern, parsePattern } from '@matokeo/compare/mapping/pattern.ts';
import { printMapping } from '@matokeo/compare/mapping/printMapping.ts';
import { mapping } from '@matokeo/compare/testing/given.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const SMALL = {
	format: 'matokeo-mapping/v1',
	name: 'small',
	shape: 'wide',
	key: { columns: ['code'] },
	fields: [{ id: 'a', kind: 'candidate', column: 'A' }],
};

function problemsOf(members: object): readonly string[] {
	const parsed = parseMapping(JSON.stringify({ ...SMALL, ...members }));
	return parsed.ok ? [] : parsed.error;
}

describe('K23 the mapping file', () => {
	it.each(knownMappings().map((one) => [one.name, one] as const))('%s is printed and read back', (_, one) => {
		const again = parseMapping(printMapping(one));
		expect(again).toEqual({ ok: true, value: one });
	});

	it('is printed for people: a field a line', () => {
		const text = printMapping(mapping({ ...SMALL, title: 'Small', table: { format: 'csv', delimiter: 'tab' } }));
		expect(text).toBe(
			[
				'{',
				'\t"format": "matokeo-mapping/v1",',
				'\t"name": "small",',
				'\t"title": "Small",',
				'\t"table": { "format": "csv", "delimiter": "tab" },',
				'\t"shape": "wide",',
				'\t"level": "station",',
				'\t"key": { "columns": [ "code" ] },',
				'\t"fields": [',
				'\t\t{ "id": "a", "kind": "candidate", "column": "A" }',
				'\t]',
				'}',
				'',
			].join('\n'),
		);
	});

	it.each([
		[{ format: 'matokeo-mapping/v2' }, 'the format to be one of "matokeo-mapping/v1"'],
		[{ bla: 1 }, 'in the mapping only format, name'],
		[{ shape: 'tall' }, 'the shape to be one of "wide", "long"'],
		[{ shape: 'long' }, 'a long table’s mapping to have choice'],
		[{ choice: { columns: ['x'], votes: 'v' } }, 'no choice for a wide table'],
		[{ key: { columns: [] } }, 'at least one column of the key'],
		[{ key: { columns: [{ column: 'x', pattern: '###' }] } }, 'one pair of parentheses around the code'],
		[{ key: { columns: [{ column: 'x', pad: 40 }] } }, 'a whole number from 0 to 32'],
		[{ fields: [] }, 'at least one field'],
		[{ fields: [{ id: 'a', kind: 'candidate' }] }, 'column, sum or choices in a field, one of them, found none'],
		[{ fields: [{ id: 'a', kind: 'candidate', choices: ['1'] }] }, 'no choices in a wide table'],
		[{ fields: [SMALL.fields[0], SMALL.fields[0]] }, 'each id once, found a again'],
		[{ fields: [{ id: 'a', kind: 'loser', column: 'A' }] }, 'the kind of a field to be one of'],
		[{ where: [{ column: 'x' }] }, 'is or not in a condition, found neither'],
		[{ numbers: { thousands: '*' } }, 'the sign between thousands to be one of'],
		[{ table: { format: 'xlsx' } }, 'the format of the table to be one of "csv", "json"'],
		[{ table: { format: 'json', header: 1 } }, 'no header for a table of the format json'],
		[{ level: 'county' }, 'the level to be one of "station"'],
		[{ status: [] }, 'at least one heading for the status'],
	])('%j is told', (members, sentence) => {
		expect(problemsOf(members).join('\n')).toContain(sentence);
	});

	it('all problems are told at once, with their places', () => {
		const problems = problemsOf({ shape: 'tall', numbers: { nothing: 5 }, bla: 1 });
		expect(problems).toHaveLength(3);
		for (const problem of problems) expect(problem).toMatch(/^line 1, column [0-9]+: expected .+, found .+; .+$/);
	});

	it('a name that stands twice and JSON that is none are told', () => {
		const twice = parseMapping(JSON.stringify(SMALL).replace('"name"', '"name":"x","name"'));
		expect(twice).toMatchObject({ ok: false, error: [expect.stringContaining('“name” again')] });
		expect(parseMapping('{"format":')).toMatchObject({ ok: false });
		expect(parseMapping(' '.repeat(1_000_001))).toMatchObject({ ok: false });
	});

	it('line ends and the mark of other editors do no harm', () => {
		expect(parseMapping(`\uFEFF${JSON.stringify(SMALL, undefined, 2).replaceAll('\n', '\r\n')}`).ok).toBe(true);
	});

	it('whatever is changed in the text, it is a mapping or a list of problems', () => {
		const text = printMapping(mapping(SMALL));
		fc.assert(
			fc.property(fc.nat(text.length), fc.string({ maxLength: 3 }), fc.nat(5), (at, put, cut) => {
				const parsed = parseMapping(text.slice(0, at) + put + text.slice(at + cut));
				if (!parsed.ok) expect(parsed.error.length).toBeGreaterThan(0);
			}),
		);
	});
});

describe('K25 patterns', () => {
	it.each([
		['(###)', '123', '123'],
		['(###)', '12a', undefined],
		['(###)', '1234', undefined],
		['1_A_(##)_*', '1_A_77_x_y', '77'],
		['*_(##)', 'a_1_b_22', '22'],
		['*(##)*', 'xx9y88z', '88'],
		['(*)-*', 'a-b-c', 'a'],
		['KE?(*)', 'KE-12', '12'],
		['\\#(#)', '#5', '5'],
		['(*)', '', ''],
		['a(b', 'ab', undefined],
	])('%s in %j', (pattern, cell, code) => {
		const parsed = parsePattern(pattern);
		expect(parsed === undefined ? undefined : matchPattern(parsed, cell)).toBe(code);
	});

	it('many stars on a long cell end soon', () => {
		const parsed = parsePattern(`${'*a'.repeat(60)}(b)`);
		expect(parsed === undefined ? 'none' : matchPattern(parsed, 'a'.repeat(20_000))).toBeUndefined();
	});
});
