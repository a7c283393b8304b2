/** The keys that a thread has been told of, by name and key id as signature lines name them. Of two with the same pair it knows the first. */
import { keyIdOf } from '@matokeo/core/rules/context.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { KeysNews } from './job.ts';

export interface RingKey {
	/** From 1, in the order in which keys were handed out. */
	readonly number: number;
	readonly publicKey: Uint8Array;
}

export interface Ring {
	readonly learn: (news: KeysNews) => void;
	readonly find: (name: string, keyId: string) => RingKey | undefined;
	readonly idOf: (name: string, publicKey: Uint8Array) => string;
}

export function keyRing(suite: Suite): Ring {
	const known = new Map<string, RingKey>();
	let count = 0;
	return {
		learn: ({ names, keyIds, keys }) => {
			for (const [i, name] of names.entries()) {
				const pair = `${keyIds[i] ?? ''}${name}`;
				count++;
				if (!known.has(pair)) known.set(pair, { number: count, publicKey: keys.subarray(i * 32, i * 32 + 32) });
			}
		},
		find: (name, keyId) => known.get(`${keyId}${name}`),
		idOf: (name, publicKey) => keyIdOf(suite, name, publicKey),
	};
}
