/** Ids of a report (E4): names that XML takes as ids, and never the same for two things. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nistId } from '../../src/nist/write/ids.ts';

/** Few letters, so that ids that might collide are drawn often. */
const id = fc.stringMatching(/^[a1][a1._/-]{0,5}$/);
const named = fc.tuple(fc.constantFrom('area', 'candidate'), fc.array(id, { minLength: 1, maxLength: 2 }));

describe('ids', () => {
	it('E4 two things never have the same', () => {
		fc.assert(
			fc.property(named, named, ([kind, ids], [other, others]) => {
				const same = kind === other && JSON.stringify(ids) === JSON.stringify(others);
				expect(nistId(kind, ...ids) === nistId(other, ...others)).toBe(same);
			}),
			{ numRuns: 20_000 },
		);
	});

	it('E4 are names that XML takes', () => {
		fc.assert(
			fc.property(named, ([kind, ids]) => {
				expect(nistId(kind, ...ids)).toMatch(/^[a-z][a-z0-9._-]*$/);
			}),
		);
	});

	it.each([
		[['a/b'], ['a__b']],
		[['a/-b'], ['a_-_-b']],
		[['a', 'b'], ['a_.b']],
		[['a._b'], ['a', '.b']],
		[['a', 'b'], ['a.b']],
	])('E4 %j and %j differ', (one, other) => {
		expect(nistId('area', ...one)).not.toBe(nistId('area', ...other));
	});
});
