/**
 * `log/witnessed` (S25): the log says in the log what its witnesses saw, so that rules can ask for it. The checkpoint is verbatim; its size lies
 * in the past and its root is ours; at least one witness of the package has cosigned it.
 */
import { type CheckpointTrust, verifyCheckpoint } from '../log/checkpoint.ts';
import { verifierKey } from '../log/keys.ts';
import type { LogWitnessed } from '../record/statement.ts';
import { bytesEqual, utf8Encode } from '../std/bytes.ts';
import { assert } from '../std/result.ts';
import { ALG_ED25519, type Context } from './context.ts';
import { policyOf, quorumTimes } from './coverage.ts';
import { logRow } from './opening.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import type { RowReader } from './rows.ts';
import type { Saying } from './saying.ts';
import { onlySigner } from './signers.ts';

export const logWitnessed: Saying<LogWitnessed> = {
	decide: (context, rows, { statement, signers }) =>
		firstOf(
			() => {
				const signer = onlySigner(signers, 'log');
				return signer.ok ? undefined : signer.error;
			},
			() => decideCheckpoint(context, rows, statement),
		),
	evolve: (context, rows, { statement }) => {
		const seen = verifyCheckpoint(context.suite, utf8Encode(statement.checkpoint), trustOf(context));
		assert(seen.ok, 'a witnessed checkpoint was decided before it is evolved');
		const { size } = seen.value.checkpoint;
		const policy = policyOf(context);
		const cosigned = seen.value.witnesses.flatMap(({ witness, seconds }) => {
			const named = policy.witnesses.find(({ key }) => bytesEqual(key.publicKey, witness.publicKey));
			return named === undefined ? [] : [{ name: named.name, seconds }];
		});
		for (const { name } of cosigned) rows.put('witness', name, { size });
		const log = logRow(rows);
		const { witnessings = 0 } = log;
		rows.put('witnessing', `${witnessings}`, { size, ...quorumTimes(policy, cosigned) });
		rows.put('log', '', { ...log, witnessed: size, witnessings: witnessings + 1 });
	},
};

/** The log's keys and the witnesses that the package names. */
export function trustOf(context: Context): CheckpointTrust {
	const { suite, election } = context;
	const { key, spare } = election.log;
	return {
		origin: election.log.origin,
		logKeys: [key, spare].map(({ name, publicKey }) => verifierKey(suite, name, ALG_ED25519, publicKey)),
		witnessKeys: policyOf(context).witnesses.map((witness) => witness.key),
	};
}

function decideCheckpoint(context: Context, rows: RowReader, { checkpoint }: LogWitnessed): Refusal | undefined {
	const seen = verifyCheckpoint(context.suite, utf8Encode(checkpoint), trustOf(context));
	if (!seen.ok) return refuse('S25', `this is no checkpoint of this log: ${seen.error}`);
	const { size, root } = seen.value.checkpoint;
	if (seen.value.witnesses.length === 0)
		return refuse('S25', 'no witness of the package has cosigned this checkpoint: ask one to do so');
	const { witnessed } = logRow(rows);
	if (size <= witnessed)
		return refuse('S25', `size ${size} is not above the last witnessed size ${witnessed}: take a newer checkpoint`);
	const ours = rows.rootAt(size);
	if (ours === undefined)
		return refuse('S25', `size ${size} is not a past size of this log: the log has not come so far`);
	return bytesEqual(ours, root)
		? undefined
		: refuse('S25', `the root at size ${size} is not the root of this log: keep this checkpoint, it is evidence`);
}
