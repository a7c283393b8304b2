/**
 * Which areas of a contest are in a report and which lie in which, along the contest's own hierarchy: an area that is totalled only for another contest is passed over, so that an electoral area may lie directly under one that is no parent of it on the map.
 */
import { chainAbove } from '@matokeo/core/election/geography.ts';
import type { Area, Contest, Election } from '@matokeo/core/election/types.ts';
import { areasOf } from '@matokeo/core/standings/resultInput.ts';

export interface ContestPlaces {
	/** The scope, or the area that alone was asked for. */
	readonly root: string;
	/** In the order of the package; the root is among them. */
	readonly areas: readonly Area[];
	readonly ids: ReadonlySet<string>;
	/** Area → the areas directly in it; the scope has the root when that is another. */
	readonly inside: ReadonlyMap<string, readonly string[]>;
}

export function contestPlaces(election: Election, contest: Contest, root: string = contest.scope): ContestPlaces {
	const wanted = areasOf(election, contest).filter(({ id }) => chainAbove(election, contest, id).includes(root));
	const ids = new Set([root, ...wanted.map(({ id }) => id)]);
	const areas = [...election.areas.values()].filter(({ id }) => ids.has(id));
	const inside = new Map<string, string[]>();
	const put = (parent: string, child: string): void => {
		const list = inside.get(parent) ?? [];
		list.push(child);
		inside.set(parent, list);
	};
	for (const { id } of areas) {
		if (id === root) continue;
		const parent = chainAbove(election, contest, id)
			.slice(1)
			.find((above) => ids.has(above));
		put(parent ?? root, id);
	}
	if (root !== contest.scope) put(contest.scope, root);
	return { root, areas, ids, inside };
}
