/**
 * Holding blobs together (`spec/api.md`, A8): while one group is on its way to the disk, blobs that arrive wait and become the next, since a file system syncs many files for little more than
 * the price of one. It does not know what is in them.
 */
import type { Digest } from '@matokeo/core/record/said.ts';
import { assert } from '@matokeo/core/std/result.ts';

export interface HoldTogether {
	/** Ends when the blob is durable, or with what kept its group from being so. */
	readonly hold: (blob: Uint8Array) => Promise<Digest>;
	/** Ends when nothing is on its way and nothing waits. */
	readonly idle: () => Promise<void>;
}

interface Waiting {
	readonly blob: Uint8Array;
	readonly resolve: (digest: Digest) => void;
	readonly reject: (error: unknown) => void;
}

/** Blobs of one group. */
const GROUP_MAX = 64;

export function holdTogether(hold: (blobs: readonly Uint8Array[]) => Promise<readonly Digest[]>): HoldTogether {
	const waiting: Waiting[] = [];
	let working: Promise<void> | undefined;

	const group = async (members: readonly Waiting[]): Promise<void> => {
		try {
			const digests = await hold(members.map(({ blob }) => blob));
			assert(digests.length === members.length, 'every blob has a digest');
			for (const [i, { resolve }] of members.entries()) resolve(digests[i] ?? '');
		} catch (error) {
			for (const { reject } of members) reject(error);
		}
	};
	const work = async (): Promise<void> => {
		while (waiting.length > 0) await group(waiting.splice(0, GROUP_MAX));
		working = undefined;
	};
	return {
		hold: (blob) =>
			new Promise((resolve, reject) => {
				waiting.push({ blob, resolve, reject });
				working ??= work();
			}),
		idle: async () => {
			await working;
		},
	};
}
