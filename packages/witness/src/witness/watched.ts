/** The logs that a witness cosigns for. A log is its origin and the keys that sign for it; a new election is a new one (L16). */
import type { VerifierKey } from '@matokeo/core/log/keys.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { PackageExcerpt } from '@matokeo/verifier/evidence/file.ts';
import type { WatchedLogs } from './desk.ts';

/** A key that signs for an origin. */
export interface WatchedLog {
	readonly origin: string;
	readonly key: VerifierKey;
	/** Where people find it. Shown and never fetched. */
	readonly url?: string;
	/** Of the election whose log it is: with it, evidence needs nobody's word for the log's keys. */
	readonly excerpt?: PackageExcerpt;
}

/** Origin → its keys, in their order. */
export function keysByOrigin(logs: readonly WatchedLog[]): WatchedLogs {
	const keys = new Map<string, readonly VerifierKey[]>();
	for (const { origin, key } of logs) {
		assert(key.algorithm === 1, "a log's key has algorithm 1");
		keys.set(origin, [...(keys.get(origin) ?? []), key]);
	}
	return keys;
}

/** Origin → what evidence says of its election. */
export function excerptsByOrigin(logs: readonly WatchedLog[]): ReadonlyMap<string, PackageExcerpt> {
	return new Map(logs.flatMap(({ origin, excerpt }) => (excerpt === undefined ? [] : [[origin, excerpt] as const])));
}
