/**
 * Receipts out of published tiles (D10): the proof that an entry is under the published checkpoint, as a C2SP proof file, made when somebody asks. Tiles are believed only
 * as far as they lead to the checkpoint's root, so that a damaged disk cannot make a receipt that nobody can verify.
 */
import { type HashReader, proveInclusion, rangeHash } from '@matokeo/core/log/merkle.ts';
import { printProof } from '@matokeo/core/log/proof.ts';
import { tileHashReader } from '@matokeo/core/log/tileReader.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { ReadFile } from '../ports/disk.ts';
import { Trouble } from '../ports/trouble.ts';
import { type Folder, publishedTiles } from './folder.ts';
import type { Published } from './published.ts';
import type { Publisher } from './publisher.ts';

export interface Proofs {
	/** The proof file of the entry under the checkpoint that is published now. */
	readonly prove: (index: number) => string;
	/** Root of the log at an earlier, published size (for `log/witnessed`). */
	readonly rootAt: (size: number) => Uint8Array | undefined;
}

export function proofs(suite: Suite, folder: Folder, publishing: Publisher, read?: ReadFile): Proofs {
	let readerOf: Published | undefined;
	let reader: HashReader | undefined;

	const hashes = (published: Published): HashReader => {
		if (reader !== undefined && readerOf === published) return reader;
		const made = tileHashReader(suite, publishedTiles(folder, read), published.size, published.root);
		if (!made.ok)
			throw new Trouble(`the published tiles are damaged (${made.error}); start again, and they are written anew`);
		reader = made.value;
		readerOf = published;
		return reader;
	};

	return {
		prove: (index) => {
			const published = publishing.latest();
			assert(published !== undefined && index < published.size, 'a receipt is asked for what is published');
			const proof = proveInclusion(suite, hashes(published), index, published.size);
			if (!proof.ok) throw new Trouble(`the published tiles are damaged (${proof.error}); start again`);
			const text = utf8Decode(printProof({ index, hashes: proof.value, checkpoint: published.note }));
			assert(text !== undefined, 'a proof file is text');
			return text;
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
