/** The log of an election package as a witness watches it: both keys that may sign for it, and the two files of the package that let evidence stand without anybody's word for them. */
import { MANIFEST } from '@matokeo/core/election/manifest.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';
import type { WatchedLog } from '@matokeo/witness/witness/watched.ts';
import { inWords } from '../given.ts';
import { checkFolder } from '../verbs/electionCheck.ts';

export interface WatchedElection {
	readonly election: Election;
	readonly logs: readonly WatchedLog[];
}

export async function watchedElection(suite: Suite, dir: string): Promise<Result<WatchedElection>> {
	try {
		const folder = await readPackageFolder(dir);
		const { election, problems } = checkFolder(suite, folder);
		if (election === undefined)
			return err(
				`The package in "${dir}" has ${problems.length} problem(s): \`matokeo election check ${dir}\` names them.`,
			);
		const { origin, logKeys } = trustOf(contextOf(suite, election));
		const excerpt = { manifest: textIn(folder.files, MANIFEST), election: textIn(folder.files, 'election.json') };
		return ok({ election, logs: logKeys.map((key) => ({ origin, key, excerpt })) });
	} catch (error) {
		return err(
			`The folder "${dir}" cannot be read: ${inWords(error)}. Name the folder of an election package, with election.json in it.`,
		);
	}
}

function textIn(files: ReadonlyMap<string, Uint8Array>, path: string): string {
	return utf8Decode(files.get(path) ?? new Uint8Array(0)) ?? '';
}
