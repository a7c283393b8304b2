/**
 * What a rehearsal needs of a log, whoever keeps it: the server in this process, or one behind HTTP. A refusal of anything that the
 * rehearsal says is a fault of the rehearsal or of the server, so it stops with the reason.
 */
import type { Transcription } from '@matokeo/core/record/commitment.ts';
import type { StatementId } from '@matokeo/core/record/statement.ts';

export interface RehearsalLog {
	/** Appends every leaf, in order; throws with rule and reason if one is refused. */
	readonly append: (leaves: readonly Uint8Array[]) => Promise<void>;
	/** Says what must be refused, and throws if it is not. */
	readonly mistake: (leaves: readonly Uint8Array[]) => Promise<void>;
	/** Hands images over. They are kept durably before `announce` has ended. */
	readonly hold: (images: readonly Uint8Array[]) => Promise<void>;
	/** Ends when the log says that it holds every image that was handed over. */
	readonly announce: () => Promise<void>;
	/** Hands a clerk's opening to the log's keeper, in confidence. */
	readonly deliver: (reading: StatementId, capture: StatementId, read: Transcription) => void;
	/** Ends when all that was delivered is open: capture → id of the opening statement. */
	readonly open: () => Promise<ReadonlyMap<StatementId, StatementId>>;
	/** Publishes the results as they stand. */
	readonly publish: () => Promise<void>;
}
