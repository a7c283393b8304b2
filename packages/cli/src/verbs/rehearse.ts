/**
 * `matokeo rehearse PACKAGE --reports FILE [--forms FILE] [--story FILE] … (--out DIR | --url SERVER)`: plays a whole election from tables of station figures (R10), in process into a folder, or through
 * the routes of a server that runs, over the lines of an election night. Answers 0 when it was played and each ended as it should, 1 when the package or a table has problems or
 * something ended otherwise, 2 when it could not run.
 */
import { join } from 'node:path';
import type { Lines } from '@matokeo/rehearsal/http/lines.ts';
import { rehearseOverLines } from '@matokeo/rehearsal/http/overLines.ts';
import { clockFrom } from '@matokeo/rehearsal/play/clock.ts';
import { inProcess } from '@matokeo/rehearsal/play/inProcess.ts';
import { type Plan, rehearse } from '@matokeo/rehearsal/play/rehearse.ts';
import { Trouble } from '@matokeo/server/ports/trouble.ts';
import { makeFolder, wrongNewFolder } from '../given.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { type Progress, progressOn } from '../progress.ts';
import { happenedLine } from '../rehearsing/happened.ts';
import { openInFolder } from '../rehearsing/inFolder.ts';
import { copyPackage, type Prepared, prepare } from '../rehearsing/prepared.ts';
import { storyOf } from '../rehearsing/story.ts';

interface Playing {
	readonly reports: string;
	readonly forms?: string;
	/** What happens after the forms are in. Absent: what the package's law asks for, and through a server nothing. */
	readonly story?: string;
	/** Stop after so many forms. */
	readonly until?: number;
	readonly seed: string;
	readonly clerks: number;
	/** Of a thousand forms, how many are misread by one of the two first clerks. */
	readonly misreads: number;
}

export interface RehearseOptions extends Playing {
	readonly out: string;
	/** UTC seconds at which the rehearsal begins. */
	readonly start: number;
}

export interface RehearseOverOptions extends Playing {
	readonly url: URL;
	readonly lines: Lines;
}

export async function runRehearse(packageDir: string, out: Output, options: RehearseOptions): Promise<number> {
	const wrong = wrongNewFolder(options.out);
	if (wrong !== undefined) {
		out.stderr(`${wrong}\n`);
		return COULD_NOT_RUN;
	}
	const prepared = await prepare(packageDir, options, out);
	if (typeof prepared === 'number') return prepared;
	const made = makeFolder(options.out);
	if (!made.ok) {
		out.stderr(`${made.error}\n`);
		return COULD_NOT_RUN;
	}
	await copyPackage(prepared.packageFiles, options.out);
	const began = performance.now();
	const clock = clockFrom(options.start);
	const log = openInFolder(prepared, options.out, clock);
	const progress = progressOn(out, 'forms', process.stderr.isTTY);
	try {
		const { suite, election } = prepared;
		const port = inProcess(log, { suite, election, clock });
		const played = await rehearse({ ...planOf(prepared, options, progress, out), clock }, port);
		out.stdout(storyOf(played, `into ${options.out}`, performance.now() - began));
		out.stdout(`What is published lies in ${join(options.out, 'public')}: \`matokeo verify\` recomputes it.\n`);
		return 0;
	} finally {
		progress.end();
		log.close();
	}
}

/** The server keeps its own time, and its own log: it must be open and empty, and of the same package. What follows counting is played only where a story is given: it waits for the server's witnesses. */
export async function runRehearseOver(packageDir: string, out: Output, options: RehearseOverOptions): Promise<number> {
	const prepared = await prepare(packageDir, options, out);
	if (typeof prepared === 'number') return prepared;
	const began = performance.now();
	const progress = progressOn(out, 'forms', process.stderr.isTTY);
	const url = options.url.href.replace(/\/$/, '');
	try {
		const { story, ...rest } = planOf(prepared, options, progress, out);
		const told = options.story === undefined || story === undefined ? {} : { story };
		const plan = { ...rest, ...told };
		const { played, report, sound } = await rehearseOverLines(url, options.lines, plan);
		progress.end();
		out.stdout(storyOf(played, `through ${url}`, performance.now() - began));
		out.stdout(`\n${report}`);
		return sound ? 0 : 1;
	} catch (error) {
		if (!(error instanceof Trouble)) throw error;
		progress.end();
		out.stderr(`${error.message}\n`);
		return COULD_NOT_RUN;
	}
}

function planOf(
	prepared: Prepared,
	options: Playing,
	progress: Progress,
	out: Output,
): Omit<Plan, 'clock' | 'variations'> {
	const { suite, election, reports, forms, story } = prepared;
	const { until, seed, clerks, misreads } = options;
	return {
		suite,
		election,
		reports,
		forms,
		...(until === undefined ? {} : { until }),
		seed,
		clerks,
		misreads,
		story,
		watching: {
			happened: (one) => {
				progress.end();
				out.stdout(`${happenedLine(election, one)}\n`);
			},
		},
		progress: progress.step,
	};
}
