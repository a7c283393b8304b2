/** Votes of one stage by the names of candidates and categories, as results spell them (T19). */
import type { Contest } from '../election/types.ts';

export interface StageResult {
	readonly stations: number;
	/** Candidate → votes. */
	readonly votes: Readonly<Record<string, number>>;
	/** Blank, null, rejected…: counted fields that are not candidates. */
	readonly categories: Readonly<Record<string, number>>;
}

export function stage(contest: Contest, stations: number, figures: readonly number[]): StageResult {
	const votes: Record<string, number> = {};
	const categories: Record<string, number> = {};
	let place = 0;
	for (const field of contest.fields) {
		if (!field.counted) continue;
		(field.candidate ? votes : categories)[field.id] = figures[place++] ?? 0;
	}
	return { stations, votes, categories };
}
