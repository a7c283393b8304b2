/**
 * Views of returns against the totals (T20): the states that readers see, counted over all stations, are the counts of the totals, and the figures they see are what the stages add up.
 */
import { inScope } from '../../../src/election/geography.ts';
import type { Contest } from '../../../src/election/types.ts';
import type { RowReader } from '../../../src/rules/rows.ts';
import { isMerged, returnOf, stationOf, unitOf } from '../../../src/rules/stations.ts';
import { type ReturnView, returnViewOf } from '../../../src/standings/returnView.ts';
import { totalOf } from '../../../src/standings/total.ts';
import { countAt, type Place } from '../../../src/standings/vector.ts';
import { baseline, context, election } from './world.ts';

export type ViewOf = typeof returnViewOf;

/** Sentences; none means that views and totals say the same. */
export function viewProblems(
	rows: RowReader,
	stations: readonly string[],
	viewOf: ViewOf = returnViewOf,
): readonly string[] {
	return [...election.contests.values()].flatMap((contest) => contestProblems(rows, contest, stations, viewOf));
}

function contestProblems(
	rows: RowReader,
	contest: Contest,
	stations: readonly string[],
	viewOf: ViewOf,
): readonly string[] {
	const views = stations.flatMap((id): readonly ReturnView[] => {
		const station = stationOf(context, rows, id);
		if (station === undefined || !inScope(election, contest, station)) return [];
		const unit = unitOf(rows, contest.id, id);
		return [viewOf(contest, unit, returnOf(rows, contest.id, id, unit.poll), isMerged(rows, id))];
	});
	const total = totalOf(baseline, rows, contest, contest.scope);
	const due = views.filter(({ state }) => state !== 'merged' && state !== 'cancelled');
	const inStages = due.filter(({ state }) => state === 'verified' || state === 'received');
	const count = (which: readonly ReturnView[], is: (view: ReturnView) => boolean) => which.filter(is).length;
	const expected: readonly (readonly [Place, number])[] = [
		['due', due.length],
		['missing', count(due, ({ form }) => form !== 'counts')],
		['noFormSeen', count(due, ({ form }) => form === 'no-image')],
		['quarantined', count(due, ({ state }) => state === 'quarantined')],
		['setAside', count(due, ({ state }) => state === 'set-aside')],
		['disputed', count(due, ({ disputed }) => disputed)],
		['inspected', count(inStages, ({ inspected }) => inspected)],
		['disregarded', count(due, ({ state }) => state === 'disregarded')],
		['postponed', count(due, ({ state }) => state === 'postponed')],
		['verified', count(due, ({ state }) => state === 'verified')],
		['reported', count(inStages, ({ reported }) => reported !== undefined)],
		['discrepant', count(due, ({ differs }) => differs !== 'no')],
		['discrepantOpen', count(due, ({ differs }) => differs === 'open')],
		['asWritten', count(inStages, ({ as_written }) => as_written)],
		['flagged', count(inStages, ({ flagged }) => flagged)],
	];
	const wrong = expected.filter(([place, value]) => countAt(total, place) !== value);
	const sum = inStages.reduce(
		(votes, { verified = [] }) => votes.map((vote, i) => vote + (verified[i] ?? 0)),
		total.verified.map(() => 0),
	);
	const votes =
		sum.join(' ') === total.verified.join(' ') ? [] : [`T20: views of ${contest.id} add up to ${sum.join(' ')}`];
	return [
		...votes,
		...wrong.map(
			([place, value]) => `T20: ${value} views of ${contest.id} are ${place}, the total says ${countAt(total, place)}`,
		),
	];
}
