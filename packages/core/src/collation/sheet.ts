/**
 * The sheet of a mark (S34): the collation table as plain data, printed as canonical JSON and a newline. Its SHA-256 is the `list` that certificates and declarations name. At the
 * lowest step of a contest's collation it lists every station; above it the areas of the next step, and the stations that are not counted.
 *
 * It does not know how it is made from rows (`standings/marking.ts`) or shown on paper.
 */
import type { CountedStage } from '../election/types.ts';
import type { MarkCounts } from '../record/acts.ts';
import type { StatementId } from '../record/said.ts';
import { printCanonical } from '../std/canonical.ts';
import { assert } from '../std/result.ts';

const SHEET_FORMAT = 'matokeo-sheet/v1';

export type SheetState =
	| 'counted'
	| 'missing'
	| 'unverified'
	| 'quarantined'
	| 'disregarded'
	| 'set_aside'
	| 'postponed'
	| 'cancelled'
	| 'merged';

export type SheetFlag = 'as_written' | 'flagged' | 'discrepant_open' | 'disputed' | 'substituted' | 'original_late';

export interface SheetStation {
	readonly station: string;
	readonly poll: number;
	readonly state: SheetState;
	/** Why, where it is not counted: a code of the package, or the id of an order. */
	readonly reason?: string;
	/** By counted field, where it is counted. */
	readonly votes?: readonly number[];
	/** Absent: none. */
	readonly flags?: readonly SheetFlag[];
}

export interface SheetArea {
	readonly area: string;
	/** The certificate in force there, and its number; absent: none. */
	readonly certificate?: StatementId;
	readonly number?: number;
	/** Returns and votes that it certifies; of an area without a certificate, as they stand at this mark. */
	readonly counted: number;
	readonly votes: readonly number[];
	/** What stands there at this mark, where that is something else than what is certified. */
	readonly now?: { readonly counted: number; readonly votes: readonly number[] };
}

export interface SheetObjection {
	readonly id: StatementId;
	readonly ground: string;
	readonly station?: string;
}

export interface Sheet {
	readonly format: typeof SHEET_FORMAT;
	readonly contest: string;
	readonly area: string;
	readonly level: string;
	readonly stage: CountedStage;
	/** Size of the log at the mark: the index of the mark. */
	readonly size: number;
	/** UTC seconds of the last tick. */
	readonly time: number;
	/** Ids of the counted fields, in printed order: what `votes` and `totals` are lists of. */
	readonly fields: readonly string[];
	readonly counts: MarkCounts;
	readonly totals: readonly number[];
	readonly areas: readonly SheetArea[];
	readonly stations: readonly SheetStation[];
	readonly objections: readonly SheetObjection[];
}

export function sheet(members: Omit<Sheet, 'format'>): Sheet {
	return { format: SHEET_FORMAT, ...members };
}

export function printSheet(one: Sheet): string {
	return `${printCanonical(one)}\n`;
}

/** The sheet of a text that `printSheet` has made here: it comes from our own rows, never from outside. */
export function rereadSheet(text: string): Sheet {
	const one = JSON.parse(text) as Sheet;
	assert(one.format === SHEET_FORMAT, 'a row of sheets holds a sheet');
	return one;
}
