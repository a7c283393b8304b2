/**
 * Everything that a change must pass: types, format, lint, dead code, then the tests. Prints each result and, as its last line,
 * `N passed, N failed`. A step counts as one; a run in which no test ran counts as a failure.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Counts, countRun, type Report } from './lib/counts.ts';
import { runSteps, type Step, type StepResult } from './lib/steps.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MODULES = join(ROOT, 'node_modules');
const TSC = join(MODULES, 'typescript/bin/tsc');

const STEPS: readonly Step[] = [
	{ name: 'types', argv: [TSC, '-p', '.'] },
	{ name: 'types of core, without Node or DOM', argv: [TSC, '-p', 'packages/core'] },
	{ name: 'types of the script in pages', argv: [TSC, '-p', 'packages/portal/island'] },
	{
		name: 'format',
		argv: [join(MODULES, '@biomejs/biome/bin/biome'), 'ci', '--colors=off', '--error-on-warnings', '.'],
	},
	{ name: 'lint', argv: [join(MODULES, 'oxlint/bin/oxlint')] },
	{ name: 'dead code', argv: [join(MODULES, 'knip/bin/knip.js'), '--no-progress'] },
];

/** What vitest wrote about its run; `undefined` when it ended before it could write. */
function readReport(file: string): Report | undefined {
	try {
		return JSON.parse(readFileSync(file, 'utf8')) as Report;
	} catch {
		return undefined;
	}
}

function runTests(given: readonly string[]): Counts {
	const folder = mkdtempSync(join(tmpdir(), 'matokeo-test-'));
	const file = join(folder, 'report.json');
	const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
	const argv = [join(MODULES, 'vitest/vitest.mjs'), 'run', ...reporters, ...given];
	// Colours are for a person who watches; a file gets plain text.
	const env = process.stdout.isTTY ? process.env : { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
	const done = spawnSync(process.execPath, argv, { cwd: ROOT, stdio: 'inherit', env });
	const counts = countRun(readReport(file), done.status ?? 1);
	rmSync(folder, { recursive: true, force: true });
	return counts;
}

function show({ name, passed, output, seconds }: StepResult): void {
	const end = passed ? '' : `${output}\n`;
	process.stdout.write(`${passed ? 'passed' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s)\n${end}`);
}

const given = process.argv.slice(2);
const results = await runSteps(STEPS, 2, ROOT, show);
const tests = given[0] === '--no-tests' ? { passed: 0, failed: 0 } : runTests(given);
const passed = tests.passed + results.filter((result) => result.passed).length;
const failed = tests.failed + results.filter((result) => !result.passed).length;
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
