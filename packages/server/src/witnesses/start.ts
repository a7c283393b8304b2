/**
 * What witnesses have seen, asked before anything is signed (D28): all at once, with a few seconds for each. Who gives no answer does not keep the server from starting; what one shows that the log's key has
 * signed must be continued by the database.
 */
import type { CheckpointTrust } from '@matokeo/core/log/checkpoint.ts';
import { evaluateQuorum } from '@matokeo/core/log/policy.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type AskWitness, failed, readShown, type Shown } from './answers.ts';
import type { Roster } from './roster.ts';

export interface AtStart {
	/** Signed checkpoints of this log. */
	readonly seen: readonly Uint8Array[];
	/** The size that each of them has, by the witness's name. */
	readonly at: ReadonlyMap<string, number>;
	/** Who answered, if only that it knows nothing of this log. */
	readonly answered: readonly string[];
	/** Who was asked and gave no answer, and why. */
	readonly silent: ReadonlyMap<string, string>;
	/** Whether those who answered would be a quorum: then an old copy of this log would have been found out. */
	readonly enough: boolean;
}

export async function askAtStart(
	suite: Suite,
	trust: CheckpointTrust,
	{ policy, witnesses }: Roster,
	ask: AskWitness,
): Promise<AtStart> {
	const asked = witnesses.filter(({ url }) => url !== undefined);
	const answers = await Promise.all(
		asked.map(async (witness) => {
			const shown = await ask(witness).then(
				(reply): Shown => readShown(suite, trust, reply),
				(error: unknown): Shown => failed(error instanceof Error ? error.message : 'it cannot be reached'),
			);
			return { name: witness.name, shown };
		}),
	);
	const seen: Uint8Array[] = [];
	const at = new Map<string, number>();
	const answered: string[] = [];
	const silent = new Map<string, string>();
	for (const { name, shown } of answers) {
		if (shown.kind === 'failed') silent.set(name, shown.why);
		else answered.push(name);
		if (shown.kind !== 'checkpoint') continue;
		seen.push(shown.note);
		at.set(name, shown.size);
	}
	const enough = answered.length > 0 && evaluateQuorum(policy, new Set(answered)).met;
	return { seen, at, answered, silent, enough };
}
