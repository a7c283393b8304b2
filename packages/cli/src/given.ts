/**
 * Files and folders whose names a person typed: read and made with words for what can go wrong, each with something to do. Nothing is waited for that never ends, and nothing
 * is written where something lies already.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';

const WORDS: Readonly<Record<string, string>> = {
	ENOENT: 'there is nothing of that name; check the spelling and the folder you are in',
	ENOTDIR: 'a part of its path is a file and no folder; check the spelling',
	EISDIR: 'it is a folder and no file; name a file in it',
	ENAMETOOLONG: 'the name is longer than the file system can have; check it',
	EACCES: 'you may not; ask for the right to, or name another place',
	EPERM: 'you may not; ask for the right to, or name another place',
	EROFS: 'the disk can only be read; name another place',
	ENOSPC: 'the disk is full; free some space, or name another place',
	ELOOP: 'its links lead in a circle; name the thing itself',
};

/** Trouble of the file system in words: what is the matter, then what to do. */
export function inWords(error: unknown): string {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	const words = WORDS[code];
	return words === undefined ? (error instanceof Error ? error.message : String(error)) : `${words} (${code})`;
}

/** The bytes of an ordinary file, or why there are none. */
export function readGiven(path: string, bytesMax: number): Result<Uint8Array> {
	try {
		const stat = statSync(path);
		if (stat.isDirectory()) return err(`"${path}" is a folder: name a file in it.`);
		// A pipe or a device may give bytes for ever.
		if (!stat.isFile()) return err(`"${path}" is no ordinary file: write what it gives into one, and name that.`);
		if (stat.size > bytesMax)
			return err(
				`"${path}" is too large: it has ${stat.size} bytes, at most ${bytesMax} are read. Name the file itself.`,
			);
		return ok(readFileSync(path));
	} catch (error) {
		return err(`"${path}" cannot be read: ${inWords(error)}.`);
	}
}

/** Why this cannot be the folder that something new is written into, or nothing. */
export function wrongNewFolder(path: string): string | undefined {
	if (path === '') return 'No folder is named to write into: give --out the name of an empty or new one.';
	try {
		if (!existsSync(path)) return undefined;
		if (!statSync(path).isDirectory())
			return `"${path}" is a file: give --out the name of an empty or new folder. Nothing was written.`;
		if (readdirSync(path).length === 0) return undefined;
		return `The folder "${path}" is not empty, and nothing is written over what is there: name another with --out, or empty it.`;
	} catch (error) {
		return `The folder "${path}" cannot be used: ${inWords(error)}.`;
	}
}

/** Makes the folder and those above it that are missing, one by one: asked for all at once, a file system that refuses can be asked for ever. */
export function makeFolder(path: string): Result<undefined> {
	const whole = resolve(path);
	try {
		const missing: string[] = [];
		for (let at = whole; !existsSync(at) && dirname(at) !== at; at = dirname(at)) missing.push(at);
		for (const one of missing.reverse()) mkdirSync(one);
		return ok(undefined);
	} catch (error) {
		return err(`The folder "${path}" cannot be made: ${inWords(error)}.`);
	}
}
