/**
 * Publishing the results (T19; `spec/storage.md`, D18): one file per contest, replaced whole, at the size of the published checkpoint. Nothing is computed here that a verifier would not compute
 * again. A contest of which nothing has been said since its file was written keeps that file: it stands at the size that it names.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { Standing } from '@matokeo/core/standings/results.ts';
import { type At, printResults } from '@matokeo/core/standings/resultsFile.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Faults } from '../app/crashPoint.ts';
import type { Disk } from '../ports/disk.ts';
import type { Store } from '../ports/store.ts';
import { STATEMENTS_PER_CHUNK_MAX } from './edge.ts';
import type { Folder } from './folder.ts';

export interface ResultsParts {
	/** Asked for anew each time, at the rows as they stand. */
	readonly standing: () => Standing;
	readonly store: Pick<Store, 'events'>;
	readonly folder: Folder;
	readonly disk: Disk;
	readonly latest: () => At | undefined;
	readonly faults: Faults;
}

/** Writes results that are behind, those of at most so many contests, longest behind first; answers how many are left. */
export type ResultsPublisher = (most?: number) => number;

export function resultsPublisher({ standing, store, folder, disk, latest, faults }: ResultsParts): ResultsPublisher {
	const contests = [...standing().election.contests.values()];
	/** Behind, in the order in which they fell behind. After a start nobody knows what is there: all are. */
	const behind = new Map<string, Contest>(contests.map((contest) => [contest.id, contest]));
	let seen: number | undefined;

	const notice = (size: number): void => {
		for (let at = seen ?? size; at < size; at += STATEMENTS_PER_CHUNK_MAX) {
			const said = new Set(
				store.events(at, Math.min(size, at + STATEMENTS_PER_CHUNK_MAX)).map(({ contest }) => contest),
			);
			for (const contest of contests) if (said.has('') || said.has(contest.id)) behind.set(contest.id, contest);
		}
		// An outcome that is hidden until a time is shown when the log's clock has come there, whatever is said.
		if (seen !== size)
			for (const contest of contests) if (contest.publishFrom !== undefined) behind.set(contest.id, contest);
		seen = size;
	};

	return (most = contests.length) => {
		const at = latest();
		if (at === undefined) return 0;
		notice(at.size);
		for (const contest of [...behind.values()].slice(0, most)) {
			const bytes = utf8Encode(printResults(standing(), contest, at));
			disk.replace({ path: folder.results(contest.id), bytes }, () => faults('results-temp-written'));
			behind.delete(contest.id);
		}
		return behind.size;
	};
}
