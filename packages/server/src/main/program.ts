/**
 * The program as it lies on the disk (`spec/scrutiny.md`, Y4, Y10): every file of its packages and the lists of what it is built from, each with its SHA-256, and one digest over that list. What others have made is in the lock file, with digests of
 * its own. It reads what is installed now; whether a process runs what lies there is for whoever looks after the machine to attest.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { byCodeUnits } from '@matokeo/core/std/canonical.ts';

export interface ProgramFile {
	/** From the root of the program, with `/`. */
	readonly path: string;
	readonly sha256: string;
	readonly size: number;
}

export interface Program {
	readonly version: string;
	/** SHA-256 of the list of files as `sha256sum` prints it, sorted by path. */
	readonly digest: string;
	readonly files: readonly ProgramFile[];
}

export const LOCK_FILE = 'package-lock.json';
const LISTS = ['package.json', LOCK_FILE];
/** Tests are no part of what runs, packages of others are in the lock file. */
const LEFT_OUT = new Set(['node_modules', 'test']);

/** The folder that this program lies in. */
export function programRoot(): string {
	return fileURLToPath(new URL('../../../../', import.meta.url));
}

export function readProgram(root: string = programRoot()): Program {
	const paths = [...LISTS, ...filesBelow(root, join(root, 'packages'))].sort(byCodeUnits);
	const files = paths.map((path) => {
		const bytes = readFileSync(join(root, path));
		return { path, sha256: sha256(bytes), size: bytes.length };
	});
	const list = files.map(({ path, sha256: digest }) => `${digest}  ${path}\n`).join('');
	return { version: versionIn(readFileSync(join(root, 'package.json'), 'utf8')), digest: sha256(list), files };
}

function filesBelow(root: string, folder: string): readonly string[] {
	return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
		if (LEFT_OUT.has(entry.name)) return [];
		const path = join(folder, entry.name);
		if (entry.isDirectory()) return filesBelow(root, path);
		return entry.isFile() ? [relative(root, path).split(sep).join('/')] : [];
	});
}

function versionIn(manifest: string): string {
	const parsed: unknown = JSON.parse(manifest);
	const version = typeof parsed === 'object' && parsed !== null && 'version' in parsed ? parsed.version : undefined;
	return typeof version === 'string' ? version : 'unknown';
}

function sha256(content: Uint8Array | string): string {
	return createHash('sha256').update(content).digest('hex');
}
