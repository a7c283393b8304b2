/**
 * Comparisons of a running mirror (M33–M35), whoever brings the checkpoint: a stranger, a receipt, another mirror, a witness. What contradicts is evidence at once; what reaches further is kept on the disk and compared
 * when this mirror has come so far.
 */
import { originHash } from '@matokeo/core/log/witness.ts';
import { CHECKPOINT_BYTES_MAX } from '@matokeo/verifier/check/limits.ts';
import type { Accused, Misbehaviour } from '@matokeo/verifier/evidence/file.ts';
import { type Prefix, signedBy } from '@matokeo/verifier/evidence/pair.ts';
import type { Source } from '@matokeo/verifier/fetch/source.ts';
import type { MirrorBook } from './book.ts';
import { type Compared, checkpointIn, compareWith, remotePrefix } from './compare.ts';
import { signedText } from './evidenceBook.ts';
import type { Limits } from './limits.ts';
import type { PendingStore } from './pendingStore.ts';
import type { Compares } from './status.ts';
import type { Verified } from './verified.ts';

export interface Comparer {
	/** `source`: who brought it, in words. `later` while a step is being taken for too long. */
	readonly compare: (bytes: Uint8Array, source: string) => Promise<Compared | { readonly kind: 'later' }>;
	/** Asks the source what its witnesses have seen, and every address of `also` for its checkpoint, once. */
	readonly ask: () => Promise<void>;
	/** After a step: what was ahead of us and is no more. */
	readonly settle: () => void;
	readonly also: () => readonly Compares[];
}

export interface ComparerParts {
	readonly verified: Verified;
	readonly accused: Accused;
	readonly store: PendingStore;
	readonly source: Source;
	readonly also: readonly Source[];
	readonly book: MirrorBook;
	readonly limits: Limits;
	readonly clock: () => number;
	readonly raise: (seen: Misbehaviour) => boolean;
}

/** A tile is 8 kB. */
const TILE_BYTES_MAX = 8_192;

export function comparer(parts: ComparerParts): Comparer {
	const { verified, limits } = parts;
	const also = new Map<string, Compares>(
		parts.also.map(({ url }) => [url, { url, time: 0, said: 'nothing', size: 0, why: '' }]),
	);

	const judge = judgeOf(parts);
	const askOne = askingOf(parts, judge);
	const ask = async (source: Source): Promise<void> => {
		const before = also.get(source.url);
		if (before === undefined) return;
		const now = await askOne(source, before);
		also.set(source.url, now);
		if (now.said === 'refused' && before.said !== 'refused')
			parts.book.find(`${source.url} shows a checkpoint that is not this log's: ${now.why}`);
	};
	/** M13. */
	const askWitnessed = async (): Promise<void> => {
		const got = await parts.source.get('witnessed', { bytesMax: CHECKPOINT_BYTES_MAX });
		const note = got.ok ? got.value : verified.witnessed() === undefined ? verified.foundWitnessed : undefined;
		if (note === undefined || !(await verified.still(limits.pageWaitMs))) return;
		const compared = judge(note, 'the source itself, as what its witnesses have seen');
		if (compared.kind === 'consistent') verified.keepWitnessed(note);
	};
	const round = patiently([askWitnessed, ...parts.also.map((source) => () => ask(source))], limits.alsoWaitMs);
	return {
		compare: async (bytes, source) => {
			if (!(await verified.still(limits.pageWaitMs))) return { kind: 'later' };
			return judge(checkpointIn(bytes), source);
		},
		ask: round,
		settle: () => settleAhead(parts, judge),
		also: () => [...also.values()],
	};
}

/** All at once, each as long as it takes, and the round only so long: whoever answers byte by byte keeps nobody from being compared with the others. */
function patiently(all: readonly (() => Promise<void>)[], msMax: number): () => Promise<void> {
	const underWay = new Map<number, Promise<void>>();
	const failed: unknown[] = [];
	return async () => {
		for (const [place, work] of all.entries()) {
			if (underWay.has(place)) continue;
			const done = work()
				.catch((error: unknown) => void failed.push(error))
				.finally(() => underWay.delete(place));
			underWay.set(place, done);
		}
		const late = Promise.withResolvers<void>();
		const timer = setTimeout(late.resolve, msMax);
		try {
			await Promise.race([Promise.all(underWay.values()), late.promise]);
		} finally {
			clearTimeout(timer);
		}
		if (failed.length > 0) throw failed[0];
	};
}

type Judge = (note: Uint8Array, source: string, theirs?: Prefix) => Compared;

function judgeOf({ verified: { follower }, accused, store, limits, clock, raise }: ComparerParts): Judge {
	return (note, source, theirs) => {
		const compared = compareWith(follower.context.suite, accused, follower, note, theirs);
		if (compared.kind === 'evidence') raise(compared.misbehaviour);
		// One that is shown to continue ours is still more than we have: whoever was shown it is owed the rest.
		if (compared.kind === 'ahead' && theirs === undefined && !isKept(store, note))
			store.keepAhead({ note, size: compared.size, since: clock(), source }, limits.aheadMax);
		return compared;
	};
}

/** With another line below it, it is the same checkpoint, and would only take the place of others. */
function isKept(store: PendingStore, note: Uint8Array): boolean {
	const text = signedText(note);
	return store.ahead().some((one) => signedText(one.note) === text);
}

function askingOf({ verified, accused, limits, clock }: ComparerParts, judge: Judge) {
	const { follower } = verified;
	const { suite } = follower.context;
	return async (source: Source, before: Compares): Promise<Compares> => {
		const got = await checkpointAt(source, originHash(suite, accused.origin));
		if (got === undefined) {
			const why = 'neither a log, a mirror nor a witness answers there';
			return { ...before, said: 'no answer', why };
		}
		if (!(await verified.still(limits.pageWaitMs))) return before;
		const signed = signedBy(suite, accused, got);
		if (!signed.ok) return { ...before, time: clock(), said: 'refused', why: signed.error };
		const { checkpoint } = signed.value;
		const own = follower.size();
		const reaches = checkpoint.size > own && own > 0;
		const theirs = reaches ? await remotePrefix(suite, fileOf(source), checkpoint, own) : undefined;
		if (!(await verified.still(limits.pageWaitMs))) return before;
		// What was proven is about the size that was ours when it was asked for.
		const compared = judge(got, source.url, follower.size() === own ? theirs : undefined);
		const why = compared.kind === 'refused' ? compared.why : '';
		return { url: source.url, time: clock(), said: compared.kind, size: checkpoint.size, why };
	};
}

/** M35. */
function settleAhead({ store, verified, book, clock, limits }: ComparerParts, judge: Judge): void {
	for (const { note, size, since, source } of store.ahead()) {
		if (size <= verified.follower.size()) {
			judge(note, source);
			store.dropAhead(note);
		} else if (clock() - since >= limits.aheadSeconds && size > book.sourceSize())
			book.find(
				`${source} was shown ${size} statements, signed by the log, and this mirror's source still shows only ${book.sourceSize()}: others are shown more`,
			);
	}
}

/** At a log or a mirror beside its tiles; at a witness under the hash of the origin (C2SP tlog-witness). */
async function checkpointAt({ get }: Source, hash: string): Promise<Uint8Array | undefined> {
	for (const path of ['checkpoint', `${hash}/checkpoint`]) {
		const got = await get(path, { bytesMax: CHECKPOINT_BYTES_MAX });
		if (got.ok) return got.value;
		if (got.error.kind === 'trouble') return undefined;
	}
	return undefined;
}

function fileOf({ get }: Source): (path: string) => Promise<Uint8Array | undefined> {
	return async (path) => {
		const got = await get(path, { bytesMax: TILE_BYTES_MAX });
		return got.ok ? got.value : undefined;
	};
}
