/**
 * A mirror put together (spec/mirror.md): the package, what was verified, the rounds of following, comparisons, what is kept for senders, and HTTP in front. It is told everything: which source, which folder, what time
 * it is, with which key it gives its word. It reads no environment and no arguments.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST } from '@matokeo/core/election/manifest.ts';
import { printVerifierKey, type VerifierKey } from '@matokeo/core/log/keys.ts';
import type { NoteSigner } from '@matokeo/core/log/note.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { bytesEqual, hexEncode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { assert, err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Misbehaviour } from '@matokeo/verifier/evidence/file.ts';
import { fetchPackage } from '@matokeo/verifier/fetch/files.ts';
import { keepingIn } from '@matokeo/verifier/fetch/keeping.ts';
import { type Source, sourceAt } from '@matokeo/verifier/fetch/source.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';
import { type AreaImages, areaImages } from './areaImages.ts';
import { type MirrorBook, mirrorBook } from './book.ts';
import { type Comparer, comparer } from './comparer.ts';
import { writeDurably } from './durable.ts';
import { accusedOf, type EvidenceBook, type KeptEvidence, openEvidence } from './evidenceBook.ts';
import { type MirrorFolder, mirrorFolder } from './folder.ts';
import { type Forwarder, forwarder } from './forwarder.ts';
import { type ImageKeeper, imageKeeper } from './imageKeeper.ts';
import { type ImagePolicy, unknownAreas } from './images.ts';
import { LIMITS, type Limits } from './limits.ts';
import { type PendingRoom, pendingRoom } from './pendingRoom.ts';
import { openPendingStore, type PendingStore } from './pendingStore.ts';
import { resultsKeeper } from './resultsKeeper.ts';
import { securityText } from './securityText.ts';
import { sourceApi } from './sourceApi.ts';
import { openVerified, type Verified } from './verified.ts';
import { type Watch, watch } from './watch.ts';

/** Of algorithm 1; no key of the election and no witness's. */
export interface MirrorKey {
	readonly signer: NoteSigner;
	readonly publicKey: VerifierKey;
}

export interface MirrorOptions {
	readonly source: URL;
	readonly dir: string;
	/** Who runs it, in their own words: on every page, and as the reporter of evidence. */
	readonly by: string;
	/** Digest of the election package as it is known from outside. */
	readonly anchor?: string;
	readonly images: ImagePolicy;
	/** Bytes of images kept at the most. */
	readonly imagesBytesMax: number;
	/** The mirror's own key, or why it cannot be used in this election. Without one nothing is kept for senders. */
	readonly key?: (context: Context) => Result<MirrorKey>;
	/** Addresses of mirrors, copies and witnesses to compare with. */
	readonly also: readonly URL[];
	/** Ids of evidence in spite of which it goes on. */
	readonly despite: ReadonlySet<string>;
	/** UTC seconds. */
	readonly clock: () => number;
	readonly limits?: Partial<Limits>;
	readonly workers?: number;
	/** A line for whoever is on duty. */
	readonly tell: (line: string) => void;
	/** The whole text when it stops. */
	readonly alarm: (text: string) => void;
	readonly progress?: (done: number, all: number) => void;
}

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
	const { anchor } = options;
	const anchored = anchor === undefined ? {} : { anchor };
	const reporting = {
		...anchored,
		suite: context.suite,
		dir: folder.evidence,
		accused,
		reporter: options.by,
		clock,
		limits,
	};
	const evidence = openEvidence(reporting);
	for (const { name, why } of evidence.strays)
		book.find(`${join(folder.evidence, name)} is no evidence against this log: ${why}`);
	const isDespite = ({ id, file }: KeptEvidence): boolean => file.kind === 'backdated' || options.despite.has(id);
	const raise = raising(options, evidence, book, isDespite);
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
	const results = resultsKeeper({ source: bulk, follower, folder: folder.public, found: book.findProblems });
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
			imageBytesMax: limits.imageBytesMax,
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

/** The mirror's key, where there is one, once the options fit this election (M1, M12). */
function fittingKey(context: Context, { images, key }: MirrorOptions): Result<MirrorKey | undefined> {
	const unknown = unknownAreas(context, images);
	if (unknown.length > 0)
		return err(
			`--images: the package has no area "${unknown.join('", "')}". Expected all, none, or ids of areas of this election.`,
		);
	const given = key?.(context);
	if (given?.ok !== true) return given ?? ok(undefined);
	const { publicKey } = given.value.publicKey;
	const used = context.packageKeyUses.get(hexEncode(publicKey));
	const witness = trustOf(context).witnessKeys.find((one) => bytesEqual(one.publicKey, publicKey))?.name;
	if (used === undefined && witness === undefined) return given;
	return err(
		`The key "${given.value.publicKey.name}" is ${used === undefined ? `the witness ${witness}'s` : `"${used}" of the election`}: a mirror's word is signed with a key of its own and no other. Make one: matokeo key new NAME --out FILE.`,
	);
}

/** M3: the package that lies here, or the source's. With an anchor, that one and no other. */
async function packageIn(
	folder: MirrorFolder,
	source: Source,
	anchor: string | undefined,
): Promise<Result<ReadonlyMap<string, Uint8Array>>> {
	const place = join(folder.public, 'package');
	if (!existsSync(join(place, MANIFEST))) {
		const keeping = keepingIn(folder.public);
		const fetched = await fetchPackage(nativeSuite(), source, keeping, anchor);
		keeping.end();
		if (!fetched.ok) return err(`The election package cannot be had: ${fetched.error.why}`);
		if (anchor !== undefined && fetched.value !== anchor)
			return err(
				`${source.url} is about another election, or somebody made it with keys of their own: its package has the digest ${fetched.value}, you brought ${anchor}. Nothing was kept.`,
			);
	}
	return ok((await readPackageFolder(place)).files);
}

/** The package decides which key that is, not the source. */
function writeLogKey({ public: open }: MirrorFolder, context: Context): void {
	const [key] = trustOf(context).logKeys;
	assert(key !== undefined, 'a package names the key of its log');
	writeDurably(
		join(open, 'log.vkey'),
		utf8Encode(`${printVerifierKey(key)}
`),
	);
}

/** M30: durable first, then said; and whether following ends by it. */
function raising(
	{ alarm, tell }: MirrorOptions,
	evidence: EvidenceBook,
	book: MirrorBook,
	isDespite: (one: KeptEvidence) => boolean,
): (seen: Misbehaviour) => boolean {
	return (seen) => {
		const before = evidence.list().length;
		const kept = evidence.keep(seen);
		if (kept === undefined) {
			tell(`more evidence was found than is kept (${before} files)`);
			return true;
		}
		const fresh = evidence.list().length > before;
		if (fresh) alarm(securityText(kept));
		if (isDespite(kept)) return false;
		book.set({ kind: 'security', evidence: kept.name });
		return true;
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
