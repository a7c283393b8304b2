/**
 * The totals before anything has been said (T10): every planned station is due and missing. Rows of totals exist only where something changed;
 * elsewhere the baseline stands.
 */
import { chainOf, stationsOf } from '../election/geography.ts';
import type { Election } from '../election/types.ts';
import { type TotalRow, totalKey } from '../rules/rows.ts';
import { contributionOf } from './contribution.ts';
import { emptyTotal, shifted } from './vector.ts';

export type Baseline = ReadonlyMap<string, TotalRow>;

export function baselineOf(election: Election): Baseline {
	const totals = new Map<string, TotalRow>();
	for (const contest of election.contests.values()) {
		const fields = contest.fields.filter(({ counted }) => counted).length;
		for (const area of election.areas.values()) {
			if (contest.levels.includes(area.level)) totals.set(totalKey(contest.id, area.id), emptyTotal(fields));
		}
		for (const station of stationsOf(election, contest)) {
			const planned = contributionOf({ contest, station }, { poll: 1, status: 'planned', reason: '' });
			for (const area of chainOf(election, contest, station)) {
				const key = totalKey(contest.id, area);
				totals.set(key, shifted(totals.get(key) ?? emptyTotal(fields), undefined, planned));
			}
		}
	}
	return totals;
}
