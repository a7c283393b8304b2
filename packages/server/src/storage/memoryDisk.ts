/**
 * The memory twin of the disk: the same contract, and what a real disk never shows: which names would not survive a power cut. A crash takes those back, or only some of them, as file systems
 * do. It is what the simulated world runs on. Bytes are kept as they are handed over: nobody changes them afterwards.
 */
import { dirname } from 'node:path';
import type { Disk, FileContent } from '../ports/disk.ts';

/** Path → bytes. */
export type DiskContent = ReadonlyMap<string, Uint8Array>;

export interface MemoryDisk extends Disk {
	/** Everything as it can be read now; later changes do not reach it. */
	readonly copy: () => DiskContent;
	/** What lies here now is what was copied then, durably: a backup put back, a machine's snapshot, another hand at work. */
	readonly restore: (content: DiskContent) => void;
	/** The power goes: each name that was not yet durable is as it was before, unless it is one that happened to reach the disk. */
	readonly crash: (survives: (path: string) => boolean) => void;
	/** Somebody changes or removes a file behind everybody's back, durably. */
	readonly tamper: (path: string, bytes: Uint8Array | undefined) => void;
	readonly paths: () => Iterable<string>;
}

export function memoryDisk(): MemoryDisk {
	let files = new Map<string, Uint8Array>();
	/** Names that a power cut would take back, with what they stood for when they were last durable. */
	const unsynced = new Map<string, Uint8Array | undefined>();

	const set = (path: string, bytes: Uint8Array | undefined): void => {
		if (!unsynced.has(path)) unsynced.set(path, files.get(path));
		if (bytes === undefined) files.delete(path);
		else files.set(path, bytes);
	};
	const syncFolders = (paths: Iterable<string>): void => {
		if (unsynced.size === 0) return;
		const folders = new Set(paths);
		for (const path of unsynced.keys()) if (folders.has(dirname(path))) unsynced.delete(path);
	};
	const place = (placed: readonly FileContent[]): void => {
		for (const { path, bytes } of placed) set(path, bytes);
	};
	const write = (written: readonly FileContent[], between?: () => void): void => {
		for (const [i, file] of written.entries()) {
			if (i > 0) between?.();
			place([file]);
		}
		syncFolders(written.map(({ path }) => dirname(path)));
	};

	return {
		read: (path) => files.get(path),
		sizeOf: (path) => files.get(path)?.length,
		write,
		replace: (file, written) => {
			written?.();
			write([file]);
		},
		link: (from, to) => {
			if (!files.has(to)) set(to, files.get(from));
		},
		keep: async (kept, { written, renamed }) => {
			written();
			place(kept.filter(({ path, bytes }) => files.get(path)?.length !== bytes.length));
			renamed();
		},
		remove: (paths) => {
			for (const path of paths) for (const name of files.has(path) ? [path] : within(files, path)) set(name, undefined);
		},
		syncFolders,
		syncFoldersLater: async (paths) => syncFolders(paths),
		copy: () => new Map(files),
		restore: (content) => {
			files = new Map(content);
			unsynced.clear();
		},
		crash: (survives) => {
			for (const [path, bytes] of unsynced) {
				if (survives(path)) continue;
				if (bytes === undefined) files.delete(path);
				else files.set(path, bytes);
			}
			unsynced.clear();
		},
		tamper: (path, bytes) => {
			unsynced.delete(path);
			if (bytes === undefined) files.delete(path);
			else files.set(path, bytes);
		},
		paths: () => files.keys(),
	};
}

function within(files: DiskContent, folder: string): readonly string[] {
	return [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
}
