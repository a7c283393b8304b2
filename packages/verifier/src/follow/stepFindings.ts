/** Findings that can be taken step by step: all are counted, the first of each step are handed out once. */
import { PROBLEMS_PER_CHECK_MAX } from '../check/limits.ts';
import type { Findings, Problem } from '../check/problem.ts';

export interface StepFindings {
	readonly findings: Findings;
	/** What was found since the last call. */
	readonly take: () => readonly Problem[];
}

export function stepFindings(inner: Findings): StepFindings {
	let step: Problem[] = [];
	return {
		findings: {
			...inner,
			found: (problem) => {
				inner.found(problem);
				const alike = step.reduce((count, { check }) => count + (check === problem.check ? 1 : 0), 0);
				if (alike < PROBLEMS_PER_CHECK_MAX) step.push(problem);
			},
		},
		take: () => {
			const taken = step;
			step = [];
			return taken;
		},
	};
}
