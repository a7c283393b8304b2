/** Findings that can be taken step by step: all are counted, the first of each step are handed out once, and of each contest one at least: whoever asks which results are wrong must not miss one behind many others. */
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
				const alike = step.filter(({ check }) => check === problem.check);
				const { contest } = problem;
				const isFirst = contest !== undefined && alike.every((one) => one.contest !== contest);
				if (alike.length < PROBLEMS_PER_CHECK_MAX || isFirst) step.push(problem);
			},
		},
		take: () => {
			const taken = step;
			step = [];
			return taken;
		},
	};
}
