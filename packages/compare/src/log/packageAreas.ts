/** The areas of an election package, laid on a count whose rows have the package's codes: for tables that are compared without a log. Rows with another code lie in no area. */
import { chainAbove, chainOf } from '@matokeo/core/election/geography.ts';
import type { Contest, Election } from '@matokeo/core/election/types.ts';
import type { Count } from '../count.ts';
import { levelsUnder } from './gather.ts';

export function withPackageAreas(count: Count, election: Election, contest: Contest): Count {
	const { level } = count;
	const levels = levelsUnder(election, contest, level === 'station' ? undefined : level.area);
	const chains = count.keys.map((key) => {
		const station = election.stations.get(key);
		if (level === 'station') return station === undefined ? [] : chainOf(election, contest, station);
		return election.areas.has(key) ? chainAbove(election, contest, key) : [];
	});
	const areas = levels.map(({ place, ...named }) => ({
		...named,
		of: Int32Array.from(chains, (chain) => place.get(chain.find((id) => place.has(id)) ?? '') ?? -1),
	}));
	return { ...count, areas };
}
