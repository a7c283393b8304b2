/**
 * What a checkpoint that does not fit proves (`spec/witness.md`, N7, N8). A log that signed two trees is proven to have, by an evidence file that stands without this witness; anything less is kept as
 * unexplained and called so, since anybody can send a wrong proof for a checkpoint that is in order. It neither keeps nor tells.
 */
import type { VerifiedCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import type { NoteSignature } from '@matokeo/core/log/note.ts';
import { printNote } from '@matokeo/core/log/note.ts';
import type { WitnessVerdict } from '@matokeo/core/log/witness.ts';
import { printAddCheckpoint } from '@matokeo/core/log/witness.ts';
import { grouped } from '@matokeo/core/result/describe.ts';
import { concat, utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type Misbehaviour, printEvidence } from '@matokeo/verifier/evidence/file.ts';
import { compareCheckpoints, prefixOfProof } from '@matokeo/verifier/evidence/pair.ts';
import type { DeskParts } from './desk.ts';
import type { Cosigned, Incident } from './state.ts';

/** A judgement on a checkpoint that the log has signed and that is not cosigned. */
type NotCosigned = Extract<WitnessVerdict, { readonly kind: 'conflict' | 'inconsistent' }>;

const ID_DIGITS = 32;

/** `undefined` where nothing speaks against the log: most often it only believed another size. */
export function incidentOf(
	parts: Pick<DeskParts, 'suite' | 'logs' | 'excerpts' | 'signer' | 'clock'>,
	verdict: NotCosigned,
	last: Cosigned | undefined,
): Incident | undefined {
	const { suite, logs, excerpts, signer, clock } = parts;
	const { verified, request } = verdict;
	const { origin, size, root } = verified.checkpoint;
	const signed = printNote(verified.note.text, signaturesOfLog(verified));
	const seconds = clock();
	const about = { origin, size, root, seconds };
	const excerpt = excerpts?.get(origin);
	const keys = logs.get(origin) ?? [];
	const accused = { origin, keys, ...(excerpt === undefined ? {} : { package: excerpt }) };
	const compared =
		last === undefined
			? undefined
			: compareCheckpoints(suite, accused, last.note, signed, (_, oldSize) =>
					prefixOfProof(suite, { size, root }, oldSize, request.proof),
				);
	if (compared?.ok === true && compared.value.kind === 'evidence') {
		const { misbehaviour } = compared.value;
		const file = printEvidence({ ...accused, reporter: signer.key.name, time: seconds, ...misbehaviour });
		return {
			...about,
			id: idOf(suite, 'proven', verified),
			kind: 'proven',
			what: provenIn(misbehaviour, size, last),
			file,
		};
	}
	// The tree that was cosigned, with hashes that prove nothing: anybody can send that, and nothing is left to explain.
	if (compared?.ok === true && compared.value.kind === 'consistent') return undefined;
	const what = verdict.kind === 'inconsistent' ? unexplained(size, last) : undefined;
	if (what === undefined) return undefined;
	const file = printAddCheckpoint({ ...request, checkpoint: signed });
	return { ...about, id: idOf(suite, 'unexplained', verified), kind: 'unexplained', what, file };
}

/** What strangers' lines say is not kept: nobody has verified them, and they could fill the disk. */
export function signaturesOfLog({ note, logKeys }: VerifiedCheckpoint): readonly NoteSignature[] {
	return logKeys.flatMap(
		(key) => note.signatures.find(({ name, keyId }) => name === key.name && keyId === key.keyId) ?? [],
	);
}

/** One id for one text, whoever sends it and with whatever proof. */
function idOf(suite: Suite, kind: Incident['kind'], { note }: VerifiedCheckpoint): string {
	return suite.sha256Hex(concat(utf8Encode(`${kind}\n`), note.textBytes)).slice(0, ID_DIGITS);
}

function provenIn({ kind }: Misbehaviour, size: number, last: Cosigned | undefined): string {
	return kind === 'fork'
		? `The log signed two different trees of size ${grouped(size)}: the one that this witness cosigned, and this one.`
		: `The log signed a tree of size ${grouped(size)} that does not contain the tree of size ${grouped(last?.size ?? 0)} which this witness cosigned: what was in the log before has been changed.`;
}

/** A sentence, where the checkpoint itself does not fit; hashes from size 0 say nothing about the log. */
function unexplained(size: number, last: Cosigned | undefined): string | undefined {
	if (size === 0) return 'The log signed a tree of size 0 with a root that no empty tree has.';
	if (last === undefined || last.size === 0) return undefined;
	return `A checkpoint of size ${grouped(size)} that the log signed came without a valid proof that it continues size ${grouped(last.size)}. Whoever sent it may have sent a wrong proof, so this alone shows nothing against the log.`;
}
