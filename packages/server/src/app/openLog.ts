/**
 * Opening a log (`spec/storage.md`, D14): the parts are put together, a start after a crash finishes what the database has committed, and a folder that is ahead of its database
 * or belongs to another election stops everything before anything is signed.
 */
import { checkManifest } from '@matokeo/core/election/manifest.ts';
import { verifySignature } from '@matokeo/core/log/ed25519.ts';
import { printVerifierKey, verifierKey } from '@matokeo/core/log/keys.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import { ALG_ED25519, contextOf } from '@matokeo/core/rules/context.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { baselineOf } from '@matokeo/core/standings/baseline.ts';
import { bytesEqual, hexDecode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Disk, FileContent, ReadFile } from '../ports/disk.ts';
import type { Store } from '../ports/store.ts';
import { Trouble } from '../ports/trouble.ts';
import { witnessedFile } from '../publish/cosigned.ts';
import { type Folder, folderOf } from '../publish/folder.ts';
import { proofs } from '../publish/proofs.ts';
import { FOLLOWED_AGAIN, type PublicBlobs, publicBlobs } from '../publish/publicBlobs.ts';
import { type Published, publishedReader } from '../publish/published.ts';
import { type Publisher, publisher } from '../publish/publisher.ts';
import { recordReader } from '../publish/recordReader.ts';
import { resultsPublisher } from '../publish/results.ts';
import { checkSeenElsewhere, type SeenElsewhereParts } from '../publish/seenElsewhere.ts';
import { startingEdge } from '../publish/start.ts';
import { openDisk } from '../storage/disk.ts';
import { type Appender, appender } from './append.ts';
import { blobDesk } from './blobDesk.ts';
import { cosigningOf, type Halt } from './cosigning.ts';
import { heldBlobs } from './heldBlobs.ts';
import { type LogVoice, logVoice } from './logVoice.ts';
import { markDesk } from './markDesk.ts';
import type { LogParts, OpenedLog } from './openedLog.ts';
import { readingDesk } from './readingDesk.ts';
import { rowCache } from './rowCache.ts';

export function openLog(parts: LogParts): OpenedLog {
	const { suite, election, store, signer } = parts;
	const context = contextOf(suite, election);
	const baseline = baselineOf(election);
	const faults = parts.faults ?? (() => undefined);
	checkParts(parts);
	const folder = folderOf(parts.dir);
	const disk = parts.disk ?? openDisk(parts.dir);
	const cache = rowCache(store.get);
	const readPublished = publishedReader(suite, folder, trustOf(context), disk.read);
	const found = readPublished();
	const trust = trustOf(context);
	const seenParts = (own: Published | undefined): SeenElsewhereParts => {
		return { ...parts, folder, disk, trust, time: parts.clock(), found: own };
	};
	const witnessed = witnessedFile({ suite, folder, disk, store, trust });
	const start = store.alone(() => {
		const edge = startingEdge(suite, folder, store, found, disk.read);
		checkSeenElsewhere(seenParts(found), [...(parts.seen ?? []), ...notesOf(witnessed.latest())]);
		return edge;
	});
	disk.write(missing(disk.read, packageOf(parts, folder)));

	const images = publicBlobs(suite, election, folder, disk, (digest) => cache.get('blob', digest));
	const publishing = publisher(
		{ suite, election, folder, disk, store, signer, faults, readPublished, publishBlobs: images.follow },
		start,
		found,
	);
	const { size } = store.head();
	images.follow({ statements: store.statements(Math.max(0, size - FOLLOWED_AGAIN), size) });
	if (size > 0) publishing.publish({ statements: [] });
	const proving = proofs(suite, folder, publishing, disk.read);
	const voice = logVoice(election, signer);
	const blobs = heldBlobs(suite, folder, disk, faults);
	const { noticed } = blobs;
	for (const digest of store.awaitedBlobs()) noticed(digest);
	const halt: Halt = { why: undefined };
	const log = appender({ ...parts, halt, context, baseline, cache, voice, publishing, proving, faults, noticed });
	const announceHeld = blobDesk({ context, store, blobs, images, voice, log });
	const marks = markDesk({ context, baseline, store, voice, log, cache, clock: parts.clock });
	const desk = readingDesk({ context, store, voice, log, faults });

	const { latest } = publishing;
	const standing = () => ({ election, baseline, rows: log.rows() });
	const writeResults = resultsPublisher({ standing, store, folder, disk, latest, faults });
	const publishResults = onlyPublished(store, publishing, halt, writeResults);

	return {
		append: log.append,
		hold: blobs.hold,
		announceHeld,
		deliverOpenings: desk.deliver,
		openReadings: desk.open,
		...marks,
		publishResults,
		rows: log.rows,
		record: recordReader({ ...parts, context, baseline, rows: log.rows, latest, file: publicFile(disk, folder) }),
		sayAccess: accessSaying(log, voice),
		cosigning: cosigningOf({ context, store, voice, log, publishing, proving, witnessed, halt, seenParts }),
		size: () => latest()?.size ?? 0,
		checkpoint: () => latest()?.note ?? new Uint8Array(0),
		close: () => closeBoth(images, store),
	};
}

function closeBoth(images: PublicBlobs, store: Store): void {
	try {
		images.sync();
	} finally {
		// A disk that fails keeps nobody from opening the database again.
		store.close();
	}
}

function publicFile(disk: Disk, folder: Folder): (sha256: Digest) => Uint8Array | undefined {
	return (sha256) => disk.read(folder.publicBlob(sha256));
}

function accessSaying(log: Appender, voice: LogVoice): OpenedLog['sayAccess'] {
	return (period) => {
		const { accessed } = logRow(log.rows());
		return voice.say({ type: 'access/digest', ...period, ...(accessed === undefined ? {} : { seen: accessed }) });
	};
}

function notesOf(published: Published | undefined): readonly Uint8Array[] {
	return published === undefined ? [] : [published.note];
}

/** A commit that failed although it was stored leaves rows ahead of the checkpoint: results that name the one would hold the figures of the other. */
function onlyPublished(
	store: Store,
	publishing: Publisher,
	halt: Halt,
	write: (most?: number) => number,
): (most?: number) => number {
	return (most) => {
		if (store.head().size > (publishing.latest()?.size ?? 0)) {
			if (halt.why !== undefined) return 0;
			publishing.publish({ statements: [] });
		}
		return write(most);
	};
}

/** D14: the key is the one that the package names, the package is the one that the election was read from, the database is this election's. */
function checkParts({ suite, election, packageFiles, signer, store }: LogParts): void {
	const key = [election.log.key, election.log.spare].find(({ name }) => name === signer.name);
	const probe = utf8Encode(`matokeo ${election.log.origin}: is this the log's key?\n`);
	const fits = key !== undefined && verifySignature(suite, key.publicKey, probe, signer.sign(probe));
	if (!fits || verifierKey(suite, key.name, ALG_ED25519, key.publicKey).keyId !== signer.keyId)
		throw new Trouble(
			`the key "${signer.name}" does not sign as one of the two log keys that the package names; hand in the right key file`,
		);
	const digest = checkManifest(suite, packageFiles);
	if (!digest.ok || digest.value !== election.digest)
		throw new Trouble('the files of the package are not those of the election; read the package again');
	const [first] = store.statements(0, 1);
	const header = first === undefined ? undefined : new TextDecoder().decode(first.note).split('\n')[1];
	if (header !== undefined && header !== `${election.id} ${election.digest}`)
		throw new Trouble(
			`the database holds the log of "${header}", the package is "${election.id} ${election.digest}"; name the folder of this election`,
		);
	if (hexDecode(election.digest)?.length !== 32) throw new Trouble('the package has no digest');
}

/** The package, verbatim, and the key that signs. */
function packageOf(
	{ suite, election, packageFiles, signer }: LogParts,
	folder: ReturnType<typeof folderOf>,
): readonly FileContent[] {
	const named = signer.name === election.log.key.name ? election.log.key : election.log.spare;
	const vkey = printVerifierKey(verifierKey(suite, named.name, ALG_ED25519, named.publicKey));
	return [
		...[...packageFiles].map(([path, bytes]) => ({ path: folder.packageFile(path), bytes })),
		{ path: folder.verifierKey, bytes: utf8Encode(`${vkey}\n`) },
	];
}

function missing(read: ReadFile, files: readonly FileContent[]): readonly FileContent[] {
	return files.filter(({ path, bytes }) => {
		const there = read(path);
		return there === undefined || !bytesEqual(there, bytes);
	});
}
