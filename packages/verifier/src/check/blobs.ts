/**
 * Images and other files named by their SHA-256 (V30–V33): what the log's key says it holds and the package publishes must be in the folder, whole; what is
 * sealed or withheld is said; a file that no statement names is reported.
 */
import { hexEncode } from '@matokeo/core/std/bytes.ts';
import type { BlobsAnswer } from '../jobs/job.ts';
import { type IdIndex, idIndex } from '../replay/idIndex.ts';
import type { Run } from './run.ts';

export interface BlobCount {
	/** Blobs that the log's key says are held. */
	readonly held: number;
	/** Of those, published by the package's policy and not withheld. */
	readonly public: number;
	readonly sealed: number;
	readonly withheld: number;
	/** Named by captures and never held: figures without a seen form. */
	readonly never_held: number;
	/** Files in the folder. */
	readonly files: number;
}

/** The blob files there are: digest → size, made negative for one whose bytes are not what its name says. */
export interface BlobFiles {
	readonly add: (answer: BlobsAnswer) => void;
	readonly index: IdIndex;
	readonly names: () => Iterable<string>;
}

export function blobFiles(): BlobFiles {
	const index = idIndex();
	const lists: Uint8Array[] = [];
	return {
		index,
		add: ({ digests, sizes, sound }) => {
			lists.push(digests);
			for (const [i, size] of sizes.entries())
				index.put(hexEncode(digests.subarray(32 * i, 32 * i + 32)), sound[i] === 1 ? size : -1 - size);
		},
		*names() {
			for (const list of lists) for (let i = 0; i < list.length; i += 32) yield hexEncode(list.subarray(i, i + 32));
		},
	};
}

export function checkBlobs(run: Run, files: BlobFiles): BlobCount {
	const { rows } = run;
	const count = { held: 0, public: 0, sealed: 0, withheld: 0, never_held: 0, files: files.index.size() };
	for (const [digest, row] of rows.entries('blob')) {
		if (row.held === undefined) {
			count.never_held++;
			continue;
		}
		count.held++;
		if (row.withheld !== undefined) count.withheld++;
		else if (run.publicBlobs.get(digest) === undefined) count.sealed++;
		else {
			count.public++;
			checkPublic(run, files, digest, row.size);
		}
	}
	for (const digest of files.names()) checkNamed(run, digest);
	return count;
}

function checkPublic({ findings }: Run, files: BlobFiles, digest: string, size: number | undefined): void {
	findings.looked('blobs');
	const found = files.index.get(digest);
	const file = `blob/${digest.slice(0, 2)}/${digest}`;
	const expected = `a file of ${size ?? 0} bytes, which the log's key says it holds and the package publishes`;
	const say = (came: string): void =>
		findings.found({
			check: 'blobs',
			file,
			expected,
			came,
			means: 'The operator signed for holding this image. Without it nobody can see the form behind the figures.',
		});
	if (found === undefined) say('no such file');
	else if (found >= 0 && found !== size) say(`a file of ${found} bytes`);
}

function checkNamed({ findings, rows, publicBlobs }: Run, digest: string): void {
	const row = rows.get('blob', digest);
	const file = `blob/${digest.slice(0, 2)}/${digest}`;
	if (row === undefined || row.held === undefined) {
		findings.found({
			check: 'blobs',
			file,
			expected: 'only files that a statement says are held',
			came:
				row === undefined
					? 'a file that no statement names'
					: 'a file that a capture names but the log never said it holds',
			means: 'It is no part of the record. Somebody put it there, or the statement that names it is gone.',
		});
		return;
	}
	if (row.withheld !== undefined || publicBlobs.get(digest) === undefined) {
		findings.found({
			check: 'blobs',
			file,
			expected:
				row.withheld === undefined
					? 'no file: no capture in force names it as an image of a kind that the package publishes'
					: 'no file: it was withheld',
			came: 'the file itself',
			means:
				row.withheld === undefined
					? 'The package seals it, and the operator shows it all the same; or the capture that named it is gone or void.'
					: 'The operator shows what a decision of the authority keeps from publication.',
		});
	}
}
