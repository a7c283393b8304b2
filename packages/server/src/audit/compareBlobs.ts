/**
 * Blobs against what the log says of them (D15, D16): everything that was announced is there and is what its name says; `public/` has exactly the images that are public.
 */
import { readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { filesNamedBy } from '@matokeo/core/record/filesNamed.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import type { FormCapture, Statement } from '@matokeo/core/record/statement.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Folder } from '../publish/folder.ts';
import { readIfThere } from '../storage/disk.ts';
import type { Finding, Findings } from './finding.ts';
import type { Replay } from './replay.ts';

/** The first statement that names a blob, and whether it is public: a capture names it with a public kind, or a filing was the first to name it. */
export interface NamedBlob {
	readonly statement: string;
	readonly station: string | undefined;
	readonly open: boolean;
}

export type NamedBlobs = Map<Digest, NamedBlob>;

export function nameBlobs(
	named: NamedBlobs,
	publicImages: readonly string[],
	id: string,
	{ images, station }: FormCapture,
): void {
	for (const { sha256, kind } of images) {
		const known = named.get(sha256) ?? { statement: id, station, open: false };
		named.set(sha256, { ...known, open: known.open || publicImages.includes(kind) });
	}
}

/** Whoever replays asks this of every statement, in order: what a capture has named before, a filing does not publish. */
export function nameFiles(named: NamedBlobs, statement: Statement, id: string): void {
	for (const sha256 of filesNamedBy(statement))
		if (!named.has(sha256)) named.set(sha256, { statement: id, station: undefined, open: true });
}

/** Files read and compared. */
export function compareBlobs(
	suite: Suite,
	folder: Folder,
	{ tables }: Replay,
	named: NamedBlobs,
	found: Findings,
): number {
	const tell = (path: string, digest: Digest, problem: string) =>
		found.add(aboutBlob(folder, named, path, digest, problem));
	let compared = 0;
	const check = (path: string, digest: Digest, missing: string | undefined, size = -1): void => {
		const bytes = readIfThere(path);
		if (bytes === undefined) {
			if (missing !== undefined) tell(path, digest, missing);
			return;
		}
		compared++;
		const actual = suite.sha256Hex(bytes);
		if (actual !== digest) tell(path, digest, `the file has been changed: its digest is ${actual}`);
		else if (size >= 0 && bytes.length !== size)
			tell(path, digest, `the log says ${size} bytes, the file has ${bytes.length}`);
	};
	for (const [digest, { held, size, withheld }] of tables.blob) {
		if (held === undefined) continue;
		check(folder.heldBlob(digest), digest, 'the log says it is held, the file is missing', size);
		const shown = named.get(digest)?.open === true && withheld === undefined;
		if (shown) check(folder.publicBlob(digest), digest, 'it is public, the file is missing');
	}
	for (const { path, name } of filesBelow(dirname(dirname(folder.publicBlob('0'.repeat(64)))))) {
		const row = tables.blob.get(name);
		if (named.get(name)?.open !== true) tell(path, name, 'it is published, and no statement makes it public');
		else if (row?.withheld !== undefined) tell(path, name, 'it is published although the authority withheld it');
		else if (row?.held === undefined) check(path, name, undefined);
	}
	for (const { path, name } of filesBelow(join(folder.dir, 'blob'))) {
		if (tables.blob.get(name)?.held === undefined) check(path, name, undefined);
	}
	return compared;
}

function aboutBlob(folder: Folder, named: NamedBlobs, path: string, digest: Digest, problem: string): Finding {
	const { statement, station } = named.get(digest) ?? {};
	return {
		where: relative(folder.dir, path),
		problem,
		...(station === undefined ? {} : { station }),
		...(statement === undefined ? {} : { statement }),
	};
}

function* filesBelow(root: string): Generator<{ readonly path: string; readonly name: string }> {
	for (const folder of namesIn(root)) {
		for (const name of namesIn(join(root, folder))) yield { path: join(root, folder, name), name };
	}
}

function namesIn(folder: string): readonly string[] {
	try {
		return readdirSync(folder).sort();
	} catch {
		// A folder that is not there has no files; whoever needs one of them says that it is missing.
		return [];
	}
}
