/**
 * Reads an election package (`spec/package.md`): a folder as bytes in, the election or **all** its problems out. Nothing is guessed, corrected or
 * normalised; a package with one problem has no election.
 *
 * Does not know where the files come from; see `packages/verifier/src/node/packageFolder.ts`.
 */
import { err, ok, type Result } from '../std/result.ts';
import type { Suite } from '../std/suite.ts';
import { readElectionJson } from './electionJson.ts';
import { LIMITS } from './limits.ts';
import { checkManifest, type Files } from './manifest.ts';
import { type Problem, type ProblemList, problemList } from './problem.ts';
import type { Election } from './types.ts';

const ELECTION_FILE = 'election.json';

/** The election, bound to the digest of the manifest; else every problem, sorted by file, line and column. */
export function loadElection(suite: Suite, files: Files): Result<Election, readonly Problem[]> {
	const problems = problemList();
	checkSizes(files, problems);
	const digest = checkManifest(suite, files);
	if (!digest.ok) for (const problem of digest.error) problems.add(problem);
	const read = readElectionJson(suite, files, problems);
	if (problems.count() > 0 || read === undefined || !digest.ok) return err(problems.sorted());
	return ok({ digest: digest.value, ...read });
}

function checkSizes(files: Files, problems: ProblemList): void {
	const tell = (file: string, expected: string, came: string, toDo: string) =>
		problems.add({ rule: 'P8', file, line: 0, column: 0, expected, came, toDo });
	if (files.size > LIMITS.filesMax)
		tell('', `at most ${LIMITS.filesMax} files`, `${files.size}`, 'put attachments into archives');
	for (const [path, bytes] of files) {
		const max = path === ELECTION_FILE ? LIMITS.jsonBytesMax : LIMITS.fileBytesMax;
		if (bytes.length > max) tell(path, `at most ${max} bytes`, `${bytes.length}`, 'make the file smaller');
	}
}
