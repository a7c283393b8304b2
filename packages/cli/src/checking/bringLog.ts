/**
 * Brings a published log from elsewhere, a mirror or a copy, into the folder of a server that has lost statements (D21): verified from beginning to end first, and held against what was last published here. Only then is it put into
 * `public/`, the checkpoint last, so that a start at any moment in between finds the old log or the new one and never signs a third.
 */
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { openDisk } from '@matokeo/server/storage/disk.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { runVerify } from '../verbs/verify.ts';
import { isUrl, runVerifyUrl } from '../verbs/verifyUrl.ts';

export interface Bringing {
	/** An address, or a folder. */
	readonly from: string;
	/** Digest of the package that it must have. */
	readonly anchor: string;
}

/** What a log publishes beside its checkpoint; a copy's own pages are not taken. */
const PARTS = ['package', 'log.vkey', 'tile', 'blob', 'results', 'witnessed'] as const;
const CHECKPOINT = 'checkpoint';
/** Images are some hundred kB each: a few at once bound the memory. */
const FILES_AT_ONCE = 32;

/** Answers 0 when `public/` holds the whole log; else the exit code, when nothing was changed. */
export async function bringLog(dir: string, { from, anchor }: Bringing, out: Output): Promise<number> {
	const own = join(dir, 'public', CHECKPOINT);
	const fetched = join(dir, '.rebuild-from');
	const source = isUrl(from) ? fetched : from;
	const code = isUrl(from)
		? await runVerifyUrl(from, out, {
				anchor,
				keep: fetched,
				...(existsSync(own) ? { against: readFileSync(own) } : {}),
			})
		: await runVerify(from, out, { anchor, ...(existsSync(own) ? { against: own } : {}) });
	if (code !== 0) {
		out.stderr(
			code === COULD_NOT_RUN
				? `Nothing was taken from ${from}, and nothing was changed in ${dir}.\n`
				: `What ${from} has does not verify, or does not continue what was published here: see above. Nothing was changed in ${dir}. If the two checkpoints contradict each other, keep both: they are evidence.\n`,
		);
		return code;
	}
	merge(source, dir);
	if (isUrl(from)) rmSync(fetched, { recursive: true, force: true });
	return 0;
}

/** The verified log, put over what lies in `public/`: tiles of one log are the same wherever they lie, so only what is missing or differs is written. */
function merge(from: string, dir: string): void {
	const disk = openDisk(dir);
	const there = join(dir, 'public');
	const put = (paths: readonly string[]): void => {
		for (let at = 0; at < paths.length; at += FILES_AT_ONCE) {
			const files = paths
				.slice(at, at + FILES_AT_ONCE)
				.map((path) => ({ path: join(there, path), bytes: readFileSync(join(from, path)) }))
				.filter(({ path, bytes }) => !existsSync(path) || !bytesEqual(readFileSync(path), bytes));
			if (files.length > 0) disk.write(files);
		}
	};
	put(PARTS.flatMap((part) => filesUnder(from, part)));
	put([CHECKPOINT]);
}

/** Ordinary files only: a link in a stranger's copy leads nowhere. */
function filesUnder(from: string, path: string): readonly string[] {
	const stat = lstatSync(join(from, path), { throwIfNoEntry: false });
	if (stat?.isFile() === true) return [path];
	if (stat?.isDirectory() !== true) return [];
	return readdirSync(join(from, path)).flatMap((name) => filesUnder(from, `${path}/${name}`));
}
