/**
 * Which statements name a file, so that a file that is wrong can be told by its polling station (V31). No row keeps that once a file is held: the bundles are read once more, and only when something is wrong.
 */
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { readBundle } from '../jobs/readBundle.ts';
import { type Named, namedIn } from './place.ts';
import type { Run } from './run.ts';

const DIGEST = /"([0-9a-f]{64})"/g;
/** Statements about what the log holds name files too, and say nothing about what is in them. */
const HELD = 'matokeo/v1 blob/';

/** The first statement that names each of the digests, and what that is about. */
export function namersOf(run: Run, digests: ReadonlySet<string>): ReadonlyMap<string, Named> {
	const named = new Map<string, Named>();
	const { context, folder, rows, size } = run;
	for (let index = 0; index * TILE_WIDTH < size && named.size < digests.size; index++) {
		const { bytes, spans } = readBundle(folder, { index, width: Math.min(TILE_WIDTH, size - index * TILE_WIDTH) });
		const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
		for (let i = 0; i + 1 < spans.length; i += 2) {
			const note = text.toString('latin1', spans[i], spans[i + 1]);
			if (note.startsWith(HELD)) continue;
			for (const [, digest = ''] of note.matchAll(DIGEST)) {
				if (!digests.has(digest) || named.has(digest)) continue;
				named.set(digest, namedIn(context.suite, rows, bytes.subarray(spans[i], spans[i + 1])));
			}
		}
	}
	return named;
}
