/**
 * The two files that carry cosignatures (`spec/storage.md`, D26): the latest checkpoint, to which they are added while it is the latest, and `witnessed`, the newest that the quorum has seen. A file only ever
 * gains signatures or gives way to a larger size.
 */
import type { CheckpointTrust } from '@matokeo/core/log/checkpoint.ts';
import { NOTE_SIGNATURES_MAX } from '@matokeo/core/log/limits.ts';
import { type NoteSignature, parseNote, printNote } from '@matokeo/core/log/note.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Disk } from '../ports/disk.ts';
import type { Store } from '../ports/store.ts';
import { Trouble } from '../ports/trouble.ts';
import type { Folder } from './folder.ts';
import { type Published, publishedReader } from './published.ts';

export interface WitnessedFile {
	readonly latest: () => Published | undefined;
	/** Puts a checkpoint that the quorum has seen in its place, unless a newer one is there; of the same one it keeps all signatures. */
	readonly put: (fresh: Published) => void;
}

export interface WitnessedFileParts {
	readonly suite: Suite;
	readonly folder: Folder;
	readonly disk: Disk;
	readonly store: Pick<Store, 'alone'>;
	readonly trust: CheckpointTrust;
}

export function witnessedFile({ suite, folder, disk, store, trust }: WitnessedFileParts): WitnessedFile {
	const read = readWitnessed(suite, folder, trust, disk.read);
	let latest = read();
	return {
		latest: () => latest,
		put: (fresh) => {
			latest = store.alone(() => {
				const there = read();
				if (there !== undefined && there.size > fresh.size) return there;
				const note = there?.size === fresh.size ? withSignatures(there.note, signaturesOf(fresh.note)) : fresh.note;
				if (there === undefined || !bytesEqual(there.note, note)) disk.replace({ path: folder.witnessed, bytes: note });
				return { ...fresh, note };
			});
		},
	};
}

/** The checkpoint in `witnessed`; what is no checkpoint of this log counts as absent, since the next quorum writes it anew. */
export function readWitnessed(
	suite: Suite,
	folder: Folder,
	trust: CheckpointTrust,
	read?: Disk['read'],
): () => Published | undefined {
	const reader = publishedReader(suite, { ...folder, checkpoint: folder.witnessed }, trust, read);
	return () => {
		try {
			return reader();
		} catch (error) {
			if (error instanceof Trouble) return undefined;
			throw error;
		}
	};
}

/** The same note with these signatures after its own, each key once. */
export function withSignatures(note: Uint8Array, more: readonly NoteSignature[]): Uint8Array {
	const parsed = parseNote(note);
	assert(parsed.ok, 'a published checkpoint is a note');
	const { text, signatures } = parsed.value;
	const fresh = more.filter((one) => !signatures.some(({ name, keyId }) => name === one.name && keyId === one.keyId));
	return fresh.length === 0 ? note : printNote(text, [...signatures, ...fresh].slice(0, NOTE_SIGNATURES_MAX));
}

function signaturesOf(note: Uint8Array): readonly NoteSignature[] {
	const parsed = parseNote(note);
	return parsed.ok ? parsed.value.signatures : [];
}
