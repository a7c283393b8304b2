/** Repeatable chance for tests: the same seed gives the same history on every machine. A linear congruence of 2³² with its high bits read. */
export interface Chance {
	/** 0 … below − 1. */
	readonly below: (bound: number) => number;
	readonly one: <T>(list: readonly T[]) => T;
	/** True so many times in a hundred. */
	readonly percent: (share: number) => boolean;
	/** A name drawn as often as its weight says. */
	readonly weighted: <T extends string>(weights: Readonly<Record<T, number>>) => T;
}

export function chanceOf(seed: number): Chance {
	let state = seed >>> 0;
	const below = (bound: number): number => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		const mixed = Math.imul(state ^ (state >>> 15), 2_246_822_519) >>> 0;
		return Math.floor(((mixed ^ (mixed >>> 13)) >>> 0) / (4_294_967_296 / bound));
	};
	const one = <T>(list: readonly T[]): T => {
		const found = list[below(list.length)];
		if (found === undefined) throw new Error('nothing to choose from');
		return found;
	};
	return {
		below,
		one,
		percent: (share) => below(100) < share,
		weighted: <T extends string>(weights: Readonly<Record<T, number>>): T => {
			const entries = Object.entries(weights) as [T, number][];
			let left = below(entries.reduce((sum, [, weight]) => sum + weight, 0));
			const drawn = entries.find(([, weight]) => {
				left -= weight;
				return left < 0;
			});
			if (drawn === undefined) throw new Error('nothing to choose from');
			return drawn[0];
		},
	};
}
