/**
 * Published results (M11): fetched before the statements that they stand on, compared by the replay when it comes to their size, and kept only when they are what the statements give. A log that grows leaves most of them
 * behind; the next ones come.
 */
import { join } from 'node:path';
import { fileName } from '@matokeo/portal/site/paths.ts';
import { RESULT_BYTES_MAX } from '@matokeo/verifier/check/limits.ts';
import type { Problem } from '@matokeo/verifier/check/problem.ts';
import type { Source } from '@matokeo/verifier/fetch/source.ts';
import type { Follower } from '@matokeo/verifier/follow/follower.ts';
import { writeDurably } from './durable.ts';

export interface ResultsKeeper {
	/** Asks for all of them, to be compared now or on the way. */
	readonly fetch: () => Promise<void>;
	/** After a step: those that it has passed and that nothing is wrong with are kept. */
	readonly settle: (size: number, found: readonly Problem[]) => void;
}

export interface ResultsParts {
	readonly source: Source;
	readonly follower: Follower;
	/** The folder that is served. */
	readonly folder: string;
	readonly found: (problems: readonly Problem[]) => void;
	/** Of all that stand ahead, together. */
	readonly waitingBytesMax: number;
}

export function resultsKeeper({ source, follower, folder, found, waitingBytesMax }: ResultsParts): ResultsKeeper {
	const waiting = new Map<string, { readonly size: number; readonly bytes: Uint8Array }>();
	const keep = (contest: string, bytes: Uint8Array): void =>
		writeDurably(join(folder, 'results', `${fileName(contest)}.json`), bytes);

	const fetchOne = async (contest: string): Promise<void> => {
		const got = await source.get(`results/${fileName(contest)}.json`, { bytesMax: RESULT_BYTES_MAX });
		if (!got.ok) return;
		const others = [...waiting].reduce((sum, [id, { bytes }]) => sum + (id === contest ? 0 : bytes.length), 0);
		if (others + got.value.length > waitingBytesMax) return;
		const compared = follower.compareResults(contest, got.value);
		switch (compared.kind) {
			case 'compared':
				if (compared.found.length === 0) keep(contest, got.value);
				else found(compared.found);
				return;
			case 'waits':
				waiting.set(contest, { size: compared.size, bytes: got.value });
				return;
			case 'passed':
			case 'unreadable':
		}
	};
	return {
		fetch: async () => {
			for (const contest of follower.context.election.contests.keys()) await fetchOne(contest);
		},
		settle: (size, problems) => {
			const wrong = new Set(problems.filter(({ check }) => check === 'results').map(({ contest }) => contest));
			for (const [contest, { size: at, bytes }] of waiting) {
				if (at > size) continue;
				waiting.delete(contest);
				if (!wrong.has(contest)) keep(contest, bytes);
			}
		},
	};
}
