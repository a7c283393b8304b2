/**
 * What the witnesses have seen, as the log itself says (S25, S43): whether those who cosigned something that contains an index together satisfy the package's
 * policy, and who is silent.
 */
import { evaluateQuorum, type Policy } from '../log/policy.ts';
import { parsePolicy } from '../log/policyFile.ts';
import { utf8Encode } from '../std/bytes.ts';
import { assert } from '../std/result.ts';
import type { Context } from './context.ts';
import type { RowReader } from './rows.ts';

const policies = new WeakMap<Context['election'], Policy>();

export function policyOf({ suite, election }: Context): Policy {
	const known = policies.get(election);
	if (known !== undefined) return known;
	const policy = parsePolicy(suite, utf8Encode(election.witnesses.source));
	assert(policy.ok, 'the witness policy was checked with the package');
	policies.set(election, policy.value);
	return policy.value;
}

export interface Coverage {
	/** Whether the witnesses that have seen the entry are a quorum. */
	readonly met: boolean;
	/** Names in the policy of those who belong to the quorum and have not seen it. */
	readonly silent: readonly string[];
}

/** Of the entry at this index. */
export function coverageOf(context: Context, rows: RowReader, index: number): Coverage {
	const policy = policyOf(context);
	const seen = policy.witnesses.filter(({ name }) => (rows.get('witness', name)?.size ?? 0) > index);
	const { met, missing } = evaluateQuorum(policy, new Set(seen.map(({ name }) => name)));
	return { met, silent: missing };
}

export interface Cosigned {
	readonly name: string;
	/** UTC seconds, by the witness's clock. */
	readonly seconds: number;
}

/**
 * The times at which a quorum stood behind a checkpoint: `before`, the earliest time by which cosigners that are a quorum had signed, and `after`, the latest time at or after which
 * cosigners that are a quorum signed. A few witnesses with a wrong clock move neither.
 */
export function quorumTimes(
	policy: Policy,
	cosigned: readonly Cosigned[],
): { readonly after: number; readonly before: number } | undefined {
	const times = [...new Set(cosigned.map(({ seconds }) => seconds))].sort((a, b) => a - b);
	const met = (fits: (seconds: number) => boolean) =>
		evaluateQuorum(policy, new Set(cosigned.filter(({ seconds }) => fits(seconds)).map(({ name }) => name))).met;
	const before = times.find((time) => met((seconds) => seconds <= time));
	const after = times.findLast((time) => met((seconds) => seconds >= time));
	return before === undefined || after === undefined || policy.quorum === 'none' ? undefined : { after, before };
}
