/**
 * Reads files of a folder that a stranger has filled: ordinary files only, never through a symbolic link, never more than is allowed, never waiting for
 * a pipe. It does not know what the files say.
 */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';

export interface Unread {
	/** `missing`: there is no such file. `refused`: it is no ordinary file, or too large, or cannot be opened. */
	readonly kind: 'missing' | 'refused';
	readonly why: string;
}

const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** A fresh copy of the whole file. */
export function readWhole(path: string, bytesMax: number): Result<Uint8Array<ArrayBuffer>, Unread> {
	return withFile(path, (file, size) => {
		if (size > bytesMax) return refused(`it has ${size} bytes, at most ${bytesMax} are read`);
		const bytes = new Uint8Array(size);
		const got = readInto(file, bytes);
		return got === size ? ok(bytes) : refused('it changed while it was read');
	});
}

/** Hands the file's bytes to `take` in pieces of at most the buffer's size; answers with how many there were. */
export function readPieces(
	path: string,
	buffer: Uint8Array,
	take: (piece: Uint8Array, last: boolean) => void,
): Result<number, Unread> {
	let file: number;
	try {
		file = openSync(path, FLAGS);
	} catch (error) {
		return { ok: false, error: unread(error) };
	}
	try {
		let total = 0;
		let got = readInto(file, buffer);
		while (got === buffer.length) {
			take(buffer, false);
			total += got;
			got = readInto(file, buffer);
		}
		take(buffer.subarray(0, got), true);
		return ok(total + got);
	} catch (error) {
		return { ok: false, error: unread(error) };
	} finally {
		closeSync(file);
	}
}

function withFile<T>(path: string, use: (file: number, size: number) => Result<T, Unread>): Result<T, Unread> {
	let file: number;
	try {
		file = openSync(path, FLAGS);
	} catch (error) {
		return err(unread(error));
	}
	try {
		const stat = fstatSync(file);
		return stat.isFile() ? use(file, stat.size) : refused('it is no ordinary file');
	} catch (error) {
		return err(unread(error));
	} finally {
		closeSync(file);
	}
}

function readInto(file: number, bytes: Uint8Array): number {
	let at = 0;
	while (at < bytes.length) {
		const asked = bytes.length - at;
		const got = readSync(file, bytes, at, asked, null);
		at += got;
		// An ordinary file gives less than was asked for only at its end.
		if (got < asked) break;
	}
	return at;
}

function refused(why: string): { readonly ok: false; readonly error: Unread } {
	return err({ kind: 'refused', why });
}

/** Trouble of the file system, as words: `ELOOP` is how a symbolic link answers. */
function unread(error: unknown): Unread {
	const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
	if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing', why: 'there is no such file' };
	if (code === 'ELOOP' || code === 'EMLINK') return { kind: 'refused', why: 'it is a symbolic link' };
	if (code === 'EACCES' || code === 'EPERM')
		return { kind: 'refused', why: 'it may not be read: ask for the right to' };
	return { kind: 'refused', why: `it cannot be read (${code})` };
}
