/**
 * `matokeo rehearse PACKAGE --reports FILE [--forms FILE] … --out DIR`: plays a whole election in process from tables of station figures (R10). Answers 0
 * when it was played, 1 when the package or a table has problems, 2 when it could not run.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { LIMITS } from '@matokeo/core/election/limits.ts';
import { type Problem, printProblem } from '@matokeo/core/election/problem.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { grouped, plural } from '@matokeo/core/result/describe.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { clockFrom } from '@matokeo/rehearsal/play/clock.ts';
import { inProcess } from '@matokeo/rehearsal/play/inProcess.ts';
import { type Plan, type Played, rehearsable, rehearse } from '@matokeo/rehearsal/play/rehearse.ts';
import { type FigureTable, readFigureTable } from '@matokeo/rehearsal/play/tables.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { makeFolder, readGiven, wrongNewFolder } from '../given.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { duration, progressOn } from '../progress.ts';
import { checkFolder, openPackageFolder } from './electionCheck.ts';

export interface RehearseOptions {
	readonly reports: string;
	readonly forms?: string;
	/** Stop after so many forms. */
	readonly until?: number;
	readonly seed: string;
	readonly out: string;
	readonly clerks: number;
	/** Of a thousand forms, how many are misread by one of the two first clerks. */
	readonly misreads: number;
	/** UTC seconds at which the rehearsal begins. */
	readonly start: number;
}

const DATABASE = 'matokeo.sqlite';

export async function runRehearse(packageDir: string, out: Output, options: RehearseOptions): Promise<number> {
	const wrong = wrongNewFolder(options.out);
	if (wrong !== undefined) {
		out.stderr(`${wrong}\n`);
		return COULD_NOT_RUN;
	}
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
	const tables = readTables(election, out, options);
	if (typeof tables === 'number') return tables;
	const made = makeFolder(options.out);
	if (!made.ok) {
		out.stderr(`${made.error}\n`);
		return COULD_NOT_RUN;
	}
	await copyPackage(folder.files, join(options.out, 'package'));
	const began = performance.now();
	const played = await play(suite, election, folder.files, tables, options, out);
	out.stdout(storyOf(played, options, performance.now() - began));
	return 0;
}

interface Tables {
	readonly reports: FigureTable;
	readonly forms: FigureTable;
}

function readTables(election: Election, out: Output, { reports, forms }: RehearseOptions): Tables | number {
	const read = (file: string): FigureTable | number => {
		const bytes = readGiven(file, LIMITS.fileBytesMax);
		if (!bytes.ok) {
			out.stderr(`${bytes.error}\n`);
			return COULD_NOT_RUN;
		}
		const table = readFigureTable(election, file, bytes.value);
		return table.ok ? table.value : tell(out, table.error, file);
	};
	const reported = read(reports);
	if (typeof reported === 'number') return reported;
	const paper = forms === undefined ? new Map() : read(forms);
	if (typeof paper === 'number') return paper;
	if (reported.size + paper.size > 0) return { reports: reported, forms: paper };
	out.stderr(
		`No form is in ${forms === undefined ? reports : `${reports} or ${forms}`}: nothing was played. Write a row for each form.\n`,
	);
	return 1;
}

async function play(
	suite: Suite,
	election: Election,
	packageFiles: ReadonlyMap<string, Uint8Array>,
	tables: Tables,
	options: RehearseOptions,
	out: Output,
): Promise<Played> {
	const clock = clockFrom(options.start);
	const store = openSqliteStore(join(options.out, DATABASE));
	const { name, keyId, sign } = rehearsalKey(suite, election.id, election.log.key.name);
	const log = openLog({
		dir: options.out,
		suite,
		election,
		packageFiles,
		store,
		signer: { name, keyId, sign },
		clock: clock.now,
	});
	const progress = progressOn(out, 'forms', process.stderr.isTTY);
	const { until, seed, clerks, misreads } = options;
	const plan: Plan = {
		suite,
		election,
		...tables,
		...(until === undefined ? {} : { until }),
		seed,
		clock,
		clerks,
		misreads,
		progress: progress.step,
	};
	try {
		return await rehearse(plan, inProcess(log));
	} finally {
		progress.end();
		log.close();
	}
}

async function copyPackage(files: ReadonlyMap<string, Uint8Array>, dir: string): Promise<void> {
	for (const [path, bytes] of files) {
		await mkdir(dirname(join(dir, path)), { recursive: true });
		await writeFile(join(dir, path), bytes);
	}
}

function storyOf(played: Played, { out }: RehearseOptions, milliseconds: number): string {
	const { forms, keys, enrolments, captures, withoutFigures, imageBytes, readings, thirdReadings, rulings } = played;
	const images =
		imageBytes < 1e6 ? `${grouped(Math.ceil(imageBytes / 1e3))} kB` : `${grouped(Math.round(imageBytes / 1e6))} MB`;
	const lines = [
		`Played ${plural(forms, 'form', 'forms')} in ${duration(milliseconds)} into ${out}:`,
		`  ${plural(keys, 'key', 'keys')} enrolled in ${plural(enrolments, 'statement', 'statements')}`,
		`  ${plural(captures, 'form', 'forms')} captured, ${grouped(withoutFigures)} of them on paper without typed figures; ${images} of facsimiles`,
		`  ${plural(readings, 'blind reading', 'blind readings')}, ${plural(thirdReadings, 'form', 'forms')} read a third time, ${plural(rulings, 'ruling', 'rulings')}`,
		`What is published lies in ${join(out, 'public')}: \`matokeo verify\` recomputes it.`,
		'',
	];
	return lines.join('\n');
}

function tell(out: Output, problems: readonly Problem[], where: string): number {
	for (const problem of problems) out.stderr(`${printProblem(problem)}\n`);
	out.stderr(`${problems.length} problem${problems.length === 1 ? '' : 's'} in ${where}: nothing was played.\n`);
	return 1;
}
