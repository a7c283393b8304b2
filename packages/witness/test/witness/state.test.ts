/** The state of a witness, in memory and in SQLite (N3, N4, N8): one contract, and what only a file can get wrong. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { memoryState } from '../../src/witness/memoryState.ts';
import { openSqliteState } from '../../src/witness/sqliteState.ts';
import { bench, growth, honest, newFolder, other } from './lib.ts';
import { cosignedAt, stateContract } from './stateContract.ts';

const newFile = () => join(newFolder(), 'witness.sqlite');

stateContract('memory', memoryState);
stateContract('SQLite', () => openSqliteState(newFile()));

describe('the file of a witness', () => {
	it('N3 has after closing and opening what it had before', () => {
		const file = newFile();
		const before = bench({ state: openSqliteState(file) });
		before.addCheckpoint(growth(honest, 0, 7));
		before.addCheckpoint(growth(other, 7, 9));
		const kept = [before.state.all(), before.state.incidents()];
		before.state.close();
		const after = bench({ state: openSqliteState(file) });
		expect([after.state.all(), after.state.incidents()]).toEqual(kept);
		expect(after.state.incidents()).toHaveLength(1);
		expect(after.addCheckpoint(growth(other, 0, 7)).code).toBe(409);
		expect(after.addCheckpoint(growth(honest, 7, 8)).code).toBe(200);
		after.state.close();
	});

	it('N3 every commit is synced, in a write-ahead log', () => {
		const file = newFile();
		openSqliteState(file).close();
		const db = new Database(file);
		expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
		db.close();
		// A database in memory can keep no such log: SQLite says nothing and does without.
		expect(() => openSqliteState(':memory:')).toThrow('cannot be kept or synced');
	});

	it('N3 two witnesses on one file cannot undo one another', () => {
		const file = newFile();
		const [one, two] = [openSqliteState(file), openSqliteState(file)];
		one.advance(cosignedAt(7, 1), undefined);
		const seen = two.latest('a.example');
		one.advance(cosignedAt(9, 2), cosignedAt(7, 1));
		expect(two.advance(cosignedAt(8, 2), seen)).toBe(false);
		expect(two.latest('a.example')?.size).toBe(9);
		one.close();
		two.close();
	});

	it("N4 refuses another program's file and leaves it as it is", () => {
		const file = newFile();
		const db = new Database(file);
		db.exec('CREATE TABLE theirs (a INTEGER); PRAGMA application_id = 77;');
		db.close();
		const before = readFileSync(file);
		expect(() => openSqliteState(file)).toThrow('a file of another program');
		expect(readFileSync(file)).toEqual(before);
		writeFileSync(file, 'this is no database, but it is long enough to look at: '.repeat(40));
		expect(() => openSqliteState(file)).toThrow('the file is damaged');
	});

	it('N4 refuses tables of another version, and says why not to begin anew', () => {
		const file = newFile();
		openSqliteState(file).close();
		const db = new Database(file);
		db.pragma('user_version = 9');
		db.close();
		expect(() => openSqliteState(file)).toThrow('Never begin with an empty file');
	});
});
