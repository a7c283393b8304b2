/** K1–K9 as data: two small counts each, and what their comparison says. */
import { readFileSync } from 'node:fs';
import { compareCounts } from '@matokeo/compare/compare/compareCounts.ts';
import type { CompareOptions } from '@matokeo/compare/comparison.ts';
import { type SmallCount, smallCount } from '@matokeo/compare/testing/smallCount.ts';
import { describe, expect, it } from 'vitest';

interface Case {
	readonly name: string;
	readonly a: SmallCount;
	readonly b: SmallCount;
	readonly options?: CompareOptions;
	readonly expected: object;
}

const { cases } = JSON.parse(
	readFileSync(new URL('../../../../vectors/comparison/comparisons.json', import.meta.url), 'utf8'),
) as { readonly cases: readonly Case[] };

describe('comparisons of two small counts (K1–K9)', () => {
	it.each(cases)('$name', ({ a, b, options, expected }) => {
		const comparison = compareCounts(smallCount(a), smallCount(b), options);
		expect(comparison).toMatchObject(expected);
		expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
	});
});
