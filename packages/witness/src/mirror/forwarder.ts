/**
 * Handing on what waits here (M23): in the order in which it came, a few at a time, again and again with growing pauses, until the verified log has it. What the source says to each is kept beside it; a
 * receipt is not believed either, it only ends the hurry.
 */
import { readFile } from 'node:fs/promises';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { type MirrorFolder, pendingImage } from './folder.ts';
import type { Limits } from './limits.ts';
import type { PendingStatement, PendingStore, Told } from './pendingStore.ts';
import type { SourceApi, SourceSaid } from './sourceApi.ts';

export interface Forwarder {
	/** One round: everything that is due, a batch at a time, until the source gives no answer. */
	readonly round: () => Promise<void>;
	/** Why the source gave no answer the last time, and since when (UTC seconds); absent while it does. */
	readonly silent: () => { readonly why: string; readonly since: number } | undefined;
}

export interface ForwarderParts {
	readonly api: SourceApi;
	readonly store: PendingStore;
	readonly folder: MirrorFolder;
	readonly limits: Limits;
	/** UTC seconds. */
	readonly clock: () => number;
	/** Checkpoints in receipts are compared like any other. */
	readonly heard: (receipt: Uint8Array) => void;
	readonly isClosing: () => boolean;
}

/** The first pause between two tries of one statement. Seconds. */
const FIRST_PAUSE = 5;
/** Images of one round. */
const IMAGES_AT_ONCE = 8;

export function forwarder(parts: ForwarderParts): Forwarder {
	const { api, store, limits, clock } = parts;
	let silent: { readonly why: string; readonly since: number } | undefined;

	const statements = async (): Promise<boolean> => {
		const due = store.due(clock(), limits.forwardBatchMax);
		if (due.length === 0) return false;
		const came = await api.send(due.map(({ note }) => note));
		const now = clock();
		if (!came.ok) {
			silent = { why: came.error, since: silent?.since ?? now };
			store.tell(due.map((one) => ({ ...keptAnswer(one), id: one.id, now, due: now + pause(one.tries, limits) })));
			return false;
		}
		silent = undefined;
		store.tell(came.value.map((said, place) => toldOf(due[place], said, now, limits)));
		for (const { said, answer } of came.value)
			if (said === 'receipt' || said === 'logged') parts.heard(utf8Encode(answer));
		return due.length === limits.forwardBatchMax;
	};
	const images = async (): Promise<void> => {
		for (const { sha256, size, tries } of store.dueImages(clock(), IMAGES_AT_ONCE)) {
			if (parts.isClosing()) return;
			const bytes = await readPending(pendingImage(parts.folder, sha256));
			if (bytes?.length !== size) {
				// Then whoever has it can send it again.
				store.dropImage(sha256);
				continue;
			}
			const sent = await api.upload(sha256, bytes);
			const why = sent.ok ? '' : sent.error;
			store.tellImage(sha256, sent.ok, clock() + pause(tries, limits), why);
		}
	};
	return {
		round: async () => {
			let more = true;
			while (more && !parts.isClosing()) more = await statements();
			if (silent === undefined && !parts.isClosing()) await images();
		},
		silent: () => silent,
	};
}

/** Nothing where there is no file: one image that is gone keeps no other from being handed on. */
async function readPending(path: string): Promise<Uint8Array | undefined> {
	try {
		return await readFile(path);
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
		throw error;
	}
}

/** No answer: what was said before stands, and only the try is counted. */
function keptAnswer({ said, why, answer }: PendingStatement): Pick<Told, 'said' | 'why' | 'answer'> {
	return { said, why, answer };
}

function toldOf(one: PendingStatement | undefined, came: SourceSaid, now: number, limits: Limits): Told {
	const wait = Math.max(pause(one?.tries ?? 0, limits), Math.min(came.retryAfter, limits.forwardBackOffSecondsMax));
	const { said, why, answer } = came;
	return { id: one?.id ?? '', now, due: now + wait, said, why, answer: utf8Encode(answer) };
}

function pause(tries: number, { forwardBackOffSecondsMax }: Limits): number {
	return Math.min(forwardBackOffSecondsMax, FIRST_PAUSE * 2 ** Math.min(tries, 20));
}
