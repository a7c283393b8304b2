/**
 * The log as it is published, read back from the folder: the package, the checkpoint, every entry in order. Nothing is believed because of where it lies; whoever replays the entries
 * ends with a root, and that must be the checkpoint's. The database is not looked at.
 */
import { loadElection } from '@matokeo/core/election/package.ts';
import { printProblem } from '@matokeo/core/election/problem.ts';
import type { Election } from '@matokeo/core/election/types.ts';
import { decodeBundle } from '@matokeo/core/log/bundle.ts';
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { type Context, contextOf } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { readPackageFolder } from '@matokeo/verifier/node/packageFolder.ts';
import type { Folder } from '../publish/folder.ts';
import { type Published, publishedReader } from '../publish/published.ts';
import { messageOf, readIfThere } from '../storage/disk.ts';
import type { Finding } from './finding.ts';

export interface PublishedLog {
	readonly election: Election;
	readonly context: Context;
	readonly packageFiles: ReadonlyMap<string, Uint8Array>;
	/** Absent when nothing was ever published. */
	readonly checkpoint: Published | undefined;
}

/** Up to 256 entries from an index that is a multiple of 256, or what is wrong with their file. */
export interface EntryGroup {
	readonly first: number;
	readonly file: string;
	readonly entries: Result<readonly Uint8Array[]>;
}

export async function openPublishedLog(
	suite: Suite,
	folder: Folder,
): Promise<Result<PublishedLog, readonly Finding[]>> {
	const read = await readPackageFolder(folder.packageFolder).catch((error: unknown) => messageOf(error));
	if (typeof read === 'string')
		return err([{ where: 'public/package', problem: `cannot be read: ${read}; put the election package there` }]);
	const loaded = loadElection(suite, read.files);
	const problems = [...read.problems, ...(loaded.ok ? [] : loaded.error)];
	if (!loaded.ok || problems.length > 0)
		return err(problems.map((one) => ({ where: `public/package/${one.file}`, problem: printProblem(one) })));
	const context = contextOf(suite, loaded.value);
	try {
		const checkpoint = publishedReader(suite, folder, trustOf(context))();
		return ok({ election: loaded.value, context, packageFiles: read.files, checkpoint });
	} catch (error) {
		return err([{ where: 'public/checkpoint', problem: messageOf(error) }]);
	}
}

/** Every entry below a size, in the bundles that a tree of that size has. */
export function* publishedEntries(folder: Folder, size: number): Generator<EntryGroup> {
	for (let first = 0; first < size; first += TILE_WIDTH) {
		const width = Math.min(TILE_WIDTH, size - first);
		const index = first / TILE_WIDTH;
		const file = folder.bundle({ index, width });
		const exact = readIfThere(file);
		const full = exact === undefined ? readIfThere(folder.bundle({ index, width: TILE_WIDTH })) : undefined;
		yield { first, file, entries: exact === undefined ? cutTo(full, width) : decodeBundle(exact, width) };
	}
}

function cutTo(full: Uint8Array | undefined, width: number): Result<readonly Uint8Array[]> {
	if (full === undefined) return err('the bundle is missing');
	const entries = decodeBundle(full, TILE_WIDTH);
	return entries.ok ? ok(entries.value.slice(0, width)) : entries;
}
