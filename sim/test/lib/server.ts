/** Runs `matokeo serve`, or another verb that stays, in a process of its own: until it says where it is, and until it is told to stop. */
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MAIN, type Ran } from './matokeo.ts';

const ENV = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'matokeo-test-code') };

export interface Running {
	/** Without a slash at its end. */
	readonly url: string;
	/** Sends the signal and waits for the end. */
	readonly stop: (signal?: NodeJS.Signals) => Promise<Ran>;
}

/** Resolves when an address stands on standard output; rejects with what was said when it ends before. */
export function serving(...given: readonly string[]): Promise<Running> {
	const child = spawn(process.execPath, [MAIN, ...given], { env: ENV, stdio: ['ignore', 'pipe', 'pipe'] });
	const out = { stdout: '', stderr: '' };
	const ended = new Promise<Ran>((resolve) => {
		child.on('close', (code) => resolve({ code: code ?? -1, ...out }));
	});
	const stop = (signal: NodeJS.Signals = 'SIGTERM'): Promise<Ran> => {
		child.kill(signal);
		return ended;
	};
	return new Promise((resolve, reject) => {
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			out.stdout += text;
			const url = /(http:\/\/[^/\s]+)\//.exec(out.stdout)?.[1];
			if (url !== undefined) resolve({ url, stop });
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			out.stderr += text;
		});
		child.on('error', reject);
		child.on('close', () => reject(new Error(`it ended before it served: ${out.stderr}`)));
	});
}
