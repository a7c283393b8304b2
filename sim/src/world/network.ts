/**
 * The network of the simulated world: messages take their time, overtake one another, get lost, come twice, and do not pass where it is cut. It does not know what they say.
 */
import type { Chance } from './chance.ts';
import type { Events } from './events.ts';

/** Where somebody is: 'server', a witness's name, or one of the two sides on which everybody else lives. */
export type Place = string;

export interface Weather {
	/** Per cent of messages that are lost, and that come twice. */
	readonly lost: number;
	readonly twice: number;
	/** Milliseconds that a message takes at the most. */
	readonly slowest: number;
}

export interface Network {
	/**
	 * Asks somebody there; `answer` runs there, perhaps twice, perhaps never. `heard` runs here once: with the first answer that arrives, or with `undefined` when none has within the time.
	 */
	readonly ask: <T>(
		from: Place,
		to: Place,
		what: string,
		answer: () => T | undefined | Promise<T | undefined>,
		heard: (answer: T | undefined) => void,
	) => void;
	/** Replaces the weather until somebody else does. */
	readonly weather: (weather: Weather) => void;
	readonly isFair: () => boolean;
	/** Nothing passes between the two places until it is mended. */
	readonly cut: (a: Place, b: Place) => void;
	readonly mend: (a: Place, b: Place) => void;
	readonly isCut: (a: Place, b: Place) => boolean;
}

export const FAIR: Weather = { lost: 1, twice: 1, slowest: 400 };
/** How long anybody waits for an answer. */
export const PATIENCE_MS = 5_000;

export function network(chance: Chance, events: Events): Network {
	let weather = FAIR;
	const cuts = new Set<string>();
	const between = (a: Place, b: Place): string => [a, b].sort().join('|');
	const isCut = (a: Place, b: Place): boolean => cuts.has(between(a, b));

	const send = (from: Place, to: Place, what: string, arrive: () => void | Promise<void>): void => {
		const copies = chance.percent(weather.lost) ? 0 : chance.percent(weather.twice) ? 2 : 1;
		for (let i = 0; i < copies; i++)
			events.after(chance.between(5, weather.slowest), what, () => (isCut(from, to) ? undefined : arrive()));
	};
	return {
		ask: (from, to, what, answer, heard) => {
			let open = true;
			send(from, to, what, async () => {
				const answered = await answer();
				if (answered === undefined) return;
				send(to, from, `${what}, answered`, () => {
					if (open) heard(answered);
					open = false;
				});
			});
			events.after(PATIENCE_MS, `${what}, given up`, () => {
				if (open) heard(undefined);
				open = false;
			});
		},
		weather: (next) => {
			weather = next;
		},
		isFair: () => weather === FAIR,
		cut: (a, b) => void cuts.add(between(a, b)),
		mend: (a, b) => void cuts.delete(between(a, b)),
		isCut,
	};
}
