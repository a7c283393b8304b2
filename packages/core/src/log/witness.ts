/**
 * What a log asks of a witness and what the witness must make of it (L31–L37, C2SP tlog-witness): the request as an inverse pair, and the judgement as one function of the request, the
 * logs that are known and what was cosigned last. It does not sign, keep or answer anything: whoever calls it persists before answering, and one request of an
 * origin at a time.
 */
import { base64Decode, base64Encode, bytesEqual, concat, utf8Decode, utf8Encode } from '../std/bytes.ts';
import type { Result } from '../std/result.ts';
import { assert, err, ok } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import type { VerifiedCheckpoint } from './checkpoint.ts';
import { parseCheckpoint, verifyCheckpoint } from './checkpoint.ts';
import { isSize, parseSize } from './decimal.ts';
import type { VerifierKey } from './keys.ts';
import { ADD_CHECKPOINT_BYTES_MAX, WITNESS_PROOF_HASHES_MAX } from './limits.ts';
import { checkConsistency, emptyRoot, isHash } from './merkle.ts';
import { parseNote } from './note.ts';

export interface AddCheckpoint {
	/** The size that this witness cosigned last, as the client believes; 0 if none. */
	readonly oldSize: number;
	/** Consistency proof from the old size to the checkpoint's. */
	readonly proof: readonly Uint8Array[];
	/** The signed checkpoint, byte for byte. */
	readonly checkpoint: Uint8Array;
}

/** What a witness has cosigned last of an origin. */
export interface Seen {
	readonly size: number;
	/** 32 bytes. */
	readonly root: Uint8Array;
	/** The whole signed checkpoint: without it nobody else could be shown what was seen. */
	readonly note: Uint8Array;
}

export type WitnessVerdict =
	/** Consistent with what was seen: persist, then answer with the cosignature. */
	| { readonly kind: 'cosign'; readonly verified: VerifiedCheckpoint; readonly request: AddCheckpoint }
	| { readonly kind: 'malformed' | 'unknown-log' | 'unsigned'; readonly why: string }
	/** The client believes another size: this is what was cosigned last. */
	| {
			readonly kind: 'conflict';
			readonly size: number;
			readonly verified: VerifiedCheckpoint;
			readonly request: AddCheckpoint;
	  }
	/** Signed by the log and not shown to continue what was seen: not cosigned, and kept, since it may be evidence. */
	| {
			readonly kind: 'inconsistent';
			readonly why: string;
			readonly verified: VerifiedCheckpoint;
			readonly request: AddCheckpoint;
	  };

/** Content type of the answer 409, whose body is the size and a newline. */
export const SIZE_TYPE = 'text/x.tlog.size';

const CODES = {
	cosign: 200,
	malformed: 400,
	unsigned: 403,
	'unknown-log': 404,
	conflict: 409,
	inconsistent: 422,
} as const;

const NEWLINE = 10;

/** L31. */
export function printAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): Uint8Array {
	assert(isSize(oldSize) && proof.every(isHash), 'a request has an old size and hashes of 32 bytes');
	assert(proof.length <= WITNESS_PROOF_HASHES_MAX, 'a consistency proof has at most 63 hashes');
	return concat(utf8Encode([`old ${oldSize}`, ...proof.map(base64Encode), '', ''].join('\n')), checkpoint);
}

/** L31: strict about the lines; the checkpoint is taken as it is and looked at by `judgeCheckpoint`. */
export function parseAddCheckpoint(bytes: Uint8Array): Result<AddCheckpoint> {
	if (bytes.length > ADD_CHECKPOINT_BYTES_MAX)
		return err(`L37: a request has at most ${ADD_CHECKPOINT_BYTES_MAX} bytes, this has ${bytes.length}`);
	const end = firstEmptyLine(bytes);
	const head = end < 0 ? undefined : utf8Decode(bytes.subarray(0, end));
	if (head === undefined) return err('L31: expected "old <size>", hashes, an empty line and a checkpoint');
	const [first = '', ...lines] = head.split('\n');
	const oldSize = first.startsWith('old ') ? parseSize(first.slice(4)) : undefined;
	if (oldSize === undefined) return err(`L31: expected "old <size>", found ${JSON.stringify(first.slice(0, 40))}`);
	if (lines.length > WITNESS_PROOF_HASHES_MAX) return err(`L37: more than ${WITNESS_PROOF_HASHES_MAX} hashes`);
	const proof: Uint8Array[] = [];
	for (const line of lines) {
		const hash = base64Decode(line);
		if (hash === undefined || !isHash(hash)) return err('L31: a line of the proof is not the base64 of 32 bytes');
		proof.push(hash);
	}
	return ok({ oldSize, proof, checkpoint: bytes.subarray(end + 2) });
}

/** L33–L36, in the order that the specification recommends. `logs`: the keys of an origin; `seen`: what was cosigned last of it. */
export function judgeCheckpoint(
	suite: Suite,
	body: Uint8Array,
	logs: (origin: string) => readonly VerifierKey[] | undefined,
	seen: (origin: string) => Seen | undefined,
): WitnessVerdict {
	const parsed = parseAddCheckpoint(body);
	if (!parsed.ok) return { kind: 'malformed', why: parsed.error };
	const request = parsed.value;
	const note = parseNote(request.checkpoint);
	if (!note.ok) return { kind: 'malformed', why: note.error };
	const said = parseCheckpoint(note.value.text);
	if (!said.ok) return { kind: 'malformed', why: said.error };
	const { origin, size } = said.value;
	if (request.oldSize > size)
		return { kind: 'malformed', why: `L33: the old size ${request.oldSize} is above the size ${size}` };
	const logKeys = logs(origin);
	if (logKeys === undefined || logKeys.length === 0)
		return { kind: 'unknown-log', why: `L34: this witness knows no log ${JSON.stringify(origin.slice(0, 200))}` };
	const verified = verifyCheckpoint(suite, request.checkpoint, { origin, logKeys, witnessKeys: [] });
	if (!verified.ok) return { kind: 'unsigned', why: verified.error };
	const last = seen(origin);
	if (request.oldSize !== (last?.size ?? 0))
		return { kind: 'conflict', size: last?.size ?? 0, verified: verified.value, request };
	const why = inconsistency(suite, request, verified.value, last);
	return why === undefined
		? { kind: 'cosign', verified: verified.value, request }
		: { kind: 'inconsistent', why, verified: verified.value, request };
}

/** The HTTP status that answers it. */
export function codeOf({ kind }: WitnessVerdict): (typeof CODES)[keyof typeof CODES] {
	return CODES[kind];
}

/** L32: the size that a witness answers 409 with; `undefined` for anything else. */
export function parseSizeAnswer(body: Uint8Array): number | undefined {
	const text = body.length > 17 ? undefined : utf8Decode(body);
	return text?.endsWith('\n') === true ? parseSize(text.slice(0, -1)) : undefined;
}

/** L32: where a witness shows the checkpoint of an origin: 64 hex digits, the name of a folder under its monitoring address. */
export function originHash(suite: Suite, origin: string): string {
	return suite.sha256Hex(utf8Encode(origin));
}

/** L36. */
function inconsistency(
	suite: Suite,
	{ oldSize, proof }: AddCheckpoint,
	{ checkpoint: { size, root } }: VerifiedCheckpoint,
	last: Seen | undefined,
): string | undefined {
	if (size === 0 && !bytesEqual(root, emptyRoot(suite))) return 'L36: a log without entries has the root of nothing';
	if (oldSize === 0) {
		if (proof.length > 0) return 'L36: from size 0 there is nothing to prove; expected no hashes';
		return undefined;
	}
	assert(last?.size === oldSize, 'the old size was compared before');
	if (oldSize === size && !bytesEqual(root, last.root))
		return `L36: at size ${size} this witness has cosigned another root`;
	const claim = { oldSize, oldRoot: last.root, newSize: size, newRoot: root };
	return checkConsistency(suite, claim, proof)
		? undefined
		: `L36: the hashes do not lead from the size ${oldSize} that was cosigned to size ${size}`;
}

/** The place of the newline before the first empty line, −1 if there is none. */
function firstEmptyLine(bytes: Uint8Array): number {
	for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1))
		if (bytes[at + 1] === NEWLINE) return at;
	return -1;
}
