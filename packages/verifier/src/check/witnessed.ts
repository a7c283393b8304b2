/**
 * The file `witnessed` (V8): the newest checkpoint that the quorum of witnesses has seen, which is of the same log as the checkpoint and of its past. What witnesses said there of the time bounds the log's clock (V61).
 */
import { join } from 'node:path';
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { evaluateQuorum } from '@matokeo/core/log/policy.ts';
import { parsePolicy } from '@matokeo/core/log/policyFile.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { base64Encode, bytesEqual, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import { readWhole } from '../node/files.ts';
import { CHECKPOINT_BYTES_MAX } from './limits.ts';
import type { Claimed } from './opening.ts';
import type { Run } from './run.ts';

const FILE = 'witnessed';

/** Before the replay; the answer is to be called after it, when every root is known. */
export function openWitnessed(run: Run, claimed: Claimed): () => void {
	const { context, findings, tree } = run;
	const nothing = (): void => undefined;
	const say = (expected: string, came: string, means: string): void =>
		findings.found({ check: 'cosignatures', file: FILE, expected, came, means });
	const read = readWhole(join(run.folder, FILE), CHECKPOINT_BYTES_MAX);
	if (!read.ok && read.error.kind === 'missing') return nothing;
	findings.looked('cosignatures');
	const verified = read.ok ? verifyCheckpoint(context.suite, read.value, trustOf(context)) : undefined;
	if (!read.ok || verified?.ok !== true) {
		const came = read.ok ? (verified?.ok === false ? verified.error : '') : read.error.why;
		say('a checkpoint of this log with cosignatures of its witnesses', came, 'It shows nothing of what witnesses saw.');
		return nothing;
	}
	const { size, root } = verified.value.checkpoint;
	if (size > claimed.size) {
		const means =
			'Either the folder was copied while the log grew (copy it again, the checkpoint last), or statements that witnesses have seen were cut off.';
		say(`a checkpoint of at most ${claimed.size} statements`, `one of ${size}`, means);
		return nothing;
	}
	findings.looked('cosignatures', verified.value.witnesses.length);
	run.clock.cosigned(read.value, verified.value);
	if (quorumHasSeen(run, new Set(verified.value.witnesses.map(({ witness }) => witness.name))))
		findings.remark(seenInWords(size, claimed.size));
	return () => {
		const own = tree.rootAt(size);
		if (own !== undefined && bytesEqual(own, root)) return;
		const came = own === undefined ? `only ${tree.size()} readable statements` : `the root ${base64Encode(own)}`;
		say(
			`the root ${base64Encode(root)} after ${size} statements, as witnesses have seen it`,
			came,
			'Where nothing is wrong with the tiles, the log has signed two histories: keep this folder, the file and the checkpoint, which prove it. Else this copy was damaged or altered: get another one and compare again.',
		);
	};
}

function seenInWords(size: number, all: number): string {
	if (size === all) return `The quorum of witnesses has seen all of these ${all} statements.`;
	const rest = all - size;
	return `The quorum of witnesses has seen the first ${size} of these ${all} statements; ${rest} ${rest === 1 ? 'is' : 'are'} beyond what it has seen.`;
}

/** `keys`: names of the witnesses' keys. */
function quorumHasSeen({ context }: Run, keys: ReadonlySet<string>): boolean {
	const policy = parsePolicy(context.suite, utf8Encode(context.election.witnesses.source));
	assert(policy.ok, 'the witness policy was checked with the package');
	const cosigned = policy.value.witnesses.filter(({ key }) => keys.has(key.name)).map(({ name }) => name);
	return cosigned.length > 0 && evaluateQuorum(policy.value, new Set(cosigned)).met;
}
