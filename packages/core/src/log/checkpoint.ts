/**
 * Checkpoints (L15, L16, tlog-checkpoint): a note whose text is origin, size and root. With its log's signature it is the whole
 * election so far in three lines. It does not know whether two checkpoints are consistent: that takes a proof (L5).
 */
import { base64Decode, base64Encode } from '../std/bytes.ts';
import type { Result } from '../std/result.ts';
import { assert, err, ok } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import { parseCosignature } from './cosignature.ts';
import { isSize, parseSize } from './decimal.ts';
import type { VerifierKey } from './keys.ts';
import { isHash } from './merkle.ts';
import type { NoteSigner, SignedNote, VerifiedSignature } from './note.ts';
import { parseNote, signNote, verifyNote } from './note.ts';

export interface Checkpoint {
	readonly origin: string;
	readonly size: number;
	/** 32 bytes. */
	readonly root: Uint8Array;
	/** Lines after the third, without newlines. Ours have none; those of others are kept, since they are signed. */
	readonly extensions: readonly string[];
}

/** A cosignature that verified. */
export interface WitnessSeen {
	readonly witness: VerifierKey;
	readonly seconds: number;
}

export interface VerifiedCheckpoint {
	readonly checkpoint: Checkpoint;
	readonly note: SignedNote;
	/** The log's keys that signed, at least one. */
	readonly logKeys: readonly VerifierKey[];
	readonly witnesses: readonly WitnessSeen[];
}

/** Whose word counts: the log's origin and keys, and the witnesses that are known. */
export interface CheckpointTrust {
	readonly origin: string;
	readonly logKeys: readonly VerifierKey[];
	readonly witnessKeys: readonly VerifierKey[];
}

/** L15. */
export function parseCheckpoint(text: string): Result<Checkpoint> {
	const lines = text.split('\n');
	if (lines.pop() !== '') return err('L15: the last line of a checkpoint ends in a newline');
	const [origin = '', sizeText = '', rootText = '', ...extensions] = lines;
	if (lines.length < 3 || origin === '') return err('L15: a checkpoint has at least three lines: origin, size, root');
	const size = parseSize(sizeText);
	if (size === undefined) return err(`L15: not a tree size: ${JSON.stringify(sizeText.slice(0, 40))}`);
	const root = base64Decode(rootText);
	if (root === undefined || !isHash(root)) return err('L15: the root is not the base64 of 32 bytes');
	if (extensions.includes('')) return err('L15: an extension line is empty');
	return ok({ origin, size, root, extensions });
}

/** L15: the inverse of `parseCheckpoint`. */
export function printCheckpoint(checkpoint: Checkpoint): string {
	const { origin, size, root, extensions } = checkpoint;
	assert(isSize(size) && isHash(root), 'a checkpoint has a size and a root of 32 bytes');
	const free = [origin, ...extensions];
	assert(
		free.every((line) => line !== '' && !line.includes('\n')),
		'the lines of a checkpoint are not empty',
	);
	return [origin, String(size), base64Encode(root), ...extensions, ''].join('\n');
}

export function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): Uint8Array {
	return signNote(printCheckpoint(checkpoint), signers);
}

/** L16: signed by a key of this log, for this origin; every known witness on it verified. */
export function verifyCheckpoint(suite: Suite, bytes: Uint8Array, trust: CheckpointTrust): Result<VerifiedCheckpoint> {
	const note = parseNote(bytes);
	if (!note.ok) return note;
	const checkpoint = parseCheckpoint(note.value.text);
	if (!checkpoint.ok) return checkpoint;
	const { origin } = checkpoint.value;
	if (origin !== trust.origin) {
		return err(`L16: expected origin ${JSON.stringify(trust.origin)}, found ${JSON.stringify(origin.slice(0, 200))}`);
	}
	const signatures = verifyNote(suite, note.value, [...trust.logKeys, ...trust.witnessKeys]);
	if (!signatures.ok) return signatures;
	const logKeys = signatures.value.map(({ key }) => key).filter((key) => trust.logKeys.includes(key));
	if (logKeys.length === 0) return err(`L16: no key of the log ${JSON.stringify(origin)} signed this checkpoint`);
	const witnesses = signatures.value.flatMap((one) => (trust.logKeys.includes(one.key) ? [] : witnessSeen(one)));
	return ok({ checkpoint: checkpoint.value, note: note.value, logKeys, witnesses });
}

function witnessSeen({ key, signature }: VerifiedSignature): readonly WitnessSeen[] {
	const cosignature = key.algorithm === 4 ? parseCosignature(signature) : undefined;
	return cosignature === undefined ? [] : [{ witness: key, seconds: cosignature.seconds }];
}
