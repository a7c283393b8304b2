/**
 * One return as a reader sees it (T20): in what state it is, whether documents of it differ, what it adds to the stages. A function of its rows, for histories and lists; it says nothing
 * that `contributionOf` does not count, and a property in the tests holds the two together.
 */
import type { Contest } from '../election/types.ts';
import {
	countedCapture,
	inspectedNumbers,
	isDiscrepant,
	isDisputed,
	isOfficial,
	isOpen,
	reportedNumbers,
	verifiedNumbers,
} from '../rules/returns.ts';
import type { ReturnRow, UnitRow } from '../rules/rows.ts';

/**
 * The first of these that is true. `missing`: due, and no form of it counts; `no-form-seen`: captured, but none of its images is held (R2); `received`: a form counts and is
 * not yet verified.
 */
export type ReturnState =
	| 'merged'
	| 'cancelled'
	| 'set-aside'
	| 'disregarded'
	| 'quarantined'
	| 'postponed'
	| 'verified'
	| 'received'
	| 'no-form-seen'
	| 'missing';

export interface ReturnView {
	readonly state: ReturnState;
	/** Whether a form of it counts; `no-image`: captured, but no image is held. Also of returns that are quarantined, disregarded or postponed. */
	readonly form: 'counts' | 'no-image' | 'none';
	/** Whether an official document of it ever differed from another; `open` until rulings have settled all. */
	readonly differs: 'no' | 'open' | 'settled';
	/** Counted as written although the form's own arithmetic fails. */
	readonly as_written: boolean;
	/** A warning-level check does not pass. */
	readonly flagged: boolean;
	/** Counted fields in the form's order, as the stage would count them; absent: the return does not say. */
	readonly reported?: readonly number[];
	readonly verified?: readonly number[];
	/** The paper original was seen and agrees with what is verified. */
	readonly inspected: boolean;
	/** Open objections with standing, or an order to count again. */
	readonly disputed: boolean;
}

/** `merged`: an amendment has merged the station into another. */
export function returnViewOf(contest: Contest, unit: UnitRow, row: ReturnRow, merged: boolean): ReturnView {
	const counted = countedCapture(row);
	const reported = reportedNumbers(contest, row);
	const verified = verifiedNumbers(contest, row, counted);
	const form = counted !== undefined ? 'counts' : row.captures.some(isOfficial) ? 'no-image' : 'none';
	return {
		state: stateOf(unit, row, merged, form, verified !== undefined),
		form,
		differs: isOpen(row) ? 'open' : isDiscrepant(row) ? 'settled' : 'no',
		as_written: verified !== undefined && row.asWritten === true,
		flagged: verified !== undefined && counted?.accepted?.flags !== undefined,
		inspected: inspectedNumbers(contest, row, counted) !== undefined,
		disputed: isDisputed(row),
		...(reported === undefined ? {} : { reported }),
		...(verified === undefined ? {} : { verified }),
	};
}

function stateOf(
	unit: UnitRow,
	row: ReturnRow,
	merged: boolean,
	form: ReturnView['form'],
	verified: boolean,
): ReturnState {
	if (merged || unit.status === 'merged') return 'merged';
	if (unit.status === 'cancelled') return 'cancelled';
	if (row.setAside !== undefined) return 'set-aside';
	if (row.disregard !== undefined) return 'disregarded';
	if (row.quarantine !== undefined) return 'quarantined';
	if (unit.status === 'postponed') return 'postponed';
	if (verified) return 'verified';
	if (form === 'counts') return 'received';
	return form === 'no-image' ? 'no-form-seen' : 'missing';
}

export function sameView(a: ReturnView, b: ReturnView): boolean {
	return (
		a.state === b.state &&
		a.form === b.form &&
		a.differs === b.differs &&
		a.as_written === b.as_written &&
		a.flagged === b.flagged &&
		a.inspected === b.inspected &&
		a.disputed === b.disputed &&
		sameVotes(a.reported, b.reported) &&
		sameVotes(a.verified, b.verified)
	);
}

export function sameVotes(a: readonly number[] | undefined, b: readonly number[] | undefined): boolean {
	if (a === b) return true;
	return a !== undefined && b !== undefined && a.length === b.length && a.every((value, place) => value === b[place]);
}
