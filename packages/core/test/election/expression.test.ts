/** The language of checks: what it accepts, what it means, and how it answers when figures are missing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
	CANDIDATES,
	type Expression,
	idsOf,
	type Linear,
	type Operator,
	parseExpression,
	parseLinear,
} from '../../src/election/expression.ts';
import { evaluate, type Figures, verdictOf } from '../../src/election/expressionValue.ts';

const CANDIDATE_IDS = ['mas', 'cc', '21f'];

function figures(values: Readonly<Record<string, number | undefined>>): Figures {
	return { candidates: CANDIDATE_IDS, value: (id) => values[id] };
}

function parse(source: string): Expression {
	const parsed = parseExpression(source);
	if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
	return parsed.value;
}

function verdict(source: string, values: Readonly<Record<string, number | undefined>>, tolerance = 0) {
	return verdictOf(parse(source), figures(values), tolerance);
}

const FORM = { mas: 10, cc: 20, '21f': 3, valid: 33, blank: 2, 'a-b': 1, 'station.registered': 40 };

describe('what expressions say', () => {
	it.each([
		['valid = sum(candidates)', 'pass'],
		['valid = mas + cc + 21f', 'pass'],
		['valid = sum(mas, cc, 21f)', 'pass'],
		['valid + blank <= station.registered', 'pass'],
		['valid + blank > station.registered', 'fail'],
		['valid - blank = 31', 'pass'],
		['2 * (valid - a-b) = 64', 'pass'],
		['(valid - a-b) * 2 = 8 * 8', 'pass'],
		['valid - valid = 0', 'pass'],
		['valid - (cc - mas) = 23', 'pass'],
		['valid-1 = 0', 'unknown'],
		['valid = 1 or valid = 33 and blank = 2', 'pass'],
		['(valid = 1 or valid = 33) and blank = 3', 'fail'],
		['valid = 33 or blank = 2 and blank = 3', 'pass'],
		['((valid = 33))', 'pass'],
		['((valid)) = (33)', 'pass'],
		['(valid + blank) * 1 != 35', 'fail'],
	])('P40 %s: %s', (source, expected) => {
		expect(verdict(source, FORM)).toBe(expected);
	});

	it.each([
		['a -b = 1', 3, 'both sides'],
		['A = 1', 1, 'lower case'],
		['a = 007', 5, 'leading zeroes'],
		['a = 1 = 1', 7, 'one comparison'],
		['a * b = 1', 3, 'linear'],
		['sum(candidates', 15, 'closing parenthesis'],
		['sum candidates = 1', 5, 'opening parenthesis'],
		['a + = 1', 5, 'a field id'],
		['a', 2, 'a comparison'],
		['', 1, 'a field id'],
		['a = 1 b', 7, 'end of the expression'],
		['a = 1\tand b = 2', 6, 'white space as spaces'],
		['not a = 1', 1, 'a field id'],
		['a = 99999999999', 5, 'whole number'],
		['a = 9999999999 * 9999999999', 16, 'numbers up to'],
		[`${'('.repeat(40)}a = 1`, 33, 'parentheses inside'],
		['.a = 1', 1, 'begin with a letter'],
	])('P41 refuses %s at column %i', (source, column, phrase) => {
		const parsed = parseExpression(source);
		expect(parsed).toMatchObject({ ok: false, error: { column } });
		expect(JSON.stringify(parsed)).toContain(phrase);
	});

	it('P42 lists the ids that it reads, each once', () => {
		expect(idsOf(parse('valid = sum(candidates) and valid + a-b > 3'))).toEqual(['valid', CANDIDATES, 'a-b']);
	});

	it('P48 a sum alone is read for denominators, a comparison is not', () => {
		expect(parseLinear('sum(candidates) + blank')).toMatchObject({ ok: true });
		expect(parseLinear('blank = 1')).toMatchObject({ ok: false });
	});
});

describe('figures that have no value', () => {
	it.each([
		['valid = 33', { ...FORM, valid: undefined }, 'unknown'],
		['valid = sum(candidates)', { ...FORM, cc: undefined }, 'unknown'],
		['valid = 33 or blank = 2', { ...FORM, valid: undefined }, 'pass'],
		['valid = 33 and blank = 3', { ...FORM, valid: undefined }, 'fail'],
		['valid = 33 and blank = 2', { ...FORM, valid: undefined }, 'unknown'],
		['valid = 33 or blank = 3', { ...FORM, valid: undefined }, 'unknown'],
	])('P43 %s: %s → %s', (source, values, expected) => {
		expect(verdict(source, values)).toBe(expected);
	});

	it('R27 shows every input and both sides of each comparison', () => {
		const { inputs, sides } = evaluate(
			parse('valid = sum(candidates) and blank < 2'),
			figures({ ...FORM, blank: undefined }),
			0,
		);
		expect(inputs).toEqual([
			{ id: 'valid', value: 33 },
			{ id: 'mas', value: 10 },
			{ id: 'cc', value: 20 },
			{ id: '21f', value: 3 },
			{ id: 'blank', value: undefined },
		]);
		expect(sides).toEqual([
			{ left: '33', operator: '=', right: '33' },
			{ left: '', operator: '<', right: '2' },
		]);
	});
});

describe('tolerance and size', () => {
	it.each<[string, number, Readonly<Record<Operator, boolean>>]>([
		['exactly', 33, { '=': true, '!=': false, '<': true, '<=': true, '>': true, '>=': true }],
		['two over', 31, { '=': true, '!=': true, '<': false, '<=': true, '>': true, '>=': true }],
		['one over', 32, { '=': true, '!=': true, '<': true, '<=': true, '>': true, '>=': true }],
		['three over', 30, { '=': false, '!=': true, '<': false, '<=': false, '>': true, '>=': true }],
		['three under', 36, { '=': false, '!=': true, '<': true, '<=': true, '>': false, '>=': false }],
	])('P44 with two ballots of tolerance, %s', (_, right, expected) => {
		for (const [operator, passes] of Object.entries(expected)) {
			const tolerance = operator === '!=' ? 0 : 2;
			expect([operator, verdict(`valid ${operator} ${right}`, FORM, tolerance)]).toEqual([
				operator,
				passes ? 'pass' : 'fail',
			]);
		}
	});

	it('P43 arithmetic is exact beyond the safe integers', () => {
		const huge = {
			mas: Number.MAX_SAFE_INTEGER,
			cc: Number.MAX_SAFE_INTEGER,
			'21f': 1,
			valid: Number.MAX_SAFE_INTEGER,
		};
		expect(verdict('sum(candidates) = valid + valid', huge)).toBe('fail');
		expect(verdict('sum(candidates) - 1 = valid + valid', huge)).toBe('pass');
		expect(evaluate(parse('sum(candidates) = valid'), figures(huge), 0).sides[0]?.left).toBe('18014398509481983');
	});
});

/** A sum as text and as its value by other means: bigints, no parser. */
interface Told {
	readonly text: string;
	readonly value: bigint;
}

const IDS = ['valid', 'blank', 'a-b', '21f', 'x/y.z'];
const VALUES: Readonly<Record<string, number>> = {
	valid: 33,
	blank: 2,
	'a-b': 1,
	'21f': 3,
	'x/y.z': 700,
	mas: 10,
	cc: 20,
};

const atom: fc.Arbitrary<Told> = fc.oneof(
	fc.nat(1000).map((number) => ({ text: `${number}`, value: BigInt(number) })),
	fc.constantFrom(...IDS).map((id) => ({ text: id, value: BigInt(VALUES[id] ?? 0) })),
	fc.constant({ text: 'sum(candidates)', value: 33n }),
	fc.subarray(IDS, { minLength: 1 }).map((ids) => ({
		text: `sum(${ids.join(' , ')})`,
		value: ids.reduce((sum, id) => sum + BigInt(VALUES[id] ?? 0), 0n),
	})),
);

const sum: fc.Arbitrary<Told> = fc.letrec<{ sum: Told }>((tie) => ({
	sum: fc.oneof(
		{ maxDepth: 4 },
		atom,
		fc.tuple(tie('sum'), atom).map(([a, b]) => ({ text: `${a.text} + ${b.text}`, value: a.value + b.value })),
		fc.tuple(tie('sum'), tie('sum')).map(([a, b]) => ({ text: `${a.text} - (${b.text})`, value: a.value - b.value })),
		fc.tuple(fc.nat(9), tie('sum')).map(([k, a]) => ({ text: `${k}*(${a.text})`, value: BigInt(k) * a.value })),
	),
})).sum;

describe('properties', () => {
	it('P40 every sum of the grammar evaluates to what bigints make of it', () => {
		fc.assert(
			fc.property(sum, sum, (left, right) => {
				const { sides, verdict: said } = evaluate(parse(`${left.text} <= ${right.text}`), figures(VALUES), 0);
				expect(sides).toEqual([{ left: `${left.value}`, operator: '<=', right: `${right.value}` }]);
				expect(said).toBe(left.value <= right.value ? 'pass' : 'fail');
			}),
			{ numRuns: 300 },
		);
	});

	it('P41 any text is parsed or refused at a column inside it, never thrown', () => {
		const word = fc.constantFrom(
			'a',
			'sum',
			'candidates',
			'(',
			')',
			'+',
			'-',
			'*',
			'=',
			'<=',
			'and',
			'or',
			'1',
			',',
			' ',
			'é',
			'\n',
		);
		fc.assert(
			fc.property(fc.array(word, { maxLength: 12 }), fc.boolean(), (words, spaced) => {
				const source = words.join(spaced ? ' ' : '');
				for (const parsed of [parseExpression(source), parseLinear(source)]) {
					if (parsed.ok) continue;
					expect(parsed.error.column).toBeGreaterThan(0);
					expect(parsed.error.column).toBeLessThanOrEqual(source.length + 1);
					expect(parsed.error.toDo).not.toBe('');
				}
			}),
			{ numRuns: 500 },
		);
	});

	it('P40 each id stands once in a sum, with its coefficients added', () => {
		expect(parseLinear('a + a + 2 * a - b')).toEqual({
			ok: true,
			value: {
				constant: 0,
				terms: [
					{ coefficient: 4, id: 'a' },
					{ coefficient: -1, id: 'b' },
				],
			} satisfies Linear,
		});
	});
});
