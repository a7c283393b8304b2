/**
 * Whether a process has the database open. Whoever has it open with a write-ahead log holds a shared lock for as long as that lasts, so the question is whether all of it could be ours. Asked
 * before the file is put aside: a server would go on writing into the one that was put away.
 */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const BUSY = 5;

export function databaseInUse(file: string): boolean {
	if (!existsSync(file)) return false;
	try {
		const db = new DatabaseSync(file, { timeout: 0 });
		try {
			db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; ROLLBACK;');
			return false;
		} finally {
			db.close();
		}
	} catch (error) {
		// Anything else is a damaged file, which nobody can use and which is about to be made again.
		return error instanceof Error && 'errcode' in error && error.errcode === BUSY;
	}
}
