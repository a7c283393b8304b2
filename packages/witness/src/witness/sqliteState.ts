/**
 * A witness's state in SQLite (`spec/witness.md`, N3, N4): one file, write-ahead log, every commit synced before it is answered. Another program's file is refused and not touched; two witnesses on one
 * file cannot undo each other's steps, since every step names the one before it.
 */
import Database from 'better-sqlite3';
import { LIMITS } from './limits.ts';
import type { Cosigned, Incident, Kept, WitnessState } from './state.ts';
import { Trouble } from './trouble.ts';

/** `MTKW`: says to tools, and to us, whose file this is. */
const APPLICATION_ID = 0x4d_54_4b_57;
/** Raised by every change of the tables. */
const SCHEMA_VERSION = 1;
/** How long a commit waits for another process. Milliseconds. */
const BUSY_MS_MAX = 10_000;

const SCHEMA = `
CREATE TABLE cosigned (origin TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, note BLOB NOT NULL, seconds INTEGER NOT NULL, since INTEGER NOT NULL, count INTEGER NOT NULL) STRICT;
CREATE TABLE incident (place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, origin TEXT NOT NULL, kind TEXT NOT NULL CHECK (kind IN ('proven', 'unexplained')), size INTEGER NOT NULL, root BLOB NOT NULL, seconds INTEGER NOT NULL, what TEXT NOT NULL, file BLOB NOT NULL) STRICT;
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${SCHEMA_VERSION};`;

/** `synchronous=FULL` makes a commit durable before a cosignature leaves; a schema that came from elsewhere gets no say in what functions run. */
const PRAGMAS = [
	'journal_mode = WAL',
	'synchronous = FULL',
	'trusted_schema = OFF',
	'cell_size_check = ON',
	'temp_store = MEMORY',
	'journal_size_limit = 16777216',
];

/** As SQLite counts it. */
const FULL = 2;

const INCIDENT = 'SELECT id, origin, kind, size, root, seconds, what, file FROM incident';

export function openSqliteState(file: string): WitnessState {
	const db = openFile(file);
	const guarded = <T>(work: () => T): T => troubled(file, work);
	const { latest, all, newest, add, replace } = cosignedStatements(db);
	const incident = incidentStatements(db);

	const advance = db.transaction((next: Cosigned, before: Cosigned | undefined): boolean => {
		const written = before === undefined ? add.run(next) : replace.run({ ...next, before: before.count });
		if (written.changes === 0) return false;
		incident.forget.run(next);
		return true;
	});
	const keep = db.transaction((one: Incident): Kept => {
		if (incident.byId.get(one.id) !== undefined) return 'known';
		const { n } = incident.count.get(one) ?? { n: 0 };
		if (one.kind === 'proven') {
			if (n >= LIMITS.provenMax) return 'full';
			incident.forget.run(one);
		} else if (n >= LIMITS.unexplainedMax) incident.dropOldest.run(one);
		incident.add.run(one);
		return 'kept';
	});

	return {
		latest: (origin) => guarded(() => latest.get(origin)),
		all: () => guarded(() => all.all()),
		newestSeconds: () => guarded(() => newest.get()?.seconds ?? 0),
		advance: (next, before) => guarded(() => advance.immediate(next, before)),
		keepIncident: (one) => guarded(() => keep.immediate(one)),
		incident: (id) => guarded(() => incident.byId.get(id)),
		incidents: () => guarded(() => incident.all.all()),
		close: () => db.close(),
	};
}

function cosignedStatements(db: Database.Database) {
	const columns = 'origin, size, root, note, seconds, since, count';
	return {
		latest: db.prepare<[string], Cosigned>(`SELECT ${columns} FROM cosigned WHERE origin = ?`),
		all: db.prepare<[], Cosigned>(`SELECT ${columns} FROM cosigned ORDER BY origin`),
		newest: db.prepare<[], { readonly seconds: number | null }>('SELECT max(seconds) AS seconds FROM cosigned'),
		add: db.prepare<[Cosigned]>(
			`INSERT INTO cosigned (${columns}) VALUES (@origin, @size, @root, @note, @seconds, @since, @count) ON CONFLICT DO NOTHING`,
		),
		// A count is never given twice, so it names one state of the row.
		replace: db.prepare<[Cosigned & { readonly before: number }]>(
			'UPDATE cosigned SET size = @size, root = @root, note = @note, seconds = @seconds, since = @since, count = @count WHERE origin = @origin AND count = @before',
		),
	};
}

function incidentStatements(db: Database.Database) {
	const same = 'origin = @origin AND kind = @kind';
	return {
		byId: db.prepare<[string], Incident>(`${INCIDENT} WHERE id = ?`),
		all: db.prepare<[], Incident>(`${INCIDENT} ORDER BY place DESC`),
		count: db.prepare<[Incident], { readonly n: number }>(`SELECT count(*) AS n FROM incident WHERE ${same}`),
		add: db.prepare<[Incident]>(
			'INSERT INTO incident (id, origin, kind, size, root, seconds, what, file) VALUES (@id, @origin, @kind, @size, @root, @seconds, @what, @file)',
		),
		dropOldest: db.prepare<[Incident]>(
			`DELETE FROM incident WHERE place = (SELECT min(place) FROM incident WHERE ${same})`,
		),
		forget: db.prepare<[Pick<Incident, 'origin' | 'size' | 'root'>]>(
			"DELETE FROM incident WHERE kind = 'unexplained' AND origin = @origin AND size = @size AND root = @root",
		),
	};
}

function openFile(file: string): Database.Database {
	const db = troubled(file, () => new Database(file, { timeout: BUSY_MS_MAX }));
	try {
		troubled(file, () => {
			claim(db, file);
			for (const pragma of PRAGMAS) db.pragma(pragma);
			checkDurable(db, file);
		});
		return db;
	} catch (error) {
		db.close();
		throw error;
	}
}

/** Some file systems of networks cannot do what was asked for, and SQLite does without. */
function checkDurable(db: Database.Database, file: string): void {
	if (db.pragma('journal_mode', { simple: true }) === 'wal' && db.pragma('synchronous', { simple: true }) === FULL)
		return;
	throw new Trouble(
		`${file} lies where a write-ahead log cannot be kept or synced: name a folder on a disk of this machine.`,
	);
}

/** Makes the tables in an empty file; anybody else's file is left as it is. */
function claim(db: Database.Database, file: string): void {
	const make = db.transaction(() => {
		const tables = db.prepare<[], { readonly n: number }>('SELECT count(*) AS n FROM sqlite_schema').get()?.n ?? 0;
		if (tables === 0 && db.pragma('application_id', { simple: true }) === 0) db.exec(SCHEMA);
	});
	make.immediate();
	if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID)
		throw new Trouble(`${file} is a file of another program; nothing was changed in it; name another folder.`);
	const version = db.pragma('user_version', { simple: true });
	if (version !== SCHEMA_VERSION)
		throw new Trouble(
			`${file} has tables of version ${String(version)}, this program knows version ${SCHEMA_VERSION}; run the program that made it. Never begin with an empty file: a witness that forgets can be made to cosign a second history.`,
		);
}

function troubled<T>(file: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof Database.SqliteError)) throw error;
		throw new Trouble(`${file}: ${error.message} (${error.code}); ${advice(error.code)}`);
	}
}

function advice(code: string): string {
	if (code.startsWith('SQLITE_BUSY')) return 'another process holds the file; only one witness may run on it';
	if (code === 'SQLITE_FULL') return 'the disk is full: free some space; nothing was cosigned';
	if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
		return 'the file is damaged: stop, keep it as it is, and see the runbook before you begin with a new key';
	return 'nothing of this was written or cosigned; check the disk';
}
