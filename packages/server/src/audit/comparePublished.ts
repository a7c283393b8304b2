/**
 * Published files against what the entries give: tiles byte for byte, and results at the size that they name (D6, D18).
 */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { rangeRoot } from '@matokeo/core/log/compactRange.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import type { Baseline } from '@matokeo/core/standings/baseline.ts';
import { printResults } from '@matokeo/core/standings/resultsFile.ts';
import { bytesEqual, utf8Decode } from '@matokeo/core/std/bytes.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { FileContent } from '../ports/disk.ts';
import type { LoggedStatement } from '../ports/store.ts';
import { type Edge, grow, NO_EDGE, partials } from '../publish/edge.ts';
import type { Folder } from '../publish/folder.ts';
import { readIfThere } from '../storage/disk.ts';
import type { Findings } from './finding.ts';
import type { PublishedLog } from './publishedLog.ts';
import type { Replay } from './replay.ts';

export interface TileCheck {
	/** The next entries, in order. */
	readonly take: (statements: readonly LoggedStatement[]) => void;
	/** The right edge, once all entries have been taken; answers how many files were compared in all. */
	readonly finish: () => number;
}

export function tileCheck(suite: Suite, folder: Folder, found: Findings): TileCheck {
	let edge: Edge = NO_EDGE;
	let compared = 0;
	const compare = ({ path, bytes }: FileContent): void => {
		compared++;
		const there = readIfThere(path) ?? fullFor(path, bytes.length);
		if (there !== undefined && bytesEqual(there, bytes)) return;
		const problem = there === undefined ? 'the file is missing' : 'the file is not what the entries of the log give';
		found.add({ where: relative(folder.dir, path), problem });
	};
	return {
		take: (statements) => {
			const grown = grow(suite, folder, edge, statements);
			grown.full.forEach(compare);
			edge = grown.edge;
		},
		finish: () => {
			partials(folder, edge, 0).forEach(compare);
			return compared;
		},
	};
}

/** A full tile or bundle stands in for a partial one that was removed when it filled up; its beginning is the partial one. */
function fullFor(path: string, length: number): Uint8Array | undefined {
	const full = path.replace(/\.p\/[0-9]{1,3}$/, '');
	return full === path ? undefined : readIfThere(full)?.subarray(0, length);
}

interface Awaited {
	readonly path: string;
	readonly text: string;
	readonly contest: string;
}

/** Results are compared at the moment of the replay at which they were published. */
export interface ResultsCheck {
	readonly at: (size: number) => void;
	/** Answers how many files were compared; those that name no size of this log are told. */
	readonly finish: () => number;
}

export function resultsCheck(
	{ election, context }: PublishedLog,
	folder: Folder,
	baseline: Baseline,
	replayed: Replay,
	found: Findings,
): ResultsCheck {
	const waiting = new Map<number, Awaited[]>();
	let compared = 0;
	for (const name of resultNames(folder)) {
		const path = folder.results(name);
		const text = utf8Decode(readIfThere(path) ?? new Uint8Array(0)) ?? '';
		const size = /"log":\{"root":"[^"]*","size":([0-9]{1,15})\}/.exec(text)?.[1];
		const at = size === undefined ? -1 : Number(size);
		waiting.set(at, [...(waiting.get(at) ?? []), { path, text, contest: name }]);
	}
	return {
		at: (size) => {
			for (const { path, text, contest: id } of waiting.get(size) ?? []) {
				compared++;
				const contest = election.contests.get(id);
				const root = rangeRoot(context.suite, replayed.range());
				const standing = { election, baseline, rows: replayed.rows };
				if (contest !== undefined && printResults(standing, contest, { size, root }) === text) continue;
				const problem =
					contest === undefined
						? 'the package has no such contest'
						: `not the results that the log gives at size ${size}`;
				found.add({ where: relative(folder.dir, path), problem });
			}
			waiting.delete(size);
		},
		finish: () => {
			for (const { path } of [...waiting.values()].flat())
				found.add({ where: relative(folder.dir, path), problem: 'it names no size that this log has had' });
			return compared;
		},
	};
}

/** What witnesses have seen (D26) is a checkpoint of this log, of its past, with the root that the entries give there. */
export function witnessedCheck(
	{ context, checkpoint }: PublishedLog,
	folder: Folder,
	replayed: Replay,
	found: Findings,
): (size: number) => void {
	const bytes = readIfThere(folder.witnessed);
	if (bytes === undefined) return () => undefined;
	const tell = (problem: string): void => found.add({ where: relative(folder.dir, folder.witnessed), problem });
	const verified = verifyCheckpoint(context.suite, bytes, trustOf(context));
	if (!verified.ok) {
		tell(`no checkpoint of this log: ${verified.error}; remove it, the next quorum writes it anew`);
		return () => undefined;
	}
	const { size, root } = verified.value.checkpoint;
	if (size > (checkpoint?.size ?? 0))
		tell(`witnesses have seen ${size} statements, ${checkpoint?.size ?? 0} are published: the folder was put back`);
	return (at) => {
		if (at !== size || bytesEqual(rangeRoot(context.suite, replayed.range()), root)) return;
		tell(`at size ${size} witnesses have seen another root than the published entries give: keep both as evidence`);
	};
}

function resultNames(folder: Folder): readonly string[] {
	try {
		return readdirSync(join(folder.dir, 'public', 'results')).flatMap((name) => /^(.+)\.json$/.exec(name)?.[1] ?? []);
	} catch {
		// Nothing was published yet.
		return [];
	}
}
