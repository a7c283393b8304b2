/** The total of a contest in an area as a report has it: votes at one stage, and how many of the stations due have been dealt with. */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { TotalRow } from '@matokeo/core/rules/rows.ts';
import { totalOf } from '@matokeo/core/standings/total.ts';
import { countAt } from '@matokeo/core/standings/vector.ts';
import type { NistSource, NistStage } from './source.ts';

export interface NistTotal {
	/** Stations that are due: those that are cancelled or merged away are none. */
	readonly due: number;
	/** Counted at the stage, or disregarded or set aside: nothing more is awaited of them. */
	readonly done: number;
	/** Stations whose votes are in the total. */
	readonly counted: number;
	readonly quarantined: number;
	/** Stations where documents differ and no ruling has settled it. */
	readonly open: number;
	/** By counted field, in the order of the form. */
	readonly votes: readonly number[];
	readonly quarantinedVotes: readonly number[];
	/** Absent where the register of a station due is not known. */
	readonly registered?: number;
	/** Returns of which any form counts, whatever its stage. */
	readonly received: number;
}

export function nistTotal(source: NistSource, contest: Contest, area: string, stage: NistStage): NistTotal {
	const total: TotalRow = totalOf(source.baseline, source.rows, contest, area);
	const at = (place: Parameters<typeof countAt>[1]) => countAt(total, place);
	const known = at('registeredUnknown') === 0;
	return {
		due: at('due'),
		done: at(stage) + at('disregarded') + at('setAside'),
		counted: at(stage),
		quarantined: at('quarantined'),
		open: at('discrepantOpen'),
		votes: total[stage],
		quarantinedVotes: total.quarantined,
		...(known ? { registered: at('registered') } : {}),
		received: at('due') - at('missing'),
	};
}

export function sumOf(votes: readonly number[]): number {
	return votes.reduce((sum, count) => sum + count, 0);
}
