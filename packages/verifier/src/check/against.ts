/**
 * The folder against a checkpoint or a receipt that the reader kept from another day or another source (V50–V53). Two checkpoints that one log cannot both
 * have are shown whole, with the log's signature on each and the proof that succeeds: that is evidence which needs neither this folder nor this program.
 */
import { join } from 'node:path';
import { LIMITS } from '@matokeo/core/election/limits.ts';
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { checkInclusion, proveConsistency, rangeHash } from '@matokeo/core/log/merkle.ts';
import { type LogProof, parseProof } from '@matokeo/core/log/proof.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { base64Encode, bytesEqual, utf8Decode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Accused, Misbehaviour } from '../evidence/file.ts';
import { compareCheckpoints, type Prefix } from '../evidence/pair.ts';
import { readWhole } from '../node/files.ts';
import type { Claimed } from './opening.ts';
import type { Problem } from './problem.ts';
import type { Run } from './run.ts';
import { committedHashes } from './tiles.ts';

export interface Evidence {
	readonly what: string;
	/** Signed notes, verbatim. */
	readonly notes: readonly string[];
	/** Hashes that lead from the root named in `what` to the second checkpoint's, in base64. */
	readonly proof: readonly string[];
}

const PROOF_HEADER = utf8Encode('c2sp.org/tlog-proof@v1\n');

/** What witnesses cosigned on it at some time bounds the times of what came later (V61). Before the replay. */
export function boundByHeld({ context, clock }: Run, brought: Uint8Array): void {
	const receipt = parseProof(brought);
	const bytes = receipt.ok ? receipt.value.checkpoint : brought;
	const held = verifyCheckpoint(context.suite, bytes, trustOf(context));
	if (held.ok) clock.cosigned(bytes, held.value);
}

/** What a file of evidence is made of, but for who reports it and when. */
export type Accusation = Accused & Misbehaviour;

/** The problems go to the findings; evidence is answered, and told to `accuse` as a file would have it. */
export function checkAgainst(
	run: Run,
	claimed: Claimed,
	brought: Uint8Array,
	accuse: (accusation: Accusation) => void = () => undefined,
): Evidence | undefined {
	const { findings, context } = run;
	const say = (problem: Omit<Problem, 'check'>): void => findings.found({ check: 'against', ...problem });
	findings.looked('against');
	const isReceipt = bytesEqual(brought.subarray(0, PROOF_HEADER.length), PROOF_HEADER);
	const receipt = isReceipt ? parseProof(brought) : undefined;
	if (receipt?.ok === false) {
		say({
			expected: 'a receipt (.tlog-proof)',
			came: receipt.error,
			means: 'Your file cannot be used. Take the original.',
		});
		return undefined;
	}
	const bytes = receipt?.value.checkpoint ?? brought;
	const held = verifyCheckpoint(context.suite, bytes, trustOf(context));
	if (!held.ok) {
		say({
			expected: `a checkpoint or a receipt signed by the log's key in this folder's package (${context.election.log.origin})`,
			came: held.error,
			means:
				'Either your file is of another log, or this folder was made with other keys. If you trust your file, do not trust the folder.',
		});
		return undefined;
	}
	const { size, root } = held.value.checkpoint;
	const notes = [utf8Decode(bytes) ?? '', claimed.note] as const;
	if (size > claimed.size) {
		say({
			expected: `at least the ${size} statements that the checkpoint you hold covers`,
			came: `a folder of ${claimed.size}`,
			means:
				'The folder is older than your checkpoint, or statements were cut off. Get it again; if it stays so, keep both checkpoints.',
		});
		return { what: `The log has signed for ${size} statements; this folder shows ${claimed.size}.`, notes, proof: [] };
	}
	const evidence = checkPast(run, claimed, { size, root, notes }, say, accuse);
	if (evidence === undefined && receipt !== undefined) checkReceipt(run, receipt.value, root, size, say);
	return evidence;
}

interface Held {
	readonly size: number;
	readonly root: Uint8Array;
	readonly notes: readonly [string, string];
}

/** V51, V52: the log is accused of two histories only with a proof that leads from another root (V72). A folder that is damaged accuses nobody. */
function checkPast(
	run: Run,
	claimed: Claimed,
	{ size, root, notes }: Held,
	say: (problem: Omit<Problem, 'check'>) => void,
	accuse: (accusation: Accusation) => void,
): Evidence | undefined {
	const { context, tree } = run;
	const { origin, logKeys } = trustOf(context);
	const [held, own] = notes.map(utf8Encode);
	assert(held !== undefined && own !== undefined, 'there are two notes');
	const compared = compareCheckpoints(context.suite, { origin, keys: logKeys }, held, own, () =>
		prefixUnder(run, claimed, size),
	);
	const comparison = compared.ok ? compared.value : ({ kind: 'unknown' } as const);
	if (comparison.kind === 'consistent') return undefined;
	const here = tree.rootAt(size);
	const expected = `the root ${base64Encode(root)} after ${size} statements, as in the checkpoint that you hold`;
	const readable = here === undefined ? `only ${tree.size()} readable statements` : `the root ${base64Encode(here)}`;
	if (comparison.kind === 'unknown') {
		say({
			expected,
			came: readable,
			means:
				'This folder is damaged or was altered (see above): its statements are not those of a checkpoint that the log signed. Against the log that shows nothing. Get another copy and compare again; keep your checkpoint.',
		});
		return undefined;
	}
	const { misbehaviour } = comparison;
	accuse({ origin, keys: logKeys, ...excerptOf(run), ...misbehaviour });
	const prefix = misbehaviour.kind === 'rewritten' ? misbehaviour : undefined;
	say({
		expected,
		came: `the root ${base64Encode(prefix?.prefixRoot ?? claimed.root)}`,
		means:
			'The log has signed two histories that exclude each other: what it once showed was changed afterwards, or different people are shown different logs. Both checkpoints are printed below; keep them, they prove it.',
	});
	return {
		what:
			prefix === undefined
				? `Two checkpoints that one append-only log cannot both have signed: two roots after ${size} statements.`
				: `Two checkpoints that one append-only log cannot both have signed: under the second, the first ${size} statements have the root ${base64Encode(prefix.prefixRoot)}.`,
		notes,
		proof: (prefix?.proof ?? []).map(base64Encode),
	};
}

/** Out of the statements, or where they do not give the signed root, out of the tiles that do. */
function prefixUnder(run: Run, claimed: Claimed, size: number): Prefix | undefined {
	const { tree } = run;
	const { suite } = run.context;
	const whole = tree.rootAt(claimed.size);
	const isSound = whole !== undefined && bytesEqual(whole, claimed.root);
	const read = isSound ? tree.read : committedHashes(run, claimed.size, claimed.root);
	if (read === undefined) return undefined;
	const root = rangeHash(suite, read, { start: 0, end: size });
	const proof = proveConsistency(suite, read, size, claimed.size);
	return root.ok && proof.ok ? { root: root.value, proof: proof.value } : undefined;
}

function checkReceipt(
	{ context: { suite }, tree }: Run,
	{ index, hashes }: LogProof,
	root: Uint8Array,
	size: number,
	say: (problem: Omit<Problem, 'check'>) => void,
): void {
	const leaf = tree.read({ level: 0, index });
	if (leaf.ok && checkInclusion(suite, { index, size, leafHash: leaf.value, root }, hashes)) return;
	say({
		index,
		expected: `the statement that your receipt proves at index ${index}`,
		came: leaf.ok ? 'another statement, or a receipt that proves nothing' : leaf.error,
		means: 'The hashes of the receipt do not lead from the statement in this folder to the checkpoint on the receipt.',
	});
}

/** The two files of the package that let a judge take the log's keys from it and not from the accuser (V72). */
function excerptOf({ folder }: Run): Pick<Accused, 'package'> {
	const [manifest, election] = ['manifest.sha256', 'election.json'].map((path) => {
		const read = readWhole(join(folder, 'package', path), LIMITS.fileBytesMax);
		return read.ok ? utf8Decode(read.value) : undefined;
	});
	return manifest === undefined || election === undefined ? {} : { package: { manifest, election } };
}
