/** Events in SQLite (`spec/storage.md`, D22): written in the transaction of their statements, read by station, by place in the log, or as a contest's list of changes. */
import type Database from 'better-sqlite3';
import type { EventReader, EventRecord } from '../ports/store.ts';

/** Two partial indexes, since most events are neither an arrival nor a change. */
export const EVENT_SCHEMA = [
	`CREATE TABLE event (position INTEGER NOT NULL, contest TEXT NOT NULL, station TEXT NOT NULL, poll INTEGER NOT NULL, type TEXT NOT NULL, time INTEGER NOT NULL,
		arrived INTEGER NOT NULL, changed INTEGER NOT NULL, json TEXT NOT NULL, PRIMARY KEY (position, contest, station)) STRICT, WITHOUT ROWID;`,
	'CREATE INDEX event_station ON event (station, position);',
	'CREATE INDEX event_changed ON event (contest, position) WHERE changed = 1;',
	'CREATE INDEX event_arrived ON event (contest, time) WHERE arrived = 1;',
].join('\n');

interface EventRow extends Omit<EventRecord, 'index' | 'arrived' | 'changed'> {
	readonly position: number;
	readonly arrived: number;
	readonly changed: number;
}

export interface EventTable extends EventReader {
	readonly add: (event: EventRecord) => void;
}

const ALL = 'SELECT position, contest, station, poll, type, time, arrived, changed, json FROM event';
const ORDER = 'ORDER BY position, contest, station';

export function eventTable(db: Database.Database): EventTable {
	const add = db.prepare<[number, string, string, number, string, number, number, number, string]>(
		'INSERT INTO event (position, contest, station, poll, type, time, arrived, changed, json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
	);
	const between = db.prepare<[number, number], EventRow>(`${ALL} WHERE position >= ? AND position < ? ${ORDER}`);
	const ofStation = db.prepare<[string], EventRow>(`${ALL} WHERE station = ? ${ORDER}`);
	const changes = db.prepare<[string, number, number], EventRow>(
		`${ALL} WHERE changed = 1 AND contest IN (?, '') ${ORDER} LIMIT ? OFFSET ?`,
	);
	const changeCount = db.prepare<[string], { readonly count: number }>(
		`SELECT count(*) AS count FROM event WHERE changed = 1 AND contest IN (?, '')`,
	);
	const latest = db.prepare<[number], EventRow>(
		`${ALL} WHERE changed = 1 ORDER BY position DESC, contest DESC, station DESC LIMIT ?`,
	);
	// Numbers are bound as floats, and a division of those would not cut.
	const arrivals = db.prepare<[number, number, string], { readonly begins: number; readonly forms: number }>(
		'SELECT time / CAST(? AS INTEGER) * CAST(? AS INTEGER) AS begins, count(*) AS forms FROM event WHERE arrived = 1 AND contest = ? GROUP BY begins ORDER BY begins',
	);
	return {
		add: ({ index, contest, station, poll, type, time, arrived, changed, json }) => {
			add.run(index, contest, station, poll, type, time, arrived ? 1 : 0, changed ? 1 : 0, json);
		},
		events: (from, to) => between.all(from, to).map(recordOf),
		eventsOf: (station) => ofStation.all(station).map(recordOf),
		changes: (contest, from, count) => changes.all(contest, count, from).map(recordOf),
		changeCount: (contest) => changeCount.get(contest)?.count ?? 0,
		latestChanges: (count) => latest.all(count).map(recordOf),
		arrivals: (contest, step) =>
			arrivals.all(step, step, contest).map(({ begins, forms }) => ({ time: begins, forms })),
	};
}

function recordOf({ position, arrived, changed, ...row }: EventRow): EventRecord {
	return { ...row, index: position, arrived: arrived === 1, changed: changed === 1 };
}

/** The table's readings, each through `reading`, which counts it and puts what fails into words. */
export function eventReader(table: EventTable, reading: <T>(work: () => T) => T): EventReader {
	return {
		events: (from, to) => reading(() => table.events(from, to)),
		eventsOf: (station) => reading(() => table.eventsOf(station)),
		changes: (contest, from, count) => reading(() => table.changes(contest, from, count)),
		changeCount: (contest) => reading(() => table.changeCount(contest)),
		latestChanges: (count) => reading(() => table.latestChanges(count)),
		arrivals: (contest, step) => reading(() => table.arrivals(contest, step)),
	};
}
