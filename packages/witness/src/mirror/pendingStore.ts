/**
 * What a mirror keeps for senders (M21–M24), in SQLite with every commit synced before it is answered: statements with the mirror's word and what the source said to them, images that their captures
 * name, and checkpoints that others were shown. Nothing that the source refused is ever dropped; only what is in the log is forgotten in the end.
 */
import Database from 'better-sqlite3';
import { Trouble } from '../witness/trouble.ts';

/** What the source said last: nothing yet, come again, no with a reason, or that it is in the log. */
export type Said = 'nothing' | 'later' | 'refused' | 'receipt' | 'logged';

export interface PendingStatement {
	readonly id: string;
	readonly note: Uint8Array;
	readonly type: string;
	/** Names of the signers with spaces between. */
	readonly signers: string;
	/** Address group that sent it. */
	readonly address: string;
	/** UTC seconds of the mirror's clock. */
	readonly received: number;
	/** The mirror's signed word. */
	readonly word: Uint8Array;
	readonly tries: number;
	/** UTC seconds of the last try, and from when on it is tried again. */
	readonly tried: number;
	readonly due: number;
	readonly said: Said;
	readonly why: string;
	/** The receipt, or the signed refusal; empty if there was none. */
	readonly answer: Uint8Array;
	/** UTC seconds since when the source says the same. */
	readonly since: number;
	/** Where the verified log has it; −1 while it does not. */
	readonly at: number;
}

export interface PendingImage {
	readonly sha256: string;
	readonly size: number;
	readonly address: string;
	readonly received: number;
	readonly tries: number;
	readonly due: number;
	readonly sent: 0 | 1;
	readonly why: string;
}

/** A checkpoint that somebody was shown and that reaches beyond what is verified here. */
export interface AheadCheckpoint {
	readonly size: number;
	readonly note: Uint8Array;
	/** UTC seconds. */
	readonly since: number;
	/** Who brought it, in words. */
	readonly source: string;
}

/** A statement that waits, as far as room is counted. */
export interface Weighed extends Pick<PendingStatement, 'id' | 'address' | 'signers'> {
	readonly bytes: number;
}

/** `MTKM`. */
const APPLICATION_ID = 0x4d_54_4b_4d;
const SCHEMA_VERSION = 1;
/** How long a commit waits for another process. Milliseconds. */
const BUSY_MS_MAX = 2_000;

const SCHEMA = `
CREATE TABLE statement (id TEXT NOT NULL PRIMARY KEY, note BLOB NOT NULL, type TEXT NOT NULL, signers TEXT NOT NULL, address TEXT NOT NULL, received INTEGER NOT NULL, word BLOB NOT NULL,
	tries INTEGER NOT NULL, tried INTEGER NOT NULL, due INTEGER NOT NULL, said TEXT NOT NULL, why TEXT NOT NULL, answer BLOB NOT NULL, since INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX statement_due ON statement (due) WHERE at < 0;
CREATE TABLE named (sha256 TEXT NOT NULL, size INTEGER NOT NULL, id TEXT NOT NULL REFERENCES statement ON DELETE CASCADE, PRIMARY KEY (sha256, id)) STRICT, WITHOUT ROWID;
CREATE INDEX named_id ON named (id);
CREATE TABLE image (sha256 TEXT NOT NULL PRIMARY KEY, size INTEGER NOT NULL, address TEXT NOT NULL, received INTEGER NOT NULL, tries INTEGER NOT NULL, due INTEGER NOT NULL, sent INTEGER NOT NULL, why TEXT NOT NULL) STRICT;
CREATE TABLE ahead (note BLOB NOT NULL PRIMARY KEY, size INTEGER NOT NULL, since INTEGER NOT NULL, source TEXT NOT NULL) STRICT;
PRAGMA application_id = ${APPLICATION_ID};
PRAGMA user_version = ${SCHEMA_VERSION};`;

const PRAGMAS = [
	'locking_mode = EXCLUSIVE',
	'journal_mode = WAL',
	'synchronous = FULL',
	'foreign_keys = ON',
	'trusted_schema = OFF',
];

export type PendingStore = ReturnType<typeof openPendingStore>;

export function openPendingStore(file: string) {
	const db = openFile(file);
	return { ...statementTable(db), ...imageTable(db), ...aheadTable(db), close: () => void db.close() };
}

/** The file stays locked while it is open: two mirrors in one folder would undo each other's work. */
function openFile(file: string): Database.Database {
	const db = new Database(file, { timeout: BUSY_MS_MAX });
	try {
		claim(db, file);
		return db;
	} catch (error) {
		db.close();
		const busy = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
		if (!busy) throw error;
		throw new Trouble(`another mirror runs in this folder (${file} is locked): stop it, or name another folder`);
	}
}

function claim(db: Database.Database, file: string): void {
	const tables = db.prepare<[], { readonly n: number }>('SELECT count(*) AS n FROM sqlite_schema').get()?.n ?? 0;
	if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID && tables > 0)
		throw new Trouble(`${file} is a database of another program; nothing was changed in it; name another folder`);
	for (const pragma of PRAGMAS) db.pragma(pragma);
	if (tables === 0) db.exec(SCHEMA);
	db.exec('BEGIN IMMEDIATE; COMMIT');
	const version = db.pragma('user_version', { simple: true });
	if (version === SCHEMA_VERSION) return;
	throw new Trouble(`${file} has tables of version ${String(version)}, this program knows version ${SCHEMA_VERSION}`);
}

export interface NewStatement extends Pick<PendingStatement, 'id' | 'note' | 'type' | 'address' | 'received' | 'word'> {
	readonly names: readonly string[];
	readonly images: readonly { readonly sha256: string; readonly size: number }[];
}

function statementTable(db: Database.Database) {
	const insert = db.prepare<[PendingStatement]>(
		`INSERT INTO statement VALUES (@id, @note, @type, @signers, @address, @received, @word, @tries, @tried, @due, @said, @why, @answer, @since, @at)`,
	);
	const name = db.prepare<[string, number, string]>('INSERT OR IGNORE INTO named (sha256, size, id) VALUES (?, ?, ?)');
	const byId = db.prepare<[string], PendingStatement>('SELECT * FROM statement WHERE id = ?');
	const due = db.prepare<[number, number], PendingStatement>(
		'SELECT * FROM statement WHERE at < 0 AND due <= ? ORDER BY received, rowid LIMIT ?',
	);
	const newest = db.prepare<[number], PendingStatement>(
		'SELECT * FROM statement ORDER BY at < 0 DESC, received DESC, rowid DESC LIMIT ?',
	);
	const waiting = db.prepare<[], Weighed>(
		'SELECT id, length(note) AS bytes, address, signers FROM statement WHERE at < 0',
	);
	const refused = db.prepare<[], { readonly n: number }>(
		`SELECT count(*) AS n FROM statement WHERE at < 0 AND said = 'refused'`,
	);
	const tell = db.prepare<[Told]>(
		`UPDATE statement SET tries = tries + 1, tried = @now, due = @due, since = CASE said WHEN @said THEN since ELSE @now END, said = @said, why = @why, answer = @answer WHERE id = @id`,
	);
	const found = db.prepare<[number, string]>('UPDATE statement SET at = ? WHERE id = ?');
	const forget = db.prepare<[number]>(
		'DELETE FROM statement WHERE at >= 0 AND rowid NOT IN (SELECT rowid FROM statement WHERE at >= 0 ORDER BY received DESC, rowid DESC LIMIT ?)',
	);
	const none = new Uint8Array(0);
	const keep = db.transaction((fresh: readonly NewStatement[]): void => {
		for (const { names, images, ...one } of fresh) {
			const new_ = { tries: 0, tried: 0, due: 0, said: 'nothing', why: '', answer: none, since: one.received } as const;
			insert.run({ ...one, ...new_, signers: names.join(' '), at: -1 });
			for (const { sha256, size } of images) name.run(sha256, size, one.id);
		}
	});
	const settle = db.transaction((logged: readonly (readonly [string, number])[], keptMax: number): void => {
		for (const [id, at] of logged) found.run(at, id);
		if (logged.length > 0) forget.run(keptMax);
	});
	const answered = db.transaction((told: readonly Told[]): void => {
		for (const one of told) tell.run(one);
	});
	return {
		/** All of them, durably, or none. */
		keep: (fresh: readonly NewStatement[]) => keep.immediate(fresh),
		statement: (id: string) => byId.get(id),
		due: (now: number, most: number) => due.all(now, most),
		/** Those that wait first, the newest of them first. */
		newest: (most: number) => newest.all(most),
		/** Ids, bytes, addresses and signers of those that wait. */
		waiting: () => waiting.all(),
		refusedCount: () => refused.get()?.n ?? 0,
		tell: (told: readonly Told[]) => answered.immediate(told),
		/** The verified log has them at these indexes. */
		logged: (which: readonly (readonly [string, number])[], keptMax: number) => settle.immediate(which, keptMax),
	};
}

/** What the source said to one statement. */
export interface Told {
	readonly id: string;
	readonly now: number;
	readonly due: number;
	readonly said: Said;
	readonly why: string;
	readonly answer: Uint8Array;
}

function imageTable(db: Database.Database) {
	const wanted = db.prepare<[string], { readonly size: number }>(
		'SELECT DISTINCT size FROM named JOIN statement USING (id) WHERE sha256 = ?',
	);
	const byDigest = db.prepare<[string], PendingImage>('SELECT * FROM image WHERE sha256 = ?');
	const add = db.prepare<[string, number, string, number]>(
		`INSERT OR IGNORE INTO image (sha256, size, address, received, tries, due, sent, why) VALUES (?, ?, ?, ?, 0, 0, 0, '')`,
	);
	const due = db.prepare<[number, number], PendingImage>(
		`SELECT DISTINCT image.* FROM image JOIN named USING (sha256) JOIN statement USING (id) WHERE sent = 0 AND image.due <= ? AND (said IN ('receipt', 'logged') OR at >= 0) ORDER BY image.received LIMIT ?`,
	);
	const tell = db.prepare<[0 | 1, number, string, string]>(
		'UPDATE image SET tries = tries + 1, sent = ?, due = ?, why = ? WHERE sha256 = ?',
	);
	const drop = db.prepare<[string]>('DELETE FROM image WHERE sha256 = ?');
	const sum = db.prepare<[], { readonly bytes: number; readonly n: number }>(
		'SELECT coalesce(sum(size), 0) AS bytes, count(*) AS n FROM image WHERE sent = 0',
	);
	const sumOf = db.prepare<[string], { readonly bytes: number }>(
		'SELECT coalesce(sum(size), 0) AS bytes FROM image WHERE sent = 0 AND address = ?',
	);
	return {
		/** Sizes under which statements that wait, or waited, name this image. */
		wantedSizes: (sha256: string) => wanted.all(sha256).map(({ size }) => size),
		image: (sha256: string) => byDigest.get(sha256),
		/** It is not kept after all. */
		dropImage: (sha256: string) => void drop.run(sha256),
		addImage: (sha256: string, size: number, address: string, now: number) => void add.run(sha256, size, address, now),
		dueImages: (now: number, most: number) => due.all(now, most),
		tellImage: (sha256: string, sent: boolean, nextTry: number, why: string) =>
			void tell.run(sent ? 1 : 0, nextTry, why, sha256),
		imageSums: () => sum.get() ?? { bytes: 0, n: 0 },
		imageBytesOf: (address: string) => sumOf.get(address)?.bytes ?? 0,
	};
}

function aheadTable(db: Database.Database) {
	const add = db.prepare<[AheadCheckpoint]>(
		'INSERT OR IGNORE INTO ahead (note, size, since, source) VALUES (@note, @size, @since, @source)',
	);
	const trim = db.prepare<[number]>(
		'DELETE FROM ahead WHERE rowid NOT IN (SELECT rowid FROM ahead ORDER BY size DESC LIMIT ?)',
	);
	const list = db.prepare<[], AheadCheckpoint>('SELECT note, size, since, source FROM ahead ORDER BY size');
	const drop = db.prepare<[Uint8Array]>('DELETE FROM ahead WHERE note = ?');
	const keep = db.transaction((one: AheadCheckpoint, most: number): void => {
		add.run(one);
		trim.run(most);
	});
	return {
		keepAhead: (one: AheadCheckpoint, most: number) => keep.immediate(one, most),
		ahead: () => list.all(),
		dropAhead: (note: Uint8Array) => void drop.run(note),
	};
}
