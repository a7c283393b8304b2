/**
 * The disk of files (`ports/disk.ts`): written under a temporary name, synced, renamed into place, the folder synced. A reader sees the old file or the new one, never half of
 * one. It does not know what is in them.
 */
import {
	closeSync,
	copyFileSync,
	existsSync,
	fsyncSync,
	linkSync,
	mkdirSync,
	openSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Disk, FileContent } from '../ports/disk.ts';
import { Trouble } from '../ports/trouble.ts';
import { keepFiles, syncFoldersLater } from './keepFiles.ts';

export interface FileDisk extends Disk {
	/**
	 * A new name in the folder for temporary files, which lies in the same file system as everything else of the log. Many files at once are spread over folders of
	 * their own: making files in one folder is what file systems do one after the other.
	 */
	readonly temporary: (spread?: string) => string;
}

/** With the process's number, tells its temporary files from those of one that had the same number before. */
const BORN = Math.round(performance.timeOrigin);
let count = 0;

/** `dir/tmp` is made, and what processes that are gone have left there is removed. */
export function openDisk(dir: string): FileDisk {
	const tmp = join(dir, 'tmp');
	const known = new Set<string>();

	const folder = (path: string): void => {
		if (known.has(path)) return;
		if (!existsSync(path)) {
			const parent = dirname(path);
			if (parent !== path) folder(parent);
			mkdirSync(path, { recursive: true });
			if (parent !== path) syncFolder(parent);
		}
		if (known.size >= FOLDERS_KNOWN_MAX) known.clear();
		known.add(path);
	};
	const temporary = (spread = ''): string => {
		const inside = join(tmp, spread);
		folder(inside);
		return join(inside, `${process.pid}-${BORN}-${count++}`);
	};
	const stage = (files: readonly FileContent[]): readonly string[] => {
		for (const { path } of files) folder(dirname(path));
		const staged = files.map(({ bytes }) => ({ path: temporary(), bytes }));
		writeSynced(staged);
		return staged.map(({ path }) => path);
	};

	troubled(`make the folder ${tmp}`, () => {
		folder(tmp);
		sweep(tmp);
	});
	return {
		temporary,
		read: readIfThere,
		sizeOf: (path) => statSync(path, { throwIfNoEntry: false })?.size,
		link: (from, to) => {
			folder(dirname(to));
			linkOrCopy(from, to, temporary);
		},
		keep: async (files, calls) => {
			for (const { path } of files) folder(dirname(path));
			await keepFiles(files, temporary, calls);
		},
		syncFoldersLater,
		remove: (paths) =>
			troubled(`remove ${paths[0] ?? 'nothing'}`, () => {
				for (const path of paths) rmSync(path, { recursive: true, force: true });
			}),
		syncFolders: (paths) =>
			troubled('sync folders', () => {
				for (const path of new Set(paths)) if (existsSync(path)) syncFolder(path);
			}),
		write: (files, between) =>
			troubled(`write ${files[0]?.path ?? 'nothing'}`, () => {
				const staged = stage(files);
				for (const [i, { path }] of files.entries()) {
					if (i > 0) between?.();
					renameSync(staged[i] ?? '', path);
				}
				for (const path of new Set(files.map((file) => dirname(file.path)))) syncFolder(path);
			}),
		replace: (file, written) =>
			troubled(`write ${file.path}`, () => {
				const [name] = stage([file]);
				written?.();
				renameSync(name ?? '', file.path);
				syncFolder(dirname(file.path));
			}),
	};
}

/** The bytes of a file; `undefined` when there is none. */
export function readIfThere(path: string): Uint8Array | undefined {
	try {
		return readFileSync(path);
	} catch (error) {
		if (isMissing(error)) return undefined;
		throw new Trouble(`cannot read ${path}: ${messageOf(error)}; check the disk and who may read the file`);
	}
}

export function messageOf(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function isMissing(error: unknown): boolean {
	return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** Folders remembered as existing: two for every 256 tiles, and 512 for blobs. */
const FOLDERS_KNOWN_MAX = 4_096;

function troubled<T>(doing: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof Error) || !('code' in error)) throw error;
		throw new Trouble(
			`cannot ${doing}: ${error.message}; nothing was answered that is not durable, free the disk or mend it and start again`,
		);
	}
}

/** All are written before the first is synced, so that one sync of the file system's journal serves them all. */
function writeSynced(files: readonly FileContent[]): void {
	const opened: number[] = [];
	try {
		for (const { path, bytes } of files) {
			const file = openSync(path, 'wx', 0o644);
			opened.push(file);
			for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
		}
		for (const file of opened) fsyncSync(file);
	} finally {
		for (const file of opened) closeSync(file);
	}
}

/** Linked, so that the bytes lie on the disk once; copied where the file system has no links. */
function linkOrCopy(from: string, to: string, temporary: () => string): void {
	try {
		linkSync(from, to);
	} catch (error) {
		if (existsSync(to)) return;
		try {
			const copy = temporary();
			copyFileSync(from, copy);
			renameSync(copy, to);
		} catch {
			throw new Trouble(`cannot publish the image ${to}: ${messageOf(error)}; check the disk and start again`);
		}
	}
}

function syncFolder(path: string): void {
	const folder = openSync(path, 'r');
	try {
		fsyncSync(folder);
	} finally {
		closeSync(folder);
	}
}

/** Removes temporary files of processes that are no longer there; those of a living one are its own. */
function sweep(tmp: string): void {
	for (const entry of readdirSync(tmp, { withFileTypes: true })) {
		const path = join(tmp, entry.name);
		if (entry.isDirectory()) sweep(path);
		const [, pid, born] = /^([0-9]{1,10})-([0-9]{1,16})-[0-9]{1,15}(?:-wal|-shm)?$/.exec(entry.name) ?? [];
		const gone = Number(pid) === process.pid ? born !== String(BORN) : !isAlive(Number(pid));
		if (pid !== undefined && gone) rmSync(path, { force: true });
	}
}

function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && 'code' in error && error.code === 'EPERM';
	}
}
