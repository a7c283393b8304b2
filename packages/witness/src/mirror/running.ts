/**
 * A mirror that runs (M10, M40): rounds of following with pauses that grow while the source is silent, comparisons, forwarding and images beside them, and the doors. Once is the same without doors: it catches up and
 * ends.
 */

import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { assert } from '@matokeo/core/std/result.ts';
import { livePortal } from '@matokeo/portal/live/livePortal.ts';
import { siteAssets } from '@matokeo/portal/live/siteAssets.ts';
import { tokenBuckets } from '@matokeo/portal/live/tokenBuckets.ts';
import { mirrorApp } from './http/app.ts';
import type { MirrorHttpParts } from './http/parts.ts';
import type { MirrorParts } from './mirror.ts';
import { pendingDesk } from './pendingDesk.ts';
import { noticeOf, statusOf } from './says.ts';
import { securityText } from './securityText.ts';
import type { MirrorStatus } from './status.ts';
import type { Round } from './watch.ts';

export interface ServeOptions {
	readonly host: string;
	/** 0: any that is free. */
	readonly port: number;
	readonly trustProxy: readonly string[];
}

export interface RunningMirror {
	/** Without a slash at its end; absent where nothing is served. */
	readonly url: string | undefined;
	readonly status: () => MirrorStatus;
	/** Resolves when it has stopped following by itself: never, unless something broke that is no answer of anybody's. */
	readonly broken: Promise<never>;
	readonly close: () => Promise<void>;
}

/** Verifies what lies in the folder, opens the doors, and follows until it is closed. */
export async function runMirror(parts: MirrorParts, serve: ServeOptions | undefined): Promise<RunningMirror> {
	const doors = serve === undefined ? undefined : await openDoors(parts, serve);
	const stop = new AbortController();
	const broken = Promise.withResolvers<never>();
	broken.promise.catch(() => undefined);
	const running = loops(parts, stop.signal).map((loop) => loop.catch((error: unknown) => broken.reject(error)));
	return {
		url: doors?.url,
		status: () => statusOf(parts),
		broken: broken.promise,
		close: async () => {
			parts.end();
			stop.abort();
			await Promise.all(running);
			await doors?.close();
			await closeParts(parts);
		},
	};
}

/** Catches up with what the source shows, images included, and ends. */
export async function mirrorOnce(parts: MirrorParts): Promise<Round> {
	try {
		await begin(parts);
		let round = await parts.watch.round();
		while (round === 'grown') round = await parts.watch.round();
		if (round === 'same') {
			await parts.comparer.ask();
			await allImages(parts);
		}
		return parts.book.state().kind === 'security' ? 'stopped' : round;
	} finally {
		await closeParts(parts);
	}
}

/** As long as there come any: a source that rations is asked again. */
async function allImages({ images }: MirrorParts): Promise<void> {
	let before = -1;
	while (images.counts().awaited > 0 && images.counts().kept !== before) {
		before = images.counts().kept;
		await images.round(true);
	}
}

/** M36. */
async function begin(parts: MirrorParts): Promise<void> {
	await parts.watch.begin();
	const unsettled = parts.evidence.list().find((one) => !parts.isDespite(one));
	if (unsettled === undefined) return;
	if (parts.book.state().kind !== 'security') parts.options.alarm(securityText(unsettled));
	parts.book.set({ kind: 'security', evidence: unsettled.name });
}

async function closeParts({ verified, store }: MirrorParts): Promise<void> {
	await verified.close();
	store.close();
}

function loops(parts: MirrorParts, stop: AbortSignal): readonly Promise<void>[] {
	const { limits } = parts;
	const every = async (first: () => Promise<unknown>, work: () => Promise<number>): Promise<void> => {
		await first();
		while (!stop.aborted) {
			const ms = await work();
			await pause(ms, undefined, { signal: stop }).catch(() => undefined);
		}
	};
	const begun = begin(parts);
	let silent = 0;
	const following = every(
		() => begun,
		async () => {
			const round = await parts.watch.round();
			silent = round === 'silent' ? silent + 1 : 0;
			if (round === 'grown') return 0;
			return jittered(Math.min(limits.backOffMsMax, limits.pollMs * 2 ** Math.min(silent, 10)));
		},
	);
	const comparing = every(
		() => begun,
		async () => {
			await parts.comparer.ask();
			return jittered(limits.alsoMs);
		},
	);
	const images = every(
		() => begun,
		async () => {
			await parts.images.round(parts.book.state().kind !== 'security');
			return limits.pollMs;
		},
	);
	const handing = every(
		() => begun,
		async () => {
			if (parts.key !== undefined) await parts.forwarder.round();
			return limits.forwardMs;
		},
	);
	return [following, comparing, images, handing];
}

/** Many mirrors of one log should not ask in step. */
function jittered(ms: number): number {
	return ms * (0.8 + 0.4 * (performance.now() % 1));
}

interface Doors {
	readonly url: string;
	readonly close: () => Promise<void>;
}

async function openDoors(parts: MirrorParts, { host, port, trustProxy }: ServeOptions): Promise<Doors> {
	const { options, key, limits, verified, folder, packageFiles, store, room, comparer, evidence, images } = parts;
	const { follower } = verified;
	const { css, icon } = siteAssets().paths;
	const purse = (rate: MirrorParts['limits']['addressNotes']) =>
		tokenBuckets(rate, limits.limitedMax, () => performance.now());
	const { clock } = options;
	const size = (): number => verified.record.head().size;
	const desk =
		key &&
		pendingDesk({
			context: follower.context,
			rows: () => follower.rows,
			size,
			store,
			room,
			signer: key.signer,
			clock,
			limits,
		});
	const http: MirrorHttpParts = {
		folder,
		context: follower.context,
		packageFiles,
		portal: livePortal(verified.record, { mirror: () => noticeOf(parts) }),
		css,
		icon,
		checkpoint: () => (size() === 0 ? undefined : verified.record.head().checkpoint),
		keepsImage: images.keeps,
		witnessed: verified.witnessed,
		size,
		still: () => verified.still(limits.pageWaitMs),
		status: () => statusOf(parts),
		evidence,
		...(desk === undefined ? {} : { senders: { desk, store } }),
		compare: (bytes) => comparer.compare(bytes, 'somebody who asked here'),
		purses: {
			requests: purse(limits.addressRequests),
			notes: purse(limits.addressNotes),
			imageBytes: purse(limits.addressImageBytes),
			compares: purse(limits.addressCompares),
		},
		limits,
		clock,
		failed: (error) =>
			options.tell(`a request failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
		trustProxy,
	};
	const app = await mirrorApp(http);
	await app.listen({ host, port, listenTextResolver: () => 'listening' });
	const bound: AddressInfo | string | null = app.server.address();
	assert(bound !== null && typeof bound === 'object', 'a listening mirror has an address');
	const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
	return {
		url: `http://${name}:${bound.port}`,
		close: async () => {
			const late = setTimeout(() => app.server.closeAllConnections(), limits.closeGraceMs);
			await app.close();
			clearTimeout(late);
		},
	};
}
