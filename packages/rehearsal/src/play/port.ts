/**
 * What a rehearsal needs of a log, whoever keeps it: the server in this process, or one behind HTTP. A refusal of anything that the
 * rehearsal says is a fault of the rehearsal or of the server, so it stops with the reason.
 */

import type { DeclaredOutcome, MarkCounts, Sums } from '@matokeo/core/record/acts.ts';
import type { Transcription } from '@matokeo/core/record/commitment.ts';
import type { Digest, StatementId } from '@matokeo/core/record/said.ts';
import type { RehearsalKey } from '../keys.ts';

export interface RehearsalLog {
	/** Appends every leaf, in order; throws with rule and reason if one is refused. */
	readonly append: (leaves: readonly Uint8Array[]) => Promise<void>;
	/** Says what must be refused, and throws if it is not. */
	readonly mistake: (leaves: readonly Uint8Array[]) => Promise<void>;
	/** Hands images over, or with `by`, who has named them, texts. They are kept durably before `announce` has ended. */
	readonly hold: (blobs: readonly Uint8Array[], by?: RehearsalKey) => Promise<void>;
	/** Ends when the log says that it holds everything that was handed over. */
	readonly announce: () => Promise<void>;
	/** Hands a clerk's opening to the log's keeper, in confidence. */
	readonly deliver: (reading: StatementId, capture: StatementId, read: Transcription) => void;
	/** Ends when all that was delivered is open: capture → id of the opening statement. */
	readonly open: () => Promise<ReadonlyMap<StatementId, StatementId>>;
	/** Readings of a capture in the order of the log, where that may be another than that in which they were said. */
	readonly readingsOf: (capture: StatementId) => readonly StatementId[] | undefined;
	/** Publishes the results as they stand. */
	readonly publish: () => Promise<void>;
	/** Has the log freeze contest × area, each at its own index, for the official who asks. */
	readonly mark: (places: readonly (Place & { readonly by: RehearsalKey })[]) => Promise<readonly Frozen[]>;
	/** Ends when the quorum of witnesses has seen the entry at this index, or stands no longer in the way: then those who are silent, by name. */
	readonly witnessed: (index: number) => Promise<readonly string[]>;
	/** Ends when every witness that answers has seen all that was said: real ones look by themselves and are waited for. */
	readonly showWitnesses: () => Promise<void>;
	/** Statements so far. */
	readonly size: () => Promise<number>;
}

export interface Place {
	readonly contest: string;
	readonly area: string;
}

/** What a mark has frozen, as whoever certifies or declares is shown it. */
export interface Frozen extends Place {
	readonly mark: StatementId;
	readonly index: number;
	readonly counts: MarkCounts;
	readonly totals: Sums;
	/** Digest of the sheet. */
	readonly list: Digest;
	/** Of the certificate; of the declaration, where one may rest on it. */
	readonly certificate: Next;
	readonly declaration?: Next & {
		readonly outcome: DeclaredOutcome;
		readonly decided: boolean;
		readonly texts: Readonly<Record<string, Digest>>;
		/** The last statement on the contest's result. */
		readonly seen?: StatementId;
	};
}

/** The number that comes next, and what is in force until then. */
export interface Next {
	readonly number: number;
	readonly inForce?: StatementId;
}
