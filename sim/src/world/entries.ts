/** Entries out of published bundles. */
import { decodeBundle } from '@matokeo/core/log/bundle.ts';
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import type { ReadFile } from '@matokeo/server/ports/disk.ts';
import { folder } from './treeOf.ts';

/** From one index up to, but not including, another, in a log of that size; `undefined` when a bundle is not there or is none. */
export function entriesIn(read: ReadFile, from: number, to: number): readonly Uint8Array[] | undefined {
	const entries: Uint8Array[] = [];
	for (let index = Math.floor(from / TILE_WIDTH); index * TILE_WIDTH < to; index++) {
		const width = Math.min(TILE_WIDTH, to - index * TILE_WIDTH);
		const bytes = read(folder.bundle({ index, width }));
		const decoded = bytes === undefined ? undefined : decodeBundle(bytes, width);
		if (decoded?.ok !== true) return undefined;
		entries.push(...decoded.value.slice(Math.max(0, from - index * TILE_WIDTH)));
	}
	return entries;
}
