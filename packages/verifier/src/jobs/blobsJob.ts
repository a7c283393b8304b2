/**
 * One directory of blobs (V30): every file's SHA-256 against its name. It does not know which blobs there should be.
 */
import { createHash, hash } from 'node:crypto';
import { join } from 'node:path';
import { readPieces } from '../node/files.ts';
import { entriesOf, kindOf } from '../node/folder.ts';
import type { BlobsAnswer, BlobsJob, FileFault } from './job.ts';

const NAME = /^[0-9a-f]{64}$/;
const buffer = Buffer.alloc(262_144);

export function doBlobs(folder: string, { directory }: BlobsJob): BlobsAnswer {
	const files: FileFault[] = [];
	const names: string[] = [];
	const sizes: number[] = [];
	const sound: number[] = [];
	for (const entry of entriesOf(join(folder, 'blob', directory))) {
		const file = `blob/${directory}/${entry.name}`;
		if (!entry.isFile() || !NAME.test(entry.name) || !entry.name.startsWith(directory)) {
			const came = entry.isFile() ? 'another name' : kindOf(entry);
			files.push({ file, expected: 'a file named by its SHA-256', came, means: 'It belongs to no statement.' });
			continue;
		}
		const read = digestOf(join(folder, file));
		names.push(entry.name);
		sizes.push(read.size);
		sound.push(read.digest === entry.name ? 1 : 0);
		if (read.digest === entry.name) continue;
		const means = 'The file was altered: it is not what a statement named, and nothing can be concluded from it.';
		files.push({ file, expected: `bytes with the SHA-256 ${entry.name}`, came: read.digest, means });
	}
	return {
		kind: 'blobs',
		digests: Uint8Array.from(Buffer.from(names.join(''), 'hex')),
		sizes: Float64Array.from(sizes),
		sound: Uint8Array.from(sound),
		files,
	};
}

function digestOf(path: string): { readonly digest: string; readonly size: number } {
	let digest = '';
	let running: ReturnType<typeof createHash> | undefined;
	const read = readPieces(path, buffer, (piece, last) => {
		if (last && running === undefined) digest = hash('sha256', piece, 'hex');
		else {
			running ??= createHash('sha256');
			running.update(piece);
			if (last) digest = running.digest('hex');
		}
	});
	return read.ok ? { digest, size: read.value } : { digest: read.error.why, size: 0 };
}
