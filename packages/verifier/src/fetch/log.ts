/**
 * Fetches a published log into a folder, as `verifyFolder` takes it (V67–V69): the origin's server, a static copy and a mirror serve the same files. The package comes first, since only it says who may sign for the log; then results,
 * then the checkpoint, which so covers them, then what it adds; its own file comes last. Images come when a replay has said which there must be (`fetchImages`).
 */

import { join } from 'node:path';
import { loadElection } from '@matokeo/core/election/package.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { readPackageFolder } from '../node/packageFolder.ts';
import { fetchBeside, fetchCheckpoint, fetchPackage, fetchResults, type Served } from './files.ts';
import type { Keeping } from './keeping.ts';
import type { Source, Unfetched } from './source.ts';
import { fetchStep } from './step.ts';

export interface LogFetching {
	/** Digest of the package as the reader knows it from outside. */
	readonly anchor?: string;
	/** Files done of those that the checkpoint implies. */
	readonly progress?: (done: number, all: number) => void;
}

export interface FetchedLog {
	/** Of the package. */
	readonly digest: string;
	/** Its checkpoint, written and verified by nobody; nothing more of the log was fetched where no key of the package signed it. */
	readonly served: Served;
	/** A smaller checkpoint that the same source served a moment later. */
	readonly wentBackTo?: Served;
	/** The source does not have, or does not rightly have, what the checkpoint says: what is there can be verified all the same. */
	readonly lacking?: Unfetched;
}

/** `other-package`: the source's package has another digest than the anchor, and nothing more was fetched. */
export type FetchRefusal = Unfetched | { readonly kind: 'other-package'; readonly digest: string };

export async function fetchLog(
	suite: Suite,
	source: Source,
	keeping: Keeping,
	{ anchor, progress }: LogFetching = {},
): Promise<Result<FetchedLog, FetchRefusal>> {
	try {
		const first = await fetchCheckpoint(source);
		if (!first.ok) return first;
		const digest = await fetchPackage(suite, source, keeping, anchor);
		if (!digest.ok) return digest;
		if (anchor !== undefined && digest.value !== anchor) return err({ kind: 'other-package', digest: digest.value });
		const election = await electionIn(suite, keeping);
		const beside = await fetchBeside(source, keeping);
		if (beside?.kind === 'trouble') return err(beside);
		const results = election === undefined ? undefined : await fetchResults(source, keeping, election.contests.keys());
		if (results?.kind === 'trouble') return err(results);
		const second = await fetchCheckpoint(source);
		if (!second.ok) return second;
		const wentBack = second.value.checkpoint.size < first.value.checkpoint.size;
		const served = wentBack ? first.value : second.value;
		const lacking =
			election === undefined ? undefined : await tilesOf(suite, source, keeping, election, served, progress);
		if (lacking?.kind === 'trouble') return err(lacking);
		keeping.put('checkpoint', served.note);
		return ok({
			digest: digest.value,
			served,
			...(wentBack ? { wentBackTo: second.value } : {}),
			...(lacking === undefined ? {} : { lacking }),
		});
	} finally {
		keeping.end();
	}
}

/** Nothing for a package that is not sound: whoever verifies says what is wrong with it. */
async function electionIn(suite: Suite, { folder }: Keeping): Promise<Election | undefined> {
	const read = await readPackageFolder(join(folder, 'package'));
	const loaded = loadElection(suite, read.files);
	return loaded.ok ? loaded.value : undefined;
}

/** A size that no key of the log has signed for is no reason to fetch anything. */
async function tilesOf(
	suite: Suite,
	source: Source,
	keeping: Keeping,
	election: Election,
	{ note, checkpoint }: Served,
	progress: LogFetching['progress'],
): Promise<Unfetched | undefined> {
	const signed = verifyCheckpoint(suite, note, trustOf(contextOf(suite, election)));
	if (!signed.ok) return { kind: 'refused', why: signed.error };
	const fetched = await fetchStep(source, keeping, 0, checkpoint.size, progress === undefined ? {} : { progress });
	return fetched.ok ? undefined : fetched.error;
}
