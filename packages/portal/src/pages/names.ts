/** What the ids in a rule or a report are called on a page: candidates, areas and levels by their names, each safe to stand anywhere. */
import { foreign } from '../html/foreign.ts';
import type { Part } from '../html/html.ts';
import type { ContestHead, Named } from '../views/types.ts';
import type { Words } from '../words/words.ts';

export interface Names {
	readonly candidate: (id: string) => Part;
	readonly area: (id: string) => Part;
	readonly level: (id: string) => Part;
}

/** `areas`: those that a condition may name; one that is not among them keeps its id. */
export function namesOf(words: Words, contest: ContestHead, areas: readonly Named[] = []): Names {
	return {
		candidate: (id) => foreign(contest.candidates.find((candidate) => candidate.id === id)?.name ?? id),
		area: (id) => foreign(areas.find((area) => area.id === id)?.name ?? id),
		level: (id) => {
			const level = contest.levels.find((one) => one.id === id);
			return level === undefined ? foreign(id) : words.shown(level.text);
		},
	};
}
