/**
 * Who takes part in a rehearsal (R10): synthetic keys for every role, one presiding officer for each station that reports, receiving and returning
 * officers for each area of one level, returning officers for each area in which collations are certified, clerks for the whole election. Names and holders are pseudonyms; nobody real is meant.
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
	/** Two per area of the officers' level, or of a level at which collations are certified; of different holders: some rulings take both. */
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

/** Levels at which collations of some contest are certified, or at whose areas a returning officer declares. */
function collationLevels({ contests, areas }: Election): readonly string[] {
	const levels = [...contests.values()].flatMap(({ collation, declaration, scope }) => [
		...collation.map(({ level }) => level),
		...(declaration?.by.kind === 'officer' ? [areas.get(scope)?.level ?? ''] : []),
	]);
	return [...new Set(levels)];
}

/** The areas of a level in the order of the package, from 001. */
function numbered({ areas }: Election, level: string): ReadonlyMap<string, string> {
	const there = [...areas.values()].filter((area) => area.level === level);
	return new Map(there.map(({ id }, place) => [id, String(place + 1).padStart(3, '0')]));
}

export function peopleOf(election: Election, clerkCount: number, keyOf: (name: string) => RehearsalKey): People {
	const level = officeLevel(election);
	const person = (name: string, role: Role, scope: Scope): Person => ({
		key: keyOf(name),
		holder: `holder/${name}`.slice(0, 64),
		role,
		scope,
	});
	const numbers = numbered(election, level);
	const office = (area: string) => numbers.get(area) ?? '000';
	const areas = [...numbers.keys()];
	const receiving = new Map(
		areas.map((id) => [id, person(`receiving/${office(id)}`, 'receiving-officer', { area: id })]),
	);
	const pair = (area: string, place: string): readonly [string, readonly [Person, Person]] => {
		const one = (letter: string) => person(`returning/${place}${letter}`, 'returning-officer', { area });
		return [area, [one('a'), one('b')]];
	};
	const collating = collationLevels(election).filter((one) => one !== level);
	const returning = new Map<string, readonly [Person, Person]>([
		...areas.map((id) => pair(id, office(id))),
		...collating.flatMap((one) => [...numbered(election, one)].map(([id, number]) => pair(id, `${one}/${number}`))),
	]);
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
