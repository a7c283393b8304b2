/**
 * Chance that is none: everything that happens in the simulated world follows from one seed. Every actor draws from a stream of its own, named after it, so that one more draw of one actor
 * changes nothing for the others. Not for secrets.
 */
export interface Chance {
	/** A whole number from 0 to limit − 1. */
	readonly below: (limit: number) => number;
	/** A whole number from least to most. */
	readonly between: (least: number, most: number) => number;
	/** True so often out of a hundred times. */
	readonly percent: (often: number) => boolean;
	readonly pick: <T>(list: readonly T[]) => T;
	readonly shuffled: <T>(list: readonly T[]) => readonly T[];
	/** A stream of its own. */
	readonly stream: (name: string) => Chance;
}

export function chanceOf(seed: string): Chance {
	let state = 0x811c9dc5;
	for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193);
	const next = (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
		mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
		return (mixed ^ (mixed >>> 15)) >>> 0;
	};
	const below = (limit: number): number => next() % limit;
	const pick = <T>(list: readonly T[]): T => {
		const [found] = list.slice(below(Math.max(1, list.length)));
		if (found === undefined) throw new Error('there is nothing to pick from');
		return found;
	};
	return {
		below,
		between: (least, most) => least + below(most - least + 1),
		percent: (often) => below(100) < often,
		pick,
		shuffled: (list) => {
			const rest = [...list];
			return list.flatMap(() => rest.splice(below(rest.length), 1));
		},
		stream: (name) => chanceOf(`${seed}/${name}`),
	};
}
