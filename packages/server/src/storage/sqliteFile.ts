/**
 * Opening the database file (`spec/storage.md`, D4): a new file gets our tables, our own file is checked, and anybody else's is refused untouched. What SQLite says
 * when something fails becomes a sentence that a person can act on.
 */
import { EMPTY_RANGE, printRange } from '@matokeo/core/log/compactRange.ts';
import { emptyRoot } from '@matokeo/core/log/merkle.ts';
import { portableSuite } from '@matokeo/core/std/portable.ts';
import Database from 'better-sqlite3';
import { Trouble } from '../ports/trouble.ts';
import { TABLES } from './rowText.ts';
import { APPLICATION_ID, PRAGMAS, SCHEMA_VERSION, schema } from './sqliteSchema.ts';

/** How long a commit waits for another process that is committing or publishing. Milliseconds. */
const BUSY_MS_MAX = 30_000;

export function openDatabase(file: string, mode: 'write' | 'readonly'): Database.Database {
	const readonly = mode === 'readonly';
	const db = troubled(file, () => new Database(file, { readonly, fileMustExist: readonly, timeout: BUSY_MS_MAX }));
	try {
		troubled(file, () => {
			if (!readonly) {
				claim(db, file);
				for (const pragma of PRAGMAS) db.pragma(pragma);
			}
			checkOurs(db, file);
		});
		return db;
	} catch (error) {
		db.close();
		throw error;
	}
}

/** Runs the work; an exception of SQLite becomes trouble that names the file. */
export function troubled<T>(file: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		if (!(error instanceof Database.SqliteError)) throw error;
		throw new Trouble(`${file}: ${error.message} (${error.code}); ${advice(error.code)}`);
	}
}

function advice(code: string): string {
	if (code.startsWith('SQLITE_BUSY')) return 'another process holds the database; send again when it is done';
	if (code === 'SQLITE_FULL') return 'the disk is full: free some space and send again';
	if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
		return 'the file is damaged or not a database: `matokeo rebuild` makes it again from what is published';
	if (code === 'SQLITE_ERROR')
		return 'the tables are not as this program made them: `matokeo rebuild` makes them again from what is published';
	return 'nothing of this was written; check the disk, then `matokeo fsck`';
}

/** Makes the tables in an empty file, once, whichever of several processes comes first. */
function claim(db: Database.Database, file: string): void {
	const make = db.transaction(() => {
		if (tablesIn(db) !== 0 || numberOf(db, 'application_id') !== 0) return;
		db.exec(schema(TABLES));
		db.prepare('INSERT INTO head (one, size, root, range) VALUES (1, 0, ?, ?)').run(
			emptyRoot(portableSuite),
			printRange(EMPTY_RANGE),
		);
	});
	if (numberOf(db, 'application_id') === 0) make.immediate();
	checkOurs(db, file);
}

function checkOurs(db: Database.Database, file: string): void {
	if (tablesIn(db) === 0)
		throw new Trouble(
			`${file} has no tables: it was emptied, or never filled; \`matokeo rebuild\` makes it again from what is published`,
		);
	if (numberOf(db, 'application_id') !== APPLICATION_ID)
		throw new Trouble(`${file} is a database of another program; nothing was changed in it; name another folder`);
	const version = numberOf(db, 'user_version');
	if (version !== SCHEMA_VERSION)
		throw new Trouble(
			`${file} has tables of version ${version}, this program knows version ${SCHEMA_VERSION}; \`matokeo rebuild\` makes them again from what is published`,
		);
}

function tablesIn(db: Database.Database): number {
	return db.prepare<[], { readonly n: number }>('SELECT count(*) AS n FROM sqlite_schema').get()?.n ?? 0;
}

function numberOf(db: Database.Database, pragma: string): number {
	const value = db.pragma(pragma, { simple: true });
	return typeof value === 'number' ? value : -1;
}
