/** Runs named commands, so many at a time, and keeps quiet about those that succeed: a failed one shows all that it said. */
import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';

/** A command for the Node that is running: a file of JavaScript and its arguments. */
export interface Step {
	readonly name: string;
	readonly argv: readonly string[];
}

export interface StepResult {
	readonly name: string;
	readonly passed: boolean;
	readonly output: string;
	readonly seconds: number;
}

/** Runs one step to its end. Its output, without colours, is kept and not shown. */
function runStep(step: Step, cwd: string): Promise<StepResult> {
	return new Promise((resolve) => {
		const started = performance.now();
		const chunks: Buffer[] = [];
		const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
		const child = spawn(process.execPath, step.argv, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env });
		const finish = (passed: boolean, extra: string): void => {
			const output = Buffer.concat(chunks).toString('utf8') + extra;
			resolve({ name: step.name, passed, output, seconds: (performance.now() - started) / 1000 });
		};
		child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
		child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
		child.on('error', (problem) => finish(false, problem.message));
		child.on('close', (code) => finish(code === 0, ''));
	});
}

/** Runs every step, `atOnce` at a time, and calls `report` as each one ends. One failure does not stop the others. */
export async function runSteps(
	steps: readonly Step[],
	atOnce: number,
	cwd: string,
	report: (result: StepResult) => void,
): Promise<readonly StepResult[]> {
	const waiting = [...steps];
	const results: StepResult[] = [];
	const worker = async (): Promise<void> => {
		for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
			const result = await runStep(step, cwd);
			results.push(result);
			report(result);
		}
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
	return results;
}
