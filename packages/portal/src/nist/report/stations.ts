/**
 * The polling stations of a contest with what a report says of each: figures at one stage in a packed list of numbers, and how it stands. A country's stations are asked once, although their figures stand in the report candidate by candidate.
 */
import type { Contest, Station } from '@matokeo/core/election/types.ts';
import { isMerged, returnOf, stationOf, unitOf } from '@matokeo/core/rules/stations.ts';
import { cellsIn } from '@matokeo/core/standings/areaStations.ts';
import { type ReturnState, type ReturnView, returnViewOf } from '@matokeo/core/standings/returnView.ts';
import type { NistSource, NistStage } from './source.ts';

export interface StationTable {
	readonly contest: Contest;
	/** In groups that lie in the same lowest area, in the order of the package. */
	readonly stations: readonly Station[];
	/** Of each station, the lowest area that is totalled. */
	readonly areas: readonly string[];
	readonly states: readonly ReturnState[];
	/** Further words about how each stands; most have none. */
	readonly remarks: readonly (readonly string[])[];
	/** Whether the station at this place counts at the stage. */
	readonly counts: (place: number) => boolean;
	/** Of the counted field at this number; 0 where the station does not count. */
	readonly votes: (place: number, field: number) => number;
}

/** Returns in these states are in the stages, as far as they say anything there. */
const FREE: ReadonlySet<ReturnState> = new Set(['verified', 'received', 'no-form-seen', 'missing']);

export function stationTable(source: NistSource, contest: Contest, root: string, stage: NistStage): StationTable {
	const { context, rows } = source;
	const cells = cellsIn(context, rows, contest, root);
	const stations = cells.flatMap((cell) =>
		cell.stations.map((planned) => stationOf(context, rows, planned.id) ?? planned),
	);
	const areas = cells.flatMap(({ chain, stations: inside }) => inside.map(() => chain.at(-1) ?? root));
	const fields = contest.fields.filter(({ counted }) => counted).length;
	const packed = new Float64Array(stations.length * fields);
	const counting = new Uint8Array(stations.length);
	const states: ReturnState[] = [];
	const remarks: (readonly string[])[] = [];
	stations.forEach(({ id }, place) => {
		const unit = unitOf(rows, contest.id, id);
		const view = returnViewOf(contest, unit, returnOf(rows, contest.id, id, unit.poll), isMerged(rows, id));
		states.push(view.state);
		remarks.push(remarksOf(view, unit.poll));
		const votes = votesAt(view, stage);
		if (votes === undefined) return;
		counting[place] = 1;
		packed.set(votes, place * fields);
	});
	return {
		contest,
		stations,
		areas,
		states,
		remarks,
		counts: (place) => counting[place] === 1,
		votes: (place, field) => packed[place * fields + field] ?? 0,
	};
}

function votesAt(view: ReturnView, stage: NistStage): readonly number[] | undefined {
	if (!FREE.has(view.state)) return undefined;
	if (stage === 'inspected') return view.inspected ? view.verified : undefined;
	return view[stage];
}

const NONE: readonly string[] = [];
/** States that CountStatus itself says. */
const PLAIN: ReadonlySet<ReturnState> = new Set(['verified', 'received', 'missing']);

function remarksOf(view: ReturnView, poll: number): readonly string[] {
	const remarks: readonly (readonly [string, boolean])[] = [
		[view.state, !PLAIN.has(view.state)],
		['discrepant-open', view.differs === 'open'],
		['as-written', view.as_written],
		['flagged', view.flagged],
		['disputed', view.disputed],
		[`poll-${poll}`, poll > 1],
	];
	const told = remarks.flatMap(([word, there]) => (there ? [word] : []));
	return told.length === 0 ? NONE : told;
}
