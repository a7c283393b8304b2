/** What a checkpoint and the tiles beside it say, for whoever fetched both: roots at earlier sizes and the proofs that lead from there. */
import { type HashReader, proveConsistency, rangeHash } from '@matokeo/core/log/merkle.ts';
import { tileHashReader } from '@matokeo/core/log/tileReader.ts';
import type { ReadFile } from '@matokeo/server/ports/disk.ts';
import { folderOf, publishedTiles } from '@matokeo/server/publish/folder.ts';
import type { Prefix } from '@matokeo/verifier/evidence/pair.ts';
import { suite } from './cast.ts';
import { DIR } from './machine.ts';

export const folder = folderOf(DIR);

export interface TreeHead {
	readonly size: number;
	readonly root: Uint8Array;
}

/** `undefined` when the tiles do not give the root. */
export function treeIn(read: ReadFile, { size, root }: TreeHead): HashReader | undefined {
	const reader = tileHashReader(suite, publishedTiles(folder, read), size, root);
	return reader.ok ? reader.value : undefined;
}

export function prefixIn(read: ReadFile, head: TreeHead, oldSize: number): Prefix | undefined {
	const tree = treeIn(read, head);
	if (tree === undefined || oldSize < 1 || oldSize > head.size) return undefined;
	const root = rangeHash(suite, tree, { start: 0, end: oldSize });
	const proof = proveConsistency(suite, tree, oldSize, head.size);
	return root.ok && proof.ok ? { root: root.value, proof: proof.value } : undefined;
}
