/**
 * Rows of what is certified, declared, objected to, notified, ordered and lodged (S33–S45). Lists that may grow without end are chains: a row names the one before it
 * (`prev`), and a head row names the last, so that saying one more costs the same at any length.
 */
import type { AccessFile } from '../record/access.ts';
import type { DeclaredOutcome, MarkCounts } from '../record/acts.ts';
import type { ObjectionLodge, Order, Target } from '../record/filings.ts';
import type { Digest, StatementId } from '../record/said.ts';

/** Key: a witness's name in the policy. The newest checkpoint that the log says it has cosigned. */
export interface WitnessRow {
	readonly size: number;
}

/**
 * Key: 0, 1, 2 … in the order of the log; sizes ascend. The times are those of the cosignatures (UTC seconds): by `before` the quorum had seen this size, and at
 * `after` the quorum still called it the newest. Both absent where its cosigners are no quorum.
 */
export interface WitnessingRow {
	readonly size: number;
	readonly after?: number;
	readonly before?: number;
}

/** Key: contest; '' for what concerns the election as a whole. */
export interface ContestRow {
	/** The last declaration or effective order on the contest's result: what `seen` of a declaration must name. No single member can move it. */
	readonly last?: StatementId;
	/** The last certificate, declaration, dissent or record (a chain of acts). */
	readonly act?: StatementId;
	readonly objection?: StatementId;
	/** Open objections, with or without standing. */
	readonly open?: number;
	readonly notice?: StatementId;
	readonly order?: StatementId;
	/** The last comparison count. */
	readonly count?: StatementId;
	/** Stays in force on the contest as a whole. */
	readonly stays?: readonly StatementId[];
	/** Declarations so far, and the one in force. */
	readonly declared?: number;
	readonly declaration?: StatementId;
	/** The last declaration outside the gate. */
	readonly record?: StatementId;
	/** The order in force that annulled it, or that replaced its winner. */
	readonly annulled?: StatementId;
	readonly replaced?: { readonly order: StatementId; readonly candidate: string };
	/** Key '' only: pauses in force. */
	readonly pauses?: readonly StatementId[];
}

/** Key: contest|area. */
export interface CollationRow {
	/** The latest mark. */
	readonly mark?: StatementId;
	/** Certificates so far, and the one in force. */
	readonly number?: number;
	readonly certificate?: StatementId;
	readonly stays?: readonly StatementId[];
	/** The last order, amendment or status of the authority that changed a return or a station of the area, or at the scope who stands, and its index: marks before it are out of date. */
	readonly outdated?: { readonly by: StatementId; readonly at: number };
	/** What is certified there at the lowest level of the contest's collation, or the sum of the areas below: areas, returns, votes by counted field. */
	readonly collated?: Collated;
}

export interface Collated {
	readonly areas: number;
	readonly stations: number;
	readonly votes: readonly number[];
}

/** Key: id of the mark. Everything as it stood before the mark's own index. */
export interface MarkRow {
	readonly contest: string;
	readonly area: string;
	readonly index: number;
	/** UTC seconds of the last tick. */
	readonly time: number;
	readonly counts: MarkCounts;
	/** By counted field, in the form's order, at the stage that is certified or declared there. */
	readonly totals: readonly number[];
	/** SHA-256 of the sheet. */
	readonly list: Digest;
	/** Marks of the scope of a contest that is declared: what the totals say, and whether nothing outstanding can change it. */
	readonly outcome?: DeclaredOutcome;
	readonly decided?: boolean;
	/** Language → SHA-256 of the text of a declaration on this mark. */
	readonly texts?: Readonly<Record<string, Digest>>;
	/** Beside an outcome: voters on the registers of the stations due, absent when not known for every one; candidates whose votes count for nobody. */
	readonly registered?: number;
	readonly voided?: readonly string[];
}

/** Key: id of the mark. The sheet as text (`collation/sheet.ts`). */
export interface SheetRow {
	readonly text: string;
}

/** Key: id of a certificate, declaration, dissent or record. */
export interface ActRow {
	readonly kind: 'certificate' | 'declaration' | 'dissent' | 'record';
	readonly contest: string;
	readonly area: string;
	readonly index: number;
	readonly time: number;
	readonly by: readonly string[];
	/** Certificates and declarations; of a record, what it claims to rest on. */
	readonly mark?: StatementId;
	readonly number?: number;
	/** What superseded it. */
	readonly until?: StatementId;
	/** Of a dissent: from what. */
	readonly of?: StatementId;
	/** Of a record: conditions of the gate that were not met, by their ids. */
	readonly unmet?: readonly string[];
	readonly prev?: StatementId;
}

/** Key: id of the objection. */
export interface ObjectionRow {
	readonly contest: string;
	readonly index: number;
	readonly time: number;
	readonly by: string;
	readonly ground: string;
	readonly target: Target;
	/** The station of the return that it is about, also through a statement; with its poll. */
	readonly station?: string;
	readonly poll?: number;
	/** A paper filing that a registry has entered: for whom. */
	readonly behalf?: NonNullable<ObjectionLodge['behalf']>['office'];
	/** Whether the ground gives standing to who lodged it. */
	readonly standing: boolean;
	readonly state: 'open' | 'referred' | 'upheld' | 'dismissed';
	/** Its lodging or the last answer: what `seen` of an answer must name. */
	readonly last: StatementId;
	/** When referred: an office or a court. */
	readonly to?: string;
	/** Index of the last answer. */
	readonly answered?: number;
	readonly prev?: StatementId;
}

/** Key: id of the notice. */
export interface NoticeRow {
	readonly kind: string;
	/** '' for what concerns the election as a whole. */
	readonly contest: string;
	readonly index: number;
	readonly time: number;
	readonly by: readonly string[];
	/** Of a pause: the notice that ended it. */
	readonly resumed?: StatementId;
	readonly prev?: StatementId;
}

/** Key: id of the order. */
export interface OrderRow {
	readonly order: Order;
	readonly contest: string;
	readonly court: string;
	readonly index: number;
	readonly time: number;
	readonly by: readonly string[];
	/** `filed`: a copy that a party has lodged, given no effect. `ended`: lifted or undone by `until`. */
	readonly state: 'in-force' | 'filed' | 'ended';
	readonly until?: StatementId;
	readonly prev?: StatementId;
}

/** Key: id of the comparison count. */
export interface CountRow {
	readonly contest: string;
	readonly index: number;
	readonly time: number;
	readonly by: string;
	/** Of its rows; absent: polling stations. */
	readonly level?: string;
	readonly table: Digest;
	/** The same holder's next one, which took its place. */
	readonly until?: StatementId;
	readonly prev?: StatementId;
}

/** Key: contest|holder. Whoever has lodged counts of a contest: how many, and the last. */
export interface LodgerRow {
	readonly lodged: number;
	readonly last: StatementId;
}

/** Key: id of an `access/digest`. */
export interface AccessRow {
	readonly index: number;
	readonly from: number;
	readonly until: number;
	readonly files: readonly AccessFile[];
	readonly prev?: StatementId;
}

/** Key: the clock's id. What an amendment has set (UTC seconds). */
export interface ClockRow {
	readonly time: number;
}

/** One row, key ''. The last station that an amendment has added, or moved for the first time: the head of a chain (`placed`). */
export interface AmendedRow {
	readonly last: string;
}
