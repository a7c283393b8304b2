/** What a mirror has come to know while it runs, beside what it verified: how it stands with its source, and what it found. Kept in memory, for its page and for whoever is on duty. */
import type { Problem } from '@matokeo/verifier/check/problem.ts';
import type { Limits } from './limits.ts';
import type { Found, MirrorState } from './status.ts';

export interface MirrorBook {
	readonly state: () => MirrorState;
	/** `security` is the last state that it takes. */
	readonly set: (state: MirrorState) => void;
	readonly sourceSize: () => number;
	readonly shown: (size: number) => void;
	/** Said once however often it is found. */
	readonly find: (what: string) => void;
	readonly findProblems: (problems: readonly Problem[]) => void;
	readonly findings: () => { readonly count: number; readonly list: readonly Found[] };
}

/** `tell`: a line for whoever is on duty. */
export function mirrorBook(limits: Limits, clock: () => number, tell: (line: string) => void): MirrorBook {
	const list: Found[] = [];
	let state: MirrorState = { kind: 'starting' };
	let sourceSize = 0;
	let count = 0;

	const find = (what: string): void => {
		if (list.some((one) => one.what === what)) return;
		count++;
		list.unshift({ time: clock(), what });
		if (list.length > limits.findingsMax) list.pop();
		tell(`found: ${what}`);
	};
	return {
		state: () => state,
		set: (next) => {
			// Whoever found something to answer for may not be undone by a round that was under way.
			if (state.kind === 'security') return;
			const line = next.kind === state.kind ? undefined : spoken(next, state);
			if (line !== undefined) tell(line);
			state = next;
		},
		sourceSize: () => sourceSize,
		shown: (size) => {
			sourceSize = size;
		},
		find,
		findProblems: (problems) => {
			for (const { check, file, index, expected, came, means } of problems) {
				const where = file ?? (index === undefined ? check : `statement ${index}`);
				find(`${where}: expected ${expected}; came ${came}. ${means}`);
			}
		},
		findings: () => ({ count, list }),
	};
}

/** One line for a journal when it stands otherwise than before; that all is well at a start needs no words. */
function spoken(next: MirrorState, before: MirrorState): string | undefined {
	switch (next.kind) {
		case 'starting':
			return undefined;
		case 'follows':
			return before.kind === 'away' ? 'the source answers again' : undefined;
		case 'away':
			return `nothing that helps from the source: ${next.why}`;
		case 'security':
			return `SECURITY: this mirror follows the log no further; evidence: ${next.evidence}`;
	}
}
