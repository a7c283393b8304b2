/**
 * Chance that is none: whole numbers that follow from a name alone (SHA-256 of it seeds xoshiro128**), so that the synthetic figures are the same on every
 * machine. Good enough to deal votes out; nothing statistical may rest on it.
 */
import { createHash } from 'node:crypto';

/** A whole number from 0 to limit − 1. */
export type Chance = (limit: number) => number;

export function chanceOf(...name: readonly string[]): Chance {
	const digest = createHash('sha256').update(['ke-2017-rehearsal synthetic', ...name].join('\n')).digest();
	let [a, b, c, d] = [0, 4, 8, 12].map((at) => digest.readInt32LE(at)) as [number, number, number, number];
	const turned = (word: number, by: number) => (word << by) | (word >>> (32 - by));
	return (limit) => {
		const word = Math.imul(turned(Math.imul(b, 5), 7), 9) >>> 0;
		const shifted = b << 9;
		c ^= a;
		d ^= b;
		b ^= c;
		a ^= d;
		c ^= shifted;
		d = turned(d, 11);
		return word % limit;
	};
}

/** In place, each order as likely as the others. */
export function shuffle<T extends { [place: number]: V; readonly length: number }, V>(items: T, chance: Chance): T {
	for (let last = items.length - 1; last > 0; last--) {
		const other = chance(last + 1);
		const kept = items[last];
		const moved = items[other];
		if (kept === undefined || moved === undefined) throw new Error('a place outside of the list');
		items[last] = moved;
		items[other] = kept;
	}
	return items;
}
