/**
 * Who takes part in a rehearsal (R10): synthetic keys for every role, one presiding officer for each station that reports, receiving and returning
 * officers for each area of one level, clerks for the whole election. Names and holders are pseudonyms; nobody real is meant.
 */
import { areaOf, GEOGRAPHIC, upwards } from '@matokeo/core/election/geography.ts';
import type { Election, Station } from '@matokeo/core/election/types.ts';
import type { EnrolledKey, Role, Scope } from '@matokeo/core/record/statement.ts';
import { base64Encode } from '@matokeo/core/std/bytes.ts';
import type { RehearsalKey } from '../keys.ts';

export interface Person {
	readonly key: RehearsalKey;
	readonly holder: string;
	readonly role: Role;
	readonly scope: Scope;
}

export interface People {
	readonly presiding: (station: string) => Person;
	readonly receiving: (area: string) => Person;
	/** Two per area, of different holders: some rulings take both. */
	readonly returning: (area: string) => readonly [Person, Person];
	readonly clerks: readonly Person[];
	/** The area whose officers are responsible for the station. */
	readonly officeOf: (station: Station) => string;
	/** The keys of everybody but the presiding officers. */
	readonly offices: readonly Person[];
}

const OFFICES_MAX = 100;

/** The lowest level with at most a hundred areas: where receiving and returning officers sit. */
function officeLevel(election: Election): string {
	const counts = new Map<string, number>();
	for (const { level } of election.areas.values()) counts.set(level, (counts.get(level) ?? 0) + 1);
	const fitting = election.levels.filter(({ id }) => (counts.get(id) ?? 0) <= OFFICES_MAX);
	return fitting.at(-1)?.id ?? election.levels[0]?.id ?? '';
}

export function peopleOf(election: Election, clerkCount: number, keyOf: (name: string) => RehearsalKey): People {
	const level = officeLevel(election);
	const person = (name: string, role: Role, scope: Scope): Person => ({
		key: keyOf(name),
		holder: `holder/${name}`.slice(0, 64),
		role,
		scope,
	});
	const areas = [...election.areas.values()].filter((area) => area.level === level).map(({ id }) => id);
	const numbers = new Map(areas.map((id, place) => [id, String(place + 1).padStart(3, '0')]));
	const office = (area: string) => numbers.get(area) ?? '000';
	const receiving = new Map(
		areas.map((id) => [id, person(`receiving/${office(id)}`, 'receiving-officer', { area: id })]),
	);
	const returning = new Map<string, readonly [Person, Person]>(
		areas.map((id) => [
			id,
			[
				person(`returning/${office(id)}a`, 'returning-officer', { area: id }),
				person(`returning/${office(id)}b`, 'returning-officer', { area: id }),
			],
		]),
	);
	const clerks = Array.from({ length: clerkCount }, (_, i) =>
		person(`clerk/${String(i + 1).padStart(3, '0')}`, 'clerk', {}),
	);
	return {
		presiding: (station) => person(`presiding/${station}`, 'presiding-officer', { station }),
		receiving: (area) => known(receiving, area),
		returning: (area) => known(returning, area),
		clerks,
		officeOf: (station) => {
			const chain = upwards(election.areas, GEOGRAPHIC, areaOf(station, GEOGRAPHIC));
			return chain.find((id) => numbers.has(id)) ?? '';
		},
		offices: [...receiving.values(), ...[...returning.values()].flat(), ...clerks],
	};
}

export function enrolled({ key, holder, role, scope }: Person): EnrolledKey {
	return { holder, key: base64Encode(key.publicKey), name: key.name, role, scope };
}

function known<T>(map: ReadonlyMap<string, T>, key: string): T {
	const value = map.get(key);
	if (value === undefined)
		throw new Error(
			`no officer is responsible for "${key}": every station must lie under an area of the officers' level`,
		);
	return value;
}
