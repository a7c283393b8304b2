/**
 * Brings a published log from elsewhere, a mirror or a copy, into the folder of a server that has lost statements (D21): verified from beginning to end first, and held against what was last published here. Only then is it put into
 * `public/`, the checkpoint last, so that a start at any moment in between finds the old log or the new one and never signs a third.
 */
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { openDisk } from '@matokeo/server/storage/disk.ts';
import { fetchImages } from '@matokeo/verifier/fetch/files.ts';
import { keepingIn } from '@matokeo/verifier/fetch/keeping.ts';
import { fetchLog } from '@matokeo/verifier/fetch/log.ts';
import { sourceAt } from '@matokeo/verifier/fetch/source.ts';
import type { ImageNews } from '@matokeo/verifier/follow/images.ts';
import { nativeSuite } from '@matokeo/verifier/node/nativeSuite.ts';
import { reportText } from '@matokeo/verifier/report/text.ts';
import { verifyFolder } from '@matokeo/verifier/verify.ts';
import { COULD_NOT_RUN, type Output } from '../output.ts';
import { isUrl } from '../verbs/verifyUrl.ts';

export interface Bringing {
	/** An address, or a folder. */
	readonly from: string;
	/** Digest of the package that it must have. */
	readonly anchor: string;
}

/** What a log publishes beside its checkpoint; a copy's own pages are not taken. */
const PARTS = ['package', 'log.vkey', 'tile', 'results', 'witnessed'] as const;
const CHECKPOINT = 'checkpoint';
/** Images are some hundred kB each: a few at once bound the memory. */
const FILES_AT_ONCE = 32;

/** Answers 0 when `public/` holds the whole log; else the exit code, when nothing was changed. Images that the source does not have are left out: the log must not wait for them. */
export async function bringLog(dir: string, { from, anchor }: Bringing, out: Output): Promise<number> {
	const suite = nativeSuite();
	const own = join(dir, 'public', CHECKPOINT);
	const fetched = isUrl(from) ? await fetchInto(suite, join(dir, '.rebuild-from'), from, anchor) : ok(copyIn(from));
	if (!fetched.ok) {
		out.stderr(`${fetched.error} Nothing was changed in ${dir}.\n`);
		return COULD_NOT_RUN;
	}
	const { folder, bring, remove } = fetched.value;
	// A mirror that runs there may go on while it is read: what is put here is the checkpoint that was verified.
	const checkpoint = checkpointIn(folder);
	let images: readonly ImageNews[] = [];
	const report = await verifyFolder(folder, {
		anchor,
		...(existsSync(own) ? { against: readFileSync(own) } : {}),
		images: async (wanted) => {
			images = [...wanted];
			await bring(images);
		},
	});
	if (!report.ok) {
		out.stderr(`${report.error} Nothing was changed in ${dir}.\n`);
		return COULD_NOT_RUN;
	}
	const wrong = report.value.checks.filter(({ name, failed }) => name !== 'blobs' && failed > 0);
	if (wrong.length > 0) {
		out.stdout(reportText(report.value));
		out.stderr(
			`What ${from} has does not verify, or does not continue what was published here: see above. Nothing was changed in ${dir}. If the two checkpoints contradict each other, keep both: they are evidence.\n`,
		);
		return 1;
	}
	const { log, notes } = report.value;
	if (checkpoint === undefined || !checkpointIn(folder)?.equals(checkpoint)) {
		out.stderr(
			`${from} has changed while it was read: a mirror that runs there, perhaps. Stop it, or name its address. Nothing was changed in ${dir}.\n`,
		);
		return COULD_NOT_RUN;
	}
	out.stdout(
		`${from}: ${notes} statements verified, up to the root ${log?.root ?? ''}; they continue what was published here.\n`,
	);
	merge(
		folder,
		dir,
		images.flatMap(({ sha256 }) => soundImage(suite, folder, sha256)),
		checkpoint,
	);
	remove();
	return 0;
}

interface Brought {
	readonly folder: string;
	/** Brings images into the folder, as far as they can be had. */
	readonly bring: (images: readonly ImageNews[]) => Promise<void>;
	readonly remove: () => void;
}

async function fetchInto(suite: Suite, folder: string, from: string, anchor: string): Promise<Result<Brought>> {
	const source = sourceAt(from);
	if (!source.ok) return source;
	mkdirSync(folder, { recursive: true });
	const keeping = keepingIn(folder);
	const fetched = await fetchLog(suite, source.value, keeping, { anchor });
	if (!fetched.ok) {
		const why = fetched.error;
		return err(
			why.kind === 'other-package'
				? `${from} is about another election: its package has the digest ${why.digest}.`
				: why.why,
		);
	}
	return ok({
		folder,
		bring: async (images) => {
			await fetchImages(suite, source.value, keeping, images);
			keeping.end();
		},
		remove: () => rmSync(folder, { recursive: true, force: true }),
	});
}

function copyIn(folder: string): Brought {
	return { folder, bring: async () => undefined, remove: () => undefined };
}

/** Where it lies in the folder, if what lies there is that image. */
function soundImage(suite: Suite, folder: string, digest: string): readonly string[] {
	const path = `blob/${digest.slice(0, 2)}/${digest}`;
	const stat = lstatSync(join(folder, path), { throwIfNoEntry: false });
	return stat?.isFile() === true && suite.sha256Hex(readFileSync(join(folder, path))) === digest ? [path] : [];
}

/** The verified log, put over what lies in `public/`: tiles of one log are the same wherever they lie, so only what is missing or differs is written. */
function merge(from: string, dir: string, images: readonly string[], checkpoint: Uint8Array): void {
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
	put(images);
	put(PARTS.flatMap((part) => filesUnder(from, part)));
	disk.write([{ path: join(there, CHECKPOINT), bytes: checkpoint }]);
}

function checkpointIn(folder: string): Buffer | undefined {
	const path = join(folder, CHECKPOINT);
	return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path) : undefined;
}

/** Ordinary files only: a link in a stranger's copy leads nowhere. */
function filesUnder(from: string, path: string): readonly string[] {
	const stat = lstatSync(join(from, path), { throwIfNoEntry: false });
	if (stat?.isFile() === true) return [path];
	if (stat?.isDirectory() !== true) return [];
	return readdirSync(join(from, path)).flatMap((name) => filesUnder(from, `${path}/${name}`));
}
