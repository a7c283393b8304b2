/**
 * What must hold after every step of any history, recomputed from the rows: totals are sums of contributions at every area (T17), counts keep their
 * identity (T13), nothing is negative, and no area holds more than the areas above it. Answers with sentences; none means that all is well.
 */
import { chainOf, inScope } from '../../../src/election/geography.ts';
import type { Contest } from '../../../src/election/types.ts';
import { type RowReader, returnKey, type TotalRow } from '../../../src/rules/rows.ts';
import { isMerged, returnOf, stationOf, unitOf } from '../../../src/rules/stations.ts';
import { contributionOf } from '../../../src/standings/contribution.ts';
import { totalOf } from '../../../src/standings/total.ts';
import { countAt, PLACES } from '../../../src/standings/vector.ts';
import type { MemoryRows } from './memory.ts';
import { baseline, context, election } from './world.ts';

export type ContributionOf = typeof contributionOf;

export function audit(rows: MemoryRows, contribution: ContributionOf = contributionOf): readonly string[] {
	return [...election.contests.values()].flatMap((contest) => [
		...sumProblems(rows, contest, contribution),
		...[...election.areas.keys()].flatMap((area) =>
			countProblems(contest, area, totalOf(baseline, rows, contest, area)),
		),
	]);
}

export function stationIds(rows: MemoryRows): readonly string[] {
	return [...new Set([...election.stations.keys(), ...rows.keysOf('station')])];
}

export function contributionAt(
	rows: RowReader,
	contest: Contest,
	id: string,
	contribution: ContributionOf = contributionOf,
): TotalRow | undefined {
	const station = stationOf(context, rows, id);
	if (station === undefined || !inScope(election, contest, station)) return undefined;
	const unit = unitOf(rows, contest.id, id);
	return contribution({ contest, station }, unit, returnOf(rows, contest.id, id, unit.poll), isMerged(rows, id));
}

function sumProblems(rows: MemoryRows, contest: Contest, contribution: ContributionOf): readonly string[] {
	const fields = contest.fields.filter(({ counted }) => counted).length;
	const sums = new Map<string, number[]>();
	for (const area of election.areas.values()) {
		if (contest.levels.includes(area.level)) sums.set(area.id, Array<number>(PLACES.length + 4 * fields).fill(0));
	}
	for (const id of stationIds(rows)) {
		const station = stationOf(context, rows, id);
		const part = contributionAt(rows, contest, id, contribution);
		if (station === undefined || part === undefined) continue;
		for (const area of chainOf(election, contest, station)) {
			const sum = sums.get(area);
			flat(part).forEach((value, place) => {
				if (sum !== undefined) sum[place] = (sum[place] ?? 0) + value;
			});
		}
	}
	return [...sums].flatMap(([area, sum]) => {
		const total = flat(totalOf(baseline, rows, contest, area));
		if (total.length === sum.length && total.every((value, place) => value === sum[place])) return [];
		return [`T17: the total of ${contest.id} in ${area} is ${total.join(' ')}, its stations sum to ${sum.join(' ')}`];
	});
}

function flat({ counts, reported, verified, quarantined, inspected }: TotalRow): readonly number[] {
	return [...counts, ...reported, ...verified, ...quarantined, ...inspected];
}

/** Due = counted + quarantined + disregarded + postponed + not yet, at both stages, with no part below zero. */
function countProblems(contest: Contest, area: string, total: TotalRow): readonly string[] {
	const at = (place: Parameters<typeof countAt>[1]) => countAt(total, place);
	const problems: string[] = [];
	const where = `${contest.id} in ${area}`;
	if (flat(total).some((value) => !Number.isSafeInteger(value) || value < 0))
		problems.push(`T10: ${where} has a count that is no safe integer from 0: ${flat(total).join(' ')}`);
	for (const stage of ['reported', 'verified', 'inspected'] as const) {
		const notYet = at('due') - at(stage) - at('quarantined') - at('disregarded') - at('setAside') - at('postponed');
		if (notYet < 0) problems.push(`T13: ${where} has ${notYet} returns that are not yet ${stage}`);
	}
	if (at('verified') > at('reported')) problems.push(`T12: ${where} has more verified than reported returns`);
	if (at('inspected') > at('verified')) problems.push(`T22: ${where} has more inspected than verified returns`);
	if (at('discrepantOpen') > at('discrepant'))
		problems.push(`T15: ${where} has more open discrepancies than there are`);
	if (at('missing') + at('reported') > at('due')) problems.push(`T14: ${where} reports a return without an image`);
	if (at('outstanding') !== at('due') - at('verified') - at('disregarded') - at('setAside'))
		problems.push(`T16: ${where} has ${at('outstanding')} outstanding returns`);
	return problems;
}

/** The return of the latest poll. */
export function latestKey(rows: RowReader, contest: string, station: string): string {
	return returnKey(contest, station, unitOf(rows, contest, station).poll);
}
