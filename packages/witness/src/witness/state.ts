/**
 * What a witness must not forget, as a port (`spec/witness.md`, N3, N4, N8): per log the whole checkpoint that it cosigned last, and incidents. What a call has
 * answered is durable. It does not judge: that is the desk's part.
 */

/** The checkpoint that was cosigned last for an origin. */
export interface Cosigned {
	readonly origin: string;
	readonly size: number;
	/** 32 bytes. */
	readonly root: Uint8Array;
	/** The checkpoint's text, the signatures of the log's keys, and the witness's own cosignature. */
	readonly note: Uint8Array;
	/** UTC seconds of that cosignature. */
	readonly seconds: number;
	/** UTC seconds of the first cosignature for this origin. */
	readonly since: number;
	/** Cosignatures for this origin, this one included. */
	readonly count: number;
}

/** A checkpoint that the log signed and that does not fit what the witness has seen. */
export interface Incident {
	/** 32 hex digits, the same for the same checkpoint and kind: nothing is kept twice. */
	readonly id: string;
	readonly origin: string;
	/** Proven: `file` is an evidence file that convinces anybody. Unexplained: it is the request as it came, and says nothing against the log by itself. */
	readonly kind: 'proven' | 'unexplained';
	/** Of the checkpoint that does not fit. */
	readonly size: number;
	/** 32 bytes. */
	readonly root: Uint8Array;
	/** UTC seconds by the witness's clock. */
	readonly seconds: number;
	/** One sentence in English for whoever reads the page. */
	readonly what: string;
	readonly file: Uint8Array;
}

/** What became of an incident: kept, kept before, or one too many of a log that has enough of them. */
export type Kept = 'kept' | 'known' | 'full';

export interface WitnessState {
	readonly latest: (origin: string) => Cosigned | undefined;
	/** All origins, in their order as text. */
	readonly all: () => readonly Cosigned[];
	/** UTC seconds of the newest cosignature of any log, 0 if there is none. */
	readonly newestSeconds: () => number;
	/**
	 * Compare and persist (N3): writes `next` in one transaction if the newest of its origin is still `before`, and forgets unexplained incidents that it explains. False, and nothing is
	 * written, if another came between.
	 */
	readonly advance: (next: Cosigned, before: Cosigned | undefined) => boolean;
	readonly keepIncident: (incident: Incident) => Kept;
	readonly incident: (id: string) => Incident | undefined;
	/** Newest first. */
	readonly incidents: () => readonly Incident[];
	readonly close: () => void;
}
