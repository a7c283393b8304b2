/** The forms of a player at random: what the paper at a station says, and the ways to get it wrong. */
import type { Figures } from '../../../src/record/statement.ts';
import type { Chance } from './chance.ts';

/** What the paper at a station says, and how it can be got wrong. */
export function figuresOf(chance: Chance, contest: string, station: string, honest: number): Figures {
	const base = contest === 'council' ? councilFigures() : presidentFigures(station.charCodeAt(2));
	if (chance.percent(honest)) return base;
	const first = contest === 'council' ? 'dora' : 'alba';
	switch (chance.weighted({ other: 5, sum: 3, illegible: 1, struck: 1, blank: 2, huge: 1, over: 2 })) {
		case 'other':
			return contest === 'council'
				? { ...base, dora: 41, emil: 10 }
				: { ...base, alba: 41, benta: 1, valid: 52, cast: 54 };
		case 'sum':
			return contest === 'council' ? { ...base, dora: 900 } : { ...base, valid: 999 };
		case 'illegible':
			return { ...base, [first]: 'illegible' };
		case 'struck':
			return { ...base, [first]: 'struck' };
		case 'blank':
			return { ...base, [first]: 'blank' };
		case 'huge':
			return { ...base, [first]: Number.MAX_SAFE_INTEGER };
		default:
			return contest === 'council' ? { ...base, emil: 700 } : { ...base, alba: 900, valid: 919, cast: 921 };
	}
}

export function presidentFigures(votes: number): Figures {
	return { alba: votes, benta: 9, chidi: 10, valid: votes + 19, rejected: 2, cast: votes + 21 };
}

function councilFigures(): Figures {
	return { dora: 40, emil: 11, blank: 0, null: 'blank' };
}
