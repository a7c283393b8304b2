/** Statements of a mirrored log byte for byte, out of the bundles in its folder, the last ones asked for kept in memory. */
import { join } from 'node:path';
import { decodeBundle } from '@matokeo/core/log/bundle.ts';
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { printBundlePath } from '@matokeo/core/log/tilePath.ts';
import { BUNDLE_BYTES_MAX } from '@matokeo/verifier/check/limits.ts';
import { readWhole } from '@matokeo/verifier/node/files.ts';

/** The note at an index of a log of this size; `undefined` beyond it, or when the file is damaged since it was verified. */
export type NoteReader = (index: number, size: number) => Uint8Array | undefined;

export function noteReader(folder: string, bundlesKept: number): NoteReader {
	const kept = new Map<string, readonly Uint8Array[]>();

	const bundle = (index: number, width: number): readonly Uint8Array[] | undefined => {
		const path = printBundlePath({ index, width });
		const known = kept.get(path);
		const read = known ?? readBundle(join(folder, path), width);
		if (read === undefined) return undefined;
		kept.delete(path);
		kept.set(path, read);
		if (kept.size > bundlesKept) for (const oldest of kept.keys()) if (kept.delete(oldest)) break;
		return read;
	};
	return (at, size) => {
		if (at < 0 || at >= size) return undefined;
		const index = Math.floor(at / TILE_WIDTH);
		const width = Math.min(TILE_WIDTH, size - index * TILE_WIDTH);
		// A partial bundle of a smaller checkpoint may have given way to the full one.
		const entries = bundle(index, width) ?? bundle(index, TILE_WIDTH);
		return entries?.[at - index * TILE_WIDTH];
	};
}

function readBundle(path: string, width: number): readonly Uint8Array[] | undefined {
	const read = readWhole(path, BUNDLE_BYTES_MAX);
	const entries = read.ok ? decodeBundle(read.value, width) : undefined;
	return entries?.ok === true ? entries.value : undefined;
}
