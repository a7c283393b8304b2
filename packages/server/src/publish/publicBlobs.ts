/**
 * Which blobs are public, and making them so (`spec/storage.md`, D16): an image is published when a capture names it with a kind that the package lists, a file when a filing was the first to
 * name it, and both when they are held; all others are sealed, by digest only. A withheld blob leaves `public/`; what is held stays held. Linked, not copied, where the file system allows it.
 */
import { dirname } from 'node:path';
import type { Election } from '@matokeo/core/election/types.ts';
import { FILINGS, filesNamedBy } from '@matokeo/core/record/filesNamed.ts';
import { parseLeaf, VERSION } from '@matokeo/core/record/leaf.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import type { Image, Statement } from '@matokeo/core/record/statement.ts';
import type { BlobRow } from '@matokeo/core/rules/rows.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Disk } from '../ports/disk.ts';
import type { Folder } from './folder.ts';
import type { Piece } from './publisher.ts';

export interface PublicBlobs {
	/** What these statements say of blobs, done; doing it again changes nothing. */
	readonly follow: (piece: Piece) => void;
	/**
	 * Links those of these images that are public, held and not withheld: durably, or together with others a little later. Later is enough where a start would link them again.
	 */
	readonly link: (images: readonly Image[], durable: 'now' | 'soon') => void;
	/** The same of files that filings name (S37–S44), durably. */
	readonly linkFiles: (digests: readonly Digest[]) => void;
	/** Makes all links durable. */
	readonly sync: () => void;
}

/**
 * Links of new captures are synced together, at the latest after so many statements: an evening's images lie in 256 folders, and syncing each of them with each batch would cost more than all
 * the rest. What a power cut takes is linked again at the next start, which follows the last `FOLLOWED_AGAIN` statements once more.
 */
const UNSYNCED_MAX = 4_096;
/** More than `UNSYNCED_MAX` and the largest piece that is published at once. */
export const FOLLOWED_AGAIN = 16_384;
/** A capture among so many last statements is followed again by any start before `UNSYNCED_MAX` more have synced its links. */
export const LATELY = FOLLOWED_AGAIN - 2 * UNSYNCED_MAX;

export function publicBlobs(
	suite: Suite,
	{ publicImages }: Election,
	folder: Folder,
	disk: Disk,
	rowOf: (digest: Digest) => BlobRow | undefined,
): PublicBlobs {
	const unsynced = new Set<string>();
	let followed = 0;

	const linkOne = (sha256: Digest): void => {
		if (rowOf(sha256)?.withheld !== undefined) return;
		const target = folder.publicBlob(sha256);
		const held = folder.heldBlob(sha256);
		if (disk.sizeOf(held) === undefined || disk.sizeOf(target) !== undefined) return;
		disk.link(held, target);
		unsynced.add(dirname(target));
	};
	const link = (images: readonly Image[]): void => {
		for (const { kind, sha256 } of images) if (publicImages.includes(kind)) linkOne(sha256);
	};
	const linkFiles = (digests: readonly Digest[]): void => {
		for (const sha256 of digests) if (rowOf(sha256)?.filed === true) linkOne(sha256);
	};
	const sync = (): void => {
		disk.syncFolders(unsynced);
		unsynced.clear();
		followed = 0;
	};
	const follow = ({ statements, said }: Piece): void => {
		const spoken = said?.map(({ statement }) => statement) ?? statements.flatMap(({ note }) => aboutBlobs(suite, note));
		link(spoken.flatMap((statement) => (statement.type === 'form/capture' ? statement.images : [])));
		linkFiles(spoken.flatMap(filesNamedBy));
		const withheld = spoken.flatMap((one) => (one.type === 'blob/withhold' ? [folder.publicBlob(one.sha256)] : []));
		disk.remove(withheld);
		disk.syncFolders(withheld.map((path) => dirname(path)));
		followed += statements.length;
		if (followed >= UNSYNCED_MAX) sync();
	};
	return {
		follow,
		link: (images, durable) => {
			link(images);
			if (durable === 'now') sync();
		},
		linkFiles: (digests) => {
			linkFiles(digests);
			sync();
		},
		sync,
	};
}

/** First lines of notes that concern blobs. */
const ABOUT_BLOBS: ReadonlySet<string> = new Set(
	['form/capture', 'blob/withhold', ...FILINGS].map((type) => `${VERSION} ${type}`),
);
const FIRST_LINE_MAX = 64;

/** The statement of a logged note, if it is one that concerns blobs: only those are worth parsing again. */
function aboutBlobs(suite: Suite, note: Uint8Array): readonly Statement[] {
	const [first = ''] = Buffer.from(note.subarray(0, FIRST_LINE_MAX)).toString('latin1').split('\n', 1);
	if (!ABOUT_BLOBS.has(first)) return [];
	const leaf = parseLeaf(suite, note);
	assert(leaf.ok, 'a logged note is a leaf');
	return [leaf.value.statement];
}
