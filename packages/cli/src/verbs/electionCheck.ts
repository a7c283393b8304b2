/**
 * `matokeo election check DIR`: all problems of an election package, each with file, line and column, what was expected, what came and what to do
 * (`spec/package.md`). Answers 0 when there are none, 1 when there are, 2 when the folder cannot be read.
 */
import { loadElection } from '@matokeo/core/election/package.ts';
import { type Problem, printProblem } from '@matokeo/core/election/problem.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { type PackageFolder, readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';
import { inWords } from '../given.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';

export interface ElectionCheckOptions {
	/** The problems as JSON on standard output. */
	readonly json?: boolean;
}

export async function runElectionCheck(dir: string, out: Output, options: ElectionCheckOptions = {}): Promise<number> {
	const folder = await openPackageFolder(dir, out);
	if (folder === undefined) return COULD_NOT_RUN;
	const { problems, election } = checkFolder(nativeSuite(), folder);
	if (options.json === true) {
		out.stdout(`${JSON.stringify({ digest: election?.digest ?? '', problems }, undefined, '\t')}\n`);
	} else if (election !== undefined) {
		out.stdout(summaryOf(election));
	} else {
		for (const problem of problems) out.stdout(`${printProblem(problem)}\n`);
		out.stdout(
			`${problems.length === 1 ? 'One problem.' : `${problems.length} problems.`} This is not an election package yet.\n`,
		);
	}
	return problems.length === 0 ? 0 : 1;
}

/** The folder in memory, or `undefined` with the reason on standard error. */
export async function openPackageFolder(dir: string, out: Output): Promise<PackageFolder | undefined> {
	try {
		return await readPackageFolder(dir);
	} catch (error) {
		out.stderr(
			`The folder "${dir}" cannot be read: ${inWords(error)}. Name the folder of an election package, with election.json in it.\n`,
		);
		return undefined;
	}
}

/** Problems of the folder and of what is in it; the election only when there are none. */
export function checkFolder(
	suite: Suite,
	folder: PackageFolder,
): { readonly problems: readonly Problem[]; readonly election: Election | undefined } {
	const loaded = loadElection(suite, folder.files);
	const problems = loaded.ok ? folder.problems : [...folder.problems, ...loaded.error];
	return { problems, election: loaded.ok && problems.length === 0 ? loaded.value : undefined };
}

function summaryOf(election: Election): string {
	const candidates = [...election.contests.values()].reduce((sum, contest) => sum + contest.candidates.length, 0);
	return [
		`Election ${election.id} (${election.mode}): no problems.`,
		`  ${election.contests.size} contests, ${candidates} candidates, ${election.areas.size} areas, ${election.stations.size} polling stations`,
		`  authority: ${election.authority.quorum} of ${election.authority.keys.length} keys; registrars: ${election.registrars.length}`,
		`  anchor: ${election.digest}`,
		'',
	].join('\n');
}
