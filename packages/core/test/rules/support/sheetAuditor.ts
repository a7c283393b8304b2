/**
 * Sheets against what they are made from (T25). When a mark appears, its sheet adds up: rows to totals, classes to *due*, and its digest is the one that the mark names. At every step, a mark made
 * now would say what the stations say one by one.
 */
import { rereadSheet, type Sheet } from '../../../src/collation/sheet.ts';
import { chainOf, inScope } from '../../../src/election/geography.ts';
import type { Contest } from '../../../src/election/types.ts';
import type { MarkCounts } from '../../../src/record/acts.ts';
import { stageAt } from '../../../src/rules/marks.ts';
import type { MarkRow } from '../../../src/rules/recordRows.ts';
import { countedCapture, inspectedNumbers, verifiedNumbers } from '../../../src/rules/returns.ts';
import { isMerged, returnOf, stationOf, unitOf } from '../../../src/rules/stations.ts';
import { markOf } from '../../../src/standings/marking.ts';
import { returnViewOf } from '../../../src/standings/returnView.ts';
import { utf8Encode } from '../../../src/std/bytes.ts';
import { portableSuite } from '../../../src/std/portable.ts';
import type { MemoryRows } from './memory.ts';
import { baseline, context, election, type World } from './world.ts';

const CLASSES = ['counted', 'missing', 'unverified', 'quarantined', 'disregarded', 'set_aside', 'postponed'] as const;
const OTHERS = ['cancelled', 'merged'] as const;

/** What is wrong with the sheet of a mark, by itself. */
export function sheetProblems(rows: MemoryRows, id: string): readonly string[] {
	const [mark, row] = [rows.get('mark', id), rows.get('sheet', id)];
	if (mark === undefined || row === undefined) return [`T25: mark ${id} has no sheet`];
	const digest = portableSuite.sha256Hex(utf8Encode(row.text));
	return [
		...(digest === mark.list ? [] : [`T25: the sheet of ${id} has the digest ${digest}, the mark names ${mark.list}`]),
		...sums(mark, rereadSheet(row.text)),
	];
}

function sums({ counts, totals, index, time }: MarkRow, sheet: Sheet): readonly string[] {
	const problems: string[] = [];
	const say = (what: string) => void problems.push(`T25: the sheet of ${sheet.contest} at ${sheet.area}: ${what}`);
	if (JSON.stringify(sheet.counts) !== JSON.stringify(counts)) say('other counts than the mark');
	if (sheet.size !== index || sheet.time !== time) say('another size or time than the mark');
	const due = CLASSES.reduce((sum, name) => sum + counts[name], 0);
	if (due !== counts.due) say(`due is ${counts.due}, its classes are ${due}`);
	const isWhole = sheet.areas.length === 0;
	for (const name of [...CLASSES, ...OTHERS]) {
		if (name === 'counted' && !isWhole) continue;
		const listed = sheet.stations.filter(({ state }) => state === name).length;
		if (listed !== counts[name]) say(`${listed} stations are listed as ${name}, it counts ${counts[name]}`);
	}
	const votes = [
		...sheet.areas.map((area) => (area.now ?? area).votes),
		...sheet.stations.flatMap((station) => (station.votes === undefined ? [] : [station.votes])),
	];
	const sum = totals.map((_, place) => votes.reduce((all, list) => all + (list[place] ?? 0), 0));
	if (sum.join(' ') !== totals.join(' ')) say(`its rows add up to ${sum.join(' ')}, the mark says ${totals.join(' ')}`);
	if (sheet.totals.join(' ') !== totals.join(' ')) say('other totals than the mark');
	const counted =
		sheet.areas.reduce((all, area) => all + (area.now ?? area).counted, 0) +
		sheet.stations.filter(({ state }) => state === 'counted').length;
	if (counted !== counts.counted) say(`${counted} returns are counted in its rows, it says ${counts.counted}`);
	if (sheet.objections.length !== counts.objections) say('other open objections than it counts');
	const uncertified = sheet.areas.filter(({ certificate }) => certificate === undefined).length;
	if (uncertified !== counts.uncertified) say('other areas without certificate than it counts');
	return problems;
}

/** A mark made at this index against the stations, looked at one by one. */
export function freshMarkProblems({ rows }: World): readonly string[] {
	const view = { context, baseline, rows };
	const at = { index: rows.size(), time: rows.get('log', '')?.time ?? 0 };
	return [...election.contests.values()].flatMap((contest) =>
		[...election.areas.keys()].flatMap((area) => {
			const stage = stageAt(election, contest, area);
			// The texts of a declaration cost more than all the rest: a mark of the whole contest is made at every fourth step.
			if (stage === undefined || (area === contest.scope && rows.size() % 4 !== 0)) return [];
			const { row, text } = markOf(view, contest, area, at);
			const { counts, totals } = byStation(rows, contest, area, stage);
			const wrong = Object.entries(counts).find(([name, value]) => row.counts[name as keyof MarkCounts] !== value);
			return [
				...(wrong === undefined
					? []
					: [`T25: a mark of ${contest.id} at ${area} would count other ${wrong[0]} than ${wrong[1]}`]),
				...(totals.join(' ') === row.totals.join(' ')
					? []
					: [
							`T25: a mark of ${contest.id} at ${area} would say ${row.totals.join(' ')}, stations ${totals.join(' ')}`,
						]),
				...sums(row, rereadSheet(text)),
			];
		}),
	);
}

function byStation(rows: MemoryRows, contest: Contest, area: string, stage: 'verified' | 'inspected') {
	const counts: Record<string, number> = Object.fromEntries([...CLASSES, ...OTHERS].map((name) => [name, 0]));
	let totals = contest.fields.filter(({ counted }) => counted).map(() => 0);
	for (const id of new Set([...election.stations.keys(), ...rows.keysOf('station')])) {
		const station = stationOf(context, rows, id);
		if (station === undefined || !inScope(election, contest, station)) continue;
		if (!chainOf(election, contest, station).includes(area)) continue;
		const unit = unitOf(rows, contest.id, id);
		const row = returnOf(rows, contest.id, id, unit.poll);
		const { state } = returnViewOf(contest, unit, row, isMerged(rows, id));
		const capture = countedCapture(row);
		const votes = (stage === 'inspected' ? inspectedNumbers : verifiedNumbers)(contest, row, capture);
		const name = nameOf(state, votes !== undefined);
		counts[name] = (counts[name] ?? 0) + 1;
		if (name === 'counted') totals = totals.map((sum, place) => sum + (votes?.[place] ?? 0));
	}
	return { counts, totals };
}

function nameOf(state: ReturnType<typeof returnViewOf>['state'], stands: boolean): string {
	switch (state) {
		case 'verified':
		case 'received':
			return stands ? 'counted' : 'unverified';
		case 'no-form-seen':
		case 'missing':
			return 'missing';
		case 'set-aside':
			return 'set_aside';
		default:
			return state;
	}
}
