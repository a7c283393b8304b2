/**
 * What an alteration is in these tests. What must be found, and what must be named, is data in `vectors/alterations/`; how it is done is code, under the same name.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { put, type Rehearsed } from './rehearsed.ts';

/** What was altered, so that it can be asked whether it is named. */
export interface Subject {
	readonly station?: string;
	readonly statement?: string;
	/** Place in the log. */
	readonly index?: number;
	/** Path in the folder. */
	readonly file?: string;
	/** What a reader kept from before, for `--against`. */
	readonly kept?: Uint8Array;
}

export interface Altering {
	readonly of: Rehearsed;
	/** A copy of what the rehearsal made. */
	readonly dir: string;
	/** `public/` in it. */
	readonly folder: string;
}

/** Makes the alteration, and says what it was done to. */
export type Alter = (altering: Altering) => Subject | Promise<Subject>;

export type Alterations = Readonly<Record<string, Alter>>;

export type Name = 'station' | 'statement' | 'index' | 'file';

/** A row of `vectors/alterations/published.json`. */
export interface Expected {
	readonly name: string;
	readonly says: string;
	/** What the reader brings: the package digest, or a checkpoint or receipt from before. */
	readonly brings?: 'anchor' | 'checkpoint' | 'receipt';
	/** Without what the reader brings, the folder is consistent in itself. */
	readonly alone?: 'consistent';
	readonly check: string;
	readonly rule?: string;
	/** What one problem of this check names. */
	readonly names: readonly Name[];
}

/** A row of `vectors/alterations/database.json`. */
export interface ExpectedFinding {
	readonly name: string;
	readonly says: string;
	/** Where it is found: a table, or a file. */
	readonly where: string;
	readonly names: readonly Name[];
}

const VECTORS = new URL('../../../../vectors/alterations/', import.meta.url);

/** The rows of one list of a file of vectors. */
export function expectations(file: 'published.json', list: string): readonly Expected[];
export function expectations(file: 'database.json', list: string): readonly ExpectedFinding[];
export function expectations(file: string, list: string): readonly unknown[] {
	const lists: Readonly<Record<string, readonly unknown[]>> = JSON.parse(readFileSync(new URL(file, VECTORS), 'utf8'));
	return lists[list] ?? [];
}

/** Changes one bit. */
export function flip(dir: string, path: string, at: number): void {
	const bytes = readFileSync(join(dir, path));
	if (at >= bytes.length) throw new Error(`${path} has ${bytes.length} bytes`);
	bytes[at] = (bytes[at] ?? 0) ^ 1;
	put(dir, path, bytes);
}

/** Where a text stands in a file. */
export function offsetIn(dir: string, path: string, text: Uint8Array | string): number {
	const at = readFileSync(join(dir, path)).indexOf(text);
	if (at < 0) throw new Error(`${path} does not have it`);
	return at;
}
