/**
 * A total, and what one return contributes to it, as lists of integers (T10): the totals of an area are the place-by-place sum of the contributions of
 * its stations. `PLACES` names the counts; the four other lists are votes by counted field in the form's order.
 */
import type { TotalRow } from '../rules/rows.ts';

/** The places of `counts`, in order. New ones are appended, never inserted. */
export const PLACES = [
	/** Planned − cancelled − merged away + added. */
	'due',
	'cancelled',
	'merged',
	'postponed',
	/** Due without a counting image. */
	'missing',
	'quarantined',
	'disregarded',
	'discrepant',
	'discrepantOpen',
	/** Stations counted at each stage. */
	'reported',
	'verified',
	/** Due, and neither verified nor disregarded: what may still come. */
	'outstanding',
	'outstandingBallots',
	'outstandingUnbounded',
	/** Ballots that could be there: ceilings of the stations concerned, and stations without one. */
	'missingBallots',
	'missingUnbounded',
	'quarantinedBallots',
	'quarantinedUnbounded',
	'discrepantOpenBallots',
	'discrepantOpenUnbounded',
	/** Voters on the registers of due stations, as far as the package says. */
	'registered',
	/** Due stations whose register is not known. */
	'registeredUnknown',
	/** A form captured, but none of its images held (R2). */
	'noFormSeen',
	/** Counted as written although the form's own arithmetic fails. */
	'asWritten',
	/** Verified, and a warning-level check does not pass: needs explanation (R26). */
	'flagged',
	/** Verified, and the paper original agrees. */
	'inspected',
	/** Out of every stage by an order. */
	'setAside',
	/** With open objections that have standing, or ordered to be counted again. */
	'disputed',
	'disputedBallots',
	'disputedUnbounded',
	/** In none of the classes above the stages, and no form of it counts: not missing for another reason. */
	'awaited',
] as const;

export type Place = (typeof PLACES)[number];

const INDEX = new Map<string, number>(PLACES.map((place, index) => [place, index]));

export function countAt(total: TotalRow, place: Place): number {
	return total.counts[INDEX.get(place) ?? -1] ?? 0;
}

export function countsOf(counts: Readonly<Partial<Record<Place, number>>>): readonly number[] {
	return PLACES.map((place) => counts[place] ?? 0);
}

export function emptyTotal(fields: number): TotalRow {
	const votes = Array<number>(fields).fill(0);
	return { counts: countsOf({}), reported: votes, verified: votes, quarantined: votes, inspected: votes };
}

/** total + after − before, place by place. A sum that is no safe integer stops everything: no election is that large. */
export function shifted(total: TotalRow, before: TotalRow | undefined, after: TotalRow | undefined): TotalRow {
	return {
		counts: shift(total.counts, before?.counts, after?.counts),
		reported: shift(total.reported, before?.reported, after?.reported),
		verified: shift(total.verified, before?.verified, after?.verified),
		quarantined: shift(total.quarantined, before?.quarantined, after?.quarantined),
		inspected: shift(total.inspected, before?.inspected, after?.inspected),
	};
}

function shift(
	total: readonly number[],
	before: readonly number[] | undefined,
	after: readonly number[] | undefined,
): readonly number[] {
	if (before === after) return total;
	return total.map((value, place) => {
		const sum = value + (after?.[place] ?? 0) - (before?.[place] ?? 0);
		if (!Number.isSafeInteger(sum) || sum < 0)
			throw new Error(`invariant broken: a total left the safe integers (${sum})`);
		return sum;
	});
}

export function sameTotal(a: TotalRow, b: TotalRow): boolean {
	return (
		same(a.counts, b.counts) &&
		same(a.reported, b.reported) &&
		same(a.verified, b.verified) &&
		same(a.quarantined, b.quarantined) &&
		same(a.inspected, b.inspected)
	);
}

/** Whether two lists of votes are the same. */
export function sameVotesOf(a: readonly number[], b: readonly number[]): boolean {
	return same(a, b);
}

function same(a: readonly number[], b: readonly number[]): boolean {
	return a === b || (a.length === b.length && a.every((value, place) => value === b[place]));
}
