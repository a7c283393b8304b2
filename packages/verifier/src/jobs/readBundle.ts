/**
 * Reads one bundle file and finds its entries (L22). A bundle that is cut off or has bytes too many is reported, and what can be told apart in it is still
 * looked at, so that the rest of the log can be said to be sound.
 */
import { join } from 'node:path';
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { printBundlePath } from '@matokeo/core/log/tilePath.ts';
import { BUNDLE_BYTES_MAX } from '../check/limits.ts';
import { readWhole } from '../node/files.ts';
import type { BundleJob, FileFault } from './job.ts';

export interface ReadBundle {
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** Start and end of each entry, one after another. */
	readonly spans: readonly number[];
	readonly files: readonly FileFault[];
}

export function readBundle(folder: string, { index, width }: Pick<BundleJob, 'index' | 'width'>): ReadBundle {
	const file = printBundlePath({ index, width });
	const first = index * TILE_WIDTH;
	const expected = `a bundle of ${width} statements, from index ${first} on`;
	const read = readWhole(join(folder, file), BUNDLE_BYTES_MAX);
	if (!read.ok) {
		const means = `The statements ${first} to ${first + width - 1} cannot be read. Get the folder again from another source.`;
		return {
			bytes: new Uint8Array(0),
			spans: [],
			files: [{ file, index: first, expected, came: read.error.why, means }],
		};
	}
	const bytes = read.value;
	const spans: number[] = [];
	let at = 0;
	let fault: string | undefined;
	while (at < bytes.length && fault === undefined) {
		const end = at + 2 + (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
		if (spans.length === 2 * width) fault = `${bytes.length - at} bytes more after the last of them`;
		else if (at + 2 > bytes.length || end > bytes.length) fault = `statement ${first + spans.length / 2} is cut off`;
		else {
			spans.push(at + 2, end);
			at = end;
		}
	}
	if (fault === undefined && spans.length < 2 * width) fault = `it ends after ${spans.length / 2} of them`;
	if (fault === undefined) return { bytes, spans, files: [] };
	const means = 'The file is not what the log published: it was cut, extended or overwritten.';
	return {
		bytes,
		spans,
		files: [{ file, index: first + Math.min(spans.length / 2, width - 1), expected, came: fault, means }],
	};
}
