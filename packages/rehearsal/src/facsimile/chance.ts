/**
 * Chance that is none: a sequence of numbers that follows from a seed alone, so that a facsimile's bytes do. Good enough
 * to vary a pen stroke; nothing secret or statistical may rest on it.
 */
export interface Chance {
	/** A whole number from 0 to count − 1. */
	readonly below: (count: number) => number;
	/** A number between −reach and reach. */
	readonly around: (reach: number) => number;
}

export function chance(seed: string): Chance {
	let state = 0x811c9dc5;
	for (let i = 0; i < seed.length; i++) state = Math.imul(state ^ seed.charCodeAt(i), 0x01000193);
	const next = (): number => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
		mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
		return (mixed ^ (mixed >>> 15)) >>> 0;
	};
	return {
		below: (count) => next() % count,
		around: (reach) => (next() / 0xffffffff) * 2 * reach - reach,
	};
}
