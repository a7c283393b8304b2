/** K6: which patterns two rows show, as data, and that it does not matter which of the two comes first. */
import { readFileSync } from 'node:fs';
import type { Laid, LaidField } from '@matokeo/compare/compare/lay.ts';
import { lay } from '@matokeo/compare/compare/lay.ts';
import { shows } from '@matokeo/compare/compare/patterns.ts';
import { shapeOf } from '@matokeo/compare/compare/shape.ts';
import { PATTERNS, type Pattern } from '@matokeo/compare/comparison.ts';
import { smallCount } from '@matokeo/compare/testing/smallCount.ts';
import { describe, expect, it } from 'vitest';

interface Case {
	readonly name: string;
	readonly fields: readonly string[];
	readonly a: readonly (number | null)[];
	readonly b: readonly (number | null)[];
	readonly patterns: readonly Pattern[];
}

const { cases } = JSON.parse(
	readFileSync(new URL('../../../../vectors/comparison/patterns.json', import.meta.url), 'utf8'),
) as { readonly cases: readonly Case[] };

function shown(one: Laid): readonly Pattern[] {
	const fields: readonly LaidField[] = one.fields;
	return PATTERNS.filter((pattern) => pattern !== 'neighbouring_row' && shows(pattern, one.x, one.y, shapeOf(fields)));
}

describe('patterns of two rows (K6)', () => {
	it.each(cases)('K6 $name', ({ fields, a, b, patterns }) => {
		const [one, other] = [smallCount({ fields, rows: [['1', ...a]] }), smallCount({ fields, rows: [['1', ...b]] })];
		expect(shown(lay(one, other))).toEqual(patterns);
		expect(shown(lay(other, one))).toEqual(patterns);
	});

	it('K6 every pattern that two rows can show is shown by a case', () => {
		const seen = new Set(cases.flatMap(({ patterns }) => patterns));
		expect(PATTERNS.filter((pattern) => pattern !== 'neighbouring_row' && !seen.has(pattern))).toEqual([]);
	});
});
