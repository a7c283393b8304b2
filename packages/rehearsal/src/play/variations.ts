/**
 * What officers do on election night beside their duty: name a neighbouring station, send the same form from a second device, come hours late. A rehearsal in process has none of it;
 * over HTTP, `http/lines.ts` says to whom it happens.
 */
import { stationsOf } from '@matokeo/core/election/geography.ts';
import type { Contest, Election } from '@matokeo/core/election/types.ts';
import type { Arriving } from './stage.ts';

export interface Variations {
	readonly secondDevice: (contest: string, station: string) => boolean;
	readonly wrongStation: (contest: string, station: string) => boolean;
	/** Seconds by which the form comes later than it would. */
	readonly offlineSeconds: (contest: string, station: string) => number;
}

/** Forms in their order of arrival, those from stations that are offline later by as many forms as come in meanwhile. */
export function arrivingLate(
	arriving: readonly Arriving[],
	variations: Variations | undefined,
	secondsPerForm: number,
): readonly Arriving[] {
	if (variations === undefined) return arriving;
	const place = ({ paper }: Arriving, number: number) =>
		number + variations.offlineSeconds(paper.contest, paper.station) / secondsPerForm;
	return arriving
		.map((form, number) => ({ form, place: place(form, number) }))
		.sort((a, b) => a.place - b.place)
		.map(({ form }) => form);
}

/** The station that an officer takes for another: the next of the contest, the first after the last. */
export function neighbours(election: Election): (contest: Contest, station: string) => string | undefined {
	const known = new Map<string, ReadonlyMap<string, string>>();
	return (contest, station) => {
		const next = known.get(contest.id) ?? nextOf(election, contest);
		known.set(contest.id, next);
		const other = next.get(station);
		return other === station ? undefined : other;
	};
}

function nextOf(election: Election, contest: Contest): ReadonlyMap<string, string> {
	const ids = stationsOf(election, contest).map(({ id }) => id);
	return new Map(ids.map((id, place) => [id, ids[(place + 1) % ids.length] ?? id]));
}
