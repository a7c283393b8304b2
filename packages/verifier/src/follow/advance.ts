/**
 * What comes of one step of following a log (V63–V66). Either the log has grown as a log grows and everything that came was replayed, or nothing was changed at all and the answer says why. It does not know
 * where checkpoints and files come from.
 */
import type { VerifiedCheckpoint } from '@matokeo/core/log/checkpoint.ts';
import type { BackDated } from '../check/clock.ts';
import type { Problem } from '../check/problem.ts';
import type { VoidLeaf } from '../check/run.ts';
import type { Misbehaviour } from '../evidence/file.ts';

export interface Grown {
	readonly kind: 'ok';
	readonly size: number;
	/** 32 bytes. */
	readonly root: Uint8Array;
	/** Of one size there may be several: cosignatures come later. */
	readonly checkpoint: VerifiedCheckpoint;
	/** What is wrong with what came in this step: void leaves, results, back-dated ticks. The first of each check. */
	readonly found: readonly Problem[];
	/** The first void leaves of this step, byte for byte. */
	readonly voids: readonly VoidLeaf[];
	/** Ticks found back-dated in this step. */
	readonly backDated: readonly BackDated[];
}

/**
 * `not-a-checkpoint`: no key of the log signed it, or it cannot be read. `missing-files`: these are missing, or not what the statements give; with others in their place it may be tried again.
 * `wrong-root`: the statements in the folder are not those under this checkpoint, and nothing shows that the log has signed two histories; `files` are those in question, to be fetched again.
 * `smaller`: the log has signed it, it is of our own past, and we have seen more. `fork`: the log has signed two histories that exclude each other; that is never mended.
 */
export type Advance =
	| Grown
	| { readonly kind: 'not-a-checkpoint'; readonly why: string }
	| { readonly kind: 'missing-files' | 'wrong-root'; readonly why: string; readonly files: readonly string[] }
	| { readonly kind: 'smaller'; readonly why: string; readonly size: number; readonly misbehaviour: Misbehaviour }
	| { readonly kind: 'fork'; readonly why: string; readonly misbehaviour: Misbehaviour };

/** What is said of a file of results (V40), by the size that the replay has come to. */
export type ResultsCompared =
	| { readonly kind: 'compared'; readonly found: readonly Problem[] }
	/** It is compared when the replay comes to that size; what is wrong is then in that step's `found`. */
	| { readonly kind: 'waits'; readonly size: number }
	/** The replay has left that size behind: ask again with a newer file. */
	| { readonly kind: 'passed'; readonly size: number }
	| { readonly kind: 'unreadable'; readonly why: string };
