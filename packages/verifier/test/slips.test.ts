/** Names of slips (V84), on the cases that became known: two of Kenya, one of Ghana that has no name. */
import { describe, expect, it } from 'vitest';
import { differenceWords, slipBetween } from '../src/proceedings/slips.ts';

describe('slips', () => {
	it.each([
		[7_583_895, 7_483_895, '1-digit slip at the hundred thousands'],
		[51_050, 41_050, '1-digit slip at the ten thousands'],
		[410, 401, 'two digits side by side are exchanged'],
		[4_712, 2_714, 'two digits are exchanged'],
		[991, 99, 'a digit is left out'],
		[285, 2_805, 'a digit too many'],
		[285, 2_850, 'a nought more or less at the end'],
		[2_850, 285, 'a nought more or less at the end'],
		[998, 1_008, '1-digit slip at the tens'],
		[13_119_460, 13_434_574, undefined],
		[12, 12, undefined],
		[0, 8_000_000_000, '1-digit slip at the 10^9'],
	])('V84 %i came as %i: %s', (expected, came, name) => {
		expect(slipBetween(expected, came)).toBe(name);
	});

	it('V84 says by how much, in which direction', () => {
		expect(differenceWords(7_583_895, 7_483_895)).toBe('−100,000: 1-digit slip at the hundred thousands');
		expect(differenceWords(10, 25)).toBe('+15');
	});
});
