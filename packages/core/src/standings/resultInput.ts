/**
 * The verified totals of a contest as `result/` wants them (T18), with what is still outstanding in each area. It does not know the rule.
 */

import { GEOGRAPHIC, parentOf } from '../election/geography.ts';
import type { Contest, CountedStage, Election } from '../election/types.ts';
import type { Stakes } from '../result/stakes.ts';
import type { ResultInput, TallyArea, TallyUnit } from '../result/tally.ts';
import { candidateKey, type RowReader, type TotalRow } from '../rules/rows.ts';
import type { Baseline } from './baseline.ts';
import { totalOf } from './total.ts';
import { countAt } from './vector.ts';

/** At the verified stage unless another is named; what is outstanding is what is not verified. */
export function resultInputOf(
	election: Election,
	baseline: Baseline,
	rows: RowReader,
	contest: Contest,
	stage: CountedStage = 'verified',
): ResultInput {
	const amended = contest.candidates.map(({ id }) => rows.get('candidate', candidateKey(contest.id, id)));
	const voided = amended.map((row) => row?.votes === 'void' && row.status !== 'standing');
	const total = (area: string): TotalRow => totalOf(baseline, rows, contest, area);
	const unit = (area: TotalRow): TallyUnit => unitOf(contest, area, voided, stage);
	return {
		candidates: contest.candidates.map(({ id }, place) => {
			const status = amended[place]?.status ?? 'standing';
			return { id, eligible: status === 'standing' };
		}),
		total: unit(total(contest.scope)),
		areas: areasByLevel(election, contest, (id) => {
			const area = total(id);
			return { id, unit: unit(area), stakes: stakesOf(area) };
		}),
	};
}

/** The areas of a contest by level, in the order of the package. */
export function areasOf(
	election: Election,
	contest: Contest,
): readonly { readonly id: string; readonly level: string }[] {
	return [...election.areas.values()].filter(
		({ id, level }) => contest.levels.includes(level) && isBelow(election, contest, id),
	);
}

function areasByLevel(
	election: Election,
	contest: Contest,
	unit: (area: string) => TallyArea,
): ReadonlyMap<string, readonly TallyArea[]> {
	const levels = new Map<string, TallyArea[]>();
	for (const { id, level } of areasOf(election, contest)) {
		const list = levels.get(level) ?? [];
		list.push(unit(id));
		levels.set(level, list);
	}
	return levels;
}

/** Whether the area is the scope or lies under it, along the contest's own hierarchy or the geographic one. */
function isBelow({ areas }: Election, { scope, hierarchy }: Contest, area: string): boolean {
	for (const along of new Set([hierarchy, GEOGRAPHIC])) {
		for (let id = area; id !== ''; id = parentOf(areas, along, id)) if (id === scope) return true;
	}
	return false;
}

function unitOf(contest: Contest, total: TotalRow, voided: readonly boolean[], stage: CountedStage): TallyUnit {
	const votes: number[] = [];
	const categories: Record<string, number> = {};
	let place = 0;
	for (const field of contest.fields) {
		if (!field.counted) continue;
		const count = total[stage][place++] ?? 0;
		if (field.candidate) votes.push(voided[votes.length] === true ? 0 : count);
		else categories[field.id] = count;
	}
	return {
		votes,
		categories,
		registered: countAt(total, 'registered'),
		outstanding: countAt(total, 'outstandingUnbounded') > 0 ? 'unbounded' : countAt(total, 'outstandingBallots'),
		outstandingStations: countAt(total, 'outstanding'),
	};
}

/** What returns that may still change the totals could hold, at most. */
export function stakesOf(total: TotalRow): Stakes {
	const stake = (stations: number, ballots: number, unbounded: number) =>
		({ stations, ballots: unbounded > 0 ? 'unbounded' : ballots }) as const;
	const at = (place: Parameters<typeof countAt>[1]) => countAt(total, place);
	return {
		missing: stake(at('missing'), at('missingBallots'), at('missingUnbounded')),
		quarantined: stake(at('quarantined'), at('quarantinedBallots'), at('quarantinedUnbounded')),
		discrepant: stake(at('discrepantOpen'), at('discrepantOpenBallots'), at('discrepantOpenUnbounded')),
		disputed: stake(at('disputed'), at('disputedBallots'), at('disputedUnbounded')),
	};
}
