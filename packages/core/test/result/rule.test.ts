/** RS1, RS2: fractions and rules as they are read, and what is refused with which paths. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseResultRule } from '../../src/result/parseRule.ts';
import {
	addRationals,
	ceilDivide,
	compareRationals,
	floorDivide,
	multiplyRationals,
	parseRational,
	printFixed,
	printPercent,
	printRational,
	rational,
	subtractRationals,
} from '../../src/result/rational.ts';

interface Refused {
	readonly name: string;
	readonly json: unknown;
	readonly paths: readonly string[];
}
const file = new URL('../../../../vectors/result/refused-rules.json', import.meta.url);
const { names, refused } = JSON.parse(readFileSync(file, 'utf8')) as {
	names: { denominators: string[]; levels: string[] };
	refused: readonly Refused[];
};

const fraction = fc
	.tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
	.map(([num, den]) => rational(num, den));

describe('RS1 exact rationals', () => {
	it('RS1 parse and print are inverse in lowest terms', () => {
		fc.assert(
			fc.property(fc.nat(999_999_999), fc.integer({ min: 1, max: 999_999_999 }), (num, den) => {
				const value = parseRational(`${num}/${den}`);
				expect(value).toBeDefined();
				if (value !== undefined) expect(parseRational(printRational(value))).toEqual(value);
			}),
		);
	});

	it('RS1 refuses every other spelling', () => {
		for (const text of [
			'',
			'1',
			'1/0',
			'01/2',
			'1/02',
			'-1/2',
			'+1/2',
			' 1/2',
			'1/2 ',
			'1.0/2',
			'1e1/2',
			'1_0/20',
			'١/٢',
			'1//2',
			'1234567890/1',
			'1/2\n',
		]) {
			expect([text, parseRational(text)]).toEqual([text, undefined]);
		}
	});

	it('RS1 prints decimals half away from zero', () => {
		expect(printPercent(rational(2889359n, 6137671n))).toBe('47.0758');
		expect(printPercent(rational(2889359n - 2240920n, 6137671n))).toBe('10.5649');
		expect(printFixed(rational(1n, 8n), 2)).toBe('0.13');
		expect(printFixed(rational(-1n, 8n), 2)).toBe('-0.13');
		expect(printFixed(rational(-1n, 1000n), 2)).toBe('0.00');
		expect(printFixed(rational(5n, 2n), 0)).toBe('3');
	});

	it('RS1 arithmetic agrees with cross-multiplication', () => {
		fc.assert(
			fc.property(fraction, fraction, (a, b) => {
				expect(subtractRationals(addRationals(a, b), b)).toEqual(a);
				const product = multiplyRationals(a, b);
				expect(product.num * a.den * b.den).toBe(product.den * a.num * b.num);
				expect(Math.sign(compareRationals(a, b))).toBe(0 - Math.sign(compareRationals(b, a)));
				const floor = floorDivide(a.num, a.den);
				expect(floor * a.den <= a.num && a.num < (floor + 1n) * a.den).toBe(true);
				expect(ceilDivide(a.num, a.den)).toBe(-floorDivide(-a.num, a.den));
			}),
		);
	});
});

describe('RS2 the rule language', () => {
	it.each(refused.map((one) => [one.name, one] as const))('RS2 refuses, with all paths: %s', (_name, one) => {
		const parsed = parseResultRule(one.json, '$', names);
		expect(parsed.ok).toBe(false);
		if (parsed.ok) return;
		expect(parsed.error.map((problem) => problem.path).sort()).toEqual([...one.paths].sort());
		for (const problem of parsed.error)
			for (const text of [problem.expected, problem.came, problem.todo]) expect(text).not.toBe('');
	});

	it('RS2 refuses electors where areas have none', () => {
		const rule = {
			rounds: [{ elect: { electors: { level: 'county', allocate: 'winner-take-all', need: { gt: '1/2' } } } }],
		};
		const parsed = parseResultRule(rule, '$', { ...names, electors: false });
		expect(parsed.ok ? [] : parsed.error.map((problem) => problem.path)).toEqual(['$.rounds[0].elect.electors']);
		expect(parseResultRule(rule, '$', names).ok).toBe(true);
	});

	it('RS2 never throws on any JSON, and every problem has a path', () => {
		const parts = [
			'rounds',
			'elect',
			'share',
			'gt',
			'any',
			'areas',
			'where',
			'count',
			'else',
			'advance',
			'1/2',
			'cast',
		];
		const json = fc.letrec((tie) => ({
			any: fc.oneof(
				{ depthSize: 'small' },
				fc.jsonValue(),
				fc.array(tie('any'), { maxLength: 3 }),
				fc.dictionary(fc.constantFrom(...parts), tie('any')),
			),
		})).any;
		fc.assert(
			fc.property(json, (value) => {
				const parsed = parseResultRule({ rounds: [{ elect: value, else: value }] }, '$', names);
				if (!parsed.ok) for (const problem of parsed.error) expect(problem.path.startsWith('$')).toBe(true);
			}),
		);
	});

	it('RS2 bounds depth and number of conditions', () => {
		let deep: unknown = { rank: 1 };
		for (let i = 0; i < 5000; i++) deep = { all: [deep] };
		expect(parseResultRule({ rounds: [{ elect: deep }] }).ok).toBe(false);
		const wide = { all: Array.from({ length: 65 }, () => ({ rank: 1 })) };
		expect(parseResultRule({ rounds: [{ elect: wide }] }).ok).toBe(false);
	});

	it('RS2 keeps names and texts of conditions', () => {
		const parsed = parseResultRule(
			{ rounds: [{ elect: { id: 'over-half', text: { en: 'over half' }, share: { gt: '1/2', of: 'cast' } } }] },
			'$',
			names,
		);
		expect(parsed).toEqual({
			ok: true,
			value: {
				rounds: [
					{
						elect: {
							kind: 'share',
							id: 'over-half',
							text: { en: 'over half' },
							of: 'cast',
							threshold: { op: 'gt', value: { num: 1n, den: 2n } },
						},
					},
				],
			},
		});
	});
});
