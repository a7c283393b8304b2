/** V3: the report speaks of times as people do. */
import { describe, expect, it } from 'vitest';
import { utc } from '../src/report/date.ts';

describe('report', () => {
	it('V3 says times in UTC', () => {
		expect(utc(0)).toBe('1970-01-01 00:00:00 UTC');
		expect(utc(1_571_616_000)).toBe('2019-10-21 00:00:00 UTC');
		expect(utc(253_402_300_799)).toBe('9999-12-31 23:59:59 UTC');
	});

	it('V3 says a time that no calendar has as a number, and does not fail', () => {
		expect(utc(Number.MAX_SAFE_INTEGER)).toBe('9007199254740991 seconds after 1970-01-01 00:00:00 UTC');
	});
});
