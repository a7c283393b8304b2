/** Which contest two counts are about: of a log that is one of them, or of an election package that was named. Without either nothing is known beyond the two tables. */

import type { LogParts } from '@matokeo/compare/log/logCount.ts';
import { printProblem } from '@matokeo/core/election/problem.ts';
import type { Contest, Election } from '@matokeo/core/election/types.ts';
import { contextOf } from '@matokeo/core/rules/context.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';
import { inWords } from '../given.ts';
import { checkFolder } from '../verbs/electionCheck.ts';
import type { Asked, OpenedSide } from './asked.ts';
import type { LogSide } from './logSide.ts';

export interface About {
	readonly election: Election;
	readonly contest: Contest;
}

/** `undefined`: two tables, and no package. */
export async function aboutOf(
	suite: Suite,
	[a, b]: readonly [OpenedSide, OpenedSide],
	{ package: folder, contest }: Pick<Asked, 'package' | 'contest'>,
): Promise<Result<About | undefined>> {
	const log = b.kind === 'log' ? b : a.kind === 'log' ? a : undefined;
	if (log !== undefined) return chosen(log.standing.election, contest);
	if (folder === undefined)
		return contest === undefined
			? ok(undefined)
			: err('--contest names a contest of a log or of an election package: give --package DIR with it.');
	return aboutPackage(suite, folder, contest);
}

export async function aboutPackage(suite: Suite, folder: string, contest: string | undefined): Promise<Result<About>> {
	try {
		const { problems, election } = checkFolder(suite, await readPackageFolder(folder));
		if (election !== undefined) return chosen(election, contest);
		const [first] = problems;
		return err(
			`"${folder}" is no election package yet: ${first === undefined ? 'it has problems' : printProblem(first)}. See all of it: matokeo election check ${folder}`,
		);
	} catch (error) {
		return err(
			`The folder "${folder}" cannot be read: ${inWords(error)}. Name the folder of an election package, with election.json in it.`,
		);
	}
}

function chosen(election: Election, asked: string | undefined): Result<About> {
	const all = [...election.contests.values()];
	const names = all.map(({ id }) => id).join(', ');
	const [only] = all;
	if (asked === undefined) {
		if (only !== undefined && all.length === 1) return ok({ election, contest: only });
		return err(`The election ${election.id} has ${all.length} contests: say which with --contest, of ${names}.`);
	}
	const contest = election.contests.get(asked);
	return contest === undefined
		? err(`The election ${election.id} has no contest "${asked}"; it has ${names}.`)
		: ok({ election, contest });
}

export function logParts(suite: Suite, { given, standing, root }: LogSide): LogParts {
	const { election, baseline, rows } = standing;
	return { context: contextOf(suite, election), baseline, rows, checkpoint: root, title: given };
}
