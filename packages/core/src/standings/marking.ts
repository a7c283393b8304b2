/**
 * What a mark freezes (S34, T25): the counts and totals of contest × area, its sheet, and for the scope of a contest that is declared the outcome and the texts. Made by the fold from rows and
 * totals as they stand before the mark's own index; whoever replays the log makes the same bytes.
 */
import { declarationTexts } from '../collation/declarationText.ts';
import { printSheet, type SheetObjection, sheet } from '../collation/sheet.ts';
import { areaOf, chainAbove } from '../election/geography.ts';
import type { Contest, CountedStage, Election } from '../election/types.ts';
import type { MarkCounts, TallyMark } from '../record/acts.ts';
import { contestRow, objectionsOf } from '../rules/chains.ts';
import { collationRow } from '../rules/collations.ts';
import type { Context, Said } from '../rules/context.ts';
import { stageAt } from '../rules/marks.ts';
import { logRow } from '../rules/opening.ts';
import type { MarkRow, ObjectionRow } from '../rules/recordRows.ts';
import { candidateKey, collationKey, type RowReader, type Rows, type TotalRow } from '../rules/rows.ts';
import { stationOf } from '../rules/stations.ts';
import { utf8Encode } from '../std/bytes.ts';
import { assert } from '../std/result.ts';
import type { Baseline } from './baseline.ts';
import { outcomeAt } from './markedOutcome.ts';
import { areasBelow, sheetStations } from './sheetRows.ts';
import { totalOf } from './total.ts';
import { countAt } from './vector.ts';

/** Everything that a sheet is made from. */
export interface MarkView {
	readonly context: Context;
	readonly baseline: Baseline;
	readonly rows: RowReader;
}

export function isMark(said: Said): said is Said<TallyMark> {
	return said.statement.type === 'tally/mark';
}

/** Writes the rows of a mark that was decided. */
export function freeze(view: MarkView & { readonly rows: Rows }, { index, id, statement }: Said<TallyMark>): void {
	const { context, rows } = view;
	const contest = context.election.contests.get(statement.contest);
	assert(contest !== undefined, 'a mark was decided before it is frozen');
	const { row, text } = markOf(view, contest, statement.area, { index, time: logRow(rows).time });
	rows.put('sheet', id, { text });
	rows.put('mark', id, row);
	const collation = collationRow(rows, contest.id, statement.area);
	rows.put('collation', collationKey(contest.id, statement.area), { ...collation, mark: id });
}

/** The mark of contest × area as it would be at this index and time of the log, and the text of its sheet. */
export function markOf(
	view: MarkView,
	contest: Contest,
	area: string,
	{ index, time }: { readonly index: number; readonly time: number },
): { readonly row: MarkRow; readonly text: string } {
	const { context, baseline, rows } = view;
	const { election, suite } = context;
	const stage = stageAt(election, contest, area);
	assert(stage !== undefined, 'a mark lies where something is certified or declared');
	const total = totalOf(baseline, rows, contest, area);
	const areas = areasBelow(view, contest, area, stage);
	const objections = openObjections(context, rows, contest, area);
	const uncertified = areas.filter(({ certificate }) => certificate === undefined).length;
	const counts = countsAt(total, stage, uncertified, objections.length);
	const totals = total[stage];
	const text = printSheet(
		sheet({
			contest: contest.id,
			area,
			level: election.areas.get(area)?.level ?? '',
			stage,
			size: index,
			time,
			fields: contest.fields.flatMap((field) => (field.counted ? [field.id] : [])),
			counts,
			totals,
			areas,
			stations: sheetStations(view, contest, area, stage),
			objections,
		}),
	);
	const list = suite.sha256Hex(utf8Encode(text));
	const row = { contest: contest.id, area, index, time, counts, totals, list };
	if (area !== contest.scope || contest.declaration === undefined) return { row, text };
	const { outcome, decided } = outcomeAt(view, contest, stage);
	const known = { ...registerAt(total), ...voidedIn(rows, contest) };
	const texts = declarationTexts(suite, election, contest, { mark: row, list, outcome, decided, ...known });
	return { row: { ...row, ...known, outcome, decided, texts }, text };
}

/** Where the returns of contest × area stand now, as a mark would count them. */
export function countsNow(view: MarkView, contest: Contest, area: string): MarkCounts {
	const { context, baseline, rows } = view;
	const stage = stageAt(context.election, contest, area);
	assert(stage !== undefined, 'a mark lies where something is certified or declared');
	const areas = areasBelow(view, contest, area, stage);
	const uncertified = areas.filter(({ certificate }) => certificate === undefined).length;
	const open = openObjections(context, rows, contest, area).length;
	return countsAt(totalOf(baseline, rows, contest, area), stage, uncertified, open);
}

function countsAt(total: TotalRow, stage: CountedStage, uncertified: number, objections: number): MarkCounts {
	const at = (place: Parameters<typeof countAt>[1]) => countAt(total, place);
	const counted = at(stage);
	const [due, missing, postponed, quarantined, disregarded, aside] = [
		at('due'),
		at('awaited'),
		at('postponed'),
		at('quarantined'),
		at('disregarded'),
		at('setAside'),
	];
	return {
		cancelled: at('cancelled'),
		counted,
		disregarded,
		due,
		merged: at('merged'),
		missing,
		objections,
		postponed,
		quarantined,
		set_aside: aside,
		uncertified,
		unverified: due - counted - missing - postponed - quarantined - disregarded - aside,
	};
}

/** Open objections that concern the area: all of the contest at its scope, else those to a return or a sheet of the area. In the order of the log. */
function openObjections(context: Context, rows: RowReader, contest: Contest, area: string): readonly SheetObjection[] {
	const found: SheetObjection[] = [];
	let left = contestRow(rows, contest.id).open ?? 0;
	// Newest first, and no further than the oldest that is open: what was answered long ago costs a mark nothing.
	for (const { id, row } of left === 0 ? [] : objectionsOf(rows, contest.id)) {
		if (row.state !== 'open' && row.state !== 'referred') continue;
		if (area === contest.scope || concerns(context, rows, contest, area, row))
			found.push({ id, ground: row.ground, ...(row.station === undefined ? {} : { station: row.station }) });
		if (--left === 0) break;
	}
	return found.reverse();
}

function concerns(
	context: Context,
	rows: RowReader,
	contest: Contest,
	area: string,
	{ target, station: id }: ObjectionRow,
): boolean {
	if (target.kind === 'area') return chainAbove(context.election, contest, target.area).includes(area);
	if (id !== undefined) {
		const station = stationOf(context, rows, id);
		return station !== undefined && chainOfStation(context.election, contest, areaOf(station, contest.hierarchy), area);
	}
	if (target.kind !== 'statement') return false;
	const act = rows.get('act', target.statement) ?? rows.get('mark', target.statement);
	return act?.area === area;
}

function chainOfStation(election: Election, contest: Contest, lowest: string, area: string): boolean {
	return chainAbove(election, contest, lowest).includes(area);
}

function registerAt(total: TotalRow): { readonly registered?: number } {
	return countAt(total, 'registeredUnknown') > 0 ? {} : { registered: countAt(total, 'registered') };
}

function voidedIn(rows: RowReader, contest: Contest): { readonly voided?: readonly string[] } {
	const voided = contest.candidates.flatMap(({ id }) => {
		const row = rows.get('candidate', candidateKey(contest.id, id));
		return row?.votes === 'void' && row.status !== 'standing' ? [id] : [];
	});
	return voided.length === 0 ? {} : { voided };
}
