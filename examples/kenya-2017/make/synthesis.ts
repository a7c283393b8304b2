/**
 * Synthetic figures of polling stations. The portal has figures of wards, and of some centres; a *group* is such a centre, or what is left of a ward beside them.
 * Within a group, by chance that follows from its name: which stations have no form (as many as the portal had not processed), each station's register where the
 * source has none, how many ballots it has, and which: the group's ballots are shuffled and dealt, so that every candidate's votes sum to the portal's, exactly.
 *
 * A station has no more ballots than voters, but where the portal itself shows more ballots than voters for the group: there the excess is spread over all of it.
 */
import { apportion } from './apportion.ts';
import { type Chance, chanceOf, shuffle } from './chance.ts';
import type { Figures, Source, Unit } from './source.ts';

/** Polling stations are made for at most so many voters. */
const REGISTER_MAX = 700;

export interface StationFigures {
	readonly unit: Unit;
	readonly centre: Unit;
	/** Its place among the stations of its centre, from 1, and how many these are. */
	readonly stream: number;
	readonly streams: number;
	readonly registered: number;
	/** As in `Figures`; `undefined`: no form. */
	readonly votes: readonly number[] | undefined;
	/** The portal's own figures: it shows those of the centre, and the centre has no other station with a form. */
	readonly own: boolean;
}

interface Group {
	readonly name: string;
	readonly figures: Figures;
	readonly centres: readonly { readonly centre: Unit; readonly stations: readonly Unit[] }[];
}

/** In the order of the stations' codes. */
export function synthesise(source: Source): readonly StationFigures[] {
	const all = groupsOf(source).flatMap(stationsOf);
	return all.sort((one, other) => one.unit.number - other.unit.number);
}

function groupsOf({ wards, centres, stations }: Source): readonly Group[] {
	const inCentre = Map.groupBy(stations, (station) => station.parent);
	const inWard = Map.groupBy(centres, (centre) => centre.parent);
	return wards.flatMap((ward) => {
		if (ward.figures === undefined) throw new Error(`the portal has no figures of ward ${ward.number}`);
		const own = (inWard.get(ward.number) ?? []).map((centre) => ({
			centre,
			stations: inCentre.get(centre.number) ?? [],
		}));
		const groups: Group[] = [];
		let rest = ward.figures;
		for (const place of own) {
			const { figures } = place.centre;
			if (figures === undefined) continue;
			groups.push({ name: String(place.centre.number), figures, centres: [place] });
			rest = without(rest, figures);
		}
		const others = own.filter(({ centre }) => centre.figures === undefined);
		if (others.length > 0) groups.push({ name: String(ward.number), figures: rest, centres: others });
		else if ([...rest.votes, rest.registered, rest.stations, rest.processed].some((count) => count !== 0))
			throw new Error(`the centres of ward ${ward.number} do not sum to it`);
		return groups;
	});
}

function without(whole: Figures, part: Figures): Figures {
	const less = (one: number, other: number | undefined) => {
		const rest = one - (other ?? 0);
		if (rest < 0) throw new Error('a centre has more than its ward');
		return rest;
	};
	return {
		votes: whole.votes.map((votes, place) => less(votes, part.votes[place])),
		registered: less(whole.registered, part.registered),
		stations: less(whole.stations, part.stations),
		processed: less(whole.processed, part.processed),
	};
}

function stationsOf({ name, figures, centres }: Group): readonly StationFigures[] {
	const count = centres.reduce((sum, { stations }) => sum + stations.length, 0);
	if (count !== figures.stations) throw new Error(`${name}: ${count} stations listed, ${figures.stations} on the portal`);
	const registers = registersOf(figures, centres, chanceOf('registers', name));
	const places = registers.map((_, place) => place);
	const withForm = new Set(shuffle(places, chanceOf('forms', name)).slice(0, figures.processed));
	const dealt = deal(figures, registers.filter((_, place) => withForm.has(place)), chanceOf('ballots', name));
	const own = figures.processed === 1 && centres.length === 1 && centres[0]?.centre.figures !== undefined;
	let next = 0;
	let form = 0;
	return centres.flatMap(({ centre, stations }) =>
		stations.map((unit, index) => {
			const place = next++;
			const votes = withForm.has(place) ? dealt[form++] : undefined;
			const registered = registers[place] ?? 0;
			return { unit, centre, stream: index + 1, streams: stations.length, registered, votes, own: own && votes !== undefined };
		}),
	);
}

/** The register of a group over its centres, by chance and by their number of stations; within a centre evenly, as its streams are made. */
function registersOf({ registered }: Figures, centres: Group['centres'], chance: Chance): readonly number[] {
	const sizes = centres.map(({ stations }) => stations.length);
	const caps = sizes.map((size) => size * (REGISTER_MAX - 1));
	const spare = registered - sizes.reduce((sum, size) => sum + size, 0);
	if (spare < 0) throw new Error('fewer voters than stations');
	const weights = sizes.map((size) => size * (500 + chance(500)));
	return apportion(spare, weights, caps).flatMap((part, place) => {
		const size = sizes[place] ?? 0;
		return apportion(part + size, Array.from({ length: size }, () => 1));
	});
}

/** The group's ballots, shuffled and dealt to the stations that have a form. */
function deal({ votes }: Figures, registers: readonly number[], chance: Chance): readonly (readonly number[])[] {
	const total = votes.reduce((sum, count) => sum + count, 0);
	const room = registers.reduce((sum, voters) => sum + voters, 0);
	const weights = registers.map((voters) => voters * (950 + chance(100)));
	const sizes = apportion(total, weights, total <= room ? registers : undefined);
	const ballots = new Uint8Array(total);
	let at = 0;
	for (const [place, count] of votes.entries()) {
		ballots.fill(place, at, at + count);
		at += count;
	}
	shuffle<Uint8Array, number>(ballots, chance);
	at = 0;
	return sizes.map((size) => {
		const own = votes.map(() => 0);
		for (const place of ballots.subarray(at, at + size)) own[place] = (own[place] ?? 0) + 1;
		at += size;
		return own;
	});
}
