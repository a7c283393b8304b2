/**
 * A mirror put together (spec/mirror.md): the package, what was verified, the rounds of following, comparisons, what is kept for senders, and HTTP in front. It is told everything: which source, which folder, what time
 * it is, with which key it gives its word. It reads no environment and no arguments.
 */
import { mkdirSync } from 'node:fs';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { keepingIn } from '@matokeo/verifier/fetch/keeping.ts';
import { type Source, sourceAt } from '@matokeo/verifier/fetch/source.ts';
import { accusing } from './accusing.ts';
import { type AreaImages, areaImages } from './areaImages.ts';
import { type MirrorBook, mirrorBook } from './book.ts';
import { type Comparer, comparer } from './comparer.ts';
import { accusedOf, type EvidenceBook, type KeptEvidence } from './evidenceBook.ts';
import { type MirrorFolder, mirrorFolder } from './folder.ts';
import { type Forwarder, forwarder } from './forwarder.ts';
import { type ImageKeeper, imageKeeper } from './imageKeeper.ts';
import { LIMITS, type Limits } from './limits.ts';
import type { MirrorKey, MirrorOptions } from './options.ts';
import { type PendingRoom, pendingRoom } from './pendingRoom.ts';
import { openPendingStore, type PendingStore } from './pendingStore.ts';
import { fittingKey, packageIn, writeLogKey } from './prepared.ts';
import { resultsKeeper } from './resultsKeeper.ts';
import { sourceApi } from './sourceApi.ts';
import { openVerified, type Verified } from './verified.ts';
import { type Watch, watch } from './watch.ts';

/** Everything of a mirror but its doors: what `running.ts` drives and `http/` shows. */
export interface MirrorParts {
	readonly options: MirrorOptions;
	readonly key: MirrorKey | undefined;
	readonly limits: Limits;
	readonly folder: MirrorFolder;
	readonly packageFiles: ReadonlyMap<string, Uint8Array>;
	readonly verified: Verified;
	readonly watch: Watch;
	readonly book: MirrorBook;
	readonly evidence: EvidenceBook;
	readonly comparer: Comparer;
	readonly images: ImageKeeper;
	readonly store: PendingStore;
	readonly room: PendingRoom;
	readonly forwarder: Forwarder;
	readonly isDespite: (one: KeptEvidence) => boolean;
	/** Ends what is under way at the source. */
	readonly end: () => void;
	readonly isClosing: () => boolean;
}

/** Before the same file is asked for again; a server that rations says how long itself. Milliseconds. */
const PAUSES_MS = [1_000, 2_000, 4_000];

/** The error says why there is nothing to begin with. */
export async function openMirror(options: MirrorOptions): Promise<Result<MirrorParts>> {
	const limits: Limits = { ...LIMITS, ...options.limits };
	const folder = mirrorFolder(options.dir);
	for (const path of [folder.public, folder.evidence, folder.images]) mkdirSync(path, { recursive: true });
	const ending = new AbortController();
	const fetching = { signal: ending.signal, retryPausesMs: [] };
	const source = sourceAt(options.source.href, fetching);
	const bulk = sourceAt(options.source.href, { signal: ending.signal, retryPausesMs: PAUSES_MS });
	if (!source.ok || !bulk.ok) return source.ok ? err('') : source;
	const store = openPendingStore(folder.database);
	const packageFiles = await packageIn(folder, source.value, options.anchor);
	const areas = areaImages(options.images);
	let images: ImageKeeper | undefined;
	const opened = packageFiles.ok
		? await openVerified({
				...options,
				folder,
				packageFiles: packageFiles.value,
				limits,
				onImage: (news) => images?.tell(news),
				onEvent: areas.observe,
			})
		: packageFiles;
	if (!packageFiles.ok || !opened.ok) {
		store.close();
		return opened.ok ? err('') : opened;
	}
	const key = fittingKey(opened.value.follower.context, options);
	if (!key.ok) {
		await opened.value.close();
		store.close();
		return key;
	}
	const opening = {
		options,
		key: key.value,
		limits,
		folder,
		source: source.value,
		bulk: bulk.value,
		packageFiles: packageFiles.value,
		store,
		areas,
	};
	const also = options.also.flatMap((url) => {
		const one = sourceAt(url.href, fetching);
		return one.ok ? [one.value] : [];
	});
	const parts = assembled({ ...opening, verified: opened.value, also, ending });
	images = parts.images;
	return ok(parts);
}

interface Opening
	extends Pick<MirrorParts, 'options' | 'key' | 'limits' | 'folder' | 'packageFiles' | 'store' | 'verified'> {
	/** Asked for what is new, again and again: one try. */
	readonly source: Source;
	/** Asked for the many files of a step or of a catch-up, which a server may ration: it is waited for as long as it asks. */
	readonly bulk: Source;
	readonly also: readonly Source[];
	readonly areas: AreaImages;
	readonly ending: AbortController;
}

function assembled(opening: Opening): MirrorParts {
	const { options, limits, folder, source, bulk, verified, store, areas, ending } = opening;
	const { follower } = verified;
	const { context } = follower;
	const { clock } = options;
	const isClosing = (): boolean => ending.signal.aborted;
	const keeping = keepingIn(folder.public);
	const accused = accusedOf(context, opening.packageFiles);
	writeLogKey(folder, context);
	const book = mirrorBook(limits, clock, options.tell);
	const { evidence, isDespite, raise } = accusing(opening, accused, book);
	const compares = comparer({
		verified,
		accused,
		store,
		source,
		also: opening.also,
		book,
		limits,
		clock,
		raise,
	});
	const room = pendingRoom(store.waiting(), limits);
	const results = resultsKeeper({
		source: bulk,
		follower,
		folder: folder.public,
		found: book.findProblems,
		waitingBytesMax: limits.resultsWaitingBytesMax,
	});
	const grown = (): void => {
		areas.settle(context, follower.note);
		settlePending(verified, store, room, limits);
		compares.settle();
	};
	const keepAhead = (note: Uint8Array, size: number): void =>
		store.keepAhead(
			{ note, size, since: clock(), source: 'this mirror itself, before it was started again' },
			limits.aheadMax,
		);
	const following = { source, bulk, keeping, accused, verified, book, results, limits, clock, raise, grown, keepAhead };
	const heard = (receipt: Uint8Array): void => {
		compares.compare(receipt, 'a receipt of the log').catch((error: unknown) => options.tell(String(error)));
	};
	return {
		...opening,
		watch: watch(following),
		book,
		evidence,
		comparer: compares,
		images: imageKeeper({
			suite: context.suite,
			source: bulk,
			keeping,
			bytesMax: options.imagesBytesMax,
			fileBytesMax: limits.keptBytesMax,
			wants: areas.wants,
			found: book.find,
			isClosing,
		}),
		room,
		forwarder: forwarder({ api: sourceApi(options.source, limits), store, folder, limits, clock, heard, isClosing }),
		isDespite,
		end: () => ending.abort(),
		isClosing,
	};
}

/** What waited and is in the verified log waits no more. */
function settlePending({ follower }: Verified, store: PendingStore, room: PendingRoom, limits: Limits): void {
	const logged = [...room.ids()].flatMap((id): readonly (readonly [string, number])[] => {
		const index = follower.rows.indexOf(id);
		return index === undefined ? [] : [[id, index]];
	});
	if (logged.length === 0) return;
	store.logged(logged, limits.loggedKeptMax);
	for (const [id] of logged) room.remove(id);
}
