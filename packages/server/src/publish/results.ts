/**
 * Publishing the results (T19; `spec/storage.md`, D18): one file per contest, replaced whole, at the size of the published checkpoint. Nothing is computed here that a verifier would not compute
 * again.
 */

import type { Standing } from '@matokeo/core/standings/results.ts';
import { type At, printResults } from '@matokeo/core/standings/resultsFile.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { Faults } from '../app/crashPoint.ts';
import type { Disk } from '../storage/disk.ts';
import type { Folder } from './folder.ts';

export interface ResultsParts extends Standing {
	readonly folder: Folder;
	readonly disk: Disk;
	readonly latest: () => At | undefined;
	readonly faults: Faults;
}

export function publishResults({ folder, disk, latest, faults, ...standing }: ResultsParts): void {
	const at = latest();
	if (at === undefined) return;
	for (const contest of standing.election.contests.values()) {
		const bytes = utf8Encode(printResults(standing, contest, at));
		disk.replace({ path: folder.results(contest.id), bytes }, () => faults('results-temp-written'));
	}
}
