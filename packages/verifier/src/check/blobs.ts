/**
 * Images and other files named by their SHA-256 (V30–V33): what the log's key says it holds and the package publishes must be in the folder, whole; what is
 * sealed or withheld is said; a file that no statement names is reported.
 */
import { hexEncode } from '@matokeo/core/std/bytes.ts';
import type { BlobsAnswer, FileFault } from '../jobs/job.ts';
import { idIndex } from '../replay/idIndex.ts';
import { PROBLEMS_PER_CHECK_MAX } from './limits.ts';
import { namersOf } from './namers.ts';
import type { Findings } from './problem.ts';
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

/** What is known of each digest: the file in the folder, and whether the package publishes it. A digest takes some fifty bytes. */
export interface BlobBook {
	readonly addFiles: (answer: BlobsAnswer) => void;
	/** Files that are not what their names say, in the order of their names. */
	readonly faults: () => readonly FileFault[];
	/** A capture names it with a kind that the package publishes. */
	readonly markPublic: (digest: string) => void;
	readonly isPublic: (digest: string) => boolean;
	/** Bytes of the file; negative for one whose bytes are not what its name says; `undefined` when there is none. */
	readonly fileSize: (digest: string) => number | undefined;
	readonly files: () => Iterable<string>;
}

interface Entry {
	readonly place: number;
	/** Twice (one more than the size, 0 without a file), and one if it is public; negative for a file that is not sound. */
	readonly value: number;
}

export function blobBook(): BlobBook {
	const places = idIndex();
	const values: number[] = [];
	const faults: FileFault[] = [];
	const entryOf = (digest: string): Entry => {
		const place = places.get(digest);
		if (place !== undefined) return { place, value: values[place] ?? 0 };
		places.put(digest, values.length);
		return { place: values.push(0) - 1, value: 0 };
	};
	const sizeIn = (value: number): number | undefined => {
		const size = Math.floor(Math.abs(value) / 2) - 1;
		if (size < 0) return undefined;
		return value < 0 ? -1 - size : size;
	};
	const knownOf = (digest: string): number => values[places.get(digest) ?? -1] ?? 0;
	return {
		addFiles: ({ digests, sizes, sound, files }) => {
			for (const file of files) faults.push(file);
			for (const [i, size] of sizes.entries()) {
				const { place, value } = entryOf(hexEncode(digests.subarray(32 * i, 32 * i + 32)));
				const next = 2 * (size + 1) + (value % 2);
				values[place] = sound[i] === 1 ? next : -next;
			}
		},
		faults: () => faults.toSorted((a, b) => (a.file < b.file ? -1 : 1)),
		markPublic: (digest) => {
			const { place, value } = entryOf(digest);
			if (value % 2 === 0) values[place] = value < 0 ? value - 1 : value + 1;
		},
		isPublic: (digest) => knownOf(digest) % 2 !== 0,
		fileSize: (digest) => sizeIn(knownOf(digest)),
		*files() {
			for (const [place, value] of values.entries()) if (sizeIn(value) !== undefined) yield places.idAt(place);
		},
	};
}

/** Files that are not what their names say, where no statement was read that could name them. */
export function sayFileFaults(findings: Findings, blobs: BlobBook): void {
	for (const fault of blobs.faults()) findings.found({ check: 'blobs', ...fault });
}

/** What is wrong with a published file, until it is known which statements name it. */
interface Wrong {
	readonly digest: string;
	readonly fault: FileFault;
}

export function checkBlobs(run: Run): BlobCount {
	const { rows, blobs, findings } = run;
	const count = { held: 0, public: 0, sealed: 0, withheld: 0, never_held: 0, files: 0 };
	const wrong: Wrong[] = blobs.faults().map((fault) => ({ digest: digestIn(fault.file), fault }));
	for (const [digest, row] of rows.entries('blob')) {
		if (row.held === undefined) {
			count.never_held++;
			continue;
		}
		count.held++;
		if (row.withheld !== undefined) count.withheld++;
		else if (!blobs.isPublic(digest)) count.sealed++;
		else {
			count.public++;
			findings.looked('blobs');
			const fault = publicFault(blobs, digest, row.size);
			if (fault !== undefined) wrong.push({ digest, fault });
		}
	}
	for (const digest of blobs.files()) {
		count.files++;
		const fault = namedFault(run, digest);
		if (fault !== undefined) wrong.push({ digest, fault });
	}
	const listed = wrong.slice(0, PROBLEMS_PER_CHECK_MAX).map(({ digest }) => digest);
	const named = namersOf(run, new Set(listed));
	for (const { digest, fault } of wrong) findings.found({ check: 'blobs', ...named.get(digest), ...fault });
	return count;
}

function digestIn(file: string): string {
	return file.slice(file.lastIndexOf('/') + 1);
}

function publicFault(blobs: BlobBook, digest: string, size: number | undefined): FileFault | undefined {
	const found = blobs.fileSize(digest);
	if (found !== undefined && (found < 0 || found === size)) return undefined;
	return {
		file: `blob/${digest.slice(0, 2)}/${digest}`,
		expected: `a file of ${size ?? 0} bytes, which the log's key says it holds and the package publishes`,
		came: found === undefined ? 'no such file' : `a file of ${found} bytes`,
		means: 'The operator signed for holding this image. Without it nobody can see the form behind the figures.',
	};
}

function namedFault({ rows, blobs }: Run, digest: string): FileFault | undefined {
	const row = rows.get('blob', digest);
	const file = `blob/${digest.slice(0, 2)}/${digest}`;
	if (row === undefined || row.held === undefined)
		return {
			file,
			expected: 'only files that a statement says are held',
			came:
				row === undefined
					? 'a file that no statement names'
					: 'a file that a capture names but the log never said it holds',
			means: 'It is no part of the record. Somebody put it there, or the statement that names it is gone.',
		};
	if (row.withheld !== undefined)
		return {
			file,
			expected: 'no file: it was withheld',
			came: 'the file itself',
			means: 'The operator shows what a decision of the authority keeps from publication.',
		};
	if (blobs.isPublic(digest)) return undefined;
	return {
		file,
		expected: 'no file: no capture in force names it as an image of a kind that the package publishes',
		came: 'the file itself',
		means:
			'The package seals it, and the operator shows it all the same; or the capture that named it is gone or void.',
	};
}
