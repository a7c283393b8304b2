/**
 * Publishing (`spec/storage.md`, D6, D14–D16): what the database has committed becomes files that anyone can fetch, tiles and bundles first, then images, the checkpoint
 * last. The files are functions of the committed log, so that whoever publishes, and however often, writes the same bytes; a start after a crash is nothing but
 * publishing again. The checkpoint never goes back, and nothing is signed that the database does not hold.
 */
import type { Election } from '@matokeo/core/election/types.ts';
import { signCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import type { NoteSignature, NoteSigner } from '@matokeo/core/log/note.ts';
import type { Said } from '@matokeo/core/rules/context.ts';
import { base64Encode, bytesEqual } from '@matokeo/core/std/bytes.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Faults } from '../app/crashPoint.ts';
import type { Disk } from '../ports/disk.ts';
import type { LoggedStatement, Store } from '../ports/store.ts';
import { Trouble } from '../ports/trouble.ts';
import { withSignatures } from './cosigned.ts';
import { type Edge, grow, hasRoot, partials, replacedPartials, STATEMENTS_PER_CHUNK_MAX } from './edge.ts';
import type { Folder } from './folder.ts';
import type { Published } from './published.ts';

export interface PublisherParts {
	readonly suite: Suite;
	readonly election: Election;
	readonly folder: Folder;
	readonly disk: Disk;
	readonly store: Store;
	readonly signer: NoteSigner;
	readonly faults: Faults;
	/** Reads and checks the checkpoint that lies in the folder. */
	readonly readPublished: () => Published | undefined;
	/** Links public images and removes withheld ones, as these statements say. */
	readonly publishBlobs: (piece: Piece) => void;
}

/** Statements in order and, where this process has just decided them, what they say. */
export interface Piece {
	readonly statements: readonly LoggedStatement[];
	readonly said?: readonly Said[];
}

export interface Publisher {
	/** Publishes everything that is committed; `fresh` saves reading again what this process has just written. */
	readonly publish: (fresh: Piece) => Published;
	/** Adds cosignatures to the checkpoint in the folder, if it is still the one of this size. */
	readonly cosign: (size: number, cosignatures: readonly NoteSignature[]) => void;
	/** The checkpoint that this process published or found last. */
	readonly latest: () => Published | undefined;
}

export function publisher(parts: PublisherParts, start: Edge, found: Published | undefined): Publisher {
	const { store, folder, disk, faults } = parts;
	let edge = start;
	let latest = found;

	const publishTo = (size: number, root: Uint8Array, fresh: Piece): void => {
		const before = edge.tiles.size;
		let grown = edge;
		let between = false;
		for (const piece of missing(store, before, size, fresh)) {
			const { edge: next, full } = grow(parts.suite, folder, grown, piece.statements);
			if (between && full.length > 0) faults('between-tiles');
			disk.write(full, () => faults('between-tiles'));
			between ||= full.length > 0;
			grown = next;
		}
		assert(hasRoot(parts.suite, grown, root), 'the tiles that are written give the root that was committed');
		if (between) faults('between-tiles');
		disk.write(partials(folder, grown, before), () => faults('between-tiles'));
		faults('after-tiles');
		for (const piece of missing(store, before, size, fresh)) parts.publishBlobs(piece);
		faults('after-blobs');
		edge = grown;
	};

	const publish = (fresh: Piece): Published => {
		const head = store.head();
		const there = parts.readPublished();
		if (there !== undefined && there.size > head.size) throw new Trouble(aheadOf(there.size, head.size));
		if (there !== undefined && there.size === head.size && !bytesEqual(there.root, head.root))
			throw new Trouble(forked(head.size, there.root, head.root));
		if (edge.tiles.size < head.size) publishTo(head.size, head.root, fresh);
		if (there?.size === head.size) return there;
		const note = sign(parts, head.size, head.root);
		disk.replace({ path: folder.checkpoint, bytes: note }, () => faults('checkpoint-temp-written'));
		faults('after-checkpoint');
		disk.remove(replacedPartials(folder, there?.size ?? 0, head.size));
		return { size: head.size, root: head.root, note };
	};

	return {
		publish: (fresh) => {
			latest = store.alone(() => publish(fresh));
			return latest;
		},
		cosign: (size, cosignatures) => {
			latest = store.alone(() => {
				const there = parts.readPublished();
				if (there === undefined || there.size !== size) return latest;
				const note = withSignatures(there.note, cosignatures);
				if (note !== there.note) disk.replace({ path: folder.checkpoint, bytes: note });
				return { ...there, note };
			});
		},
		latest: () => latest,
	};
}

/** What has to be published, in pieces: this process's own statements where they are all of it, else what the database holds. */
function* missing(store: Store, from: number, to: number, fresh: Piece): Generator<Piece> {
	if (fresh.statements[0]?.index === from && fresh.statements.length === to - from) {
		yield fresh;
		return;
	}
	for (let at = from; at < to; at += STATEMENTS_PER_CHUNK_MAX) {
		const statements = store.statements(at, Math.min(to, at + STATEMENTS_PER_CHUNK_MAX));
		const whole = statements.length === Math.min(to - at, STATEMENTS_PER_CHUNK_MAX);
		if (!whole) throw new Trouble(`the database lacks statements between ${at} and ${to}; run \`matokeo fsck\``);
		yield { statements };
	}
}

function sign({ election, signer }: PublisherParts, size: number, root: Uint8Array): Uint8Array {
	const checkpoint = { origin: election.log.origin, size, root, extensions: [] };
	return signCheckpoint(checkpoint, [signer]);
}

export function aheadOf(published: number, committed: number): string {
	return (
		`public/checkpoint says ${published} entries, the database holds ${committed}: the database is older than what was published ` +
		'(restored from a copy, or another folder). Nothing was signed. `matokeo rebuild DIR` makes the database again from what is published'
	);
}

export function forked(size: number, published: Uint8Array, committed: Uint8Array): string {
	return (
		`at size ${size} public/checkpoint has the root ${base64Encode(published)}, the database ${base64Encode(committed)}: ` +
		'these are two different logs. Nothing was signed. Keep both as evidence; `matokeo fsck DIR` says where they differ'
	);
}
