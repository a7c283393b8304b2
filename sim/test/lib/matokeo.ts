/**
 * Runs the `matokeo` command as a person would, in a process of its own, and reads what it printed.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Ran {
	readonly code: number;
	readonly stdout: string;
	readonly stderr: string;
}

const ROOT: string = fileURLToPath(new URL('../../../', import.meta.url));
export const BOLIVIA: string = join(ROOT, 'examples', 'bolivia-2019');
export const MAIN: string = join(ROOT, 'packages', 'cli', 'src', 'main.ts');
/** Code once compiled is kept from run to run: a hundred short commands are then nearly twice as fast. */
const ENV = { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'matokeo-test-code') };

export function matokeo(...given: readonly string[]): Promise<Ran> {
	return new Promise((resolve, reject) => {
		const child = spawn(process.execPath, [MAIN, ...given], { env: ENV, stdio: ['ignore', 'pipe', 'pipe'] });
		const out = { stdout: '', stderr: '' };
		child.stdout.setEncoding('utf8').on('data', (text: string) => {
			out.stdout += text;
		});
		child.stderr.setEncoding('utf8').on('data', (text: string) => {
			out.stderr += text;
		});
		child.on('error', reject);
		child.on('close', (code) => resolve({ code: code ?? -1, ...out }));
	});
}

/** A new empty folder that goes away with the machine's temporary files. */
export function emptyFolder(name: string): string {
	return mkdtempSync(join(tmpdir(), `matokeo-${name}-`));
}
