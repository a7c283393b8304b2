/**
 * What is remembered while a story is told: who has which key, what the story's names stand for, what is in force. Statements are said here and go into the log through the same door as
 * on election night; a refusal stops the rehearsal.
 */
import type { Contest, NamedKey } from '@matokeo/core/election/types.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import type { RehearsalKey } from '../keys.ts';
import type { RehearsalClock } from '../play/clock.ts';
import type { KeyOf } from '../play/opening.ts';
import type { Frozen } from '../play/port.ts';
import type { Unsaid } from '../play/speaking.ts';
import { contestIn, type Stage } from '../play/stage.ts';
import type { About } from './story.ts';

export interface Telling {
	readonly stage: Stage;
	readonly keyOf: KeyOf;
	readonly clock: RehearsalClock;
	/** Names of the story → what was said under them. */
	readonly named: Map<string, StatementId>;
	/** Objection → what it is about, and the last statement on it. */
	readonly objections: Map<StatementId, { readonly about: About; last: StatementId }>;
	/** Contest|area → the certificate in force. */
	readonly certificates: Map<string, StatementId>;
	/** Contest → the declaration in force. */
	readonly declarations: Map<string, StatementId>;
	/** Contest → a mark of its scope that nothing but certificates has followed. */
	readonly fresh: Map<string, Frozen>;
	/** Keys that were enrolled while the story was told: of agents, observers, newsrooms. */
	readonly enrolledHere: Set<string>;
	/** Contest|key → the last count that it has lodged. */
	readonly lodged: Map<string, StatementId>;
}

export function telling(stage: Stage, keyOf: KeyOf, clock: RehearsalClock): Telling {
	return {
		stage,
		keyOf,
		clock,
		named: new Map(),
		objections: new Map(),
		certificates: new Map(),
		declarations: new Map(),
		fresh: new Map(),
		enrolledHere: new Set(),
		lodged: new Map(),
	};
}

/** Says it and answers its id. */
export async function say(
	{ stage }: Telling,
	statement: Unsaid,
	...keys: readonly RehearsalKey[]
): Promise<StatementId> {
	const { id, bytes } = stage.room.say(statement, ...keys);
	await stage.log.append([bytes]);
	return id;
}

/** A text that stays out of the log: hidden behind a salt, handed over by who names it, named by its digest. */
export async function salted({ stage }: Telling, name: string, text: string, by: RehearsalKey): Promise<string> {
	const blob = utf8Encode(`${stage.room.chance.salt('text', name)}\n${text}\n`);
	await stage.log.hold([blob], by);
	return stage.suite.sha256Hex(blob);
}

/** The keys of so many different holders. */
export function quorumOf({ keyOf }: Telling, keys: readonly NamedKey[], least: number): readonly RehearsalKey[] {
	const holders = keys.filter(({ holder }, place) => keys.findIndex((other) => other.holder === holder) === place);
	return holders.slice(0, Math.max(1, least)).map(({ name }) => keyOf(name));
}

export function contestOf({ stage }: Telling, id: string): Contest {
	return contestIn(stage.election, id);
}

export function known<T>(map: ReadonlyMap<string, T>, name: string, what: string): T {
	const found = map.get(name);
	if (found === undefined) throw new Error(`the story speaks of ${what} "${name}", of which nothing was said before`);
	return found;
}
