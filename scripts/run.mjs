/**
 * What every `npm run …` of this repository starts with: installs when something is missing, finds the right Node, and runs the
 * command with `node_modules/.bin` first on the PATH. Plain JavaScript for Node 18 or later, since nothing is installed yet.
 */
import { spawn } from 'node:child_process';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install } from './lib/install.mjs';
import { findNode } from './lib/runtime.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Name of the command → the file that it runs and the arguments before the person's own.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const COMMANDS = {
	test: ['scripts/test.ts'],
	check: ['scripts/test.ts', '--no-tests'],
	demo: ['packages/cli/src/main.ts', 'demo'],
	drill: ['packages/cli/src/main.ts', 'drill'],
	bench: ['sim/bench/main.ts'],
	soak: ['sim/src/world/soak.ts'],
	lock: ['scripts/lock.ts'],
	matokeo: ['packages/cli/src/main.ts'],
	tamper: ['packages/cli/src/main.ts', 'tamper'],
};

/**
 * The exit code of the command; a signal that ended it counts as 1.
 * @param {string} name
 * @param {readonly string[]} given
 * @returns {Promise<number>}
 */
function run(name, given) {
	const command = COMMANDS[name];
	if (command === undefined) throw new Error(`unknown command ${name}: expected ${Object.keys(COMMANDS).join(', ')}`);
	install(ROOT);
	const node = findNode(ROOT);
	const { PATH = '', INIT_CWD = process.cwd() } = process.env;
	const path = [dirname(node), join(ROOT, 'node_modules', '.bin'), PATH].join(delimiter);
	const [file = '', ...first] = command;
	// npm runs us at the root; a path that a person types is meant from where that person stands.
	const cwd = name === 'matokeo' || name === 'tamper' ? INIT_CWD : ROOT;
	const child = spawn(node, [join(ROOT, file), ...first, ...given], {
		cwd,
		stdio: 'inherit',
		env: { ...process.env, PATH: path },
	});
	// The command decides when it ends; we only pass on what we are told, so that nothing is left running behind a prompt.
	for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
	// A shell between npm and us that is ended passes nothing on; we notice that it has gone.
	const shell = process.ppid;
	setInterval(() => {
		if (process.ppid !== shell) child.kill('SIGTERM');
	}, SHELL_LOOK_MS).unref();
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('exit', (code) => resolve(code ?? 1));
	});
}

const SHELL_LOOK_MS = 500;

/** @type {readonly NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

try {
	const [name = '', ...given] = process.argv.slice(2);
	process.exitCode = await run(name, given);
} catch (problem) {
	process.stderr.write(`${problem instanceof Error ? problem.message : String(problem)}\n`);
	process.exitCode = 2;
}
