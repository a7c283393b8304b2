/**
 * Reads the folder of an election package into memory (P2, P6, P8 of `spec/package.md`). What could mean another thing on another machine is a
 * problem and is not followed: links, devices, names outside the alphabet, names that differ only in letter case.
 *
 * Trouble of the disk is an exception. Does not know what the files say: see `loadElection`.
 */
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS } from '@matokeo/core/election/limits.ts';
import { wrongPath } from '@matokeo/core/election/manifest.ts';
import type { Problem } from '@matokeo/core/election/problem.ts';

export interface PackageFolder {
	/** Path with slashes → bytes, in byte order of the paths. */
	readonly files: ReadonlyMap<string, Uint8Array>;
	/** Entries that were left out; with any of them the folder is not a package. */
	readonly problems: readonly Problem[];
}

interface Walk {
	readonly root: string;
	readonly files: Map<string, Uint8Array>;
	readonly problems: Problem[];
	bytes: number;
}

export async function readPackageFolder(root: string): Promise<PackageFolder> {
	const walk: Walk = { root, files: new Map(), problems: [], bytes: 0 };
	await readFolder(walk, '', 0);
	const files = new Map([...walk.files].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
	return { files, problems: walk.problems };
}

async function readFolder(walk: Walk, folder: string, depth: number): Promise<void> {
	const names = await readdir(join(walk.root, folder));
	for (const name of names.sort()) {
		const path = folder === '' ? name : `${folder}/${name}`;
		if (walk.files.size > LIMITS.filesMax) return;
		await readEntry(walk, path, depth);
	}
	if (names.length === 0 && folder !== '') {
		tell(
			walk,
			folder,
			'P6',
			'folders with files in them',
			'an empty folder',
			'delete the folder: a manifest cannot list it',
		);
	}
}

async function readEntry(walk: Walk, path: string, depth: number): Promise<void> {
	const wrong = wrongPath(path);
	if (wrong !== undefined) {
		const expected = 'a path of a–z 0–9 . _ / -, without parts of dots only';
		tell(walk, path, 'P2', expected, wrong, 'rename the file; hidden files of editors and systems do not belong here');
		return;
	}
	const full = join(walk.root, path);
	const entry = await lstat(full);
	if (entry.isDirectory()) {
		if (depth < LIMITS.folderDepthMax) await readFolder(walk, path, depth + 1);
		else
			tell(
				walk,
				path,
				'P8',
				`at most ${LIMITS.folderDepthMax} folders inside each other`,
				'more',
				'put the files higher',
			);
		return;
	}
	if (!entry.isFile()) {
		const came = entry.isSymbolicLink() ? 'a link' : 'a device, socket or pipe';
		tell(walk, path, 'P6', 'files and folders only', came, 'put the file itself there');
		return;
	}
	const left = LIMITS.packageBytesMax - walk.bytes;
	if (entry.size > Math.min(LIMITS.fileBytesMax, left)) {
		const expected = `at most ${LIMITS.fileBytesMax} bytes in a file and ${LIMITS.packageBytesMax} in all`;
		tell(walk, path, 'P8', expected, `${entry.size}`, 'make the file smaller, or take it out of the package');
		return;
	}
	walk.bytes += entry.size;
	walk.files.set(path, await readFile(full));
}

function tell(walk: Walk, file: string, rule: string, expected: string, came: string, toDo: string): void {
	walk.problems.push({ rule, file, line: 0, column: 0, expected, came, toDo });
}
