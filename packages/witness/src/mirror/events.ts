/**
 * Events of a mirrored log for its pages (M5): what each statement changed, in a database of its own that is made anew at every start from the replay and is never believed. A million
 * statements have as many events, too many to hold in memory. Views are spelled as a server keeps them, so that data files of both are the same bytes.
 */
import { rmSync } from 'node:fs';
import type { StatementType } from '@matokeo/core/record/statement.ts';
import { isArrival, isChange, type LoggedEvent } from '@matokeo/core/standings/events.ts';
import { printCanonical } from '@matokeo/core/std/canonical.ts';
import type { RecordReader } from '@matokeo/portal/record.ts';
import Database from 'better-sqlite3';

export interface EventStore
	extends Pick<RecordReader, 'eventsOf' | 'events' | 'changes' | 'changeCount' | 'latestChanges' | 'arrivals'> {
	/** Kept with the next `settle`. */
	readonly add: (event: LoggedEvent) => void;
	/** What was added belongs to what is shown. */
	readonly settle: () => void;
	readonly close: () => void;
}

/** Nothing here must survive a crash: the file is thrown away first. */
const PRAGMAS = ['journal_mode = OFF', 'synchronous = OFF', 'locking_mode = EXCLUSIVE', 'cache_size = -16384'];

const SCHEMA = [
	`CREATE TABLE event (position INTEGER NOT NULL, contest TEXT NOT NULL, station TEXT NOT NULL, poll INTEGER NOT NULL, type TEXT NOT NULL, time INTEGER NOT NULL,
		arrived INTEGER NOT NULL, changed INTEGER NOT NULL, views TEXT NOT NULL, PRIMARY KEY (position, contest, station)) STRICT, WITHOUT ROWID;`,
	'CREATE INDEX event_station ON event (station, position);',
	'CREATE INDEX event_changed ON event (contest, position) WHERE changed = 1;',
	'CREATE INDEX event_arrived ON event (contest, time) WHERE arrived = 1;',
].join('\n');

interface EventRow {
	readonly position: number;
	readonly contest: string;
	readonly station: string;
	readonly poll: number;
	readonly type: StatementType;
	readonly time: number;
	readonly views: string;
}

const ALL = 'SELECT position, contest, station, poll, type, time, views FROM event';
const ORDER = 'ORDER BY position, contest, station';

export function openEvents(file: string): EventStore {
	rmSync(file, { force: true });
	const db = new Database(file);
	for (const pragma of PRAGMAS) db.pragma(pragma);
	db.exec(SCHEMA);
	const insert = db.prepare<[number, string, string, number, string, number, number, number, string]>(
		'INSERT INTO event (position, contest, station, poll, type, time, arrived, changed, views) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
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
	const arrivals = db.prepare<[number, number, string], { readonly time: number; readonly forms: number }>(
		'SELECT time / CAST(? AS INTEGER) * CAST(? AS INTEGER) AS time, count(*) AS forms FROM event WHERE arrived = 1 AND contest = ? GROUP BY 1 ORDER BY 1',
	);
	return {
		add: (event) => {
			if (!db.inTransaction) db.exec('BEGIN');
			const { index, contest, station, poll, type, time, before, after } = event;
			const views = before === undefined || after === undefined ? '{}' : printCanonical({ after, before });
			insert.run(index, contest, station, poll, type, time, isArrival(event) ? 1 : 0, isChange(event) ? 1 : 0, views);
		},
		settle: () => {
			if (db.inTransaction) db.exec('COMMIT');
		},
		events: (from, to) => between.all(from, to).map(eventOf),
		eventsOf: (station) => ofStation.all(station).map(eventOf),
		changes: (contest, from, count) => changes.all(contest, count, from).map(eventOf),
		changeCount: (contest) => changeCount.get(contest)?.count ?? 0,
		latestChanges: (count) => latest.all(count).map(eventOf),
		arrivals: (contest, step) => arrivals.all(step, step, contest),
		close: () => {
			db.close();
		},
	};
}

/** What this process itself has written a moment ago. */
function eventOf({ position, views, ...row }: EventRow): LoggedEvent {
	return { index: position, ...row, ...(JSON.parse(views) as Pick<LoggedEvent, 'before' | 'after'>) };
}
