/**
 * A log as a count (K10): one contest at one stage, by polling stations or by the areas of a level. What it gives no figures of is named with its state, so that “only in the other” never stands unexplained.
 * It reads rows and nothing else, whoever keeps them.
 */
import { chainAbove } from '@matokeo/core/election/geography.ts';
import type { Contest } from '@matokeo/core/election/types.ts';
import type { Digest } from '@matokeo/core/record/said.ts';
import type { Figure } from '@matokeo/core/record/statement.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { countedNumbers, numberAt } from '@matokeo/core/rules/figures.ts';
import { countedCapture } from '@matokeo/core/rules/returns.ts';
import type { ReturnRow, RowReader } from '@matokeo/core/rules/rows.ts';
import { isMerged, returnOf, unitOf } from '@matokeo/core/rules/stations.ts';
import { cellsIn } from '@matokeo/core/standings/areaStations.ts';
import type { Baseline } from '@matokeo/core/standings/baseline.ts';
import { declaredResult } from '@matokeo/core/standings/declared.ts';
import { areasOf } from '@matokeo/core/standings/resultInput.ts';
import { type ReturnView, returnViewOf } from '@matokeo/core/standings/returnView.ts';
import { totalOf } from '@matokeo/core/standings/total.ts';
import { countAt } from '@matokeo/core/standings/vector.ts';
import type { Count, CountField } from '../count.ts';
import { formFields } from '../formFields.ts';
import { type Cell, gather, levelsUnder } from './gather.ts';

export interface LogParts {
	readonly context: Context;
	readonly baseline: Baseline;
	readonly rows: RowReader;
	/** What names the log as the rows stand: its root hash, or SHA-256 of its checkpoint. */
	readonly checkpoint: Digest;
	/** What reports call the log; the stage is added. */
	readonly title: string;
}

export type ReturnStage = 'reported' | 'verified' | 'inspected';

/** Words for areas without figures, beside the states of returns. */
export type AreaState = 'nothing-counted' | 'uncertified';

/** Polling stations at a stage, with every field of the form; those that the stage does not count are absent, by the state of their return. */
export function stationCount(log: LogParts, contest: Contest, stage: ReturnStage): Count {
	const steps = stationSteps(log, contest, stage);
	for (;;) {
		const { done, value } = steps.next();
		if (done === true) return value;
	}
}

/** The same, stopping after each station, for whoever must not hold up others meanwhile. What changes in the log between two steps may be in it or not. */
export function* stationSteps(log: LogParts, contest: Contest, stage: ReturnStage): Generator<undefined, Count> {
	const { context, rows } = log;
	const gathered = gather(levelsUnder(context.election, contest));
	for (const { chain, stations } of cellsIn(context, rows, contest, contest.scope)) {
		for (const { id } of stations) {
			const unit = unitOf(rows, contest.id, id);
			const row = returnOf(rows, contest.id, id, unit.poll);
			const view = returnViewOf(contest, unit, row, isMerged(rows, id));
			if (isCounted(view, stage)) gathered.add(id, chain, cellsOf(contest, row, stage));
			else gathered.absent.set(id, view.state);
			yield undefined;
		}
	}
	return gathered.count(`${log.title}, ${stage}`, 'station', formFields(contest), log.checkpoint);
}

function isCounted({ state, reported, inspected }: ReturnView, stage: ReturnStage): boolean {
	switch (stage) {
		case 'reported':
			return (state === 'verified' || state === 'received') && reported !== undefined;
		case 'verified':
			return state === 'verified';
		case 'inspected':
			return state === 'verified' && inspected;
	}
}

/** The form that the stage counts, field by field. */
function cellsOf(contest: Contest, row: ReturnRow, stage: ReturnStage): readonly Cell[] {
	const figures = figuresOf(contest, row, stage);
	return contest.fields.map((_, place) => numberAt(contest, figures, place) ?? textOf(figures[place]));
}

function figuresOf(contest: Contest, row: ReturnRow, stage: ReturnStage): readonly Figure[] {
	const officer = countedCapture({ captures: row.captures })?.figures;
	if (stage === 'reported' && officer !== undefined && countedNumbers(contest, officer) !== undefined) return officer;
	return countedCapture(row)?.accepted?.figures ?? [];
}

function textOf(figure: Figure | undefined): string {
	return figure === undefined ? '' : String(figure);
}

/** The areas of a level: sums of their returns at a stage, or what is certified of them. Only counted fields are added up. */
export function areaCount(log: LogParts, contest: Contest, level: string, stage: ReturnStage | 'collated'): Count {
	const { context, baseline, rows, title, checkpoint } = log;
	const gathered = gather(levelsUnder(context.election, contest, level));
	const set = (id: string, votes: readonly number[] | undefined, otherwise: AreaState) => {
		if (votes === undefined) gathered.absent.set(id, otherwise);
		else gathered.add(id, chainAbove(context.election, contest, id), votes);
	};
	for (const { id } of areasOf(context.election, contest).filter((area) => area.level === level)) {
		const total = totalOf(baseline, rows, contest, id);
		if (countAt(total, 'due') === 0) continue;
		if (stage === 'collated') set(id, collationRow(rows, contest.id, id).collated?.votes, 'uncertified');
		else set(id, countAt(total, stage) === 0 ? undefined : total[stage], 'nothing-counted');
	}
	return gathered.count(`${title}, ${stage}`, { area: level }, countedFields(contest), checkpoint);
}

/** The declaration in force as one row; `undefined` while nothing is declared. */
export function declaredCount({ context, rows, title, checkpoint }: LogParts, contest: Contest): Count | undefined {
	const declared = declaredResult(rows, contest);
	if (declared === undefined) return undefined;
	const fields = countedFields(contest);
	const gathered = gather([]);
	gathered.add(
		contest.scope,
		[],
		fields.map(({ id }) => declared.votes[id] ?? declared.categories[id] ?? 0),
	);
	const level = context.election.areas.get(contest.scope)?.level ?? '';
	return gathered.count(`${title}, declared`, { area: level }, fields, checkpoint);
}

function countedFields(contest: Contest): readonly CountField[] {
	const counted = new Set(contest.fields.filter((field) => field.counted).map(({ id }) => id));
	return formFields(contest).filter(({ id }) => counted.has(id));
}
