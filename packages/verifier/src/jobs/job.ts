/**
 * What the threads of a verification say to one another: jobs, and answers made of typed arrays that change hands without being copied. What a worker answers is a
 * pure function of the folder and of the keys it was told; what it means for the election is decided by one thread, in order.
 */
import type { Fault } from '@matokeo/core/record/leaf.ts';

/** Keys whose signatures workers can check, numbered by whoever hands them out: the first has number 1. */
export interface KeysNews {
	readonly kind: 'keys';
	readonly names: readonly string[];
	readonly keyIds: readonly string[];
	/** 32 bytes each. */
	readonly keys: Uint8Array;
}

export interface BundleJob {
	readonly kind: 'bundle';
	readonly index: number;
	/** Entries that the checkpoint implies. */
	readonly width: number;
	/** So many entries at the front are hashed and not looked into: they were before, or will be. */
	readonly skip: number;
	/** Widths of the files there are. */
	readonly bundleWidths: readonly number[];
	readonly tileWidths: readonly number[];
	/** The second line of every statement of this log. */
	readonly header: string;
}

export interface PointsJob {
	readonly kind: 'points';
	/** 32 bytes each. */
	readonly keys: Uint8Array;
}

export interface BlobsJob {
	readonly kind: 'blobs';
	/** Two hex digits. */
	readonly directory: string;
}

export type Job = BundleJob | PointsJob | BlobsJob;

/** A fault of a file, in words; the place in the log where it is known. */
export interface FileFault {
	readonly file: string;
	readonly index?: number;
	readonly expected: string;
	readonly came: string;
	readonly means: string;
}

export interface LeafFault extends Fault {
	/** Place in the bundle. */
	readonly at: number;
}

/** Members of `layout` for each entry. */
export const LAYOUT = 5;
export const ENTRY_START = 0;
export const JSON_START = 1;
export const JSON_END = 2;
export const ENTRY_END = 3;
export const FIRST_SIGNATURE = 4;

/** Bits of `flags`. */
export const PARSED = 1;
export const OWN_HEADER = 2;
export const ASCII = 4;

export interface BundleAnswer {
	readonly kind: 'bundle';
	readonly index: number;
	/** The bundle as it was read; empty when there is none. */
	readonly bytes: Uint8Array<ArrayBuffer>;
	/** Entries that could be told apart. */
	readonly count: number;
	/** Of those, how many at the front were not looked into. */
	readonly skipped: number;
	readonly layout: Uint32Array<ArrayBuffer>;
	/** Places in `TYPES`. */
	readonly types: Uint8Array<ArrayBuffer>;
	readonly flags: Uint8Array<ArrayBuffer>;
	/** Statement ids, 32 bytes each. */
	readonly ids: Uint8Array<ArrayBuffer>;
	/** Leaf hashes, 32 bytes each: of the entries; where they cannot be read, as the tile says. Fewer than `width` if nobody says. */
	readonly hashes: Uint8Array<ArrayBuffer>;
	/** The root over the hashes. */
	readonly root: Uint8Array<ArrayBuffer>;
	/** For each signature, the number of the key that its line names; 0 if the worker was told of none. */
	readonly keyNumbers: Uint32Array<ArrayBuffer>;
	/** For each signature, 1 if it is true under that key. */
	readonly verdicts: Uint8Array<ArrayBuffer>;
	readonly faults: readonly LeafFault[];
	/** Keys that statements of this bundle enrol, whether or not they may. */
	readonly enrolled: KeysNews;
	readonly files: readonly FileFault[];
	/** Places where the published tile has another leaf hash than the bundle. */
	readonly differing: readonly number[];
	/** How many files were compared. */
	readonly compared: number;
}

export interface PointsAnswer {
	readonly kind: 'points';
	/** 1 for a key of prime order. */
	readonly verdicts: Uint8Array<ArrayBuffer>;
}

export interface BlobsAnswer {
	readonly kind: 'blobs';
	/** Digests of the names, 32 bytes each. */
	readonly digests: Uint8Array<ArrayBuffer>;
	readonly sizes: Float64Array<ArrayBuffer>;
	/** 1 if the bytes have the digest that the name says. */
	readonly sound: Uint8Array<ArrayBuffer>;
	readonly files: readonly FileFault[];
}

export type Answer = BundleAnswer | PointsAnswer | BlobsAnswer;

/** What a thread sends back: the answer, or the trouble that ended it. */
export interface Reply {
	readonly job: number;
	readonly answer?: Answer;
	readonly trouble?: string;
}

export interface Order {
	readonly job: number;
	readonly what: Job | KeysNews;
}
