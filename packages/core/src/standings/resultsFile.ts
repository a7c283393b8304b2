/**
 * The published results of a contest as a file (T19): which election and package, the size and root of the log at which they stand, the figures. The server writes this text, the
 * verifier makes it again at the same size and compares the bytes.
 */
import type { Contest } from '../election/types.ts';
import { base64Encode } from '../std/bytes.ts';
import { byCodeUnits, printCanonical } from '../std/canonical.ts';
import { type AreaResults, areaResults, contestResults, type Standing } from './results.ts';

const RESULTS_FORMAT = 'matokeo-results/v1';

export interface At {
	readonly size: number;
	/** 32 bytes. */
	readonly root: Uint8Array;
}

/** Canonical JSON and a newline. */
export function printResults(standing: Standing, contest: Contest, { size, root }: At): string {
	const { id, digest, mode } = standing.election;
	const text = printCanonical({
		format: RESULTS_FORMAT,
		election: id,
		package: digest,
		mode,
		log: { size, root: base64Encode(root) },
		contest: contest.id,
		results: contestResults(standing, contest),
	});
	return `{"areas":${printAreas(areaResults(standing, contest))},${text.slice(1)}\n`;
}

/**
 * Written member by member: an area's id may be digits alone (P25), and an object of JavaScript would put such names first, by number, where RFC 8785
 * sorts all names by code units. "areas" is the first member of the file.
 */
function printAreas(areas: ReadonlyMap<string, AreaResults>): string {
	const members = [...areas].sort(([a], [b]) => byCodeUnits(a, b));
	return `{${members.map(([id, results]) => `${JSON.stringify(id)}:${printCanonical(results)}`).join(',')}}`;
}
