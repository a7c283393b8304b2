/**
 * The notes of a published log, in order, for benchmarks that feed or floor them. Nothing is verified here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeBundle } from '@matokeo/core/log/bundle.ts';
import { parseCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { parseNote } from '@matokeo/core/log/note.ts';
import { printBundlePath } from '@matokeo/core/log/tilePath.ts';

const WIDTH = 256;

function sizeOf(folder: string): number {
	const note = parseNote(readFileSync(join(folder, 'checkpoint')));
	const checkpoint = note.ok ? parseCheckpoint(note.value.text) : note;
	if (!checkpoint.ok) throw new Error(`no checkpoint in ${folder}: ${checkpoint.error}`);
	return checkpoint.value.size;
}

/** Bundle after bundle, each as a list of notes. */
export function* bundlesOf(folder: string): Generator<readonly Uint8Array[]> {
	const size = sizeOf(folder);
	for (let index = 0; index * WIDTH < size; index++) {
		const width = Math.min(WIDTH, size - index * WIDTH);
		const bytes = readFileSync(join(folder, printBundlePath({ index, width })));
		const notes = decodeBundle(bytes, width);
		if (!notes.ok) throw new Error(notes.error);
		yield notes.value;
	}
}
