#!/usr/bin/env node
/**
 * The `matokeo` command: names, options and help of every verb; what a verb does is in `verbs/`. Exit codes: 0 nothing fails, 1 something fails, 2 could not run.
 */
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { processOutput as output } from './output.ts';
import { runDemo } from './verbs/demo.ts';
import { runElectionCheck } from './verbs/electionCheck.ts';
import { runElectionDigest } from './verbs/electionDigest.ts';
import { runFsck } from './verbs/fsck.ts';
import { runRebuild } from './verbs/rebuild.ts';
import { runRehearse } from './verbs/rehearse.ts';
import { runVerify } from './verbs/verify.ts';

const COULD_NOT_RUN = 2;
const COUNT = /^(0|[1-9][0-9]{0,9})$/;
const DIGEST = /^[0-9a-f]{64}$/;

function count(text: string): number {
	if (!COUNT.test(text))
		throw new InvalidArgumentError('expected a number such as 28975, without signs or separators.');
	return Number(text);
}

function digest(text: string): string {
	if (!DIGEST.test(text))
		throw new InvalidArgumentError(
			'expected the 64 lower-case hex digits of a package digest, as `matokeo election digest` prints it.',
		);
	return text;
}

function program(finish: (code: number) => void): Command {
	const matokeo = new Command('matokeo').description('Election results that anyone can check.').exitOverride();
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
	matokeo
		.command('demo')
		.option('--until <forms>', 'stop after so many forms; 28975 is where publication was paused in 2019', count)
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
	return matokeo;
}

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
		.option('--until <forms>', 'stop after so many forms', count)
		.option('--seed <text>', 'what chance follows from', 'matokeo')
		.option('--clerks <number>', 'how many clerks read', count, 60)
		.option('--misreads <number>', 'of a thousand forms, how many one of the first two clerks misreads', count, 0)
		.option('--start <seconds>', 'UTC seconds at which it begins; now, unless you say', count)
		.requiredOption('--out <dir>', 'an empty or new folder')
		.description('play a whole election from tables of station figures')
		.action(async (dir: string, flags: RehearseFlags) => {
			const start = flags.start ?? Math.floor(Date.now() / 1000);
			finish(await runRehearse(dir, output, { ...flags, start }));
		});
}

try {
	await program((code) => {
		process.exitCode = code;
	}).parseAsync(process.argv);
} catch (problem) {
	if (problem instanceof CommanderError) {
		process.exitCode = problem.exitCode === 0 ? 0 : COULD_NOT_RUN;
	} else {
		output.stderr(`${problem instanceof Error ? problem.message : String(problem)}\n`);
		process.exitCode = COULD_NOT_RUN;
	}
}
