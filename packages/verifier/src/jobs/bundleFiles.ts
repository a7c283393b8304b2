/**
 * A tile of leaf hashes against the statements it stands for, and the partial files that earlier checkpoints have left beside the full ones (L20, L21): every
 * published byte must be what the statements give.
 */
import { join } from 'node:path';
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { rootOf } from '@matokeo/core/log/merkle.ts';
import { printBundlePath, printTilePath } from '@matokeo/core/log/tilePath.ts';
import { tileHashes } from '@matokeo/core/log/tiles.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { BUNDLE_BYTES_MAX } from '../check/limits.ts';
import { readWhole } from '../node/files.ts';
import type { BundleJob, FileFault } from './job.ts';
import type { ReadBundle } from './readBundle.ts';

export interface Compared {
	readonly hashes: Uint8Array<ArrayBuffer>;
	readonly root: Uint8Array<ArrayBuffer>;
	readonly files: readonly FileFault[];
	readonly differing: readonly number[];
	readonly compared: number;
}

const HASH_BYTES = 32;
const TILE_BYTES_MAX = TILE_WIDTH * HASH_BYTES;

export function comparePublished(
	suite: Suite,
	folder: string,
	job: BundleJob,
	{ bytes, spans }: ReadBundle,
	own: Uint8Array<ArrayBuffer>,
): Compared {
	const { index, width } = job;
	const files: FileFault[] = [];
	const differing: number[] = [];
	const file = printTilePath({ level: 0, index, width });
	const read = readWhole(join(folder, file), TILE_BYTES_MAX);
	const first = index * TILE_WIDTH;
	const expected = `the hashes of statements ${first} to ${first + width - 1}`;
	let hashes = own;
	if (!read.ok || read.value.length !== width * HASH_BYTES) {
		const came = read.ok ? `${read.value.length} bytes in place of ${width * HASH_BYTES}` : read.error.why;
		files.push({ file, index: first, expected, came, means: 'Others cannot build proofs from this folder.' });
	} else {
		const same = Buffer.compare(own, read.value) === 0;
		for (let i = 0; !same && i < own.length / HASH_BYTES; i++) if (!sameHash(own, read.value, i)) differing.push(i);
		if (own.length < read.value.length) {
			hashes = read.value.slice();
			hashes.set(own);
		}
	}
	for (const other of job.tileWidths) {
		if (other >= width) continue;
		const path = printTilePath({ level: 0, index, width: other });
		const fault = comparePrefix(folder, path, hashes.subarray(0, other * HASH_BYTES));
		if (fault !== undefined) files.push({ ...fault, index: first });
	}
	for (const other of job.bundleWidths) {
		const end = spans[2 * other - 1];
		if (other >= width || end === undefined) continue;
		const fault = comparePrefix(folder, printBundlePath({ index, width: other }), bytes.subarray(0, end));
		if (fault !== undefined) files.push({ ...fault, index: first });
	}
	const root = Uint8Array.from(rootOf(suite, tileHashes(hashes)));
	return { hashes, root, files, differing, compared: job.tileWidths.length + job.bundleWidths.length };
}

/** A partial file is the beginning of the full one. */
function comparePrefix(folder: string, file: string, expected: Uint8Array): FileFault | undefined {
	const read = readWhole(join(folder, file), BUNDLE_BYTES_MAX);
	if (read.ok && Buffer.compare(read.value, expected) === 0) return undefined;
	const came = read.ok ? 'other bytes' : read.error.why;
	return {
		file,
		expected: `the ${expected.length} bytes that the log's statements give`,
		came,
		means: 'The file was altered, or it belongs to another log.',
	};
}

function sameHash(a: Uint8Array, b: Uint8Array, place: number): boolean {
	for (let i = place * HASH_BYTES; i < (place + 1) * HASH_BYTES; i++) if (a[i] !== b[i]) return false;
	return true;
}
