/** Findings of one step of following: many of them hide none that somebody must act on (M11). */
import { describe, expect, it } from 'vitest';
import { PROBLEMS_PER_CHECK_MAX } from '../src/check/limits.ts';
import { findings as newFindings } from '../src/check/problem.ts';
import { stepFindings } from '../src/follow/stepFindings.ts';

const problem = (contest: string) =>
	({ check: 'results', contest, expected: 'one thing', came: 'another', means: 'It is wrong.' }) as const;

describe('findings of a step', () => {
	it('are bounded, and name every contest whose results are wrong, however many there are of others', () => {
		const found = stepFindings(newFindings());
		for (let i = 0; i < 3 * PROBLEMS_PER_CHECK_MAX; i++) found.findings.found(problem('president'));
		for (let i = 0; i < 3; i++) found.findings.found(problem('senate'));
		const taken = found.take();
		expect(new Set(taken.map(({ contest }) => contest))).toEqual(new Set(['president', 'senate']));
		expect(taken).toHaveLength(PROBLEMS_PER_CHECK_MAX + 1);
		expect(found.take()).toEqual([]);
	});
});
