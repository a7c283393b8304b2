/**
 * What pages show of lodged counts (S44, W18), as plain data: what was lodged, by whom, how it was come by, and what its comparison with the log gave. A lodged count is compared and never counted: none of
 * its figures stands in any other view.
 */
import type { Comparison } from '@matokeo/compare/comparison.ts';
import type { Effect } from '@matokeo/compare/effect/effect.ts';
import type { CountSource } from '@matokeo/core/record/filings.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { ResultRule } from '@matokeo/core/result/rule.ts';
import type { FileView, SaidView } from './proceedTypes.ts';
import type { ContestHead, HistoryEntry, NamedText, Stamp } from './types.ts';

export interface CountLine extends SaidView {
	readonly contest: string;
	/** UTC seconds: as of when it stood, as its lodger says. */
	readonly at: number;
	readonly obtained: CountSource;
	/** Of its table. */
	readonly rows: number;
	/** What its rows are; absent: polling stations. */
	readonly level?: NamedText;
	/** The same holder's later one, which took its place. */
	readonly until?: StatementId;
	/** Whose place it took. */
	readonly replaces?: StatementId;
	/** Against the verified figures; absent where there is no comparison. */
	readonly compared?: CountSummary;
}

/** A comparison in a line. */
export type CountSummary = Pick<
	Comparison,
	'matched' | 'same' | 'differing' | 'only_in_a' | 'only_in_b' | 'verdict'
> & { readonly size: number };

export interface CountsView {
	readonly stamp: Stamp;
	readonly contest: ContestHead;
	/** Newest first. */
	readonly counts: readonly CountLine[];
}

export interface CountView {
	readonly stamp: Stamp;
	readonly contest: ContestHead;
	readonly count: CountLine;
	readonly table: FileView;
	readonly text: FileView;
	/** What the lodger wrote, without the salt; absent where the text is not held here or is no text. */
	readonly words?: string;
	/** How the comparison stands; absent: it has not been made yet. */
	readonly compared?: CountCompared;
	/** The rule that a comparison applies, as of the contest. */
	readonly rule: ResultRule;
	readonly history: readonly HistoryEntry[];
}

/** The figures of the log that a count is laid beside. */
export const COMPARED_STAGES = ['verified', 'reported'] as const;
export type ComparedStage = (typeof COMPARED_STAGES)[number];

export type CountCompared =
	/** The table is not held where this is made, or was withheld. */
	| { readonly state: 'not-held' | 'withheld' }
	/** It is no table of S44, or not of this contest: nothing in it is used. */
	| { readonly state: 'unreadable'; readonly line: number; readonly expected: string; readonly came: string }
	| ComparedCount;

export interface ComparedCount {
	readonly state: 'compared';
	/** Of the log when its figures began to be taken, and when all of them were; and its time then. The page may stand at a later one (W18). */
	readonly size: number;
	readonly until: number;
	readonly time: number;
	/** A is the log, B the count. Lists of stations and areas are cut; the CSV has all of them. */
	readonly stages: Readonly<Record<ComparedStage, StageCompared>>;
}

export interface StageCompared {
	readonly comparison: Comparison;
	readonly effect: Effect;
}
