/**
 * What one contest at one station adds to every total it belongs to (T11–T16, T22), from its rows alone. Written once: server, verifier and browser
 * add up nothing else. Returns that are set aside, disregarded or quarantined are in no stage (R21 shows them beside the totals).
 */
import { ceilingOf } from '../election/geography.ts';
import type { Contest } from '../election/types.ts';
import {
	countedCapture,
	inspectedNumbers,
	isDiscrepant,
	isDisputed,
	isOfficial,
	isOpen,
	type Place,
	reportedNumbers,
	verifiedNumbers,
} from '../rules/returns.ts';
import type { ReturnRow, TotalRow, UnitRow } from '../rules/rows.ts';
import { countsOf } from './vector.ts';

const NO_CAPTURES: ReturnRow = { captures: [] };

/** `unit`, and the row of its latest poll. A station that is merged away or cancelled is not due and adds no vote. */
export function contributionOf(
	{ contest, station }: Place,
	unit: UnitRow,
	row: ReturnRow = NO_CAPTURES,
	merged = false,
): TotalRow {
	const none = zeros(contest);
	if (merged || unit.status === 'merged') return onlyCounted(none, { merged: 1 });
	if (unit.status === 'cancelled') return onlyCounted(none, { cancelled: 1 });
	const counted = countedCapture(row);
	const aside = row.setAside !== undefined;
	const out = row.disregard !== undefined && !aside;
	const held = row.quarantine !== undefined && !out && !aside;
	const postponed = unit.status === 'postponed' && !held && !out && !aside;
	const reported = reportedNumbers(contest, row);
	const verified = verifiedNumbers(contest, row, counted);
	const inspected = inspectedNumbers(contest, row, counted);
	const free = !held && !out && !aside && !postponed;
	const ceiling = ceilingOf(contest, station);
	const at = (place: boolean) => ballots(place, ceiling);
	const outstanding = at(!out && !aside && !(free && verified !== undefined));
	const missing = at(counted === undefined);
	const quarantined = at(held);
	const disputed = at(isDisputed(row));
	const open = at(isOpen(row));
	return {
		counts: countsOf({
			due: 1,
			postponed: postponed ? 1 : 0,
			missing: missing.stations,
			quarantined: quarantined.stations,
			disregarded: out ? 1 : 0,
			discrepant: isDiscrepant(row) ? 1 : 0,
			discrepantOpen: isOpen(row) ? 1 : 0,
			reported: free && reported !== undefined ? 1 : 0,
			verified: free && verified !== undefined ? 1 : 0,
			outstanding: outstanding.stations,
			outstandingBallots: outstanding.ballots,
			outstandingUnbounded: outstanding.unbounded,
			missingBallots: missing.ballots,
			missingUnbounded: missing.unbounded,
			quarantinedBallots: quarantined.ballots,
			quarantinedUnbounded: quarantined.unbounded,
			discrepantOpenBallots: open.ballots,
			discrepantOpenUnbounded: open.unbounded,
			registered: station.registered ?? 0,
			registeredUnknown: station.registered === undefined ? 1 : 0,
			noFormSeen: counted === undefined && row.captures.some(isOfficial) ? 1 : 0,
			asWritten: free && verified !== undefined && row.asWritten === true ? 1 : 0,
			flagged: free && verified !== undefined && counted?.accepted?.flags !== undefined ? 1 : 0,
			inspected: free && inspected !== undefined ? 1 : 0,
			setAside: aside ? 1 : 0,
			disputed: disputed.stations,
			disputedBallots: disputed.ballots,
			disputedUnbounded: disputed.unbounded,
			awaited: free && counted === undefined ? 1 : 0,
		}),
		reported: free ? (reported ?? none) : none,
		verified: free ? (verified ?? none) : none,
		quarantined: held ? (verified ?? reported ?? none) : none,
		inspected: free ? (inspected ?? none) : none,
	};
}

function onlyCounted(none: readonly number[], counts: Parameters<typeof countsOf>[0]): TotalRow {
	return { counts: countsOf(counts), reported: none, verified: none, quarantined: none, inspected: none };
}

const zeroLists = new WeakMap<Contest, readonly number[]>();

/** One list per contest, so that unchanged stages are seen by identity. */
function zeros(contest: Contest): readonly number[] {
	const known = zeroLists.get(contest);
	if (known !== undefined) return known;
	const list = contest.fields.filter(({ counted }) => counted).map(() => 0);
	zeroLists.set(contest, list);
	return list;
}

function ballots(
	there: boolean,
	ceiling: number | undefined,
): { readonly stations: number; readonly ballots: number; readonly unbounded: number } {
	if (!there) return { stations: 0, ballots: 0, unbounded: 0 };
	return { stations: 1, ballots: ceiling ?? 0, unbounded: ceiling === undefined ? 1 : 0 };
}
