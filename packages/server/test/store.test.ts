/** Both stores pass the same contract; SQLite alone is durable, shared between processes, and refuses what is not ours. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { base64Encode } from '@matokeo/core/std/bytes.ts';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { memoryStore } from '../src/storage/memoryStore.ts';
import { openSqliteStore } from '../src/storage/sqliteStore.ts';
import { batchOf, storeContract } from './lib/storeContract.ts';
import { newFolder, removeFolders } from './lib/world.ts';

afterEach(removeFolders);

const newFile = (): string => join(newFolder(), 'matokeo.sqlite');

storeContract('memory', memoryStore);
storeContract('SQLite', () => openSqliteStore(newFile()));

describe('the memory twin of the database', () => {
	it('a copy that is put back is what was copied, whatever was committed since', () => {
		const store = memoryStore();
		const row = (json: string) => ({ table: 'keyUse', key: 'k', json }) as const;
		store.commit(batchOf(store, 2, [row('{"name":"a"}')]));
		const copy = store.copy();
		store.commit(batchOf(store, 1, [row('{"name":"b"}')]));
		store.keepOpenings([{ reading: 'r', capture: 'c', json: '{}' }]);
		store.restore(copy);
		expect(store.head().size).toBe(2);
		expect(store.get('keyUse', 'k')).toEqual({ name: 'a' });
		expect(store.keptOpenings()).toEqual([]);
		expect(store.commit(batchOf(store, 1))).toBe('committed');
		expect(store.statements(0, 9)).toHaveLength(3);
		expect(copy.statements).toHaveLength(2);
	});

	it('a row that somebody edits behind its back is read as it was edited', () => {
		const store = memoryStore();
		store.commit(batchOf(store, 1, [{ table: 'keyUse', key: 'k', json: '{"name":"a"}' }]));
		store.tamper('keyUse', 'k', '{"name":"z"}');
		expect(store.get('keyUse', 'k')).toEqual({ name: 'z' });
		store.tamper('keyUse', 'k', undefined);
		expect(store.get('keyUse', 'k')).toBeUndefined();
	});
});

describe('D4 the file of the database', () => {
	it('D3 keeps everything when it is opened again', () => {
		const file = newFile();
		const first = openSqliteStore(file);
		first.commit(batchOf(first, 3, [{ table: 'keyUse', key: 'k', json: '{"name":"n"}' }]));
		const { size, root } = first.head();
		first.close();
		const second = openSqliteStore(file);
		expect(second.head().size).toBe(size);
		expect(base64Encode(second.head().root)).toBe(base64Encode(root));
		expect(second.get('keyUse', 'k')).toEqual({ name: 'n' });
		second.close();
	});

	it('D4 a database of another program, of another version, or no database at all is refused and left as it is', () => {
		const foreign = newFile();
		const db = new Database(foreign);
		db.exec('CREATE TABLE accounts (id INTEGER)');
		expect(() => openSqliteStore(foreign)).toThrow(/another program/);
		expect(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get()).toEqual({ n: 1 });
		db.close();

		const old = newFile();
		openSqliteStore(old).close();
		const changed = new Database(old);
		changed.pragma('user_version = 99');
		changed.close();
		expect(() => openSqliteStore(old)).toThrow(/version 99.*rebuild/);

		const text = newFile();
		writeFileSync(text, 'this is no database, and long enough to be seen as none'.repeat(40));
		expect(() => openSqliteStore(text)).toThrow(/matokeo rebuild/);
		expect(() => openSqliteStore(newFile(), 'readonly')).toThrow(/matokeo\.sqlite/);
	});

	it('D5 two connections see one head, and only one of two batches decided at the same size is written', () => {
		const file = newFile();
		const a = openSqliteStore(file);
		const b = openSqliteStore(file);
		const [fromA, fromB] = [batchOf(a, 2), batchOf(b, 1)];
		expect(a.commit(fromA)).toBe('committed');
		expect(b.commit(fromB)).toBe('conflict');
		expect(b.head().size).toBe(2);
		expect(b.commit(batchOf(b, 1))).toBe('committed');
		expect(a.head().size).toBe(3);
		a.close();
		b.close();
	});

	it('counts SQL statements, bytes and transactions for the benchmark', () => {
		const store = openSqliteStore(newFile());
		const before = store.counters();
		store.commit(batchOf(store, 10, [{ table: 'keyUse', key: 'k', json: '{"name":"n"}' }]));
		const after = store.counters();
		expect(after.transactions - before.transactions).toBe(1);
		expect(after.sqlStatements - before.sqlStatements).toBe(13);
		expect(after.bytesWritten).toBeGreaterThan(10 * 72);
		store.close();
	});
});
