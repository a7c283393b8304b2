/** Published results of a log that is followed (V40): a file stands at a size of the log, and is compared when the replay stands there too. */
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { compareText, sizeIn } from '../check/results.ts';
import type { Run } from '../check/run.ts';
import type { ResultsCompared } from './advance.ts';
import type { StepFindings } from './stepFindings.ts';

export interface ResultsBook {
	readonly compare: (contest: string, bytes: Uint8Array) => ResultsCompared;
	/** Before the replay goes on to this size: it stops where files wait for it. */
	readonly before: (size: number) => void;
}

interface Waiting {
	readonly at: number;
	readonly look: () => void;
}

export function resultsBook(run: Run, found: StepFindings): ResultsBook {
	/** One file of each contest. */
	const waiting = new Map<string, Waiting>();
	return {
		compare: (id, bytes) => {
			const contest = run.context.election.contests.get(id);
			const text = utf8Decode(bytes);
			const at = text === undefined ? undefined : sizeIn(text);
			if (contest === undefined) return { kind: 'unreadable', why: `the election has no contest "${id}"` };
			if (text === undefined || at === undefined)
				return { kind: 'unreadable', why: 'expected a published result that says at which size of the log it stands' };
			if (at < run.size) return { kind: 'passed', size: at };
			const look = (): void => compareText(run, contest, `results/${id}.json`, text, at);
			if (at > run.size) {
				waiting.set(id, { at, look });
				return { kind: 'waits', size: at };
			}
			const before = found.take();
			look();
			const problems = found.take();
			for (const problem of before) found.findings.found(problem);
			return { kind: 'compared', found: problems };
		},
		before: (size) => {
			run.stops.clear();
			for (const [id, { at, look }] of waiting) {
				if (at <= size) {
					run.stops.set(at, [...(run.stops.get(at) ?? []), look]);
					waiting.delete(id);
				}
			}
		},
	};
}
