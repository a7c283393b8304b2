#!/usr/bin/env node
/**
 * The `matokeo` command: names, options and help of every verb; what a verb does is in `verbs/`. Exit codes: 0 nothing fails, 1 something fails, 2 could not run.
 */
import { CLERKS_LEAST } from '@matokeo/rehearsal/play/rehearse.ts';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { answering, COULD_NOT_RUN, processOutput } from './output.ts';
import { runDemo } from './verbs/demo.ts';
import { runElectionCheck } from './verbs/electionCheck.ts';
import { runElectionDigest } from './verbs/electionDigest.ts';
import { runFsck } from './verbs/fsck.ts';
import { runRebuild } from './verbs/rebuild.ts';
import { runRehearse } from './verbs/rehearse.ts';
import { runVerify } from './verbs/verify.ts';

const COUNT = /^(0|[1-9][0-9]{0,9})$/;
const DIGEST = /^[0-9a-f]{64}$/;
/** Ten digits: as seconds, the year 2286. */
const SECONDS_MAX = 9_999_999_999;

/** With `--json` the answer is JSON also when there is none. */
const output = answering(processOutput, process.argv.includes('--json'));

/** Reads a whole number within bounds; `such` is one as an example. */
function number(such: number, least = 0, most = SECONDS_MAX): (text: string) => number {
	return (text) => {
		const value = COUNT.test(text) ? Number(text) : -1;
		if (value >= least && value <= most) return value;
		throw new InvalidArgumentError(
			`Expected a number from ${least} to ${most} such as ${such}, without signs or separators.`,
		);
	};
}

function digest(text: string): string {
	if (!DIGEST.test(text))
		throw new InvalidArgumentError(
			'Expected the 64 digits (0–9, a–f in small letters) of a package digest, as printed before polling and by `matokeo election digest`.',
		);
	return text;
}

function program(finish: (code: number) => void): Command {
	const matokeo = new Command('matokeo').description('Election results that anyone can check.').exitOverride();
	matokeo.configureOutput({ writeOut: output.stdout, writeErr: output.stderr });
	matokeo.showHelpAfterError('(matokeo --help, or matokeo VERB --help, lists what there is)');
	const election = matokeo
		.command('election')
		.description('election packages: the rules of an election, before polling');
	election
		.command('check')
		.argument('<dir>', 'folder of the package')
		.option('--json', 'problems as JSON')
		.description('report all problems of a package')
		.action(async (dir: string, options: { json?: true }) => finish(await runElectionCheck(dir, output, options)));
	election
		.command('digest')
		.argument('<dir>', 'folder of the package')
		.option('--write', 'write the manifest that belongs to the files')
		.description('print the anchor: the digest that is published on paper before polling')
		.action(async (dir: string, options: { write?: true }) => finish(await runElectionDigest(dir, output, options)));
	matokeo
		.command('verify')
		.argument('<folder>', 'what a server publishes, or a copy of it')
		.option('--anchor <digest>', 'the package digest that was published before polling', digest)
		.option('--against <file>', 'a checkpoint or a receipt that you hold')
		.option('--json', 'the report as JSON')
		.description('recompute the whole election and say what is wrong and what cannot be shown')
		.action(async (folder: string, options: { anchor?: string; against?: string; json?: true }) =>
			finish(await runVerify(folder, output, options)),
		);
	matokeo
		.command('fsck')
		.argument('<dir>', "a server's folder: database, blobs and public/")
		.option('--json', 'the report as JSON')
		.description('compare database, published log and blobs, row by row')
		.action(async (dir: string, options: { json?: true }) => finish(await runFsck(dir, output, options)));
	matokeo
		.command('rebuild')
		.argument('<dir>', "a server's folder")
		.description('make the database again from what is published')
		.action(async (dir: string) => finish(await runRebuild(dir, output, {})));
	addRehearse(matokeo, finish);
	addDemo(matokeo, finish);
	matokeo.addHelpText('after', CODES);
	return matokeo;
}

const CODES = `
Every command ends with 0 (nothing fails), 1 (something fails, and is named) or 2 (it could not run, and says why).
With --json there is exactly one JSON document on standard output, also at 2: {"error": why}.
"npm run demo" plays a whole election and then says what to try; README.md and spec/ say the rest.`;

function addDemo(matokeo: Command, finish: (code: number) => void): void {
	matokeo
		.command('demo')
		.option('--until <forms>', 'stop after so many forms; 28975 is where publication was paused in 2019', number(28975))
		.option('--finish', 'play to the end')
		.option('--no-serve', 'do not serve pages afterwards')
		.option('--out <dir>', 'an empty or new folder to play into')
		.description('play Bolivia 2019 from published figures, and verify it')
		.action(async ({ until, out, finish: whole }: { until?: number; out?: string; finish?: true }) =>
			finish(
				await runDemo(output, {
					...(until === undefined || whole === true ? {} : { until }),
					...(out === undefined ? {} : { out }),
				}),
			),
		);
}

/** More clerks than this enrol for longer than they read. */
const CLERKS_MAX = 10_000;

interface RehearseFlags {
	readonly reports: string;
	readonly forms?: string;
	readonly until?: number;
	readonly seed: string;
	readonly out: string;
	readonly clerks: number;
	readonly misreads: number;
	readonly start?: number;
}

function addRehearse(matokeo: Command, finish: (code: number) => void): void {
	matokeo
		.command('rehearse')
		.argument('<package>', 'folder of an election package in mode "rehearsal"')
		.requiredOption('--reports <file>', "CSV: officers' figures, one row per form, in the order of arrival")
		.option('--forms <file>', 'CSV: what the forms say, where that differs')
		.option('--until <forms>', 'stop after so many forms', number(28975))
		.option('--seed <text>', 'what chance follows from', 'matokeo')
		.option('--clerks <number>', 'how many clerks read', number(60, CLERKS_LEAST, CLERKS_MAX), 60)
		.option(
			'--misreads <number>',
			'of a thousand forms, how many one of the first two clerks misreads',
			number(2, 0, 1000),
			0,
		)
		.option('--start <seconds>', 'UTC seconds at which it begins; now, unless you say', number(1571616000, 1))
		.requiredOption('--out <dir>', 'an empty or new folder')
		.description('play a whole election from tables of station figures')
		.action(async (dir: string, flags: RehearseFlags) => {
			const start = flags.start ?? Math.floor(Date.now() / 1000);
			finish(await runRehearse(dir, output, { ...flags, start }));
		});
}

try {
	await program(output.end).parseAsync(process.argv);
} catch (problem) {
	if (!(problem instanceof CommanderError))
		output.stderr(`${problem instanceof Error ? problem.message : String(problem)}\n`);
	output.end(problem instanceof CommanderError && problem.exitCode === 0 ? 0 : COULD_NOT_RUN);
}
