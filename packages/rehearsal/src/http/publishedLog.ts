/**
 * Following the published log as any stranger can (tlog-tiles): the checkpoint, verified; the bundles of entries since the last one; and the root computed from them, which must be
 * the signed one. So each checkpoint that is accepted here is a continuation of all before it.
 */

import type { Election } from '@matokeo/core/election/types.ts';
import { decodeBundle } from '@matokeo/core/log/bundle.ts';
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { appendLeaves, type CompactRange, EMPTY_RANGE, rangeRoot } from '@matokeo/core/log/compactRange.ts';
import { leafHash } from '@matokeo/core/log/merkle.ts';
import { printBundlePath } from '@matokeo/core/log/tilePath.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Came, Sending } from './connection.ts';

export interface Leaf {
	readonly index: number;
	/** 32 bytes. */
	readonly hash: Uint8Array;
	/** The tree up to and including this leaf. */
	readonly range: CompactRange;
	readonly bytes: Uint8Array;
}

export interface PublishedLog {
	/** Reads what is new; how many entries that were, or what is wrong with what is published. */
	readonly advance: () => Promise<Result<number>>;
	readonly size: () => number;
}

export interface Reading {
	readonly suite: Suite;
	readonly election: Election;
	/** Asks the server, and again when that fails. */
	readonly ask: (sending: Sending) => Promise<Came>;
	readonly onLeaf: (leaf: Leaf) => void;
}

const WIDTH = 256;

export function publishedLog({ suite, election, ask, onLeaf }: Reading): PublishedLog {
	const trust = trustOf(contextOf(suite, election));
	let range: CompactRange = EMPTY_RANGE;
	let etag: string | undefined;

	const read = async (size: number): Promise<Result<undefined>> => {
		while (range.size < size) {
			const index = Math.floor(range.size / WIDTH);
			const width = Math.min(WIDTH, size - index * WIDTH);
			const entries = await bundleAt(ask, index, width);
			if (!entries.ok) return entries;
			for (const bytes of entries.value.slice(range.size - index * WIDTH, width)) {
				const hash = leafHash(suite, bytes);
				range = appendLeaves(suite, range, [hash]);
				onLeaf({ index: range.size - 1, hash, range, bytes });
			}
		}
		return ok(undefined);
	};

	return {
		size: () => range.size,
		advance: async () => {
			const headers = etag === undefined ? {} : { 'if-none-match': etag };
			const came = await ask({ method: 'GET', path: '/checkpoint', headers });
			if (came.status === 304 || came.status === 404) return ok(0);
			if (came.status !== 200) return err(`GET /checkpoint answered ${came.status}`);
			const verified = verifyCheckpoint(suite, came.body, trust);
			if (!verified.ok) return verified;
			const { size, root } = verified.value.checkpoint;
			const before = range.size;
			if (size < before) return err(`the log has shrunk: it was at ${before}, its checkpoint says ${size}`);
			const done = await read(size);
			if (!done.ok) return done;
			if (!bytesEqual(rangeRoot(suite, range), root))
				return err(`the entries up to ${size} do not give the signed root`);
			etag = came.headers.etag;
			return ok(size - before);
		},
	};
}

/** A partial bundle may have been replaced by the full one in the meantime. */
async function bundleAt(ask: Reading['ask'], index: number, width: number): Promise<Result<readonly Uint8Array[]>> {
	for (const tried of width === WIDTH ? [WIDTH] : [width, WIDTH]) {
		const path = printBundlePath({ index, width: tried });
		const came = await ask({ method: 'GET', path: `/${path}` });
		if (came.status === 200) return decodeBundle(came.body, tried);
		if (came.status !== 404) return err(`GET /${path} answered ${came.status}`);
	}
	return err(`entries ${index * WIDTH} to ${index * WIDTH + width} are signed for and not published`);
}
