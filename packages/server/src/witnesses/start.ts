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

/** Rounds of questions at the most: a machine that comes up is often quicker than its network. */
const ROUNDS_MAX = 4;

/** `again`: awaited before those who gave no answer are asked once more, as long as that could make enough of them. Absent: each is asked once. */
export async function askAtStart(
	suite: Suite,
	trust: CheckpointTrust,
	{ policy, witnesses }: Roster,
	ask: AskWitness,
	again?: () => Promise<void>,
): Promise<AtStart> {
	const shown = new Map<string, Shown>();
	const round = async (): Promise<void> => {
		const asked = witnesses.filter(
			({ name, url }) => url !== undefined && (shown.get(name)?.kind ?? 'failed') === 'failed',
		);
		await Promise.all(
			asked.map(async (witness) => {
				const answer = await ask(witness).then(
					(reply): Shown => readShown(suite, trust, reply),
					(error: unknown): Shown => failed(error instanceof Error ? error.message : 'it cannot be reached'),
				);
				shown.set(witness.name, answer);
			}),
		);
	};
	const isQuorum = (names: readonly string[]): boolean =>
		names.length > 0 && evaluateQuorum(policy, new Set(names)).met;
	const answered = (): readonly string[] =>
		witnesses.map(({ name }) => name).filter((name) => (shown.get(name)?.kind ?? 'failed') !== 'failed');

	await round();
	for (let rounds = 1; again !== undefined && rounds < ROUNDS_MAX; rounds++) {
		if (isQuorum(answered()) || !isQuorum([...shown.keys()])) break;
		await again();
		await round();
	}
	return { ...gathered(shown), answered: answered(), enough: isQuorum(answered()) };
}

function gathered(shown: ReadonlyMap<string, Shown>): Pick<AtStart, 'seen' | 'at' | 'silent'> {
	const seen: Uint8Array[] = [];
	const at = new Map<string, number>();
	const silent = new Map<string, string>();
	for (const [name, answer] of shown) {
		if (answer.kind === 'failed') silent.set(name, answer.why);
		if (answer.kind !== 'checkpoint') continue;
		seen.push(answer.note);
		at.set(name, answer.size);
	}
	return { seen, at, silent };
}
