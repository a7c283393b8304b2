/**
 * What the portal reads of a log, whoever keeps it (a server's database, a mirror's folder): rows and totals as they stand, statements byte for byte, and the events that
 * say what each statement changed. Nothing here can write.
 */
import type { Election } from '@matokeo/core/election/types.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import type { Baseline } from '@matokeo/core/standings/baseline.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';

/** The published log as it stands: every view is taken at one of these and says so. */
export interface LogHead {
	readonly size: number;
	/** 32 bytes. */
	readonly root: Uint8Array;
	/** UTC seconds of the log's last tick; 0 before the first. */
	readonly time: number;
	/** The signed checkpoint, byte for byte. */
	readonly checkpoint: Uint8Array;
}

export interface ArrivalPoint {
	/** UTC seconds at which the step begins. */
	readonly time: number;
	/** Forms that came to count within the step. */
	readonly forms: number;
}

/**
 * What witnesses have seen of the log, as far as whoever keeps it knows. No part of the record: it changes while the record stands still, and another keeper may know another.
 */
export interface Witnessing {
	readonly quorum: /** The package asks for none. */
		| { readonly state: 'none' }
		/** The quorum has seen the log, up to the last minute. */
		| { readonly state: 'met' }
		/** It has not; `since`: UTC seconds, 0 where that is not known. */
		| { readonly state: 'away'; readonly since: number };
	/** Size of the newest checkpoint that the quorum has seen, 0 before the first, and the latest of its cosignatures' times in UTC seconds. */
	readonly size: number;
	readonly time: number;
	/** The policy's names of those who cosigned that one. */
	readonly by: readonly string[];
	/** All that the policy names, in its order. */
	readonly witnesses: readonly WitnessStanding[];
}

export interface WitnessStanding {
	/** The policy's name for it. */
	readonly name: string;
	/** A party's id, or a word of the package. */
	readonly run_by: string;
	/** Size of the latest checkpoint that it has cosigned, as far as is known, 0 before; and when, in UTC seconds by its own clock. */
	readonly size: number;
	readonly time: number;
	/**
	 * `unknown`: whoever keeps this record does not ask it. `unasked`: nobody has said where it is reached. `unbelievable`: it claims to have seen more than there is and shows nothing for it.
	 * `objects`: it says that the log contradicts itself and shows nothing for it.
	 */
	readonly state: 'well' | 'unknown' | 'unasked' | 'silent' | 'unbelievable' | 'objects';
	/** Since when it stands so, in UTC seconds. */
	readonly since?: number;
	/** The size that it claims to have seen. */
	readonly claims?: number;
}

export interface RecordReader {
	readonly context: Context;
	readonly election: Election;
	readonly baseline: Baseline;
	readonly head: () => LogHead;
	readonly rows: RowReader;
	/** Ids of the stations that amendments have added, moved, merged or given another register. */
	readonly amendedStations: () => readonly string[];
	/** The leaf at an index; `undefined` beyond the head. */
	readonly note: (index: number) => Uint8Array | undefined;
	/** All events of a station, in the order of the log. */
	readonly eventsOf: (station: string) => readonly LoggedEvent[];
	/** Events of entries from one index up to, but not including, another, in order. */
	readonly events: (from: number, to: number) => readonly LoggedEvent[];
	/** Events that changed what was known before, of a contest and of the election as a whole, oldest first. */
	readonly changes: (contest: string, from: number, count: number) => readonly LoggedEvent[];
	readonly changeCount: (contest: string) => number;
	/** The newest of the changes of all contests and of the election as a whole, newest first, at most so many. */
	readonly latestChanges: (count: number) => readonly LoggedEvent[];
	/** Forms by the time at which they came to count, in steps of so many seconds, steps without any left out. */
	readonly arrivals: (contest: string, stepSeconds: number) => readonly ArrivalPoint[];
	/** A file that filings name, where it is held here and published: whoever asks has looked whether it is withheld. */
	readonly file: (sha256: Digest) => Uint8Array | undefined;
	/** Files of the package by path, the manifest among them. */
	readonly packageFiles: ReadonlyMap<string, Uint8Array>;
	/** Absent where nobody who keeps the record knows of witnesses. Answers with the same object until something has changed. */
	readonly witnessing?: () => Witnessing;
}
