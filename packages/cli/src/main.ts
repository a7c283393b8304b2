#!/usr/bin/env node
/**
 * The `matokeo` command: puts the verbs together and turns what they answer into an exit code. Names, options and help are in `commands/`, what a verb does is in
 * `verbs/`. Exit codes: 0 nothing fails, 1 something fails, 2 could not run.
 */
import { Command, CommanderError } from 'commander';
import { addActs } from './commands/acting.ts';
import { addBundles } from './commands/bundling.ts';
import { addChecks, addElection } from './commands/checking.ts';
import { addCompare, addCount } from './commands/comparing.ts';
import { addExport } from './commands/exporting.ts';
import { addKey } from './commands/keys.ts';
import { addMirror } from './commands/mirroring.ts';
import { addDemo, addDrill, addRehearse, addTamper } from './commands/rehearsing.ts';
import { addSay } from './commands/saying.ts';
import { addScrutiny } from './commands/scrutinizing.ts';
import { addPublish, addServe } from './commands/serving.ts';
import { addWitness } from './commands/witnessing.ts';
import { answering, COULD_NOT_RUN, processOutput } from './output.ts';

/** With `--json` the answer is JSON also when there is none. */
const output = answering(processOutput, process.argv.includes('--json'));

function program(finish: (code: number) => void): Command {
	const matokeo = new Command('matokeo').description('Election results that anyone can check.').exitOverride();
	matokeo.configureOutput({ writeOut: output.stdout, writeErr: output.stderr });
	matokeo.showHelpAfterError('(matokeo --help, or matokeo VERB --help, lists what there is)');
	const verbs = { matokeo, output, finish };
	addElection(verbs);
	addKey(verbs);
	addSay(verbs);
	addActs(verbs);
	addServe(verbs);
	addPublish(verbs);
	addMirror(verbs);
	addChecks(verbs);
	addBundles(verbs);
	addCompare(verbs);
	addCount(verbs);
	addExport(verbs);
	addScrutiny(verbs);
	addRehearse(verbs);
	addDemo(verbs);
	addDrill(verbs);
	addWitness(verbs);
	addTamper(verbs);
	matokeo.addHelpText('after', CODES);
	return matokeo;
}

const CODES = `
Every command ends with 0 (nothing fails), 1 (something fails, and is named) or 2 (it could not run, and says why).
With --json there is exactly one JSON document on standard output, also at 2: {"error": why}.
"npm run demo" plays a whole election and then says what to try; README.md and spec/ say the rest.`;

try {
	await program(output.end).parseAsync(process.argv);
} catch (problem) {
	if (!(problem instanceof CommanderError))
		output.stderr(`${problem instanceof Error ? problem.message : String(problem)}\n`);
	output.end(problem instanceof CommanderError && problem.exitCode === 0 ? 0 : COULD_NOT_RUN);
}
