/**
 * The rows of a sheet: the areas of the next step with what is certified there, and the stations with their state, votes and flags. At a higher step only stations that are not counted are
 * listed, and areas in which all are counted are passed over without looking at their stations.
 */
import type { SheetArea, SheetFlag, SheetState, SheetStation } from '../collation/sheet.ts';
import { chainAbove } from '../election/geography.ts';
import type { Contest, CountedStage, Election, Station } from '../election/types.ts';
import { collationRow } from '../rules/collations.ts';
import {
	countedCapture,
	inspectedNumbers,
	isDisputed,
	isOpen,
	substitutedCapture,
	verifiedNumbers,
} from '../rules/returns.ts';
import type { ReturnRow, UnitRow } from '../rules/rows.ts';
import { isMerged, returnOf, unitOf } from '../rules/stations.ts';
import { cellsIn } from './areaStations.ts';
import type { MarkView } from './marking.ts';
import { totalOf } from './total.ts';
import { countAt, sameVotesOf } from './vector.ts';

/** The level of the step below an area, along the contest's collation; `undefined` at the lowest step and where there is none. */
function levelBelow({ areas }: Election, { collation }: Contest, area: string): string | undefined {
	const step = collation.findIndex(({ level }) => level === areas.get(area)?.level);
	return collation[step + 1]?.level;
}

/** The areas of the next step inside this one in which anything is due, in the order of the package. */
export function areasBelow(view: MarkView, contest: Contest, area: string, stage: CountedStage): readonly SheetArea[] {
	const { election } = view.context;
	const level = levelBelow(election, contest, area);
	if (level === undefined) return [];
	const inside = [...election.areas.values()].filter(
		(one) => one.level === level && chainAbove(election, contest, one.id).includes(area),
	);
	return inside.flatMap(({ id }) => {
		const total = totalOf(view.baseline, view.rows, contest, id);
		const due = countAt(total, 'due') + countAt(total, 'cancelled') + countAt(total, 'merged');
		return due === 0 ? [] : [areaRow(view, contest, id, { counted: countAt(total, stage), votes: total[stage] })];
	});
}

function areaRow(
	{ rows }: MarkView,
	contest: Contest,
	area: string,
	now: { readonly counted: number; readonly votes: readonly number[] },
): SheetArea {
	const { certificate } = collationRow(rows, contest.id, area);
	const act = certificate === undefined ? undefined : rows.get('act', certificate);
	const mark = act?.mark === undefined ? undefined : rows.get('mark', act.mark);
	if (certificate === undefined || act?.number === undefined || mark === undefined) return { area, ...now };
	const certified = { counted: mark.counts.counted, votes: mark.totals };
	const same = certified.counted === now.counted && sameVotesOf(certified.votes, now.votes);
	return { area, certificate, number: act.number, ...certified, ...(same ? {} : { now }) };
}

export function sheetStations(
	view: MarkView,
	contest: Contest,
	area: string,
	stage: CountedStage,
): readonly SheetStation[] {
	const { context, rows } = view;
	const { election } = context;
	const below = levelBelow(election, contest, area);
	const isBelow = (id: string) => election.areas.get(id)?.level === below;
	return cellsIn(context, rows, contest, area).flatMap(({ chain, stations }) => {
		const within = below === undefined ? undefined : chain.find(isBelow);
		if (within !== undefined && allCounted(view, contest, chain.at(-1) ?? within, stage)) return [];
		const lines = stations.map((station) => stationRow(view, contest, station, stage));
		return within === undefined ? lines : lines.filter(({ state }) => state !== 'counted');
	});
}

function allCounted({ baseline, rows }: MarkView, contest: Contest, lowest: string, stage: CountedStage): boolean {
	const total = totalOf(baseline, rows, contest, lowest);
	const others = countAt(total, 'cancelled') + countAt(total, 'merged');
	return others === 0 && countAt(total, 'due') === countAt(total, stage);
}

function stationRow({ rows }: MarkView, contest: Contest, { id }: Station, stage: CountedStage): SheetStation {
	const unit = unitOf(rows, contest.id, id);
	const row = returnOf(rows, contest.id, id, unit.poll);
	const counted = countedCapture(row);
	const votes =
		stage === 'inspected' ? inspectedNumbers(contest, row, counted) : verifiedNumbers(contest, row, counted);
	const { state, reason } = stateOf(unit, row, isMerged(rows, id), counted !== undefined, votes !== undefined);
	const flags = flagsOf(row, counted?.accepted?.flags !== undefined);
	return {
		station: id,
		poll: unit.poll,
		state,
		...(reason === undefined ? {} : { reason }),
		...(state === 'counted' && votes !== undefined ? { votes } : {}),
		...(flags.length === 0 ? {} : { flags }),
	};
}

/** The classes in the order of T13; the reason is the code or the order that put it there. */
function stateOf(
	unit: UnitRow,
	row: ReturnRow,
	merged: boolean,
	formCounts: boolean,
	stands: boolean,
): { readonly state: SheetState; readonly reason?: string } {
	const because = (reason: string) => (reason === '' ? {} : { reason });
	if (merged) return { state: 'merged' };
	if (unit.status === 'merged') return { state: 'merged', ...because(unit.reason) };
	if (unit.status === 'cancelled') return { state: 'cancelled', ...because(unit.reason) };
	if (row.setAside !== undefined) return { state: 'set_aside', reason: row.setAside };
	if (row.disregard !== undefined) return { state: 'disregarded', reason: row.disregard };
	if (row.quarantine !== undefined) return { state: 'quarantined', reason: row.quarantine.reason };
	if (unit.status === 'postponed') return { state: 'postponed', ...because(unit.reason) };
	if (stands) return { state: 'counted' };
	if (formCounts) return { state: 'unverified' };
	return { state: 'missing', ...because(unit.status === 'planned' ? '' : unit.reason) };
}

function flagsOf(row: ReturnRow, flagged: boolean): readonly SheetFlag[] {
	const flags: readonly (readonly [SheetFlag, boolean])[] = [
		['as_written', row.asWritten === true],
		['flagged', flagged],
		['discrepant_open', isOpen(row)],
		['disputed', isDisputed(row)],
		['substituted', substitutedCapture(row) !== undefined],
		['original_late', row.originals?.some(({ late }) => late === true) === true],
	];
	return flags.flatMap(([flag, there]) => (there ? [flag] : []));
}
