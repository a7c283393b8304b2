/**
 * What the log keeps, whoever keeps it (`spec/storage.md`, D1–D6): statements, the head, the rows that follow from them, and the openings that clerks
 * have handed in and nobody may see yet. SQLite is one such store, the memory twin another; both pass the same contract suite.
 *
 * A store knows nothing of rules: it is told what to write, and writes all of it or nothing.
 */
import type { CompactRange } from '@matokeo/core/log/compactRange.ts';
import type { Digest, StatementId } from '@matokeo/core/record/said.ts';
import type { TableName, Tables } from '@matokeo/core/rules/rows.ts';

export interface Head {
	readonly size: number;
	/** 32 bytes; of the empty tree while nothing is logged. */
	readonly root: Uint8Array;
	readonly range: CompactRange;
}

export interface LoggedStatement {
	readonly index: number;
	readonly id: StatementId;
	/** 32 bytes. */
	readonly leafHash: Uint8Array;
	/** The leaf, byte for byte. */
	readonly note: Uint8Array;
}

/** One row as it is from now on, in canonical JSON, so that a view made again from the log can be compared byte for byte. */
export interface RowChange {
	readonly table: TableName;
	readonly key: string;
	readonly json: string;
}

/**
 * What a statement did to one contest × station (T21), as it is kept beside the rows: follows from the log like them, and is read by histories and lists. `json` is canonical JSON of
 * `before` and `after`, '{}' where nothing differs.
 */
export interface EventRecord {
	readonly index: number;
	readonly contest: string;
	readonly station: string;
	readonly poll: number;
	readonly type: string;
	/** UTC seconds. */
	readonly time: number;
	readonly arrived: boolean;
	readonly changed: boolean;
	readonly json: string;
}

/** Everything that one append changes, written in one transaction or not at all. */
export interface Batch {
	/** The size that this was decided at: if the head says another, nothing is written and the answer is `conflict`. */
	readonly expected: number;
	readonly head: Head;
	readonly statements: readonly LoggedStatement[];
	readonly rows: readonly RowChange[];
	/** In the order of the log; one for each index × contest × station at the most. */
	readonly events: readonly EventRecord[];
}

/** A clerk's opening, kept in confidence until all readings of its capture are in (S29). */
export interface KeptOpening {
	readonly reading: StatementId;
	readonly capture: StatementId;
	/** Canonical JSON of the transcription. */
	readonly json: string;
}

export interface Arrivals {
	/** UTC seconds at which the step begins. */
	readonly time: number;
	readonly forms: number;
}

/** What it has cost so far, for the benchmark. */
export interface Counters {
	/** SQL statements that were run, reads and writes. */
	readonly sqlStatements: number;
	/** Bytes handed to the database in statements and rows. */
	readonly bytesWritten: number;
	readonly transactions: number;
}

/** Events as they are read. */
export interface EventReader {
	/** Events of entries from one index up to, but not including, another, in the order of the log. */
	readonly events: (from: number, to: number) => readonly EventRecord[];
	/** All events of a station, of all contests, in the order of the log. */
	readonly eventsOf: (station: string) => readonly EventRecord[];
	/** Changed events of the contest, and of the election as a whole, oldest first. */
	readonly changes: (contest: string, from: number, count: number) => readonly EventRecord[];
	readonly changeCount: (contest: string) => number;
	/** The newest changed events of all contests, newest first, at most so many. */
	readonly latestChanges: (count: number) => readonly EventRecord[];
	/** Arrived events of the contest by time in steps of so many seconds; steps without any are left out. */
	readonly arrivals: (contest: string, stepSeconds: number) => readonly Arrivals[];
}

export interface Store extends EventReader {
	readonly head: () => Head;
	readonly get: <T extends TableName>(table: T, key: string) => Tables[T] | undefined;
	readonly indexOf: (id: StatementId) => number | undefined;
	/** Statements from one index up to, but not including, another; fewer when the log ends before. */
	readonly statements: (from: number, to: number) => readonly LoggedStatement[];
	/** Does the reading in one view of the database, whatever others commit meanwhile. */
	readonly snapshot: <T>(work: () => T) => T;
	readonly commit: (batch: Batch) => 'committed' | 'conflict';
	/** Does the work while nobody else, in no other process, commits or does such work. Nothing may be committed in it. */
	readonly alone: <T>(work: () => T) => T;
	/** Digests that captures name and that the log has not yet said are held. */
	readonly awaitedBlobs: () => readonly Digest[];
	readonly keepOpenings: (openings: readonly KeptOpening[]) => void;
	/** Those of one capture, or all. */
	readonly keptOpenings: (capture?: StatementId) => readonly KeptOpening[];
	readonly dropOpenings: (readings: readonly StatementId[]) => void;
	/** The keys of a table alone. */
	readonly keysOf: (table: TableName) => readonly string[];
	/** Every row of a table by key, as its text stands; for comparing. */
	readonly rowsOf: (table: TableName) => Iterable<{ readonly key: string; readonly json: string }>;
	readonly counters: () => Counters;
	readonly close: () => void;
}
