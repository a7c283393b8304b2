/**
 * One round of following (M3, M4, M10, M30–M32): the source's checkpoint, the files that it adds, the step, and what follows from how it came out. It never goes past something that the log must answer
 * for. When it is called, and what a person is told, is for others.
 */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { verifyCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import { printBundlePath, printTilePath } from '@matokeo/core/log/tilePath.ts';
import { newTiles } from '@matokeo/core/log/tiles.ts';
import { trustOf } from '@matokeo/core/rules/witnessed.ts';
import { CLOCK_TOLERANCE_SECONDS } from '@matokeo/verifier/check/limits.ts';
import type { Accused, Misbehaviour } from '@matokeo/verifier/evidence/file.ts';
import { signedBy } from '@matokeo/verifier/evidence/pair.ts';
import { fetchCheckpoint } from '@matokeo/verifier/fetch/files.ts';
import type { Keeping } from '@matokeo/verifier/fetch/keeping.ts';
import type { Source } from '@matokeo/verifier/fetch/source.ts';
import { fetchStep } from '@matokeo/verifier/fetch/step.ts';
import type { Advance, Grown } from '@matokeo/verifier/follow/advance.ts';
import type { MirrorBook } from './book.ts';
import type { Limits } from './limits.ts';
import { dropPartials, isPartial, sweepPartials } from './partials.ts';
import type { ResultsKeeper } from './resultsKeeper.ts';
import { misbehaviourOf, type Verified } from './verified.ts';

/** `silent`: the source said nothing that helps; why is in the book. `stopped`: the log has to answer for something. */
export type Round = 'grown' | 'same' | 'silent' | 'stopped';

export interface Watch {
	/** Verifies what lies in the folder, by itself. */
	readonly begin: () => Promise<void>;
	readonly round: () => Promise<Round>;
}

export interface WatchParts {
	readonly source: Source;
	/** The same with patience, for the files of a step. */
	readonly bulk: Source;
	readonly keeping: Keeping;
	readonly accused: Accused;
	readonly verified: Verified;
	readonly book: MirrorBook;
	readonly results: ResultsKeeper;
	readonly limits: Limits;
	/** UTC seconds. */
	readonly clock: () => number;
	/** Keeps it as evidence, and says whether following ends by it. */
	readonly raise: (seen: Misbehaviour) => boolean;
	/** A checkpoint that the log signed and that could not be verified yet. */
	readonly keepAhead: (note: Uint8Array, size: number) => void;
	/** After every step that was accepted. */
	readonly grown: (came: Grown) => void;
}

/** What one round remembers for the next. */
interface Memory {
	/** Files that lay there and were not right. */
	again: ReadonlySet<string>;
	/** UTC seconds since when the source shows less than was verified. */
	smallerSince: number | undefined;
}

export function watch(parts: WatchParts): Watch {
	const memory: Memory = { again: new Set(), smallerSince: undefined };
	return {
		begin: () => begin(parts, memory),
		round: () => round(parts, memory),
	};
}

/** M5: the checkpoint that lies in the folder is the log's word all the same, whatever has become of the files: it is compared later. */
async function begin(parts: WatchParts, memory: Memory): Promise<void> {
	const { verified, accused, book } = parts;
	const { found } = verified;
	const signed = found && signedBy(verified.follower.context.suite, accused, found);
	sweepPartials(parts.keeping.folder, signed?.ok === true ? signed.value.checkpoint.size : 0);
	if (found === undefined || signed === undefined) return;
	if (!signed.ok) {
		book.find(`the checkpoint in this folder is not the log's: ${signed.error}. Nothing in the folder is believed`);
		return;
	}
	const { size } = signed.value.checkpoint;
	book.shown(size);
	const came = await verified.advance(found);
	if (came.kind !== 'ok') parts.keepAhead(found, size);
	outcome(parts, memory, came, 0, size);
}

async function round(parts: WatchParts, memory: Memory): Promise<Round> {
	const { source, bulk, keeping, verified, accused, book } = parts;
	const { follower } = verified;
	if (isStopped(book)) return 'stopped';
	const served = await fetchCheckpoint(source);
	if (!served.ok) return silent(parts, served.error.why);
	const { note } = served.value;
	const signed = signedBy(follower.context.suite, accused, note);
	if (!signed.ok) return silent(parts, `what the source serves as its checkpoint is not the log's: ${signed.error}`);
	const { size } = signed.value.checkpoint;
	book.shown(size);
	const from = follower.size();
	if (size === from && isSame(note, follower.checkpoint())) {
		memory.smallerSince = undefined;
		book.set({ kind: 'follows' });
		return 'same';
	}
	if (size > from) {
		// Whatever becomes of it: the log is not put back.
		memory.smallerSince = undefined;
		await parts.results.fetch();
		const fetched = await fetchStep(bulk, keeping, from, size, { again: memory.again });
		keeping.end();
		if (!fetched.ok) {
			dropPartials(keeping.folder, from, size);
			return silent(parts, fetched.error.why);
		}
	}
	// Somebody may have brought evidence meanwhile.
	if (isStopped(book)) {
		dropStep(keeping.folder, from, size);
		return 'stopped';
	}
	return outcome(parts, memory, await verified.advance(note), from, size);
}

function outcome(parts: WatchParts, memory: Memory, came: Advance, from: number, size: number): Round {
	switch (came.kind) {
		case 'ok':
			return accepted(parts, memory, came, from);
		case 'missing-files':
		case 'wrong-root':
			memory.again = new Set(came.files.filter((path) => !isPartial(path)));
			dropPartials(parts.keeping.folder, from, size);
			return silent(parts, `what the source serves does not fit what the log signed: ${came.why}`);
		case 'smaller':
			return smaller(parts, memory, came.misbehaviour, size);
		case 'fork':
			return forked(parts, came.misbehaviour, from, size);
		case 'not-a-checkpoint':
			return silent(parts, came.why);
	}
}

/** Evidence first: the files can be removed another time. */
function forked({ keeping, raise }: WatchParts, seen: Misbehaviour, from: number, size: number): Round {
	const stops = raise(seen);
	dropStep(keeping.folder, from, size);
	return stops ? 'stopped' : 'same';
}

function accepted(parts: WatchParts, memory: Memory, came: Grown, from: number): Round {
	const { book, verified } = parts;
	memory.again = new Set();
	memory.smallerSince = undefined;
	book.findProblems(came.found);
	parts.results.settle(came.size, came.found);
	parts.grown(came);
	const stops = misbehaviourOf(verified, came).map(parts.raise);
	book.set({ kind: 'follows' });
	if (stops.includes(true) || isStopped(book)) return 'stopped';
	return came.size > from ? 'grown' : 'same';
}

/** M32: an old copy is not the log's doing, unless it stays or is newer by the witnesses' clocks. */
function smaller(parts: WatchParts, memory: Memory, seen: Misbehaviour, size: number): Round {
	const { verified, limits } = parts;
	const now = parts.clock();
	memory.smallerSince ??= now;
	if (seen.kind === 'rollback') {
		const [held, came] = [witnessedAt(verified, seen.seen), witnessedAt(verified, seen.served)];
		const stays = now - memory.smallerSince >= limits.staleSeconds;
		// Two witnesses have two clocks.
		if (stays || (held > 0 && came > held + CLOCK_TOLERANCE_SECONDS)) return parts.raise(seen) ? 'stopped' : 'same';
	}
	const why = `the source shows ${size} statements, fewer than the ${verified.follower.size()} that are verified here: an old copy on the way, or a log that was put back`;
	return silent(parts, why);
}

function silent({ book, clock }: WatchParts, why: string): Round {
	const before = book.state();
	book.set({ kind: 'away', since: before.kind === 'away' ? before.since : clock(), why });
	return 'silent';
}

function isStopped(book: MirrorBook): boolean {
	return book.state().kind === 'security';
}

function isSame(one: Uint8Array, two: Uint8Array | undefined): boolean {
	return two !== undefined && Buffer.compare(one, two) === 0;
}

/** UTC seconds of the latest cosignature on it, 0 without any. */
function witnessedAt({ follower: { context } }: Verified, note: Uint8Array): number {
	const checked = verifyCheckpoint(context.suite, note, trustOf(context));
	return checked.ok ? Math.max(0, ...checked.value.witnesses.map(({ seconds }) => seconds)) : 0;
}

/** What came for a checkpoint that was not accepted is no part of what is verified: the names of these files are those of larger sizes only. */
function dropStep(folder: string, from: number, to: number): void {
	if (to <= from) return;
	for (const tile of newTiles(from, to)) {
		rmSync(join(folder, printTilePath(tile)), { force: true });
		if (tile.level === 0) rmSync(join(folder, printBundlePath(tile)), { force: true });
	}
}
