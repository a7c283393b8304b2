/**
 * The totals of every contest × area as the sum of what every return contributes (T10–T17), added up afresh. A server moves its totals with each statement; the verifier adds them
 * up from the returns when they are asked for, so that the two ways check one another.
 */
import { chainOf, inScope } from '@matokeo/core/election/geography.ts';
import type { Contest, Station } from '@matokeo/core/election/types.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { type TotalRow, totalKey } from '@matokeo/core/rules/rows.ts';
import { isMerged, returnOf, stationOf, unitOf } from '@matokeo/core/rules/stations.ts';
import { cellsIn } from '@matokeo/core/standings/areaStations.ts';
import type { Baseline } from '@matokeo/core/standings/baseline.ts';
import { contributionOf } from '@matokeo/core/standings/contribution.ts';
import { emptyTotal } from '@matokeo/core/standings/vector.ts';
import { assert } from '@matokeo/core/std/result.ts';
import type { ReplayRows } from './memoryRows.ts';

interface Sum {
	readonly counts: number[];
	readonly reported: number[];
	readonly verified: number[];
	readonly quarantined: number[];
	readonly inspected: number[];
}

/** Every total, in place of a baseline: rows of totals are not asked for. */
export function totalsOf(context: Context, all: ReplayRows): Baseline {
	const rows: ReplayRows = { ...all, get: all.peek };
	const { election } = context;
	const sums = new Map<string, Sum>();
	for (const contest of election.contests.values()) {
		for (const area of election.areas.values())
			if (contest.levels.includes(area.level)) sums.set(totalKey(contest.id, area.id), emptySum(contest));
	}
	for (const station of stationsNow(context, rows)) {
		for (const contest of election.contests.values()) {
			if (inScope(election, contest, station)) count(sums, rows, contest, station, chainOf(election, contest, station));
		}
	}
	return sums;
}

/** The totals of one contest in one area and in every area inside it, added up from the returns that lie there: what a mark freezes. */
export function totalsWithin(context: Context, all: ReplayRows, contest: Contest, area: string): Baseline {
	const rows: ReplayRows = { ...all, get: all.peek };
	const sums = new Map<string, Sum>();
	for (const { chain, stations } of cellsIn(context, rows, contest, area)) {
		const inside = chain.slice(chain.indexOf(area));
		for (const planned of stations) count(sums, rows, contest, stationOf(context, rows, planned.id) ?? planned, inside);
	}
	return sums;
}

function count(
	sums: Map<string, Sum>,
	rows: ReplayRows,
	contest: Contest,
	station: Station,
	areas: readonly string[],
): void {
	const unit = unitOf(rows, contest.id, station.id);
	const row = returnOf(rows, contest.id, station.id, unit.poll);
	const total = contributionOf({ contest, station }, unit, row, isMerged(rows, station.id));
	for (const area of areas) {
		const key = totalKey(contest.id, area);
		const sum = sums.get(key) ?? emptySum(contest);
		sums.set(key, sum);
		add(sum, total);
	}
}

/** The package's stations as they stand, and those that amendments have added. */
function* stationsNow(context: Context, rows: ReplayRows): Generator<Station> {
	const { stations } = context.election;
	for (const [id, planned] of stations) yield stationOf(context, rows, id) ?? planned;
	for (const [id, { added }] of rows.entries('station')) {
		const station = added === true && !stations.has(id) ? stationOf(context, rows, id) : undefined;
		if (station !== undefined) yield station;
	}
}

function emptySum(contest: Contest): Sum {
	const { counts, ...votes } = emptyTotal(contest.fields.filter(({ counted }) => counted).length);
	return {
		counts: [...counts],
		reported: [...votes.reported],
		verified: [...votes.verified],
		quarantined: [...votes.quarantined],
		inspected: [...votes.inspected],
	};
}

function add(sum: Sum, total: TotalRow): void {
	addTo(sum.counts, total.counts);
	addTo(sum.reported, total.reported);
	addTo(sum.verified, total.verified);
	addTo(sum.quarantined, total.quarantined);
	addTo(sum.inspected, total.inspected);
}

function addTo(sum: number[], more: readonly number[]): void {
	for (let i = 0; i < more.length; i++) {
		const whole = (sum[i] ?? 0) + (more[i] ?? 0);
		assert(Number.isSafeInteger(whole), 'a total is a safe integer');
		sum[i] = whole;
	}
}
