/** What a player at random has before them: the log so far, chance, and the secrets of their clerks. */
import type { Image, Opening } from '../../../src/record/statement.ts';
import type { ReturnRow } from '../../../src/rules/rows.ts';
import { latestKey } from './auditor.ts';
import type { Chance } from './chance.ts';
import type { World } from './world.ts';

export interface Player {
	readonly world: World;
	readonly chance: Chance;
	/** Commitment → what was committed to. */
	readonly secrets: Map<string, Omit<Opening, 'reading'>>;
	readonly images: Image[];
	/** contest|station pairs that this player speaks about. */
	readonly places: readonly (readonly [string, string])[];
	/** How many images, enrolments and moments there have been. */
	readonly drawn: { count: number };
}

export function rowAt({ world: { rows } }: Player, contest: string, station: string): ReturnRow {
	return rows.get('return', latestKey(rows, contest, station)) ?? { captures: [] };
}
