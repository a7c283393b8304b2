/**
 * Receipts out of published tiles (D10): the proof that an entry is under the published checkpoint, as a C2SP proof file, made when somebody asks. Tiles are believed only
 * as far as they lead to the checkpoint's root, so that a damaged disk cannot make a receipt that nobody can verify.
 */
import { type HashReader, proveConsistency, proveInclusion, rangeHash } from '@matokeo/core/log/merkle.ts';
import { printProof } from '@matokeo/core/log/proof.ts';
import { tileHashReader } from '@matokeo/core/log/tileReader.ts';
import { bytesEqual, utf8Decode } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { ReadFile } from '../ports/disk.ts';
import { Trouble } from '../ports/trouble.ts';
import { type Folder, publishedTiles } from './folder.ts';
import type { Published } from './published.ts';
import type { Publisher } from './publisher.ts';

export interface Proofs {
	/** The proof file of the entry under the checkpoint that is published now, or under an earlier one that covers it. */
	readonly prove: (index: number, under?: Published) => string;
	/** Consistency proof from one published size to another. */
	readonly consistency: (from: number, to: number) => readonly Uint8Array[];
	/** What the published tree is made of. */
	readonly hashes: () => HashReader | undefined;
	/** Root of the log at an earlier, published size (for `log/witnessed`). */
	readonly rootAt: (size: number) => Uint8Array | undefined;
}

export function proofs(suite: Suite, folder: Folder, publishing: Pick<Publisher, 'latest'>, read?: ReadFile): Proofs {
	let readerOf: Published | undefined;
	let reader: HashReader | undefined;

	const hashes = (published: Published): HashReader => {
		if (reader !== undefined && readerOf !== undefined && isSame(readerOf, published)) return reader;
		const made = tileHashReader(suite, publishedTiles(folder, read), published.size, published.root);
		if (!made.ok)
			throw new Trouble(`the published tiles are damaged (${made.error}); start again, and they are written anew`);
		reader = made.value;
		readerOf = published;
		return reader;
	};

	return {
		prove: (index, earlier) => {
			const published = publishing.latest();
			const under = earlier ?? published;
			assert(published !== undefined && under !== undefined, 'a receipt is asked for what is published');
			assert(index < under.size && under.size <= published.size, 'a receipt is asked for what the checkpoint covers');
			// Every perfect subtree of the smaller tree is one of the larger.
			const proof = proveInclusion(suite, hashes(published), index, under.size);
			if (!proof.ok) throw new Trouble(`the published tiles are damaged (${proof.error}); start again`);
			const text = utf8Decode(printProof({ index, hashes: proof.value, checkpoint: under.note }));
			assert(text !== undefined, 'a proof file is text');
			return text;
		},
		consistency: (from, to) => {
			const published = publishing.latest();
			assert(published !== undefined && to <= published.size, 'a proof is asked for what is published');
			const proof = proveConsistency(suite, hashes(published), from, to);
			if (!proof.ok) throw new Trouble(`the published tiles are damaged (${proof.error}); start again`);
			return proof.value;
		},
		hashes: () => {
			const published = publishing.latest();
			return published === undefined ? undefined : hashes(published);
		},
		rootAt: (size) => {
			const published = publishing.latest();
			if (published === undefined || size > published.size) return undefined;
			const root = rangeHash(suite, hashes(published), { start: 0, end: size });
			if (!root.ok) throw new Trouble(`the published tiles are damaged (${root.error}); start again`);
			return root.value;
		},
	};
}

/** With more cosignatures it is the same tree. */
function isSame(one: Published, other: Published): boolean {
	return one.size === other.size && bytesEqual(one.root, other.root);
}
