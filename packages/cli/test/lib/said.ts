/** Collects what a verb writes, and puts a small election's package on the disk. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Output } from '../../src/output.ts';

export interface Said {
	readonly out: Output;
	readonly stdout: () => string;
	readonly stderr: () => string;
}

export function said(): Said {
	const texts = { stdout: '', stderr: '' };
	return {
		out: {
			stdout: (text) => {
				texts.stdout += text;
			},
			stderr: (text) => {
				texts.stderr += text;
			},
		},
		stdout: () => texts.stdout,
		stderr: () => texts.stderr,
	};
}

const folders: string[] = [];

export function newFolder(files: ReadonlyMap<string, Uint8Array> = new Map()): string {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-cli-'));
	folders.push(dir);
	for (const [path, bytes] of files) {
		mkdirSync(dirname(join(dir, path)), { recursive: true });
		writeFileSync(join(dir, path), bytes);
	}
	return dir;
}

export function removeFolders(): void {
	for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
}
