/**
 * Keeping many files at once without holding the process up (`spec/storage.md`, D15): all are written before the first is synced, since the file system then syncs them together, at half the
 * cost. It does not know what is in them; that a name stands for its bytes is the caller's promise.
 */
import { statSync } from 'node:fs';
import { type FileHandle, open, rename } from 'node:fs/promises';
import { basename } from 'node:path';
import type { FileContent, KeepCalls } from '../ports/disk.ts';

interface Staged {
	readonly path: string;
	/** The temporary name, or the path itself when the file is there already. */
	readonly name: string;
	readonly file: FileHandle;
}

export async function keepFiles(
	files: readonly FileContent[],
	temporary: (spread: string) => string,
	{ written, renamed }: KeepCalls,
): Promise<void> {
	const settled = await Promise.allSettled(files.map((file) => stage(file, temporary)));
	const staged = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
	try {
		for (const one of settled) if (one.status === 'rejected') throw one.reason;
		await Promise.all(staged.map(({ file }) => file.sync()));
	} finally {
		await Promise.all(staged.map(({ file }) => file.close()));
	}
	written();
	const moved = staged.filter(({ name, path }) => name !== path);
	await Promise.all(moved.map(({ name, path }) => rename(name, path)));
	renamed();
}

export async function syncFoldersLater(paths: Iterable<string>): Promise<void> {
	const sync = async (path: string): Promise<void> => {
		const folder = await open(path, 'r');
		try {
			await folder.sync();
		} finally {
			await folder.close();
		}
	};
	await Promise.all([...new Set(paths)].map(sync));
}

async function stage({ path, bytes }: FileContent, temporary: (spread: string) => string): Promise<Staged> {
	const there = statSync(path, { throwIfNoEntry: false })?.size === bytes.length;
	const name = there ? path : temporary(basename(path).slice(0, 2));
	const file = await open(name, there ? 'r' : 'wx');
	if (!there) await file.writeFile(bytes);
	return { path, name, file };
}
