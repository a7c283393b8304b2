/**
 * The log's side of being witnessed (`spec/storage.md`, D24–D29): what it gives witnesses to look at, where their cosignatures go, what the log then says of it in the log, and that it stops when it is shown
 * something that its key has signed and its database does not continue. Who is asked, and when, is not decided here.
 */

import { type NoteSignature, parseNote, printNote } from '@matokeo/core/log/note.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Store } from '../ports/store.ts';
import type { WitnessedFile } from '../publish/cosigned.ts';
import { STATEMENTS_PER_CHUNK_MAX } from '../publish/edge.ts';
import type { Proofs } from '../publish/proofs.ts';
import type { Published } from '../publish/published.ts';
import type { Publisher } from '../publish/publisher.ts';
import { prefixIn, type SeenElsewhereParts, storeEvidence } from '../publish/seenElsewhere.ts';
import { evidenceOf } from '../witnesses/evidence.ts';
import type { Appender } from './append.ts';
import type { LogVoice } from './logVoice.ts';

export interface Cosigning {
	/** The published checkpoint with the cosignatures that it has. */
	readonly latest: () => Published | undefined;
	/** The newest published checkpoint that the quorum has seen. */
	readonly witnessed: () => Published | undefined;
	/** Entries that are committed: what is beyond them this log has not. */
	readonly committed: () => number;
	/** Consistency proof between two sizes up to the published one; none from 0. Throws `Trouble`. */
	readonly prove: (from: number, to: number) => readonly Uint8Array[];
	/** A proof file under the checkpoint in `witnessed`; `undefined` for an entry that it does not cover. Throws `Trouble`. */
	readonly proveWitnessed: (index: number) => string | undefined;
	/** Adds cosignatures to the latest checkpoint if it is of this size; the caller has verified them. Throws `Trouble`. */
	readonly cosign: (size: number, cosignatures: readonly NoteSignature[]) => void;
	/** Publishes a checkpoint that the quorum has seen. Throws `Trouble`. */
	readonly publishWitnessed: (seen: Published) => void;
	/** Whether anything but ticks and such sayings lies below what the quorum has seen and above what the log has said to be so. */
	readonly hasToSay: () => boolean;
	/** The log's own statement of what the quorum has seen; to be appended like any other. */
	readonly saying: () => Uint8Array;
	/** A checkpoint signed by this log that `by` has shown: 'continued' by the database, or else nothing is signed from now on and this is why. */
	readonly shown: (seen: Published, by: string) => Shown;
	/** Why nothing is signed any more; `undefined` while all is well. */
	readonly halted: () => string | undefined;
}

export type Shown = { readonly kind: 'continued' } | { readonly kind: 'contradicted'; readonly why: string };

/** Why nothing is signed any more, once that is so; asked before each append. */
export interface Halt {
	why: string | undefined;
}

export interface CosigningParts {
	readonly context: Context;
	readonly store: Store;
	readonly voice: LogVoice;
	readonly log: Appender;
	readonly publishing: Publisher;
	readonly proving: Proofs;
	readonly witnessed: WitnessedFile;
	readonly halt: Halt;
	/** For evidence, at the time of the clock. */
	readonly seenParts: (found: Published) => SeenElsewhereParts;
}

/** Cosignatures that go into one `log/witnessed`: with names of 64 characters they are half of what a body may have (S25). */
const COSIGNATURES_SAID_MAX = 40;

export function cosigningOf(parts: CosigningParts): Cosigning {
	const { store, voice, publishing, proving, witnessed, halt } = parts;
	const hasToSay = newsBelow(parts);

	return {
		latest: publishing.latest,
		witnessed: witnessed.latest,
		committed: () => store.head().size,
		prove: (from, to) => (from === 0 || from === to ? [] : proving.consistency(from, to)),
		proveWitnessed: (index) => {
			const under = witnessed.latest();
			const size = publishing.latest()?.size ?? 0;
			return under !== undefined && index < under.size && under.size <= size ? proving.prove(index, under) : undefined;
		},
		cosign: publishing.cosign,
		publishWitnessed: witnessed.put,
		hasToSay: () => halt.why === undefined && hasToSay(),
		saying: () => {
			const seen = witnessed.latest();
			assert(seen !== undefined && halt.why === undefined, 'the log says what the quorum has seen');
			const checkpoint = new TextDecoder().decode(withFewer(seen.note));
			return voice.say({ type: 'log/witnessed', checkpoint });
		},
		shown: ({ size, root, note }, by) => {
			const own = publishing.latest();
			const head = store.head();
			const ours = size <= (own?.size ?? 0) ? proving.rootAt(size) : size === head.size ? head.root : undefined;
			if (ours !== undefined && bytesEqual(ours, root)) return { kind: 'continued' };
			// Between what is published and what is committed nothing can be told; the next look can.
			if (ours === undefined && size <= head.size) return { kind: 'continued' };
			const what =
				size > head.size
					? `the witness "${by}" has a checkpoint of size ${size}, signed by this log's key; the database holds ${head.size}: it was put back to an earlier day`
					: `the witness "${by}" has a checkpoint of size ${size}, signed by this log's key, with another root than the database: there are two histories`;
			const kept = own === undefined ? '' : keptEvidence(parts, own, note);
			halt.why ??= `${what}. Nothing is signed any more${kept}; see "a witness contradicts the log" in docs/runbook.md`;
			return { kind: 'contradicted', why: halt.why };
		},
		halted: () => halt.why,
	};
}

/** Whether something other than the log's own ticks and such sayings lies between what was said to be witnessed and what is. */
function newsBelow({ context: { suite }, store, log, witnessed }: CosigningParts): () => boolean {
	/** Below this there is nothing new since the size that was said. */
	let looked = 0;
	return () => {
		const size = witnessed.latest()?.size ?? 0;
		const said = logRow(log.rows()).witnessed;
		if (size <= said) return false;
		for (let at = Math.max(said, looked); at < size; at += STATEMENTS_PER_CHUNK_MAX) {
			const notes = store.statements(at, Math.min(size, at + STATEMENTS_PER_CHUNK_MAX));
			const fresh = notes.find(({ note }) => {
				const leaf = parseLeaf(suite, note);
				return !leaf.ok || !OWN.has(leaf.value.statement.type);
			});
			if (fresh !== undefined) return true;
		}
		looked = size;
		return false;
	};
}

const OWN: ReadonlySet<string> = new Set(['clock/tick', 'log/witnessed']);

function withFewer(note: Uint8Array): Uint8Array {
	const parsed = parseNote(note);
	assert(parsed.ok, 'a published checkpoint is a note');
	const { text, signatures } = parsed.value;
	return printNote(text, signatures.slice(0, COSIGNATURES_SAID_MAX));
}

/** Where the evidence lies, for a person. Whatever goes wrong with keeping it is no reason to go on signing. */
function keptEvidence(parts: CosigningParts, own: Published, shown: Uint8Array): string {
	try {
		const path = keepEvidence(parts, own, shown);
		return path === undefined ? '' : `. Evidence: ${path}`;
	} catch (error) {
		return `; the evidence could not be kept (${error instanceof Error ? error.message : String(error)})`;
	}
}

function keepEvidence(
	{ context: { suite }, proving, seenParts }: CosigningParts,
	own: Published,
	shown: Uint8Array,
): string | undefined {
	const read = proving.hashes();
	const parts = seenParts(own);
	const bytes = evidenceOf(parts, shown, own.note, (size) =>
		read === undefined ? undefined : prefixIn(suite, read, size, own.size),
	);
	return bytes === undefined ? undefined : storeEvidence(parts, bytes);
}
