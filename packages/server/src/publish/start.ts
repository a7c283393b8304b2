/**
 * Where publishing begins after a start (`spec/storage.md`, D14): at what lies in the folder if it fits the database, else at nothing, so that all of it is written again. A folder
 * that is ahead of the database, or another log's, stops the start: a rollback is never repaired by signing.
 */
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { leafHash } from '@matokeo/core/log/merkle.ts';
import { readEdge } from '@matokeo/core/log/tiles.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { ReadFile } from '../ports/disk.ts';
import type { Store } from '../ports/store.ts';
import { Trouble } from '../ports/trouble.ts';
import { type Edge, edgeFromStore, grow, hasRoot, NO_EDGE, partialNotes, STATEMENTS_PER_CHUNK_MAX } from './edge.ts';
import { type Folder, publishedTiles } from './folder.ts';
import type { Published } from './published.ts';
import { aheadOf, forked } from './publisher.ts';

export function startingEdge(
	suite: Suite,
	folder: Folder,
	store: Store,
	found: Published | undefined,
	read?: ReadFile,
): Edge {
	const head = store.head();
	if (found === undefined) {
		checkNotes(suite, store, 0, head.size);
		return NO_EDGE;
	}
	if (found.size > head.size) throw new Trouble(aheadOf(found.size, head.size));
	if (found.size === head.size && !bytesEqual(found.root, head.root))
		throw new Trouble(forked(head.size, found.root, head.root));
	const tiles = readEdge(suite, publishedTiles(folder, read), found.size, found.root);
	if (!tiles.ok) {
		// The folder lost tiles. They are made again from the database, if that is the same log.
		checkNotes(suite, store, 0, head.size);
		const made = edgeFromStore(suite, folder, store, found.size);
		if (!hasRoot(suite, made, found.root)) throw new Trouble(notTheSame(found.size));
		return NO_EDGE;
	}
	checkNotes(suite, store, found.size - (found.size % TILE_WIDTH), head.size);
	const edge = { tiles: tiles.value, notes: partialNotes(store, found.size) };
	if (!leadsTo(suite, folder, store, edge)) throw new Trouble(notTheSame(found.size));
	return edge;
}

/** Whether what was committed after the checkpoint leads from its tree to the head's: then the two are one log. */
function leadsTo(suite: Suite, folder: Folder, store: Store, start: Edge): boolean {
	const head = store.head();
	let edge = start;
	while (edge.tiles.size < head.size) {
		const from = edge.tiles.size;
		const statements = store.statements(from, Math.min(head.size, from + STATEMENTS_PER_CHUNK_MAX));
		if (statements.length === 0) return false;
		edge = grow(suite, folder, edge, statements).edge;
	}
	return hasRoot(suite, edge, head.root);
}

/** What will be published again is what was hashed: a bundle with a note changed in the database would contradict its own tile. */
function checkNotes(suite: Suite, store: Store, from: number, to: number): void {
	for (let at = from; at < to; at += STATEMENTS_PER_CHUNK_MAX) {
		const until = Math.min(to, at + STATEMENTS_PER_CHUNK_MAX);
		const statements = store.statements(at, until);
		const unlike = statements.findIndex(
			(one, i) => one.index !== at + i || !bytesEqual(leafHash(suite, one.note), one.leafHash),
		);
		const wrong = at + (unlike < 0 ? statements.length : unlike);
		if (wrong < until)
			throw new Trouble(
				`statement ${wrong} in the database is not the one that was logged there: it was changed or taken away behind the server's back. ` +
					'Nothing was signed. `matokeo fsck DIR` says what differs, `matokeo rebuild DIR` makes the database again',
			);
	}
}

function notTheSame(size: number): string {
	return (
		`the database does not continue what public/checkpoint says at size ${size}: the two are different logs, or the database was changed. ` +
		'Nothing was signed. `matokeo fsck DIR` says where they differ'
	);
}
