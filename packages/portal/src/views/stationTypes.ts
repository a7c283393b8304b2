/** The view of one polling station (W1), as plain data: its documents, checks and originals, what was filed about it, and its history. */
import type { Verdict } from '@matokeo/core/election/expressionValue.ts';
import type { Severity, Text } from '@matokeo/core/election/types.ts';
import type { FormOriginal } from '@matokeo/core/record/acts.ts';
import type { Digest, StatementId } from '@matokeo/core/record/said.ts';
import type { AgentMark, CaptureKind, Figure, Role, Route } from '@matokeo/core/record/statement.ts';
import type { UnitRow } from '@matokeo/core/rules/rows.ts';
import type { ReturnView } from '@matokeo/core/standings/returnView.ts';
import type { NoticeLine, ObjectionLine, OrderLine } from './proceedTypes.ts';
import type { CodeView, ContestHead, HistoryEntry, Named, SignerView, Stamp } from './types.ts';

export interface ImageView {
	readonly kind: string;
	readonly sha256: Digest;
	readonly size: number;
	readonly held: boolean;
	/** Whether the package lets it be published and nothing withholds it. */
	readonly shown: boolean;
	readonly withheld?: CodeView;
}

export interface ReadingView {
	readonly id: StatementId;
	readonly by: string;
	/** Absent until it is opened. */
	readonly figures?: readonly Figure[];
}

export interface CaptureView {
	readonly id: StatementId;
	readonly index: number;
	readonly time: number;
	/** Whether this is the capture that counts. */
	readonly counted: boolean;
	readonly official: boolean;
	readonly kind: CaptureKind;
	readonly route: Route;
	readonly by: string;
	readonly role: Role;
	readonly serial?: string;
	readonly agents: readonly AgentMark[];
	readonly attributes: Readonly<Record<string, 'yes' | 'no' | 'unclear'>>;
	readonly replaces?: { readonly capture: StatementId; readonly reason: CodeView };
	readonly images: readonly ImageView[];
	/** The officer's figures, all fields. */
	readonly figures?: readonly Figure[];
	readonly readings: readonly ReadingView[];
	readonly accepted?: {
		readonly reading: StatementId;
		readonly figures: readonly Figure[];
		readonly by: 'agreement' | 'ruling';
	};
}

export interface CheckView {
	readonly id: string;
	readonly severity: Severity;
	readonly text: Text;
	/** The expression as the package spells it. */
	readonly source: string;
	readonly tolerance: number;
	readonly verdict: Verdict;
	/** Field id or `station.registered` and the like → number; absent value: it says none. */
	readonly inputs: readonly { readonly id: string; readonly value?: number }[];
}

/** A paper original that was seen (S33). */
export interface OriginalView {
	readonly id: StatementId;
	readonly index: number;
	readonly time: number;
	readonly by: SignerView;
	readonly custody: FormOriginal['custody'];
	readonly attributes: Readonly<Record<string, 'yes' | 'no' | 'unclear'>>;
	readonly serial?: string;
	/** The reading with which it was compared, and the fields in which it differs. */
	readonly reading?: StatementId;
	readonly differs: readonly string[];
	/** Came when a certificate covered the station. */
	readonly late: boolean;
	/** Whether it is the one that has effect. */
	readonly effective: boolean;
}

export interface StationContestView {
	readonly contest: ContestHead;
	/** From the scope down to the station's lowest area, along the contest's own tally chain. */
	readonly path: readonly Named[];
	readonly poll: number;
	readonly status: UnitRow['status'];
	readonly status_reason?: CodeView;
	readonly view: ReturnView;
	/** The most ballots that the station can hold, where it is known. */
	readonly ceiling?: number;
	readonly captures: readonly CaptureView[];
	/** Checks on the accepted figures, else on the officer's; empty without either. */
	readonly checks: readonly CheckView[];
	readonly checked_on?: 'accepted' | 'officer';
	readonly quarantine?: { readonly reason: CodeView; readonly review: number };
	readonly disregarded?: CodeView;
	/** Orders in force on the return: set aside, figures of a document in its place, to be counted again. */
	readonly orders: readonly OrderLine[];
	/** Paper originals that were seen, oldest first. */
	readonly originals: readonly OriginalView[];
	readonly objections: readonly ObjectionLine[];
	/** Errors between documents that were notified about this station. */
	readonly errors: readonly NoticeLine[];
	/** Every difference ever seen between documents, and how many of them a ruling has settled. */
	readonly differences: number;
	readonly differences_settled: number;
	readonly history: readonly HistoryEntry[];
}

export interface StationView {
	readonly stamp: Stamp;
	readonly station: Named & {
		readonly registered?: number;
		readonly supplementary?: number;
		readonly ballots?: number;
		readonly attributes: Readonly<Record<string, string>>;
		readonly added: boolean;
		readonly merged_into?: string;
	};
	/** Geographic, from the top down. */
	readonly path: readonly Named[];
	readonly contests: readonly StationContestView[];
}
