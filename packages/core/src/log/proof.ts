/**
 * Proof files (L24, L25, tlog-proof): everything that shows, offline, that an entry is in a log and who saw the log then. A receipt is
 * one. It does not know the entry: whoever verifies brings its bytes.
 */
import { base64Decode, base64Encode, concat, utf8Decode, utf8Encode } from '../std/bytes.ts';
import type { Result } from '../std/result.ts';
import { assert, err, ok } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import type { VerifiedCheckpoint } from './checkpoint.ts';
import { isSize, parseSize } from './decimal.ts';
import { NOTE_BYTES_MAX, PROOF_EXTRA_BYTES_MAX, PROOF_HASHES_MAX } from './limits.ts';
import { checkInclusion, isHash } from './merkle.ts';
import { parseNote } from './note.ts';
import type { Policy, Quorum } from './policy.ts';
import { verifyByPolicy } from './policy.ts';

export interface LogProof {
	/** Not authenticated; absent when there is none. */
	readonly extra?: Uint8Array;
	readonly index: number;
	/** The leaf's sibling first. */
	readonly hashes: readonly Uint8Array[];
	/** The signed checkpoint, byte for byte. */
	readonly checkpoint: Uint8Array;
}

export interface VerifiedProof {
	readonly index: number;
	readonly checkpoint: VerifiedCheckpoint;
	readonly quorum: Quorum;
}

const HEADER = 'c2sp.org/tlog-proof@v1';
/** The longest head that the limits allow. */
const HEAD_BYTES_MAX = 256 + Math.ceil(PROOF_EXTRA_BYTES_MAX / 3) * 4 + PROOF_HASHES_MAX * 45;

/** L24: the inverse of `parseProof`. */
export function printProof(proof: LogProof): Uint8Array {
	assert(isSize(proof.index) && proof.hashes.every(isHash), 'a proof has an index and hashes of 32 bytes');
	const extra = proof.extra === undefined ? [] : [`extra ${base64Encode(proof.extra)}`];
	const lines = [HEADER, ...extra, `index ${proof.index}`, ...proof.hashes.map(base64Encode), '', ''];
	return concat(utf8Encode(lines.join('\n')), proof.checkpoint);
}

/** L24: strict about the head; the checkpoint must be a note and is otherwise left as it is. */
export function parseProof(bytes: Uint8Array): Result<LogProof> {
	if (bytes.length > HEAD_BYTES_MAX + NOTE_BYTES_MAX)
		return err(`L29: a proof file has at most ${HEAD_BYTES_MAX + NOTE_BYTES_MAX} bytes`);
	const end = firstEmptyLine(bytes);
	const head = end < 0 ? undefined : utf8Decode(bytes.subarray(0, end - 1));
	if (head === undefined) return err('L24: no empty line between proof and checkpoint');
	const lines = head.split('\n');
	if (lines.shift() !== HEADER) return err(`L24: the first line of a proof file is ${HEADER}`);
	const extra = parseExtra(lines);
	if (!extra.ok) return extra;
	const indexLine = lines.shift() ?? '';
	const index = indexLine.startsWith('index ') ? parseSize(indexLine.slice(6)) : undefined;
	if (index === undefined)
		return err(`L24: expected "index <number>", found ${JSON.stringify(indexLine.slice(0, 40))}`);
	if (lines.length > PROOF_HASHES_MAX) return err(`L29: more than ${PROOF_HASHES_MAX} hashes`);
	const hashes: Uint8Array[] = [];
	for (const line of lines) {
		const hash = base64Decode(line);
		if (hash === undefined || !isHash(hash)) return err('L24: a line of the proof is not the base64 of 32 bytes');
		hashes.push(hash);
	}
	const checkpoint = bytes.subarray(end + 1);
	const note = parseNote(checkpoint);
	if (!note.ok) return note;
	return ok(
		extra.value === undefined ? { index, hashes, checkpoint } : { extra: extra.value, index, hashes, checkpoint },
	);
}

/** L25: a log of the policy signed the checkpoint, the quorum saw it, and the entry with this leaf hash is in it. */
export function verifyProof(
	suite: Suite,
	proof: LogProof,
	policy: Policy,
	leafHash: Uint8Array,
): Result<VerifiedProof> {
	const verified = verifyByPolicy(suite, proof.checkpoint, policy);
	if (!verified.ok) return verified;
	const { checkpoint, quorum } = verified.value;
	if (!quorum.met)
		return err(`L25: the quorum is not met; of its witnesses these are missing: ${quorum.missing.join(', ')}`);
	const { size, root } = checkpoint.checkpoint;
	const claim = { index: proof.index, size, leafHash, root };
	if (!checkInclusion(suite, claim, proof.hashes)) {
		return err(`L25: the hashes do not lead from this entry at index ${proof.index} to the root of size ${size}`);
	}
	return ok({ index: proof.index, checkpoint, quorum });
}

function parseExtra(lines: string[]): Result<Uint8Array | undefined> {
	if (lines[0]?.startsWith('extra ') !== true) return ok(undefined);
	const extra = base64Decode(lines[0].slice(6));
	if (extra === undefined) return err('L24: the extra data is not base64');
	if (extra.length > PROOF_EXTRA_BYTES_MAX) return err(`L29: more than ${PROOF_EXTRA_BYTES_MAX} bytes of extra data`);
	lines.shift();
	return ok(extra);
}

/** The place of the second of the first two newlines in a row, −1 if there are none. */
function firstEmptyLine(bytes: Uint8Array): number {
	for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) if (bytes[at + 1] === 10) return at + 1;
	return -1;
}
