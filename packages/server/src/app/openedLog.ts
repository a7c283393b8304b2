/**
 * The log of one election as the rest of the server sees it: what goes in, what comes back, what it keeps. HTTP, the rehearsal and the benchmarks all speak to this.
 */
import type { Election } from '@matokeo/core/election/types.ts';
import type { NoteSigner } from '@matokeo/core/log/note.ts';
import type { AccessDigest } from '@matokeo/core/record/access.ts';
import type { Transcription } from '@matokeo/core/record/commitment.ts';
import type { Digest, StatementId } from '@matokeo/core/record/said.ts';
import type { Refusal } from '@matokeo/core/rules/refusal.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import type { Result } from '@matokeo/core/std/result.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { RecordReader } from '@matokeo/portal/record.ts';
import type { Disk } from '../ports/disk.ts';
import type { Store } from '../ports/store.ts';
import type { Answer } from './answer.ts';
import type { Cosigning } from './cosigning.ts';
import type { Faults } from './crashPoint.ts';
import type { MarkDesk } from './markDesk.ts';

export interface LogParts {
	/** The folder: `public/` is served to everyone, `blob/` and the database are not. */
	readonly dir: string;
	readonly suite: Suite;
	readonly election: Election;
	/** The package as it was read, with its manifest: published verbatim. */
	readonly packageFiles: ReadonlyMap<string, Uint8Array>;
	readonly store: Store;
	/** Who keeps the files; absent: the file system. */
	readonly disk?: Disk;
	/** One of the two log keys that the package names. */
	readonly signer: NoteSigner;
	/** UTC seconds. */
	readonly clock: () => number;
	readonly faults?: Faults;
	/** Checkpoints that this log has signed, as witnesses and others show them: nothing is signed that does not continue every one of them. */
	readonly seen?: readonly Uint8Array[];
}

export interface Delivery {
	readonly reading: StatementId;
	readonly transcription: Transcription;
}

export interface Opened {
	readonly capture: StatementId;
	/** The `reading/open` statement. */
	readonly id: StatementId;
	readonly answer: Answer;
}

export interface OpenedLog extends MarkDesk {
	/** One answer per note, in order; each is decided on its own. Throws `Trouble` when the disk or the database fail: send again. */
	readonly append: (notes: readonly Uint8Array[]) => readonly Answer[];
	/** Keeps blobs durably and answers with their digests, in order. Nothing is said in the log yet. */
	readonly hold: (blobs: readonly Uint8Array[]) => Promise<readonly Digest[]>;
	/** Says in the log which held blobs it holds: those that captures name, or all that this process was given. */
	readonly announceHeld: (which?: 'named' | 'all') => readonly Answer[];
	/** Keeps clerks' openings in confidence; one that does not fit its commitment is refused to the clerk, here and now. */
	readonly deliverOpenings: (deliveries: readonly Delivery[]) => readonly Result<StatementId, Refusal>[];
	/** Opens, for every capture that can be opened, all its readings at once. */
	readonly openReadings: () => readonly Opened[];
	/**
	 * Writes `public/results/<contest>.json` of the contests whose results are behind, of at most so many, as the log stands; answers how many are left.
	 */
	readonly publishResults: (most?: number) => number;
	/** The state as it stands after the last append. */
	readonly rows: () => RowReader;
	/** The record as pages and the API read it, at the published checkpoint. */
	readonly record: RecordReader;
	/** Size of the published checkpoint. */
	readonly size: () => number;
	/** The published checkpoint, byte for byte. */
	readonly checkpoint: () => Uint8Array;
	/** The note by which the log says which bytes its books had for a period (S45), behind the last one that it said; to be appended. */
	readonly sayAccess: (period: Pick<AccessDigest, 'files' | 'from' | 'until'>) => Uint8Array;
	/** What witnesses are shown, and what comes of it. */
	readonly cosigning: Cosigning;
	readonly close: () => void;
}
