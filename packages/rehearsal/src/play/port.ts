/**
 * What a rehearsal needs of a log, whoever keeps it: the server in this process, or one behind HTTP. A refusal of anything that the
 * rehearsal says is a fault of the rehearsal or of the server, so it stops with the reason.
 */
import type { Transcription } from '@matokeo/core/record/commitment.ts';
import type { StatementId } from '@matokeo/core/record/statement.ts';

export interface RehearsalLog {
	/** Appends every leaf, in order; throws with rule and reason if one is refused. */
	readonly append: (leaves: readonly Uint8Array[]) => void;
	/** Keeps images durably and then says so in the log. */
	readonly hold: (images: readonly Uint8Array[]) => Promise<void>;
	readonly announce: () => void;
	/** Hands a clerk's opening to the log's keeper, in confidence. */
	readonly deliver: (reading: StatementId, read: Transcription) => void;
	/** Opens what can be opened: capture → id of the opening statement. */
	readonly open: () => ReadonlyMap<StatementId, StatementId>;
	/** Publishes the results as they stand. */
	readonly publish: () => void;
}
