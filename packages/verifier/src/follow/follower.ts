/**
 * Follows a log whose files grow in a folder (V63–V66): each checkpoint is verified as `verifyFolder` verifies a whole folder, by the same functions, and costs what it adds. The files may come from
 * anybody. What does not fit changes nothing here, so that the same checkpoint can be tried again with other files.
 *
 * It opens no port, holds no key and writes nothing; fetching the files is for others (`fetch/`).
 */
import { availableParallelism } from 'node:os';
import type { Election } from '@matokeo/core/election/types.ts';
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { proveInclusion } from '@matokeo/core/log/merkle.ts';
import { printProof } from '@matokeo/core/log/proof.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import type { Standing } from '@matokeo/core/standings/results.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { blobBook } from '../check/blobs.ts';
import { VOIDS_KEPT_MAX, WORKERS_MAX } from '../check/limits.ts';
import { openPackage } from '../check/opening.ts';
import { findings as newFindings } from '../check/problem.ts';
import { runOf, standingOf, type VoidLeaf } from '../check/run.ts';
import type { LoggedEntry } from '../evidence/file.ts';
import { readBundle } from '../jobs/readBundle.ts';
import { nativeSuite } from '../node/nativeSuite.ts';
import { workerPool } from '../node/pool.ts';
import type { GrowingTree } from '../replay/growingTree.ts';
import type { ReplayRows } from '../replay/memoryRows.ts';
import type { Advance, ResultsCompared } from './advance.ts';
import { type ImageNews, imageNews, publicImages } from './images.ts';
import { resultsBook } from './results.ts';
import { type StepFindings, stepFindings } from './stepFindings.ts';
import { stepper } from './stepper.ts';

export interface FollowOptions {
	/** Digest of the election package as it is known from outside. */
	readonly anchor?: string;
	/** Threads beside this one; all processors of the machine, unless said. */
	readonly workers?: number;
	/** Statements done of those that the step brings the log to. */
	readonly progress?: (done: number, all: number) => void;
	/** What each statement did (T21), in order, when it is known to be the log's. Totals are then kept as rows, as a server keeps them; else they are added up when asked for. */
	readonly observe?: (event: LoggedEvent) => void;
	readonly onImage?: (news: ImageNews) => void;
}

export interface Follower {
	readonly context: Context;
	readonly rows: ReplayRows;
	readonly tree: GrowingTree;
	/** Statements verified. */
	readonly size: () => number;
	/** The checkpoint that was accepted last, as it was received. */
	readonly checkpoint: () => Uint8Array | undefined;
	/** What results and pages are made of, at this size. */
	readonly standing: () => Standing;
	/** One at a time; further calls wait. An exception is trouble: the follower must then be opened anew. */
	readonly advance: (checkpoint: Uint8Array) => Promise<Advance>;
	/** Compares `results/<contest>.json` with what the statements give, now or when the replay comes to its size. */
	readonly compareResults: (contest: string, bytes: Uint8Array) => ResultsCompared;
	/** The leaf at an index; `undefined` beyond the size. */
	readonly note: (index: number) => Uint8Array | undefined;
	/** A leaf with its proof under the checkpoint that was accepted last: what evidence files hold. */
	readonly logged: (index: number) => LoggedEntry | undefined;
	readonly publicImages: () => Iterable<ImageNews>;
	readonly close: () => Promise<void>;
}

/** `folder` has the package in it; tiles and bundles come as the log grows. The error says why nothing can be verified with that package. */
export async function openFollower(folder: string, options: FollowOptions = {}): Promise<Result<Follower>> {
	const suite = nativeSuite();
	const found = stepFindings(newFindings());
	const election = await openPackage(suite, folder, options.anchor, found.findings);
	const [problem] = found.take();
	if (election === undefined || problem !== undefined) {
		const { expected, came, means } = problem ?? { expected: 'the election package', came: 'none', means: '' };
		return err(`${folder} cannot be followed: expected ${expected}; came ${came}. ${means}`);
	}
	return ok(followerOf(suite, folder, election, found, options));
}

function followerOf(
	suite: Suite,
	folder: string,
	election: Election,
	found: StepFindings,
	{ workers, progress, observe, onImage }: FollowOptions,
): Follower {
	const pool = workerPool(suite, folder, workers ?? Math.min(WORKERS_MAX, availableParallelism() - 1));
	let voids: VoidLeaf[] = [];
	const run = runOf(suite, folder, election, blobBook(), found.findings, {
		...(observe === undefined ? {} : { observe }),
		onVoid: (leaf) => {
			if (voids.length < VOIDS_KEPT_MAX) voids.push(leaf);
		},
		onSaid: (said) => {
			if (onImage !== undefined) imageNews(run, said, onImage);
		},
	});
	const takeVoids = (): readonly VoidLeaf[] => {
		const taken = voids;
		voids = [];
		return taken;
	};
	const results = resultsBook(run, found);
	const { advance, held } = stepper({ run, pool, found, results, takeVoids, progress: progress ?? (() => undefined) });

	const noteAt = (index: number): Uint8Array | undefined => {
		if (index < 0 || index >= run.size) return undefined;
		const tile = Math.floor(index / TILE_WIDTH);
		const { bytes, spans } = readBundle(folder, {
			index: tile,
			width: Math.min(TILE_WIDTH, run.size - tile * TILE_WIDTH),
		});
		const place = 2 * (index % TILE_WIDTH);
		return place + 1 < spans.length ? bytes.subarray(spans[place], spans[place + 1]) : undefined;
	};

	return {
		context: run.context,
		rows: run.rows,
		tree: run.tree,
		size: () => run.size,
		checkpoint: () => held()?.note,
		standing: () => standingOf(run),
		advance,
		compareResults: results.compare,
		note: noteAt,
		logged: (index) => {
			const leaf = noteAt(index);
			const hashes = proveInclusion(suite, run.tree.read, index, run.size);
			const checkpoint = held()?.note;
			if (leaf === undefined || checkpoint === undefined || !hashes.ok) return undefined;
			return { leaf, proof: printProof({ index, hashes: hashes.value, checkpoint }) };
		},
		publicImages: () => publicImages(run),
		close: pool.close,
	};
}
