/**
 * A request that is refused before any statement is decided (`spec/api.md`, A2): which rule, what was expected, what came, what a person can do. One shape for all of them, and the only
 * way in which a route says no.
 */

export interface ProblemFacts {
	/** Rule of `spec/api.md`. */
	readonly rule: string;
	readonly expected: string;
	/** Never a value that was sent, only what sort of thing it was. */
	readonly got: string;
	readonly do: string;
}

export interface ProblemBody {
	readonly error: ProblemFacts;
}

export class Problem extends Error {
	override readonly name = 'Problem';
	readonly status: number;
	readonly facts: ProblemFacts;
	/** Whole seconds. */
	readonly retryAfter: number | undefined;

	constructor(status: number, facts: ProblemFacts, retryAfter?: number) {
		super(`${facts.rule}: expected ${facts.expected}, got ${facts.got}`);
		this.status = status;
		this.facts = facts;
		this.retryAfter = retryAfter;
	}

	body(): ProblemBody {
		return { error: this.facts };
	}
}

export function notFound(what: string, hint: string): Problem {
	return new Problem(404, { rule: 'A12', expected: what, got: 'nothing by that name', do: hint });
}

export function tooMany(whose: string, retryAfter: number): Problem {
	return new Problem(
		429,
		{
			rule: 'A16',
			expected: `fewer requests of ${whose}`,
			got: 'more than its limit',
			do: `wait ${retryAfter} s and send it again; nothing of it was taken in`,
		},
		retryAfter,
	);
}

export function unavailable(why: string, retryAfter: number): Problem {
	return new Problem(
		503,
		{ rule: 'A5', expected: 'a server that can do this now', got: why, do: `send it again in ${retryAfter} s` },
		retryAfter,
	);
}
