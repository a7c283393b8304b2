/** The logs that a witness cosigns for. A log is its origin and the keys that sign for it; a new election is a new one (L16). */
import type { VerifierKey } from '@matokeo/core/log/keys.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { WatchedLogs } from './desk.ts';

/** A log to cosign for: the name of its key is its origin (L16). */
export interface WatchedLog {
	readonly key: VerifierKey;
	/** Where people find it. Shown and never fetched. */
	readonly url?: string;
}

/** Origin → its keys, in their order. */
export function keysByOrigin(logs: readonly WatchedLog[]): WatchedLogs {
	const keys = new Map<string, readonly VerifierKey[]>();
	for (const { key } of logs) {
		assert(key.algorithm === 1, "a log's key has algorithm 1");
		keys.set(key.name, [...(keys.get(key.name) ?? []), key]);
	}
	return keys;
}
