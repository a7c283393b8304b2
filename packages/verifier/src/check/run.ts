/** What one verification holds while it runs: the rules' context, the rows, the tree, the keys that were handed out, and what was found. */
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Election } from '@matokeo/core/election/types.ts';
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { leafHash } from '@matokeo/core/log/merkle.ts';
import { printTilePath } from '@matokeo/core/log/tilePath.ts';
import { tileHashes } from '@matokeo/core/log/tiles.ts';
import { type Context, contextOf, type Said } from '@matokeo/core/rules/context.ts';
import { evolve } from '@matokeo/core/rules/decide.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { type Baseline, baselineOf } from '@matokeo/core/standings/baseline.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import { fold } from '@matokeo/core/standings/fold.ts';
import { isMark } from '@matokeo/core/standings/marking.ts';
import type { Standing } from '@matokeo/core/standings/results.ts';
import { hexEncode } from '@matokeo/core/std/bytes.ts';
import { err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { readBundle } from '../jobs/readBundle.ts';
import { readWhole } from '../node/files.ts';
import { type ProceedingsBook, proceedingsBook } from '../proceedings/book.ts';
import { type GrowingTree, growingTree } from '../replay/growingTree.ts';
import { freezeAfresh } from '../replay/marks.ts';
import type { ReplayRows } from '../replay/memoryRows.ts';
import { fitsWhole, hotRowsFor, packedRows } from '../replay/packedRows.ts';
import { totalsOf } from '../replay/totals.ts';
import type { BlobBook } from './blobs.ts';
import { type Clock, clockOf } from './clock.ts';
import type { Findings } from './problem.ts';

export interface KnownKey {
	readonly name: string;
	readonly keyId: string;
	/** 32 bytes in hex. */
	readonly hex: string;
}

/** A leaf that is not spelled as it must be, or that the rules refuse (V14). */
export interface VoidLeaf {
	readonly index: number;
	/** The leaf, byte for byte. */
	readonly bytes: Uint8Array;
	readonly rule: string;
	readonly why: string;
}

/** What somebody who follows a log wants to hear of, beside the findings. */
export interface Listening {
	/** What each statement did (T21). With it totals are moved statement by statement, as a server moves them; without it they are added up afresh when asked for. */
	readonly observe?: (event: LoggedEvent) => void;
	readonly onVoid?: (leaf: VoidLeaf) => void;
	/** After each statement that was admitted. */
	readonly onSaid?: (said: Said) => void;
}

export interface Run {
	readonly folder: string;
	readonly context: Context;
	readonly rows: ReplayRows;
	readonly tree: GrowingTree;
	/** Index → the hash that the log committed to, where the bundle has another statement in its place (V15). */
	readonly standIns: Map<number, Uint8Array>;
	readonly findings: Findings;
	/** In the order in which they were handed out. */
	readonly keys: KnownKey[];
	/** Public key in hex → whether workers found it to be of prime order; until its enrolment has been replayed. */
	readonly points: Map<string, boolean>;
	readonly blobs: BlobBook;
	readonly clock: Clock;
	readonly proceedings: ProceedingsBook;
	readonly listening: Listening;
	/** Writes into the rows what a decided statement changes. */
	readonly apply: (said: Said) => void;
	/** With which rows of totals begin; absent where totals are added up afresh. */
	readonly baseline: Baseline | undefined;
	/** Size → what to do when the replay has come so far. */
	readonly stops: Map<number, readonly (() => void)[]>;
	/** Leaves replayed. */
	size: number;
	/** Index of the first leaf that was damaged or void: what follows may follow from it. */
	damaged: number | undefined;
	/** The totals at the size they were last asked for. */
	standing: { readonly size: number; readonly at: Standing } | undefined;
}

export function runOf(
	suite: Suite,
	folder: string,
	election: Election,
	blobs: BlobBook,
	findings: Findings,
	listening: Listening = {},
): Run {
	const points = new Map<string, boolean>();
	const known: Suite = {
		...suite,
		isPrimeOrder: (publicKey) => points.get(hexEncode(publicKey)) ?? suite.isPrimeOrder(publicKey),
	};
	const standIns = new Map<number, Uint8Array>();
	const tree = growingTree(suite, (tile) => leafHashesOf(suite, folder, tile, standIns));
	const returns = election.stations.size * election.contests.size;
	// Rows that are packed away leave garbage behind; a tighter heap keeps a country on a small laptop, for some per cent of time. Smaller elections need not pay.
	if (!fitsWhole(returns)) setFlagsFromString('--heap-growing-percent=20');
	const hotMax = hotRowsFor(returns);
	const rows = packedRows((size) => (size <= run.size ? tree.rootAt(size) : undefined), hotMax);
	const context = contextOf(known, election);
	const baseline = listening.observe === undefined ? undefined : baselineOf(election);
	const run: Run = {
		folder,
		context,
		rows,
		tree,
		standIns,
		findings,
		keys: [],
		points,
		blobs,
		clock: clockOf(context, findings),
		proceedings: proceedingsBook(context, rows),
		listening,
		baseline,
		apply: applying(context, rows, baseline, listening.observe),
		stops: new Map(),
		size: 0,
		damaged: undefined,
		standing: undefined,
	};
	return run;
}

function applying(
	context: Context,
	rows: ReplayRows,
	baseline: Baseline | undefined,
	observe: Listening['observe'],
): Run['apply'] {
	if (baseline === undefined || observe === undefined)
		return (said) => {
			evolve(context, rows, said);
			if (isMark(said)) freezeAfresh(context, rows, said);
		};
	return (said) =>
		fold(context, baseline, rows, said, (event) => observe({ ...event, index: said.index, time: logRow(rows).time }));
}

/** Everything that results are made of, at the size that the replay has come to. */
export function standingOf(run: Run): Standing {
	const { size, context, rows, standing } = run;
	if (standing?.size === size) return standing.at;
	const at = { election: context.election, baseline: run.baseline ?? totalsOf(context, rows), rows };
	run.standing = { size, at };
	return at;
}

export function noteDamage(run: Run, index: number): void {
	if (run.damaged === undefined || index < run.damaged) run.damaged = index;
}

/** The hashes of a full tile again, as the replay took them: of the statements, and where those cannot be read, or are not those of the log, as the tile says. */
function leafHashesOf(
	suite: Suite,
	folder: string,
	index: number,
	standIns: ReadonlyMap<number, Uint8Array>,
): Result<readonly Uint8Array[]> {
	const { bytes, spans } = readBundle(folder, { index, width: TILE_WIDTH });
	const hashes: Uint8Array[] = [];
	for (let i = 0; i + 1 < spans.length; i += 2) {
		const standIn = standIns.get(index * TILE_WIDTH + hashes.length);
		hashes.push(standIn ?? leafHash(suite, bytes.subarray(spans[i], spans[i + 1])));
	}
	if (hashes.length === TILE_WIDTH) return ok(hashes);
	const tile = readWhole(join(folder, printTilePath({ level: 0, index, width: TILE_WIDTH })), TILE_WIDTH * 32);
	if (!tile.ok) return err(tile.error.why);
	return ok([...hashes, ...tileHashes(tile.value).slice(hashes.length)]);
}
