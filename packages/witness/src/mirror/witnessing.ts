/**
 * What witnesses have seen, as far as a mirror knows (M13): who cosigned the checkpoint that it verified last, and the one that the source says its quorum has seen. The mirror asks no witness how it stands; with `--also`
 * it compares what they show.
 */
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { evaluateQuorum, type Policy } from '@matokeo/core/log/policy.ts';
import { parsePolicy } from '@matokeo/core/log/policyFile.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { LogHead, Witnessing } from '@matokeo/portal/record.ts';

/** A log that grows is always a moment ahead of its witnesses; longer than this is worth a word. Seconds of the log's own time. */
const BEHIND_SECONDS_MAX = 60;

interface Seen {
	readonly size: number;
	/** The policy's name → UTC seconds. */
	readonly cosigned: ReadonlyMap<string, number>;
}

/** The same object until one of the two notes is another. */
export function mirrorWitnessing(
	context: Context,
	head: () => LogHead,
	witnessed: () => Uint8Array | undefined,
): () => Witnessing {
	const policy = parsePolicy(context.suite, utf8Encode(context.election.witnesses.source));
	assert(policy.ok, 'the witness policy was checked with the package');
	let of: readonly [Uint8Array, Uint8Array | undefined] | undefined;
	let made: Witnessing | undefined;
	return () => {
		const now = head();
		const second = witnessed();
		if (made !== undefined && of?.[0] === now.checkpoint && of[1] === second) return made;
		of = [now.checkpoint, second];
		made = witnessingOf(context, policy.value, now, second);
		return made;
	};
}

function witnessingOf(context: Context, policy: Policy, head: LogHead, witnessed: Uint8Array | undefined): Witnessing {
	const notes = witnessed === undefined ? [head.checkpoint] : [head.checkpoint, witnessed];
	const seen = notes.flatMap((note) => seenOn(context, policy, note));
	const whole = seen.find(({ cosigned }) => evaluateQuorum(policy, new Set(cosigned.keys())).met);
	const time = Math.max(0, ...(whole?.cosigned.values() ?? []));
	const isMet = whole !== undefined && (whole.size === head.size || head.time - time <= BEHIND_SECONDS_MAX);
	const { runBy } = context.election.witnesses;
	return {
		quorum: policy.quorum === 'none' ? { state: 'none' } : isMet ? { state: 'met' } : { state: 'away', since: time },
		size: whole?.size ?? 0,
		time,
		by: [...(whole?.cosigned.keys() ?? [])],
		witnesses: policy.witnesses.map(({ name }) => {
			const own = seen.find(({ cosigned }) => cosigned.has(name));
			const standing = { size: own?.size ?? 0, time: own?.cosigned.get(name) ?? 0, state: 'unknown' } as const;
			return { name, run_by: runBy[name] ?? name, ...standing };
		}),
	};
}

/** Nothing for a note that no key of the log signed: before the first checkpoint there is none. */
function seenOn(context: Context, policy: Policy, note: Uint8Array): readonly Seen[] {
	const verified = verifyCheckpoint(context.suite, note, trustOf(context));
	if (!verified.ok) return [];
	const cosigned = new Map<string, number>();
	for (const { name, key } of policy.witnesses) {
		const one = verified.value.witnesses.find(
			({ witness }) => witness.name === key.name && witness.keyId === key.keyId,
		);
		if (one !== undefined) cosigned.set(name, one.seconds);
	}
	return [{ size: verified.value.checkpoint.size, cosigned }];
}
