/**
 * The state of an election as rows of typed JSON: what `evolve` writes and `decide` reads (T1–T9). A row can be dropped and made again from the
 * log to the same bytes. Kept in memory, in SQLite or packed in the verifier: whoever keeps them implements `Rows`.
 *
 * A row is never changed in place; `put` replaces it.
 */
import type { Digest, StatementId } from '../record/said.ts';
import type { Amendment, Figure, Role, Scope, StationState } from '../record/statement.ts';
import type {
	AccessRow,
	ActRow,
	AmendedRow,
	ClockRow,
	CollationRow,
	ContestRow,
	CountRow,
	LodgerRow,
	MarkRow,
	NoticeRow,
	ObjectionRow,
	OrderRow,
	SheetRow,
	WitnessingRow,
	WitnessRow,
} from './recordRows.ts';

/** One row, key ''. */
export interface LogRow {
	readonly opened: boolean;
	/** Whether an officer has captured a form: from then on official enrolments need the authority's quorum. */
	readonly captured: boolean;
	/** UTC seconds of the last tick, 0 before the first. */
	readonly time: number;
	/** Size of the last checkpoint that the log says was witnessed. */
	readonly witnessed: number;
	/** How many `log/witnessed` there are; absent: none. */
	readonly witnessings?: number;
	/** The last `access/digest`. */
	readonly accessed?: StatementId;
}

/** Key: the key's name. */
export interface KeyRow {
	/** 32 bytes in hex. */
	readonly key: string;
	/** Eight hex digits, as in signature lines. */
	readonly keyId: string;
	/** The pseudonym; `party|pseudonym` for an agent whom a party's root enrolled. */
	readonly holder: string;
	readonly role: Role;
	readonly scope: Scope;
	/** Index of the enrolment: the key acts from there on. */
	readonly from: number;
	/** Index of the revocation. */
	readonly until?: number;
}

/** Key: the public key in hex. */
export interface KeyUseRow {
	readonly name: string;
}

/** Key: contest|station. Absent while nothing has been said: planned, poll 1. */
export interface UnitRow {
	readonly poll: number;
	readonly status: 'planned' | StationState;
	readonly reason: string;
}

export interface ReadingRow {
	readonly id: StatementId;
	readonly clerk: string;
	readonly holder: string;
	readonly commitment: Digest;
	/** All fields in the form's order, once opened; checklist and salt are in the log. */
	readonly figures?: readonly Figure[];
}

export interface Accepted {
	readonly reading: StatementId;
	/** All fields in the form's order. */
	readonly figures: readonly Figure[];
	readonly by: 'agreement' | 'ruling';
	/** Error-level checks that they do not pass; absent when they pass all. */
	readonly fails?: readonly string[];
	/** Warning-level checks that they do not pass: they need explanation, and are counted. */
	readonly flags?: readonly string[];
}

export interface CaptureRow {
	readonly id: StatementId;
	/** Index of the leaf. */
	readonly at: number;
	readonly by: string;
	readonly holder: string;
	readonly role: Role;
	readonly kind: string;
	/** All fields of the officer's figures in the form's order. */
	readonly figures?: readonly Figure[];
	/** Index of the `blob/held` (or of the capture itself) from which an image was held. */
	readonly held?: number;
	readonly readings: readonly ReadingRow[];
	readonly accepted?: Accepted;
	/** Readings beyond the third that a ruling has admitted. */
	readonly admitted?: number;
}

/** A paper original that was seen (S33). */
export interface OriginalRow {
	readonly id: StatementId;
	readonly at: number;
	readonly by: string;
	readonly holder: string;
	/** The reading with which it was compared; absent: there was none. */
	readonly reading?: StatementId;
	/** Counted fields in which the paper differs. */
	readonly differs: readonly string[];
	/** Came when a certificate or the declaration covered the station: without effect until a ruling admits it. */
	readonly late?: boolean;
}

/** Key: contest|station|poll. */
export interface ReturnRow {
	/** In the order of the log. */
	readonly captures: readonly CaptureRow[];
	/** The capture that a ruling selected; absent: the first received official one. */
	readonly selected?: StatementId;
	readonly quarantine?: { readonly reason: string; readonly review: number };
	readonly disregard?: string;
	readonly asWritten?: boolean;
	/** Every difference ever seen: the paper against its officer, an official capture against the counted one. Never shrinks. */
	readonly differences?: readonly string[];
	/** How many of them, from the front, a ruling has settled. */
	readonly settled?: number;
	/** Holders who have ruled here. */
	readonly rulers?: readonly string[];
	readonly originals?: readonly OriginalRow[];
	/** The original that has effect: the last that was not late, or the one that a ruling admitted after it. */
	readonly original?: StatementId;
	/** The order that set it aside (S42). */
	readonly setAside?: StatementId;
	/** The capture whose figures an order put in the place of the others; `order` is that order. */
	readonly substitute?: { readonly capture: StatementId; readonly order: StatementId };
	/** An order to count again; until a form of kind *recount* or *court* is accepted, the return is disputed. */
	readonly recount?: { readonly order: StatementId; readonly at: number };
	/** Open objections to it that have standing. */
	readonly disputes?: number;
	/** The last statement that changed what this return says: what `seen` must name. */
	readonly last?: StatementId;
}

/** Key: capture id. */
export interface CaptureRefRow {
	readonly contest: string;
	readonly station: string;
	readonly poll: number;
}

/** Key: digest. */
export interface BlobRow {
	readonly held?: number;
	/** Bytes, as the log's key said when it was held; what captures announce binds nobody. */
	readonly size?: number;
	readonly withheld?: string;
	/** A filing named it before any capture did, and so made it public. */
	readonly filed?: true;
	/** Captures that named it before it was held, each with the size it announced. */
	readonly waiting?: readonly { readonly capture: StatementId; readonly size: number }[];
}

/** Key: station id. What amendments have said of a station; absent: as in the package. */
export interface StationRow {
	readonly added?: boolean;
	readonly area?: string;
	readonly registered?: number;
	readonly supplementary?: number;
	readonly ballots?: number;
	readonly mergedInto?: string;
	/** Of a station that was added or moved: the one before it in the chain of those; '' for the first. */
	readonly placed?: string;
}

/** Key: contest|candidate. */
export type CandidateRow = Pick<Extract<Amendment, { kind: 'candidate' }>, 'status' | 'votes'>;

/** Key: contest|area. Counts and sums; see `standings/vector.ts` for the meaning of each place. */
export interface TotalRow {
	readonly counts: readonly number[];
	readonly reported: readonly number[];
	readonly verified: readonly number[];
	readonly quarantined: readonly number[];
	readonly inspected: readonly number[];
}

export interface Tables {
	readonly log: LogRow;
	readonly key: KeyRow;
	readonly keyUse: KeyUseRow;
	readonly unit: UnitRow;
	readonly return: ReturnRow;
	readonly capture: CaptureRefRow;
	readonly blob: BlobRow;
	readonly station: StationRow;
	readonly candidate: CandidateRow;
	readonly total: TotalRow;
	readonly original: CaptureRefRow;
	readonly witness: WitnessRow;
	readonly witnessing: WitnessingRow;
	readonly contest: ContestRow;
	readonly collation: CollationRow;
	readonly mark: MarkRow;
	readonly sheet: SheetRow;
	readonly act: ActRow;
	readonly objection: ObjectionRow;
	readonly notice: NoticeRow;
	readonly order: OrderRow;
	readonly clock: ClockRow;
	readonly amended: AmendedRow;
	readonly count: CountRow;
	readonly lodger: LodgerRow;
	readonly access: AccessRow;
}

export type TableName = keyof Tables;

export interface RowReader {
	readonly get: <T extends TableName>(table: T, key: string) => Tables[T] | undefined;
	/** Index of the leaf with this statement id; a void leaf is not logged, so that nobody can use one to block a text (S8). */
	readonly indexOf: (id: StatementId) => number | undefined;
	/** Root of the log at an earlier size, for `log/witnessed`; `undefined` when the size is not a past one. */
	readonly rootAt: (size: number) => Uint8Array | undefined;
}

export interface Rows extends RowReader {
	readonly put: <T extends TableName>(table: T, key: string, row: Tables[T]) => void;
}

export const unitKey = (contest: string, station: string): string => `${contest}|${station}`;
export const returnKey = (contest: string, station: string, poll: number): string => `${contest}|${station}|${poll}`;
export const totalKey = (contest: string, area: string): string => `${contest}|${area}`;
export const collationKey = (contest: string, area: string): string => `${contest}|${area}`;
export const lodgerKey = (contest: string, holder: string): string => `${contest}|${holder}`;
export const candidateKey = (contest: string, candidate: string): string => `${contest}|${candidate}`;
