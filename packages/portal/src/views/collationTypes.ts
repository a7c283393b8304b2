/**
 * The views of a collation and of a declaration, as plain data. Votes are lists in the order of `fields`. What was frozen at a mark stands beside what stands in the log now; the first never moves.
 */
import type { Block } from '@matokeo/core/collation/declarationParts.ts';
import type { SheetFlag, SheetState } from '@matokeo/core/collation/sheet.ts';
import type { CountedStage, DeclarationLaw, Text } from '@matokeo/core/election/types.ts';
import type { DeclaredOutcome, MarkCounts, OpenClass } from '@matokeo/core/record/acts.ts';
import type { Digest, StatementId } from '@matokeo/core/record/said.ts';
import type { ConditionReport } from '@matokeo/core/result/evaluate.ts';
import type { ResultRule } from '@matokeo/core/result/rule.ts';
import type { GateCondition } from '@matokeo/core/rules/gate.ts';
import type { Interval } from '@matokeo/core/standings/lateness.ts';
import type { OpenClassView, SignersView } from './gateTypes.ts';
import type { ActView, ClockView, ContestStanding, ObjectionLine, OrderLine } from './proceedTypes.ts';
import type { ChangeEntry, CodeView, ContestHead, Named, Stamp } from './types.ts';

/** A mark: what it froze. */
export interface FrozenView {
	readonly id: StatementId;
	/** Entry of the log; so many statements came before it. */
	readonly index: number;
	readonly time: number;
	readonly said: Interval;
	readonly counts: MarkCounts;
	readonly totals: readonly number[];
	/** Digest of its sheet. */
	readonly list: Digest;
	/** Witnesses of the package that have seen it, as the log itself says: whether they are the quorum, and who is silent. */
	readonly witnesses: { readonly met: boolean; readonly silent: readonly string[] };
}

export interface NowView {
	readonly counts: MarkCounts;
	readonly totals: readonly number[];
}

/** One certificate after another of the same area. */
export interface SupersededView {
	readonly before: ActView;
	readonly after: ActView;
	readonly counted: readonly [number, number];
	readonly totals: readonly [readonly number[], readonly number[]];
}

export interface CollatedArea extends Named {
	readonly certificate?: StatementId;
	readonly number?: number;
	readonly counted: number;
	readonly votes: readonly number[];
	/** What stands there now, where that is something else. */
	readonly now?: { readonly certificate?: StatementId; readonly counted: number; readonly votes: readonly number[] };
}

export interface CollatedStation extends Named {
	readonly poll: number;
	readonly state: SheetState;
	/** Why it is not counted: a code of the package, or an order. */
	readonly reason?: CodeView;
	readonly order?: StatementId;
	readonly votes?: readonly number[];
	readonly flags: readonly SheetFlag[];
	/** An amendment has brought it here, so that it is not on the sheet and `state` is as of now; or has taken it away since. */
	readonly moved?: 'here' | 'away';
	/** Where it stands otherwise now. */
	readonly now?: { readonly state: SheetState; readonly votes?: readonly number[] };
}

export interface CollationView {
	readonly stamp: Stamp;
	readonly contest: ContestHead;
	readonly area: Named & { readonly level: string };
	readonly path: readonly Named[];
	/** What the sheet of this step is called, and what it counts. */
	readonly title: Text;
	readonly stage: CountedStage;
	/** The area of the step above whose sheet has this one, and whether this is the lowest step. */
	readonly above?: Named;
	/** Counted fields, by id. */
	readonly fields: readonly string[];
	/** The certificate in force; absent: none is, and the sheet is that of the latest mark. */
	readonly certificate?: ActView;
	/** Absent: nothing was marked here. */
	readonly mark?: FrozenView;
	/** A later mark than that of the certificate in force. */
	readonly later?: { readonly id: StatementId; readonly index: number; readonly time: number };
	/** All certificates, newest first, and each beside the one that it superseded. */
	readonly certificates: readonly ActView[];
	readonly superseded: readonly SupersededView[];
	readonly now: NowView;
	readonly areas: readonly CollatedArea[];
	/** Not counted ones first, then in the order of the package. */
	readonly stations: readonly CollatedStation[];
	readonly objections: readonly ObjectionLine[];
	readonly stays: readonly OrderLine[];
}

/** Every area at which a contest's collations are certified, by steps from the top down. */
export interface CollationsView {
	readonly stamp: Stamp;
	readonly contest: ContestHead;
	readonly steps: readonly {
		readonly level: string;
		readonly name: Text;
		readonly title: Text;
		readonly stage: CountedStage;
		readonly areas: readonly CertifiedArea[];
	}[];
}

export interface CertifiedArea extends Named {
	readonly certificate?: ActView;
	/** Certificates so far. */
	readonly number: number;
	readonly counted?: number;
	readonly due: number;
	readonly stayed: boolean;
}

/** An open class at the mark, its items named one by one, and the rule that permitted to go on. */
export interface OpenAtMark {
	readonly open: OpenClass;
	readonly count: number;
	readonly code?: CodeView;
	readonly stations: readonly (Named & { readonly reason?: CodeView; readonly order?: StatementId })[];
	readonly areas: readonly Named[];
	readonly objections: readonly ObjectionLine[];
	readonly witnesses: readonly string[];
}

/** What is declared: the generated texts with the source of every number, and what stood open. */
export interface DeclaredView {
	readonly act: ActView;
	readonly mark: FrozenView;
	readonly outcome: DeclaredOutcome;
	/** Whether nothing outstanding at the mark could change it. */
	readonly decided: boolean;
	/** Language → the text as parts, and its SHA-256 as the statement names it. */
	readonly texts: Readonly<Record<string, { readonly blocks: readonly Block[]; readonly sha256: Digest }>>;
	readonly open: readonly OpenAtMark[];
}

/** From a declaration to what stands now. */
export interface SinceView {
	readonly now: NowView;
	readonly outcome: DeclaredOutcome;
	readonly same_outcome: boolean;
	/** Ballots that the totals gained and lost, summed over the fields: what they differ by is worth at most the greater of the two in switched ballots. */
	readonly gained: number;
	readonly lost: number;
	/** Conditions of the round on what is verified now, with distance and stakes; absent while the package hides them. */
	readonly conditions: readonly ConditionReport[];
	/** Newest first. */
	readonly changes: readonly ChangeEntry[];
	readonly changes_total: number;
	readonly objections: readonly ObjectionLine[];
	readonly orders: readonly OrderLine[];
}

/** The gate of the next declaration. What passes with time alone is said as a moment, so that a page that stands still is not wrong. */
export interface GateNow {
	/** The latest mark; absent: none was made, and what stands open is as of now, without its items. */
	readonly mark?: { readonly id: StatementId; readonly index: number; readonly time: number };
	readonly counts: MarkCounts;
	readonly conditions: readonly GateStep[];
	readonly open: readonly OpenClassView[];
	/** UTC seconds, by the log, from which silent witnesses may be named; absent: they are always waited for. */
	readonly silent_from?: number;
	readonly number: number;
	readonly in_force?: StatementId;
	readonly signers: SignersView;
}

export interface GateStep {
	readonly condition: GateCondition;
	/** `choose`: met once the signers name a rule of the package. `waits`: for witnesses. `unknown`: it is asked of a mark. */
	readonly state: 'met' | 'unmet' | 'choose' | 'waits' | 'unknown';
}

export interface DeclarationView {
	readonly stamp: Stamp;
	readonly contest: ContestHead;
	readonly rule: ResultRule;
	/** Absent: the package names nobody who declares. */
	readonly law?: Omit<DeclarationLaw, 'by'> & { readonly by: SignersView };
	readonly standing: ContestStanding;
	readonly declared?: DeclaredView;
	readonly since?: SinceView;
	/** Newest first: declarations that were superseded, dissents, and what was declared outside the gate. */
	readonly superseded: readonly ActView[];
	readonly dissents: readonly ActView[];
	readonly records: readonly ActView[];
	readonly gate?: GateNow;
	/** Clocks that the law sets, for their names. */
	readonly clocks: readonly ClockView[];
	/** Areas below, of a contest declared from certificates, with their names. */
	readonly areas: readonly Named[];
}
