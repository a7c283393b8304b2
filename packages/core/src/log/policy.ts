/**
 * What a policy means (L27, L28): whether the witnesses that cosigned are a quorum, which of them counted, and whether it could be
 * one although some refuse. Groups are evaluated in the order of definition, so there is nothing to recurse into.
 * It does not know the file format (`policyFile.ts`) or why a witness is silent.
 */
import type { Result } from '../std/result.ts';
import { err, ok } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import type { VerifiedCheckpoint } from './checkpoint.ts';
import { parseCheckpoint, verifyCheckpoint } from './checkpoint.ts';
import type { VerifierKey } from './keys.ts';
import { parseNote } from './note.ts';

export interface PolicyLog {
	readonly key: VerifierKey;
	readonly url?: string;
}

export interface PolicyWitness {
	/** The policy's own name for the witness, used in groups and in the quorum. */
	readonly name: string;
	readonly key: VerifierKey;
	readonly url?: string;
}

export interface PolicyGroup {
	readonly name: string;
	readonly threshold: number | 'any' | 'all';
	/** Witnesses and groups defined earlier. */
	readonly members: readonly string[];
}

export interface Policy {
	readonly logs: readonly PolicyLog[];
	readonly witnesses: readonly PolicyWitness[];
	readonly groups: readonly PolicyGroup[];
	/** A witness, a group, or `none`. */
	readonly quorum: string;
}

export interface Quorum {
	readonly met: boolean;
	/** Witnesses that belong to the quorum and cosigned, in the order of the policy. */
	readonly counted: readonly string[];
	/** Witnesses that belong to the quorum and did not. */
	readonly missing: readonly string[];
}

/** L27. */
export function evaluateQuorum(policy: Policy, cosigned: ReadonlySet<string>): Quorum {
	const belonging = quorumWitnesses(policy);
	return {
		met: holds(policy, cosigned),
		counted: belonging.filter((name) => cosigned.has(name)),
		missing: belonging.filter((name) => !cosigned.has(name)),
	};
}

/** L28: whether everybody else together would be a quorum. A package in which one contestant could prevent it is refused. */
export function canBeMetWithout(policy: Policy, refusing: ReadonlySet<string>): boolean {
	const others = policy.witnesses.map(({ name }) => name).filter((name) => !refusing.has(name));
	return holds(policy, new Set(others));
}

/**
 * L38: whether two quorums could have no witness in common. Then honest witnesses, each shown one side, can make up a quorum for each of two histories. Every name is in one group at the most, so
 * each group is asked once: can its members be dealt to two sides so that it counts on both?
 */
export function canBeSplit(policy: Policy): boolean {
	if (policy.quorum === 'none') return true;
	const sides = new Map<string, 1 | 2>(policy.witnesses.map(({ name }) => [name, 1]));
	for (const { name, threshold, members } of policy.groups) {
		const needed = threshold === 'any' ? 1 : threshold === 'all' ? members.length : threshold;
		const both = members.filter((member) => sides.get(member) === 2).length;
		const either = members.length - both;
		sides.set(name, either >= 2 * Math.max(0, needed - both) ? 2 : 1);
	}
	return sides.get(policy.quorum) === 2;
}

/** L27: the checkpoint under the log of this policy that its origin names, and what the policy says of its witnesses. */
export function verifyByPolicy(
	suite: Suite,
	bytes: Uint8Array,
	policy: Policy,
): Result<{ readonly checkpoint: VerifiedCheckpoint; readonly quorum: Quorum }> {
	const note = parseNote(bytes);
	if (!note.ok) return note;
	const said = parseCheckpoint(note.value.text);
	if (!said.ok) return said;
	const { origin } = said.value;
	const logKeys = policy.logs.map(({ key }) => key).filter((key) => key.name === origin);
	if (logKeys.length === 0) return err(`L27: the policy names no log ${JSON.stringify(origin.slice(0, 200))}`);
	const witnessKeys = policy.witnesses.map(({ key }) => key);
	const checkpoint = verifyCheckpoint(suite, bytes, { origin, logKeys, witnessKeys });
	if (!checkpoint.ok) return checkpoint;
	const keys = checkpoint.value.witnesses.map(({ witness }) => witness);
	const cosigned = policy.witnesses.filter(({ key }) => keys.includes(key)).map(({ name }) => name);
	return ok({ checkpoint: checkpoint.value, quorum: evaluateQuorum(policy, new Set(cosigned)) });
}

function holds(policy: Policy, cosigned: ReadonlySet<string>): boolean {
	if (policy.quorum === 'none') return true;
	const witnessed = new Set(policy.witnesses.map(({ name }) => name).filter((name) => cosigned.has(name)));
	for (const { name, threshold, members } of policy.groups) {
		const count = members.filter((member) => witnessed.has(member)).length;
		const needed = threshold === 'any' ? 1 : threshold === 'all' ? members.length : threshold;
		if (count >= needed) witnessed.add(name);
	}
	return witnessed.has(policy.quorum);
}

/** The witnesses under the quorum's name. Groups are gone through from the last, whose members were all defined before it. */
function quorumWitnesses(policy: Policy): readonly string[] {
	const inside = new Set([policy.quorum]);
	for (const { name, members } of policy.groups.toReversed()) {
		if (inside.has(name)) for (const member of members) inside.add(member);
	}
	return policy.witnesses.map(({ name }) => name).filter((name) => inside.has(name));
}
