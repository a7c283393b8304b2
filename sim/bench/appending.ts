/**
 * Appending, as it is on election night: batches of 100, every signature and rule checked, durable before the answer. The notes are those of a published log; the floor is the
 * same bytes, in the same batches, inserted into a plain table of the same database with the same syncing.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Election } from '@matokeo/core/election/types.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { rehearsalKey } from '@matokeo/rehearsal/keys.ts';
import { openLog } from '@matokeo/server/app/openLog.ts';
import { openSqliteStore } from '@matokeo/server/storage/sqliteStore.ts';
import Database from 'better-sqlite3';

export interface Appended {
	readonly milliseconds: number;
	readonly statements: number;
	readonly sqlPerStatement: number;
	readonly bytesPerStatement: number;
	/** Milliseconds per statement of each window of the log, in order. */
	readonly windows: readonly number[];
}

export interface AppendParts {
	readonly suite: Suite;
	readonly election: Election;
	readonly packageFiles: ReadonlyMap<string, Uint8Array>;
}

const BATCH = 100;

/** Appends notes with a clock that stands, so that no tick comes between; blobs need not be there. */
export function appendAll(parts: AppendParts, notes: Iterable<Uint8Array>, time: number, window: number): Appended {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-bench-'));
	const { name, keyId, sign } = rehearsalKey(parts.suite, parts.election.id, parts.election.log.key.name);
	const store = openSqliteStore(join(dir, 'matokeo.sqlite'));
	const log = openLog({ ...parts, dir, store, signer: { name, keyId, sign }, clock: () => time });
	const windows: number[] = [];
	let [statements, inWindow, spent] = [0, 0, 0];
	let total = 0;
	for (const batch of batchesOf(notes)) {
		const began = performance.now();
		for (const answer of log.append(batch)) {
			if (answer.kind !== 'receipt' && answer.kind !== 'logged') throw new Error(`${answer.kind}: ${answer.why}`);
		}
		const took = performance.now() - began;
		total += took;
		spent += took;
		statements += batch.length;
		inWindow += batch.length;
		if (inWindow >= window) {
			windows.push(spent / inWindow);
			[inWindow, spent] = [0, 0];
		}
	}
	const { sqlStatements, bytesWritten } = store.counters();
	log.close();
	rmSync(dir, { recursive: true });
	return {
		milliseconds: total,
		statements,
		windows,
		sqlPerStatement: sqlStatements / statements,
		bytesPerStatement: bytesWritten / statements,
	};
}

/** The floor: one transaction per batch, write-ahead log, a sync at every commit. Milliseconds. */
export function insertAll(notes: Iterable<Uint8Array>): number {
	const dir = mkdtempSync(join(tmpdir(), 'matokeo-floor-'));
	const database = new Database(join(dir, 'plain.sqlite'));
	database.pragma('journal_mode = WAL');
	database.pragma('synchronous = FULL');
	database.exec('CREATE TABLE note (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL)');
	const insert = database.prepare('INSERT INTO note (bytes) VALUES (?)');
	const all = database.transaction((batch: readonly Uint8Array[]) => {
		for (const bytes of batch) insert.run(bytes);
	});
	let total = 0;
	for (const batch of batchesOf(notes)) {
		const began = performance.now();
		all(batch);
		total += performance.now() - began;
	}
	database.close();
	rmSync(dir, { recursive: true });
	return total;
}

function* batchesOf(notes: Iterable<Uint8Array>): Generator<readonly Uint8Array[]> {
	let batch: Uint8Array[] = [];
	for (const note of notes) {
		batch.push(note);
		if (batch.length < BATCH) continue;
		yield batch;
		batch = [];
	}
	if (batch.length > 0) yield batch;
}
