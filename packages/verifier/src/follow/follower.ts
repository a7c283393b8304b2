/**
 * Follows a log whose files grow in a folder (V63–V66): each checkpoint is verified as `verifyFolder` verifies a whole folder, by the same functions, and costs what it adds. The files may come from
 * anybody. What does not fit changes nothing here, so that the same checkpoint can be tried again with other files.
 *
 * It opens no port, holds no key and writes nothing; fetching the files is for others (`fetch/`).
 */
import { availableParallelism } from 'node:os';
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { proveInclusion } from '@matokeo/core/log/merkle.ts';
import { printProof } from '@matokeo/core/log/proof.ts';
import { EMPTY_EDGE } from '@matokeo/core/log/tiles.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import type { Standing } from '@matokeo/core/standings/results.ts';
import { bytesEqual } from '@matokeo/core/std/bytes.ts';
import { assert, err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { blobBook } from '../check/blobs.ts';
import { VOIDS_KEPT_MAX, WORKERS_MAX } from '../check/limits.ts';
import { openPackage } from '../check/opening.ts';
import { findings as newFindings } from '../check/problem.ts';
import { readLog } from '../check/readLog.ts';
import { runOf, standingOf, type VoidLeaf } from '../check/run.ts';
import type { LoggedEntry } from '../evidence/file.ts';
import { readBundle } from '../jobs/readBundle.ts';
import { nativeSuite } from '../node/nativeSuite.ts';
import { workerPool } from '../node/pool.ts';
import type { GrowingTree } from '../replay/growingTree.ts';
import type { ReplayRows } from '../replay/memoryRows.ts';
import type { Advance, ResultsCompared } from './advance.ts';
import { accusedOf, filesInQuestion, judgePair, servedTree } from './disagreement.ts';
import { type ImageNews, imageNews, publicImages } from './images.ts';
import { resultsBook } from './results.ts';
import { checkStep, stepList } from './step.ts';
import { stepFindings } from './stepFindings.ts';

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

interface Held {
	readonly note: Uint8Array;
	readonly size: number;
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
	election: Parameters<typeof runOf>[2],
	found: ReturnType<typeof stepFindings>,
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
	const results = resultsBook(run, found);
	const accused = accusedOf(run.context);
	let edge = EMPTY_EDGE;
	let held: Held | undefined;
	let trouble: string | undefined;
	let turn: Promise<unknown> = Promise.resolve();

	const step = async (note: Uint8Array): Promise<Advance> => {
		if (trouble !== undefined) throw new Error(trouble);
		const verified = verifyCheckpoint(suite, note, trustOf(run.context));
		if (!verified.ok) return { kind: 'not-a-checkpoint', why: verified.error };
		const { size, root } = verified.value.checkpoint;
		const served = servedTree(suite, folder, { size, root });
		const judged = held === undefined ? undefined : judgePair(run, accused, held, { note, size }, served);
		if (judged !== undefined) return judged;
		if (held === undefined || size > held.size) {
			const from = run.size;
			const files = await checkStep({ suite, folder, pool, edge }, size);
			const refusal = { files: filesInQuestion(served, files, from, size) };
			if (files.whole && !bytesEqual(files.root, root)) return { kind: 'wrong-root', why: wrongRoot(size), ...refusal };
			const [unfit] = files.unfit;
			if (unfit !== undefined)
				return {
					kind: 'missing-files',
					why: `${unfit.file}: ${unfit.why}`,
					files: files.unfit.map(({ file }) => file),
				};
			trouble = `following ${folder} was broken off while statements were replayed: open it anew`;
			results.before(size);
			await readLog(run, pool, stepList(from, size), size, progress ?? (() => undefined));
			const own = run.tree.rootAt(size);
			assert(run.size === size && own !== undefined && bytesEqual(own, root), 'files stay while they are replayed');
			trouble = undefined;
			edge = files.edge;
		}
		held = { note, size };
		run.clock.cosigned(note, verified.value);
		const said = voids;
		voids = [];
		const problems = found.take();
		return {
			kind: 'ok',
			size,
			root,
			checkpoint: verified.value,
			found: problems,
			voids: said,
			backDated: run.clock.take(),
		};
	};

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
		checkpoint: () => held?.note,
		standing: () => standingOf(run),
		advance: (note) => {
			const next = turn.then(() => step(note));
			turn = next.catch(() => undefined);
			return next;
		},
		compareResults: results.compare,
		note: noteAt,
		logged: (index) => {
			const leaf = noteAt(index);
			const hashes = proveInclusion(suite, run.tree.read, index, run.size);
			if (leaf === undefined || held === undefined || !hashes.ok) return undefined;
			return { leaf, proof: printProof({ index, hashes: hashes.value, checkpoint: held.note }) };
		},
		publicImages: () => publicImages(run),
		close: pool.close,
	};
}

function wrongRoot(size: number): string {
	return `the statements that were served do not give the root that the log signed for ${size} statements`;
}
