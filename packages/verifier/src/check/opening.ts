/**
 * The first steps (V6–V9): the election package and its anchor, the log's key, the checkpoint, and who cosigned it. Everything after stands on these.
 */
import { join } from 'node:path';
import { loadElection } from '@matokeo/core/election/package.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { parseCheckpoint, type VerifiedCheckpoint, verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { printVerifierKey } from '@matokeo/core/log/keys.ts';
import { parseNote } from '@matokeo/core/log/note.ts';
import { evaluateQuorum, type Quorum } from '@matokeo/core/log/policy.ts';
import { parsePolicy } from '@matokeo/core/log/policyFile.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { readWhole } from '../node/files.ts';
import { type PackageFolder, readPackageFolder } from '../node/packageFolder.ts';
import { CHECKPOINT_BYTES_MAX, VKEY_BYTES_MAX } from './limits.ts';
import type { Findings } from './problem.ts';

/** The election, or nothing when the package in the folder is not sound. */
export async function openPackage(
	suite: Suite,
	folder: string,
	anchor: string | undefined,
	findings: Findings,
): Promise<Election | undefined> {
	const place = join(folder, 'package');
	const read = await readPackageFolder(place).catch((): PackageFolder => ({ files: new Map(), problems: [] }));
	const loaded = loadElection(suite, read.files);
	const problems = [...read.problems, ...(loaded.ok ? [] : loaded.error)];
	findings.looked('anchor', read.files.size + 1);
	for (const { rule, file, line, expected, came } of problems) {
		findings.found({
			check: 'anchor',
			file: `package/${file}${line > 0 ? `:${line}` : ''}`,
			rule,
			expected,
			came,
			means:
				'The election package in this folder is not the one that its manifest describes: nothing can be verified with it.',
		});
	}
	if (!loaded.ok || problems.length > 0) return undefined;
	const { digest } = loaded.value;
	if (anchor !== undefined && anchor !== digest) {
		findings.found({
			check: 'anchor',
			file: 'package/manifest.sha256',
			expected: `the package whose digest you brought: ${anchor}`,
			came: `a package with the digest ${digest}`,
			means:
				'This folder is about another election, or somebody made it with keys and rules of their own. Compare the digest with the printed one, digit by digit.',
		});
	}
	return loaded.value;
}

/** What the folder's checkpoint says, believed or not; nothing when it cannot be read at all. */
export interface Claimed {
	readonly size: number;
	readonly root: Uint8Array;
	readonly note: string;
	/** Absent when no key of the package's log signed it. */
	readonly verified?: VerifiedCheckpoint;
}

export function openCheckpoint(context: Context, folder: string, findings: Findings): Claimed | undefined {
	const file = 'checkpoint';
	const means = 'Nobody has signed for what is in this folder: it shows nothing.';
	findings.looked('checkpoint', 2);
	const found = (expected: string, came: string, meaning = means): void =>
		findings.found({ check: 'checkpoint', file, expected, came, means: meaning });
	checkLogKey(context, folder, findings);
	const read = readWhole(join(folder, file), CHECKPOINT_BYTES_MAX);
	if (!read.ok) {
		found('the signed state of the log', read.error.why);
		return undefined;
	}
	const trust = trustOf(context);
	const verified = verifyCheckpoint(context.suite, read.value, trust);
	const note = utf8Decode(read.value) ?? '';
	if (verified.ok) {
		const { size, root } = verified.value.checkpoint;
		return { size, root, note, verified: verified.value };
	}
	found(`a checkpoint signed by the key of ${trust.origin} that the package names`, verified.error);
	const parsed = parseNote(read.value);
	const claimed = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed;
	return claimed.ok ? { size: claimed.value.size, root: claimed.value.root, note } : undefined;
}

function checkLogKey(context: Context, folder: string, findings: Findings): void {
	const file = 'log.vkey';
	const own = trustOf(context).logKeys.map((key) => `${printVerifierKey(key)}\n`);
	const read = readWhole(join(folder, file), VKEY_BYTES_MAX);
	if (read.ok && own.includes(utf8Decode(read.value) ?? '')) return;
	findings.found({
		check: 'checkpoint',
		file,
		expected: `the log's key as the package names it: ${own[0]?.trim() ?? ''}`,
		came: read.ok ? 'another text' : read.error.why,
		means: 'Whoever takes the key from this file would believe somebody else. The package decides, not this file.',
	});
}

/** Who cosigned, by the package's policy. Too few are no fault of the record, but must be known. */
export function checkCosignatures(context: Context, claimed: Claimed, findings: Findings): Quorum {
	const policy = parsePolicy(context.suite, utf8Encode(context.election.witnesses.source));
	assert(policy.ok, 'the witness policy was checked with the package');
	const keys = claimed.verified?.witnesses.map(({ witness }) => witness.name) ?? [];
	const cosigned = policy.value.witnesses.filter(({ key }) => keys.includes(key.name)).map(({ name }) => name);
	const quorum = evaluateQuorum(policy.value, new Set(cosigned));
	findings.looked('cosignatures', claimed.verified?.note.signatures.length ?? 0);
	if (claimed.verified === undefined)
		findings.skip('cosignatures', 'there is no checkpoint that a witness could have signed');
	else if (policy.value.quorum === 'none')
		findings.remark(
			'The package asks for no witnesses: nobody but the operator vouches that everybody was shown the same log.',
		);
	else if (!quorum.met)
		findings.remark(
			`Too few of the witnesses that the package asks for have cosigned this checkpoint; missing: ${quorum.missing.join(', ')}. That everybody is shown the same log is not vouched for yet.`,
		);
	return quorum;
}
