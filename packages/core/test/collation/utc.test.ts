/** Times by our own arithmetic are those of the platform's calendar, over the whole range that a statement can hold before the year 10000. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printUtc } from '../../src/collation/utc.ts';

const LAST = Date.UTC(9999, 11, 31, 23, 59, 59) / 1000;

function platform(seconds: number): string {
	return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

describe('UTC', () => {
	it('prints any second as the platform does', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: LAST }), (seconds) => {
				expect(printUtc(seconds)).toBe(platform(seconds));
			}),
			{ numRuns: 2000 },
		);
	});

	it('prints every first, last and leap day of 1970 to 2400', () => {
		for (let year = 1970; year <= 2400; year++) {
			for (const [month, day] of [
				[0, 1],
				[1, 28],
				[1, 29],
				[2, 1],
				[11, 31],
			] as const) {
				const seconds = Date.UTC(year, month, day) / 1000;
				expect(printUtc(seconds)).toBe(platform(seconds));
			}
		}
		expect([0, LAST].map(printUtc)).toEqual(['1970-01-01T00:00:00Z', '9999-12-31T23:59:59Z']);
	});
});
