/** Writes a file that is not there yet: what people keep (notes, receipts, refusals) is never written over. */
import { writeFileSync } from 'node:fs';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import { inWords } from './given.ts';

export function writeNew(path: string, content: Uint8Array | string): Result<undefined> {
	try {
		writeFileSync(path, content, { flag: 'wx' });
		return ok(undefined);
	} catch (error) {
		const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
		return err(
			there
				? `"${path}" is there already, and nothing is written over: name another file with --out.`
				: `"${path}" cannot be written: ${inWords(error)}.`,
		);
	}
}
