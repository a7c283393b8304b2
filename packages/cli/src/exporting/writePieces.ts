/** A new file written piece by piece, so that it may be larger than the memory: nothing is written over, and a file that was not finished does not stay. */
import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { inWords } from '../given.ts';

/** A system call for every so many characters. */
const BLOCK = 262_144;

/** How many bytes were written. */
export function writePieces(path: string, pieces: Iterable<string>): Result<number> {
	let file: number | undefined;
	try {
		file = openSync(path, 'wx');
		const bytes = writeAll(file, pieces);
		closeSync(file);
		return ok(bytes);
	} catch (error) {
		if (file !== undefined) {
			closeSync(file);
			rmSync(path, { force: true });
		} else if (error instanceof Error && 'code' in error && error.code === 'EEXIST')
			return err(`"${path}" is there already, and nothing is written over: name another file with --out.`);
		if (!(error instanceof Error && 'code' in error)) throw error;
		return err(`"${path}" cannot be written: ${inWords(error)}.`);
	}
}

function writeAll(file: number, pieces: Iterable<string>): number {
	let bytes = 0;
	let block = '';
	const put = (): void => {
		const encoded = Buffer.from(block);
		for (let at = 0; at < encoded.length; ) at += writeSync(file, encoded, at);
		bytes += encoded.length;
		block = '';
	};
	for (const piece of pieces) {
		block += piece;
		if (block.length >= BLOCK) put();
	}
	put();
	return bytes;
}
