/** Views of a contest as a whole, of one of its areas, and of the election's contests together. */
import type { Area, Contest } from '@matokeo/core/election/types.ts';
import { contestRow } from '@matokeo/core/rules/chains.ts';
import { contestResults, resultsOfArea } from '@matokeo/core/standings/results.ts';
import type { ArrivalPoint, RecordReader } from '../record.ts';
import type { HomeView } from './aboutTypes.ts';
import { countIds } from './counts.ts';
import { filingIds } from './filings.ts';
import { contestHead, stampOf } from './heads.ts';
import { areasBelow, contestArea, pathTo, stationsIn } from './places.ts';
import { contestStanding, stepsOf } from './standing.ts';
import { stationLine } from './stationLine.ts';
import type { AreaLine, AreaView, ContestView, PulseView } from './types.ts';

export function homeView(reader: RecordReader): HomeView {
	const contests = [...reader.election.contests.values()];
	return {
		stamp: stampOf(reader),
		contests: contests.map((contest) => ({
			contest: contestHead(reader, contest),
			results: contestResults(reader, contest),
			standing: contestStanding(reader, contest),
		})),
		notices: filingIds(reader, '', 'notices').length,
	};
}

export function contestView(reader: RecordReader, contest: Contest): ContestView {
	return {
		stamp: stampOf(reader),
		contest: contestHead(reader, contest),
		rule: contest.rule,
		results: contestResults(reader, contest),
		areas: linesOf(reader, contest, contest.scope),
		...arrivalsOf(reader, contest),
		changes: reader.changeCount(contest.id),
		standing: contestStanding(reader, contest),
		steps: stepsOf(reader, contest),
		objections: contestRow(reader.rows, contest.id).open ?? 0,
		counts: countIds(reader, contest.id).length,
	};
}

export function pulseView(reader: RecordReader, contest: Contest): PulseView {
	const { size, time } = reader.head();
	const { due, stages } = resultsOfArea(reader, contest, contest.scope);
	return { size, time, due, reported: stages.reported.stations, verified: stages.verified.stations };
}

/** `undefined` when the contest does not total such an area. */
export function areaView(reader: RecordReader, contest: Contest, id: string): AreaView | undefined {
	const area = contestArea(reader, contest, id);
	if (area === undefined) return undefined;
	return {
		stamp: stampOf(reader),
		contest: contestHead(reader, contest),
		area: { id, name: area.name, level: area.level },
		path: pathTo(reader, contest, id),
		results: resultsOfArea(reader, contest, id),
		areas: linesOf(reader, contest, id),
		stations: stationsIn(reader, contest, id).map((station) => stationLine(reader, contest, station)),
	};
}

export function linesOf(reader: RecordReader, contest: Contest, area: string): readonly AreaLine[] {
	return areasBelow(reader, contest, area).map(({ id, name, level }: Area) => ({
		id,
		name,
		level,
		results: resultsOfArea(reader, contest, id),
	}));
}

/** Steps that people read easily, in seconds; the first that draws the night in at most so many. */
const STEPS = [300, 600, 1_800, 3_600, 21_600, 86_400] as const;
const STEPS_SHOWN_MAX = 120;

export function arrivalsOf(
	reader: RecordReader,
	contest: Contest,
): { readonly arrivals: readonly ArrivalPoint[]; readonly arrivals_step: number } {
	const finest = reader.arrivals(contest.id, STEPS[0]);
	const span = (finest.at(-1)?.time ?? 0) - (finest[0]?.time ?? 0);
	const step = STEPS.find((one) => span / one <= STEPS_SHOWN_MAX) ?? 86_400;
	const forms = new Map<number, number>();
	for (const point of finest) {
		const time = point.time - (point.time % step);
		forms.set(time, (forms.get(time) ?? 0) + point.forms);
	}
	return { arrivals: [...forms].map(([time, count]) => ({ time, forms: count })), arrivals_step: step };
}
