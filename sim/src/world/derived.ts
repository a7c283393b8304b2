/** What is published beside the log and follows from it: images that the log says are held and public, and results at the size that they name. */
import { printResults } from '@matokeo/core/standings/resultsFile.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import type { Replay } from '@matokeo/server/audit/replay.ts';
import type { ReadFile } from '@matokeo/server/ports/disk.ts';
import { baseline, election, suite } from './cast.ts';
import { folder, type TreeHead } from './treeOf.ts';

/** In words, what is not there or is another. Every image of this election is of a kind that the package makes public. */
export function imagesIn(read: ReadFile, { tables }: Replay): readonly string[] {
	const wrong: string[] = [];
	for (const [digest, { held, withheld }] of tables.blob) {
		if (held === undefined || withheld !== undefined) continue;
		const bytes = read(folder.publicBlob(digest));
		if (bytes === undefined || suite.sha256Hex(bytes) !== digest) wrong.push(`the image ${digest.slice(0, 8)}`);
	}
	return wrong;
}

/** In words, results at this very size that are not what follows from the log. */
export function resultsIn(read: ReadFile, { rows }: Replay, at: TreeHead): readonly string[] {
	const standing = { election, baseline, rows };
	return [...election.contests.values()].flatMap((contest) => {
		const bytes = read(folder.results(contest.id));
		const text = bytes === undefined ? undefined : utf8Decode(bytes);
		if (text?.includes(`"size":${at.size}}`) !== true) return [];
		return text === printResults(standing, contest, at) ? [] : [`the results of ${contest.id} at size ${at.size}`];
	});
}
