/**
 * What pages show and the API answers of proceedings (S33–S43), as plain data: certificates and declarations, objections, notices and orders, and the clocks that the law sets them. Every time is the
 * log's own, beside it the interval in which witnesses put it; codes keep their ids, with text and citation.
 */

import type { Clock, ObjectionTarget, Text } from '@matokeo/core/election/types.ts';
import type { DeclaredOutcome, OpenClass } from '@matokeo/core/record/acts.ts';
import type { CheckShown, Notice, ObjectionLodge, Order, Target } from '@matokeo/core/record/filings.ts';
import type { Digest, StatementId } from '@matokeo/core/record/said.ts';
import type { StatementType } from '@matokeo/core/record/statement.ts';
import type { ActRow, ObjectionRow, OrderRow } from '@matokeo/core/rules/recordRows.ts';
import type { Deadline, Interval } from '@matokeo/core/standings/lateness.ts';
import type { ReturnView } from '@matokeo/core/standings/returnView.ts';
import type { TimedEntry } from '@matokeo/core/standings/timed.ts';
import type { CodeView, ContestHead, ContestName, HistoryEntry, Named, NamedText, SignerView, Stamp } from './types.ts';

/** A text, a document or evidence that a statement names: the file itself only where it is held and not withheld. */
export interface FileView {
	readonly sha256: Digest;
	/** Bytes, as far as they are known. */
	readonly size?: number;
	readonly held: boolean;
	readonly withheld?: CodeView;
}

/** A statement that another one names, and where it is shown. */
export interface Reference {
	readonly id: StatementId;
	/** Absent: no such statement is in the log. */
	readonly index?: number;
	readonly type?: StatementType;
	readonly contest?: string;
	readonly station?: Named;
	readonly area?: Named;
}

/** When and by whom something was said. */
export interface SaidView {
	readonly id: StatementId;
	readonly index: number;
	/** UTC seconds of the last tick before it. */
	readonly time: number;
	/** Between which moments, by the log's witnesses. */
	readonly said: Interval;
	readonly signers: readonly SignerView[];
}

/** A certificate, a declaration, a dissent, or a record of a declaration outside the gate. */
export interface ActView extends SaidView {
	readonly kind: ActRow['kind'];
	readonly area: Named;
	readonly number?: number;
	readonly mark?: StatementId;
	/** What has superseded it. */
	readonly until?: StatementId;
	/** What it superseded, and why. */
	readonly supersedes?: { readonly statement: StatementId; readonly reason: CodeView };
	/** Each class that stood open, with the rule that permits to go on. */
	readonly proceed: readonly { readonly open: OpenClass; readonly code: CodeView }[];
	readonly unwitnessed: readonly string[];
	/** Of a dissent: from what, why, and its text. */
	readonly of?: StatementId;
	readonly reason?: CodeView;
	readonly text?: FileView;
	/** Of a record: the conditions that it did not meet, the document, when it was made, and what it claims. */
	readonly unmet?: readonly string[];
	readonly document?: FileView;
	readonly made?: number;
	readonly claimed?: { readonly outcome?: DeclaredOutcome; readonly totals?: Readonly<Record<string, number>> };
	/** Whether it was in time, by each clock that the law sets it. */
	readonly clocks?: TimedEntry['clocks'];
}

export interface ObjectionLine extends SaidView {
	readonly contest: string;
	readonly ground: CodeView;
	readonly target: Target;
	/** The area or the station that it is about. */
	readonly place?: Named;
	readonly standing: boolean;
	readonly state: ObjectionRow['state'];
	/** For whom the registry entered it. */
	readonly behalf?: string;
	/** Who answers next, when referred: an office or a court, the latter by name. */
	readonly to?: NamedText;
	/** By the log's own ticks and by witnesses; empty where the law sets no time limit. */
	readonly clocks: TimedEntry['clocks'];
}

/** What one statement did to the return that it is about. */
export interface EffectView {
	readonly index: number;
	readonly station: Named;
	readonly before: ReturnView;
	readonly after: ReturnView;
}

export interface AnswerView extends SaidView {
	readonly outcome: 'upheld' | 'dismissed' | 'referred';
	readonly reason: CodeView;
	readonly to?: NamedText;
	readonly text?: FileView;
	readonly clocks: TimedEntry['clocks'];
}

export interface ObjectionView {
	readonly stamp: Stamp;
	readonly contest: ContestName;
	/** The form of the contest, for what changed. */
	readonly head: ContestHead;
	readonly objection: ObjectionLine;
	readonly on: readonly ObjectionTarget[];
	/** Offices that the law lets lodge it with standing, and that answer it. */
	readonly grounds: { readonly standing: readonly string[]; readonly answered_by: readonly string[] };
	/** A paper filing: for whom the registry entered it, and when it was received, UTC seconds. */
	readonly behalf?: NonNullable<ObjectionLodge['behalf']>['office'];
	readonly received?: number;
	/** Clocks of its ground, for their names. */
	readonly clocks: readonly { readonly id: string; readonly text: Text }[];
	readonly target?: Reference;
	/** Whether the contest tallies the area that it is about: somebody may object to any. */
	readonly tallied: boolean;
	/** Of a return: the most ballots that it can hold, where that is known. */
	readonly ceiling?: number;
	readonly text?: FileView;
	readonly evidence: readonly FileView[];
	/** Oldest first. */
	readonly answers: readonly AnswerView[];
	/** The clock by which it must be answered, while it is open. */
	readonly due?: ClockView;
	readonly effects: readonly EffectView[];
	/** Lodging and answers, as statements. */
	readonly history: readonly HistoryEntry[];
}

export interface OrderLine extends SaidView {
	readonly contest: string;
	readonly order: Order;
	readonly court: NamedText;
	readonly citation: string;
	readonly basis: CodeView;
	/** UTC seconds of the decision. */
	readonly decided: number;
	readonly state: OrderRow['state'];
	/** The order that ended it. */
	readonly until?: StatementId;
	readonly place?: Named;
	/** Whether the court's own key signed; else the authority entered it, or a party filed a copy. */
	readonly entered: 'court' | 'authority' | 'party';
}

export interface OrderView {
	readonly stamp: Stamp;
	/** Absent where a copy names an order that is not here. */
	readonly contest?: ContestName;
	readonly head?: ContestHead;
	readonly order: OrderLine;
	readonly document: FileView;
	/** The order or document that it names. */
	readonly names?: Reference;
	readonly effects: readonly EffectView[];
	readonly history: readonly HistoryEntry[];
}

export interface NoticeLine extends SaidView {
	/** '' for what concerns the election as a whole. */
	readonly contest: string;
	readonly notice: Notice;
	readonly surface?: CodeView;
	readonly attempted?: CodeView;
	readonly reason?: CodeView;
	readonly place?: Named;
	/** Of a pause: the notice that ended it, and when. */
	readonly resumed?: { readonly id: StatementId; readonly time: number };
}

/** One of two documents that differ, with its figures by field. */
export interface DocumentView extends Reference {
	readonly time?: number;
	readonly figures: Readonly<Record<string, number | string>>;
}

export interface NoticeView {
	readonly stamp: Stamp;
	readonly contest?: ContestName;
	/** Of an error, the form of its contest; else of the first contest, for names in the history. */
	readonly head: ContestHead;
	readonly notice: NoticeLine;
	readonly text?: FileView;
	/** Further files that it names: of an attestation, of an emergency change. */
	readonly files: readonly { readonly of: string; readonly file: FileView }[];
	readonly touched: readonly Reference[];
	readonly checks: readonly CheckShown[];
	/** Of an error: both documents, and the fields that either has figures of. */
	readonly documents: readonly DocumentView[];
	readonly fields: readonly NamedText[];
	/** Of a resumption: the pause that it ended. */
	readonly pause?: Reference;
	readonly history: readonly HistoryEntry[];
}

/** A time limit of the law, what it runs from, and its end. */
export interface ClockView {
	readonly id: string;
	readonly text: Text;
	readonly citation: string;
	readonly starts: Clock['starts'];
	readonly seconds: number;
	/** What it runs from, where that has happened. */
	readonly from?: { readonly index: number; readonly time: number; readonly said: Interval };
	readonly deadline?: Deadline;
	/** At the time of the log at which the view stands. */
	readonly state: 'waiting' | 'running' | 'over';
}

/** What orders have made of a contest; shown at its top. */
export interface ContestStanding {
	readonly declared?: {
		readonly statement: StatementId;
		readonly number: number;
		readonly index: number;
		readonly time: number;
		/** Size of the log at which the figures are frozen, and its time. */
		readonly at: number;
		readonly at_time: number;
	};
	/** The last declaration outside the gate, where none inside it came later. */
	readonly recorded?: { readonly statement: StatementId; readonly made: number };
	readonly annulled?: OrderLine;
	readonly stays: readonly OrderLine[];
	readonly replaced?: OrderLine;
}

/** One step of a contest's collation: how many of its areas are certified. */
export interface StepView {
	readonly level: string;
	readonly name: Text;
	readonly title: Text;
	/** Areas in which anything is due. */
	readonly areas: number;
	readonly certified: number;
}

export interface ListedView<Line> {
	readonly total: number;
	/** The newest ones, newest first. */
	readonly newest: readonly Line[];
}

/** Everything that was filed about a contest, at a glance. */
export interface ProceedingsView {
	readonly stamp: Stamp;
	readonly contest: ContestHead;
	readonly standing: ContestStanding;
	readonly open: number;
	readonly objections: ListedView<ObjectionLine>;
	readonly orders: ListedView<OrderLine>;
	readonly notices: ListedView<NoticeLine>;
	/** Notices of the election as a whole. */
	readonly election_notices: number;
	readonly clocks: readonly ClockView[];
}

export type FilingKind = 'objections' | 'orders' | 'notices';

/** One page of a list, oldest first on the pages, the last page is the newest. */
export interface FilingsView {
	readonly stamp: Stamp;
	/** Absent: of the election as a whole. */
	readonly contest?: ContestName;
	readonly kind: FilingKind;
	readonly page: number;
	readonly pages: number;
	readonly total: number;
	/** Of the kind, oldest first; the two others are empty. */
	readonly objections: readonly ObjectionLine[];
	readonly orders: readonly OrderLine[];
	readonly notices: readonly NoticeLine[];
}
