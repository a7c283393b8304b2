/**
 * Repeatable chance for a rehearsal: numbers that follow from a seed and a name alone, so that the same seed plays the same election whatever the order of
 * questions. Not for secrets.
 */
import { hexEncode, utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';

export interface Chance {
	/** An integer from 0 to below − 1. */
	readonly below: (limit: number, ...name: readonly string[]) => number;
	/** 64 hex digits. */
	readonly salt: (...name: readonly string[]) => string;
}

export function chanceOf(suite: Suite, seed: string): Chance {
	const hash = (name: readonly string[]) => suite.sha256(utf8Encode([seed, ...name].join('\n')));
	return {
		below: (limit, ...name) => {
			const bytes = hash(name);
			const word =
				((bytes[0] ?? 0) * 0x1000000 + (bytes[1] ?? 0) * 0x10000 + (bytes[2] ?? 0) * 0x100 + (bytes[3] ?? 0)) >>> 0;
			return word % limit;
		},
		salt: (...name) => hexEncode(hash(['salt', ...name])),
	};
}
