/**
 * How a rehearsal begins: the authority's quorum opens the log, two registrars enrol everybody, in batches.
 */
import type { Election, NamedKey } from '@matokeo/core/election/types.ts';
import type { RehearsalKey } from '../keys.ts';
import { enrolled, type People } from './people.ts';
import type { RehearsalLog } from './port.ts';
import type { Say } from './speaking.ts';

export type KeyOf = (name: string) => RehearsalKey;

export interface Enrolled {
	readonly enrolments: number;
	readonly keys: number;
}

/** So many entries of at most 320 bytes stay below the limit of a leaf. */
const KEYS_PER_LEAF = 200;
const REGISTRARS = 2;

/** Everybody who sits at an office, and a presiding officer for each of these stations. */
export async function enrolAll(
	election: Election,
	stations: readonly string[],
	log: RehearsalLog,
	say: Say,
	people: People,
	keyOf: KeyOf,
): Promise<Enrolled> {
	const quorum = distinctHolders(election.authority.keys).slice(0, election.authority.quorum);
	const registrars = distinctHolders(election.registrars).slice(0, REGISTRARS);
	const signing = (keys: readonly NamedKey[]) => keys.map(({ name }) => keyOf(name));
	await log.append([say({ type: 'election/open', origin: election.log.origin }, ...signing(quorum)).bytes]);
	const everybody = [...people.offices, ...stations.map((station) => people.presiding(station))].map(enrolled);
	const leaves: Uint8Array[] = [];
	for (let at = 0; at < everybody.length; at += KEYS_PER_LEAF) {
		const keys = everybody.slice(at, at + KEYS_PER_LEAF);
		leaves.push(say({ type: 'key/enrol', keys }, ...signing(registrars)).bytes);
	}
	await log.append(leaves);
	return { enrolments: leaves.length, keys: everybody.length };
}

/** Each key is made once. */
export function keysInMemory(make: KeyOf): KeyOf {
	const made = new Map<string, RehearsalKey>();
	return (name) => {
		const known = made.get(name) ?? make(name);
		made.set(name, known);
		return known;
	};
}

function distinctHolders(keys: readonly NamedKey[]): readonly NamedKey[] {
	return keys.filter(({ holder }, place) => keys.findIndex((other) => other.holder === holder) === place);
}
