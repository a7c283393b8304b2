/**
 * What a rehearsal needs before anything is played: a package in mode *rehearsal* with rehearsal keys, and tables of figures without a problem (R10, P80–P82). Everything that is wrong
 * is told, and nothing is written.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LIMITS } from '@matokeo/core/election/limits.ts';
import { type Problem, printProblem } from '@matokeo/core/election/problem.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { COUNT_TABLE_BYTES_MAX } from '@matokeo/core/record/limits.ts';
import type { Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { rehearsable } from '@matokeo/rehearsal/play/rehearse.ts';
import { type FigureTable, readFigureTable } from '@matokeo/rehearsal/play/tables.ts';
import { readStory } from '@matokeo/rehearsal/proceed/readStory.ts';
import { plainStory, type Story } from '@matokeo/rehearsal/proceed/story.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { readGiven } from '../given.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { checkFolder, openPackageFolder } from '../verbs/electionCheck.ts';

export interface Tables {
	readonly reports: FigureTable;
	readonly forms: FigureTable;
	/** What happens after the forms are in; where no file tells it, what the package's law asks for. */
	readonly story: Story;
}

export interface TableFiles {
	readonly reports: string;
	readonly forms?: string;
	readonly story?: string;
}

export interface Prepared extends Tables {
	readonly suite: Suite;
	readonly election: Election;
	readonly packageFiles: ReadonlyMap<string, Uint8Array>;
}

/** Everything, or the exit code with the reason on standard error. */
export async function prepare(packageDir: string, files: TableFiles, out: Output): Promise<Prepared | number> {
	const folder = await openPackageFolder(packageDir, out);
	if (folder === undefined) return COULD_NOT_RUN;
	const suite = nativeSuite();
	const { problems, election } = checkFolder(suite, folder);
	if (election === undefined) return tell(out, problems, 'the package');
	const possible = rehearsable({ suite, election });
	if (!possible.ok) {
		out.stderr(`This package cannot be rehearsed: ${possible.error}.\n`);
		return 1;
	}
	const tables = readTables(election, out, files);
	return typeof tables === 'number' ? tables : { suite, election, packageFiles: folder.files, ...tables };
}

function readTables(election: Election, out: Output, files: TableFiles): Tables | number {
	const read = <T>(file: string, parse: Parse<T>): T | number => {
		const bytes = readGiven(file, LIMITS.fileBytesMax);
		if (!bytes.ok) {
			out.stderr(`${bytes.error}\n`);
			return COULD_NOT_RUN;
		}
		const table = parse(election, file, bytes.value);
		return table.ok ? table.value : tell(out, table.error, file);
	};
	const reports = read(files.reports, readFigureTable);
	if (typeof reports === 'number') return reports;
	const forms = files.forms === undefined ? new Map() : read(files.forms, readFigureTable);
	if (typeof forms === 'number') return forms;
	const told = files.story;
	const story =
		told === undefined
			? plainStory(election)
			: read(told, (...of) =>
					readStory(...of, (name) => readGiven(join(dirname(told), 'counts', `${name}.csv`), COUNT_TABLE_BYTES_MAX)),
				);
	if (typeof story === 'number') return story;
	if (reports.size + forms.size > 0) return { reports, forms, story };
	out.stderr(
		`No form is in ${files.forms === undefined ? files.reports : `${files.reports} or ${files.forms}`}: nothing was played. Write a row for each form.\n`,
	);
	return 1;
}

type Parse<T> = (election: Election, file: string, bytes: Uint8Array) => Result<T, readonly Problem[]>;

/** So that the folder can be served by itself later. */
export async function copyPackage(files: ReadonlyMap<string, Uint8Array>, dir: string): Promise<void> {
	for (const [path, bytes] of files) {
		const target = join(dir, 'package', path);
		await mkdir(dirname(target), { recursive: true });
		await writeFile(target, bytes);
	}
}

function tell(out: Output, problems: readonly Problem[], where: string): number {
	for (const problem of problems) out.stderr(`${printProblem(problem)}\n`);
	out.stderr(`${problems.length} problem${problems.length === 1 ? '' : 's'} in ${where}: nothing was played.\n`);
	return 1;
}
