/**
 * The log's own files in another folder, as a site of its own: what is missing or has changed is copied, the checkpoint last, so that a reader of the copy never sees one that it cannot check.
 * Files that have gone from the log's folder (partial tiles that were filled, images that were withheld) go from the copy too. A server may go on publishing meanwhile: then it is done again.
 */
import {
	copyFileSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';

export interface Copied {
	readonly written: number;
	readonly same: number;
}

/** In this order, and the checkpoint after them, and then what witnesses have seen of its past: nothing names what is not there yet. */
const PARTS = ['package', 'log.vkey', 'tile', 'blob', 'results'] as const;
const CHECKPOINT = 'checkpoint';
const WITNESSED = 'witnessed';
/** A second round copies the little that came during the first; a log that outruns ten is not copied file by file. */
const ROUNDS_MAX = 10;

export function copyLog(from: string, to: string): Result<Copied> {
	const counts = { written: 0, same: 0 };
	for (let round = 0; round < ROUNDS_MAX; round++) {
		const witnessed = existsSync(join(from, WITNESSED)) ? readFileSync(join(from, WITNESSED)) : undefined;
		const checkpoint = readFileSync(join(from, CHECKPOINT));
		if (!copyParts(from, to, counts) || !readFileSync(join(from, CHECKPOINT)).equals(checkpoint)) continue;
		putNote(join(to, CHECKPOINT), checkpoint, counts);
		if (witnessed !== undefined) putNote(join(to, WITNESSED), witnessed, counts);
		for (const part of PARTS) if (existsSync(join(to, part))) removeGone(join(from, part), join(to, part));
		return ok(counts);
	}
	return err(
		`the log grew faster than ${ROUNDS_MAX} rounds of copying: let the server publish its pages (serve --publish-pages) and copy public/ with a tool of the system`,
	);
}

function putNote(target: string, note: Uint8Array, counts: { written: number; same: number }): void {
	if (existsSync(target) && readFileSync(target).equals(note)) {
		counts.same++;
		return;
	}
	put(target, (path) => writeFileSync(path, note));
	counts.written++;
}

/** False when a file went away in the middle: the server has published more. */
function copyParts(from: string, to: string, counts: { written: number; same: number }): boolean {
	try {
		for (const part of PARTS) if (existsSync(join(from, part))) copy(join(from, part), join(to, part), counts);
		return true;
	} catch (error) {
		if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
		throw error;
	}
}

function copy(from: string, to: string, counts: { written: number; same: number }): void {
	if (statSync(from).isDirectory()) {
		for (const name of readdirSync(from)) copy(join(from, name), join(to, name), counts);
	} else if (same(from, to)) counts.same++;
	else {
		put(to, (path) => copyFileSync(from, path));
		counts.written++;
	}
}

/** Whole or not at all: written beside, then renamed. */
function put(target: string, write: (path: string) => void): void {
	mkdirSync(dirname(target), { recursive: true });
	write(`${target}.new`);
	renameSync(`${target}.new`, target);
}

function removeGone(from: string, to: string): void {
	if (!existsSync(from)) {
		rmSync(to, { recursive: true });
		return;
	}
	if (!statSync(to).isDirectory()) return;
	for (const name of readdirSync(to)) removeGone(join(from, name), join(to, name));
}

/** A name in `blob/` is the digest of what lies there, and a tile of one name never changes: their size is enough. */
function same(from: string, to: string): boolean {
	const there = statSync(to, { throwIfNoEntry: false });
	if (there?.isFile() !== true || there.size !== statSync(from).size) return false;
	return /[/\\](blob|tile)[/\\]/.test(from) || readFileSync(from).equals(readFileSync(to));
}
