/** What is known of the contest that a table is about, for whoever proposes a mapping: the names of its fields, and the codes of its stations and areas. */
import { stationsOf, upwards } from '@matokeo/core/election/geography.ts';
import type { Contest, Election } from '@matokeo/core/election/types.ts';
import type { Count } from '../count.ts';
import { formFields } from '../formFields.ts';

export interface KnownField {
	readonly id: string;
	readonly kind: 'candidate' | 'total' | 'other';
	/** What a heading may call it; the first is what people call it. */
	readonly names: readonly string[];
}

export interface KnownCodes {
	readonly level: 'station' | { readonly area: string };
	readonly codes: ReadonlySet<string>;
	/** Names of the same areas, to say of a table that it has names and no codes. */
	readonly names: ReadonlySet<string>;
}

export interface Known {
	readonly fields: readonly KnownField[];
	/** Stations first, then areas from the lowest level up. */
	readonly codes: readonly KnownCodes[];
}

export function knownOfContest(election: Election, contest: Contest): Known {
	const candidates = new Map(contest.candidates.map((candidate) => [candidate.id, candidate]));
	const parties = new Map(election.parties.map(({ id, name }) => [id, Object.values(name)]));
	const labels = new Map(contest.fields.map(({ id, label }) => [id, Object.values(label)]));
	const fields = formFields(contest).map(({ id, name, kind }) => {
		const party = candidates.get(id)?.party ?? '';
		const names = [name, ...(labels.get(id) ?? []), ...(parties.get(party) ?? []), party, id];
		return { id, kind, names: [...new Set(names.filter((one) => one !== ''))] };
	});
	const stations = stationsOf(election, contest);
	const areas = new Set(
		stations.flatMap((station) =>
			upwards(election.areas, contest.hierarchy, station.areas[contest.hierarchy] ?? station.areas['geographic'] ?? ''),
		),
	);
	const levels = [...election.levels].reverse().map(({ id: level }) => {
		const own = [...areas].filter((id) => election.areas.get(id)?.level === level);
		const names = own.map((id) => election.areas.get(id)?.name ?? '');
		return { level: { area: level }, codes: new Set(own), names: new Set(names) };
	});
	const ids = stations.map(({ id }) => id);
	const own = { level: 'station' as const, codes: new Set(ids), names: new Set(stations.map(({ name }) => name)) };
	return { fields, codes: [own, ...levels.filter(({ codes }) => codes.size > 0)] };
}

/** For a table that is to be laid beside a count which is already read. */
export function knownOfCount(count: Count): Known {
	return {
		fields: count.fields.map(({ id, name, kind }) => ({ id, kind, names: [...new Set([name, id])] })),
		codes: [{ level: count.level, codes: new Set([...count.keys, ...(count.absent?.keys() ?? [])]), names: new Set() }],
	};
}
