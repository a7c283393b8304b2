/**
 * The tree of reporting units: the areas of all contests of the report, and their stations when it has those. A unit stands once, whatever contests count there; a parent lists each child once. Where contests are tallied along different hierarchies, an area may have two parents.
 */
import type { Area, Contest, Election, Station } from '@matokeo/core/election/types.ts';
import type { ReturnState } from '@matokeo/core/standings/returnView.ts';
import { nistId } from '../write/ids.ts';
import { type Member, type Node, nodes, references, some } from '../write/node.ts';
import { type CountState, countStatus, externalId, nameText, stateOf } from './parts.ts';
import type { ContestPlaces } from './places.ts';
import type { StationTable } from './stations.ts';
import type { NistTotal } from './totals.ts';

/** One contest of a report: where it is counted, and its stations when the report has those. */
export interface ReportedContest {
	readonly contest: Contest;
	readonly places: ContestPlaces;
	/** Of every area in the report, read in one go: a record that grows while the report is written does not change it. */
	readonly totals: ReadonlyMap<string, NistTotal>;
	readonly table: StationTable | undefined;
}

export function* reportingUnits(election: Election, reported: readonly ReportedContest[]): Generator<Node> {
	const inside = childrenOf(reported);
	const ids = new Set(reported.flatMap(({ contest, places }) => [contest.scope, ...places.areas.map(({ id }) => id)]));
	for (const area of election.areas.values())
		if (ids.has(area.id)) yield areaUnit(reported, area, [...(inside.get(area.id) ?? [])]);
	yield* stationUnits(reported);
}

/** Area → ids of the units directly in it, as they stand in the report. */
function childrenOf(reported: readonly ReportedContest[]): ReadonlyMap<string, ReadonlySet<string>> {
	const inside = new Map<string, Set<string>>();
	const put = (parent: string, child: string): void => {
		const list = inside.get(parent) ?? new Set<string>();
		list.add(child);
		inside.set(parent, list);
	};
	for (const { places, table } of reported) {
		for (const [parent, children] of places.inside) for (const child of children) put(parent, nistId('area', child));
		table?.stations.forEach(({ id }, place) => {
			put(table.areas[place] ?? places.root, nistId('station', id));
		});
	}
	return inside;
}

function areaUnit(reported: readonly ReportedContest[], { id, level, name }: Area, children: readonly string[]): Node {
	const totals = reported.flatMap(({ places, totals: of }) => (places.ids.has(id) ? (of.get(id) ?? []) : []));
	const [first] = totals;
	// Stations that vote in several contests are dealt with when they are in all of them: no more than in the one that has come least far.
	const least = totals.reduce(
		(worst, total) => (total.due - total.done > worst.due - worst.done ? total : worst),
		first ?? NOTHING,
	);
	const counted: readonly (Member | undefined)[] =
		first === undefined
			? []
			: [
					['CountStatus', nodes(least.due === 0 ? [] : [countStatus(stateOf(least))])],
					['SubUnitsReported', least.done],
					['TotalSubUnits', least.due],
				];
	const members = some([
		references('ComposingGpUnitIds', children),
		['ExternalIdentifier', nodes([externalId('area-code', id)])],
		['Name', nameText(name)],
		...counted,
		...typeOf(level),
		first?.registered === undefined ? undefined : ['VotersRegistered', first.registered],
	]);
	return { class: 'ReportingUnit', id: nistId('area', id), derived: true, members: () => members };
}

const NOTHING = { due: 0, done: 0, received: 0 };

/** Levels of a package that the format has a word for, by their ids; `nation` and `national` are its `country`. Any other keeps its own word. */
const TYPES: ReadonlyMap<string, string> = new Map([
	...['borough', 'city', 'country', 'county', 'municipality', 'state', 'town', 'township', 'village', 'ward'].map(
		(word) => [word, word] as const,
	),
	['nation', 'country'],
	['national', 'country'],
]);

function typeOf(level: string): readonly Member[] {
	const type = TYPES.get(level);
	return type === undefined
		? [
				['Type', 'other'],
				['OtherType', level],
			]
		: [['Type', type]];
}

/** Stations in the order of the first contest that has them. */
function* stationUnits(reported: readonly ReportedContest[]): Generator<Node> {
	const tables = reported.flatMap(({ table }) => (table === undefined ? [] : [table]));
	const [only] = tables;
	if (only === undefined) return;
	if (tables.length === 1) {
		for (const [place, station] of only.stations.entries()) yield stationUnit(station, [{ table: only, place }]);
		return;
	}
	const votes = new Map<string, { readonly table: StationTable; readonly place: number }[]>();
	for (const table of tables)
		for (const [place, { id }] of table.stations.entries()) votes.set(id, [...(votes.get(id) ?? []), { table, place }]);
	for (const at of votes.values()) {
		const [first] = at;
		const station = first?.table.stations[first.place];
		if (station !== undefined) yield stationUnit(station, at);
	}
}

function stationUnit(station: Station, at: readonly { readonly table: StationTable; readonly place: number }[]): Node {
	const states = at.map(({ table, place }) => stationState(table, place));
	const remarks = at.flatMap(({ table, place }, which) =>
		(table.remarks[place] ?? []).map((word) =>
			countStatus(states[which] ?? 'not-processed', `${table.contest.id}:${word}`),
		),
	);
	const members = some([
		['ExternalIdentifier', nodes(codesOf(station))],
		['Name', nameText(station.name)],
		['CountStatus', nodes([countStatus(together(states)), ...remarks])],
		['Number', station.id],
		['Type', 'polling-place'],
		station.registered === undefined ? undefined : ['VotersRegistered', station.registered],
	]);
	return { class: 'ReportingUnit', id: nistId('station', station.id), derived: true, members: () => members };
}

/** A division of Open Civic Data is named only where the package's table of stations does. */
const OCD_COLUMNS = ['ocd_id', 'ocd-id'];

function codesOf({ id, attributes }: Station): readonly Node[] {
	const ocd = OCD_COLUMNS.flatMap((column) => attributes[column] ?? []).filter((value) =>
		value.startsWith('ocd-division/'),
	);
	return [externalId('station-code', id), ...ocd.map((value) => externalId('ocd-id', value))];
}

const DONE: ReadonlySet<ReturnState> = new Set(['disregarded', 'set-aside']);
const UNDER_WAY: ReadonlySet<ReturnState> = new Set(['verified', 'received', 'quarantined']);

function stationState(table: StationTable, place: number): CountState {
	const state = table.states[place] ?? 'missing';
	if (table.counts(place) || DONE.has(state)) return 'completed';
	return UNDER_WAY.has(state) ? 'in-process' : 'not-processed';
}

function together(states: readonly CountState[]): CountState {
	if (states.every((state) => state === 'completed')) return 'completed';
	return states.every((state) => state === 'not-processed') ? 'not-processed' : 'in-process';
}
