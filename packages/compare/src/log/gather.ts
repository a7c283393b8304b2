/** Rows of a log on their way into a count, with the areas that they lie in. Knows keys and figures, not what they stand for. */

import type { Contest, Election, Text } from '@matokeo/core/election/types.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import { areasOf } from '@matokeo/core/standings/resultInput.ts';
import type { Count, CountAreas, CountField } from '../count.ts';

/** A number, or what stands in its place; '': nothing. */
export type Cell = number | string;

export interface AreaLevel extends Pick<CountAreas, 'level' | 'name' | 'values'> {
	readonly ids: readonly string[];
	readonly place: ReadonlyMap<string, number>;
}

/** The levels that are totalled below the contest's scope and above `level`; all below the scope without one. */
export function levelsUnder(election: Election, contest: Contest, level?: string): readonly AreaLevel[] {
	const scope = election.areas.get(contest.scope)?.level;
	const ids = contest.levels.filter((id) => id !== scope);
	const down = level === undefined ? ids : ids.slice(0, Math.max(0, ids.indexOf(level)));
	const all = areasOf(election, contest);
	return down.map((id) => {
		const areas = all.filter((area) => area.level === id);
		return {
			level: id,
			name: plain(election.levels.find((one) => one.id === id)?.name ?? {}) ?? id,
			ids: areas.map((area) => area.id),
			values: areas.map((area) => election.areas.get(area.id)?.name ?? area.id),
			place: new Map(areas.map((area, at) => [area.id, at])),
		};
	});
}

function plain(text: Text): string | undefined {
	return text['en'] ?? Object.values(text)[0];
}

export interface Gathered {
	/** Keys without figures, by what is said of them. */
	readonly absent: Map<string, string>;
	/** `chain`: ids of the areas that the row lies in, in any order. */
	readonly add: (key: string, chain: readonly string[], cells: readonly Cell[]) => void;
	readonly count: (title: string, level: Count['level'], fields: readonly CountField[], digest: Digest) => Count;
}

export function gather(levels: readonly AreaLevel[]): Gathered {
	const absent = new Map<string, string>();
	const keys: string[] = [];
	const numbers: number[] = [];
	const texts = new Map<number, string>();
	const of = levels.map((): number[] => []);
	return {
		absent,
		add: (key, chain, cells) => {
			keys.push(key);
			for (const cell of cells) {
				if (typeof cell === 'string' && cell !== '') texts.set(numbers.length, cell);
				numbers.push(typeof cell === 'number' ? cell : Number.NaN);
			}
			levels.forEach(({ place }, at) => {
				const known = chain.find((id) => place.has(id));
				of[at]?.push(known === undefined ? -1 : (place.get(known) ?? -1));
			});
		},
		count: (title, level, fields, digest) => ({
			title,
			level,
			fields,
			keys,
			values: Float64Array.from(numbers),
			texts,
			areas: levels.map(({ level: id, name, values, ids }, at) => ({
				level: id,
				name,
				values,
				ids,
				of: Int32Array.from(of[at] ?? []),
			})),
			absent,
			leftOut: [],
			filtered: 0,
			source: { digest },
		}),
	};
}
