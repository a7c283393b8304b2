/** What every store must do (D1–D6), whoever keeps the rows: run on SQLite and on the memory twin. */
import { appendLeaves, EMPTY_RANGE, rangeRoot } from '@matokeo/core/log/compactRange.ts';
import { leafHash } from '@matokeo/core/log/merkle.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { describe, expect, it } from 'vitest';
import type { Batch, EventRecord, LoggedStatement, RowChange, Store } from '../../src/ports/store.ts';
import { suite } from './world.ts';

function statementAt(index: number): LoggedStatement {
	const note = utf8Encode(`note ${index}`);
	return { index, id: suite.sha256Hex(note), leafHash: leafHash(suite, note), note };
}

export function batchOf(
	store: Store,
	count: number,
	rows: readonly RowChange[] = [],
	events: readonly EventRecord[] = [],
): Batch {
	const head = store.head();
	const statements = Array.from({ length: count }, (_, i) => statementAt(head.size + i));
	const range = appendLeaves(
		suite,
		head.range,
		statements.map((one) => one.leafHash),
	);
	const grown = { size: range.size, root: rangeRoot(suite, range), range };
	return { expected: head.size, head: grown, statements, rows, events };
}

function text(bytes: Uint8Array | undefined): string {
	return Buffer.from(bytes ?? []).toString('utf8');
}

export function storeContract(name: string, open: () => Store): void {
	describe(`D1 the store: ${name}`, () => {
		it('D1 is empty at first, with the root of the empty tree', () => {
			const store = open();
			expect(store.head().size).toBe(0);
			expect(Buffer.from(store.head().root)).toEqual(Buffer.from(rangeRoot(suite, EMPTY_RANGE)));
			expect(store.statements(0, 10)).toEqual([]);
			expect(store.get('log', '')).toBeUndefined();
			expect(store.indexOf(statementAt(0).id)).toBeUndefined();
			expect(store.awaitedBlobs()).toEqual([]);
			store.close();
		});

		it('D1 gives back statements, head and rows as they were committed', () => {
			const store = open();
			const row = { opened: true, captured: false, time: 7, witnessed: 0 };
			const json = '{"captured":false,"opened":true,"time":7,"witnessed":0}';
			expect(store.commit(batchOf(store, 300, [{ table: 'log', key: '', json }]))).toBe('committed');
			expect(store.commit(batchOf(store, 1))).toBe('committed');
			expect(store.head().size).toBe(301);
			expect(store.head().range.size).toBe(301);
			expect(store.get('log', '')).toEqual(row);
			expect([...store.rowsOf('log')]).toEqual([{ key: '', json }]);
			const some = store.statements(298, 400);
			expect(some.map(({ index, note }) => [index, text(note)])).toEqual([
				[298, 'note 298'],
				[299, 'note 299'],
				[300, 'note 300'],
			]);
			expect(some.map(({ id }) => store.indexOf(id))).toEqual([298, 299, 300]);
			expect(some.map((one) => text(one.leafHash))).toEqual(some.map(({ index }) => text(statementAt(index).leafHash)));
			store.close();
		});

		it('D2 keeps the text of a row, byte for byte, and replaces it whole', () => {
			const store = open();
			const put = (json: string): RowChange => ({ table: 'keyUse', key: 'ab', json });
			store.commit(batchOf(store, 1, [put('{"name":"a\u00e9\u{1f5f3}"}')]));
			expect([...store.rowsOf('keyUse')]).toEqual([{ key: 'ab', json: '{"name":"a\u00e9\u{1f5f3}"}' }]);
			store.commit(batchOf(store, 1, [put('{"name":"b"}')]));
			expect([...store.rowsOf('keyUse')]).toEqual([{ key: 'ab', json: '{"name":"b"}' }]);
			expect([store.keysOf('keyUse'), store.keysOf('unit')]).toEqual([['ab'], []]);
			expect(store.get('keyUse', 'ab')).toEqual({ name: 'b' });
			store.close();
		});

		it('D22 gives events back by place, by station, as changes and as arrivals, in the order of the log', () => {
			const store = open();
			const event = (
				index: number,
				contest: string,
				station: string,
				more: Partial<EventRecord> = {},
			): EventRecord => ({
				index,
				contest,
				station,
				poll: 1,
				type: 'form/capture',
				time: 600 + index,
				arrived: false,
				changed: false,
				json: '{}',
				...more,
			});
			const first = [
				event(0, '', '', { changed: true, type: 'election/open' }),
				event(1, 'b', 's1', { arrived: true, json: '{"a":1}' }),
				event(1, 'a', 's1'),
				event(2, 'a', 's2', { arrived: true, changed: true }),
			];
			store.commit(batchOf(store, 3, [], first));
			store.commit(
				batchOf(
					store,
					1,
					[],
					[event(3, 'a', 's1', { changed: true, time: 1300 }), event(3, 'a', 's2', { arrived: true, time: 1300 })],
				),
			);
			const told = (events: readonly EventRecord[]) =>
				events.map((one) => `${one.index} ${one.contest} ${one.station}`);
			expect(told(store.events(0, 4))).toEqual(['0  ', '1 a s1', '1 b s1', '2 a s2', '3 a s1', '3 a s2']);
			expect(told(store.events(1, 2))).toEqual(['1 a s1', '1 b s1']);
			expect(store.events(1, 2)[1]).toEqual(first[1]);
			expect(told(store.eventsOf('s1'))).toEqual(['1 a s1', '1 b s1', '3 a s1']);
			expect(told(store.changes('a', 0, 10))).toEqual(['0  ', '2 a s2', '3 a s1']);
			expect(told(store.changes('a', 1, 1))).toEqual(['2 a s2']);
			expect([store.changeCount('a'), store.changeCount('b'), store.changeCount('x')]).toEqual([3, 1, 1]);
			expect(told(store.latestChanges(2))).toEqual(['3 a s1', '2 a s2']);
			expect(told(store.latestChanges(9))).toEqual(['3 a s1', '2 a s2', '0  ']);
			expect(store.arrivals('a', 600)).toEqual([
				{ time: 600, forms: 1 },
				{ time: 1200, forms: 1 },
			]);
			expect(store.arrivals('x', 600)).toEqual([]);
			store.close();
		});

		it('D5 a batch decided at another size is a conflict and writes nothing', () => {
			const store = open();
			const stale = batchOf(store, 2, [{ table: 'keyUse', key: 'cd', json: '{"name":"x"}' }]);
			store.commit(batchOf(store, 1));
			expect(store.commit(stale)).toBe('conflict');
			expect(store.head().size).toBe(1);
			expect(store.get('keyUse', 'cd')).toBeUndefined();
			expect(store.statements(0, 9)).toHaveLength(1);
			store.close();
		});

		it('D1 a text is logged once: a second statement with an id that is there fails and writes nothing', () => {
			const store = open();
			store.commit(batchOf(store, 1));
			const twice = batchOf(store, 1);
			const [statement] = twice.statements;
			if (statement === undefined) throw new Error('there is one');
			expect(() => store.commit({ ...twice, statements: [{ ...statement, id: statementAt(0).id }] })).toThrow(
				/once|UNIQUE/,
			);
			expect(store.head().size).toBe(1);
			store.close();
		});

		it('D15 knows which blobs are named and not held', () => {
			const store = open();
			const [a, b, c] = ['aa', 'bb', 'cc'].map((two) => two.repeat(32));
			const waiting = (key: string | undefined): RowChange => ({
				table: 'blob',
				key: key ?? '',
				json: '{"waiting":[]}',
			});
			store.commit(batchOf(store, 1, [waiting(a), waiting(b), waiting(c)]));
			store.commit(batchOf(store, 1, [{ table: 'blob', key: b ?? '', json: '{"held":1,"size":5}' }]));
			expect([...store.awaitedBlobs()].sort()).toEqual([a, c]);
			store.close();
		});

		it('D17 keeps openings until they are dropped', () => {
			const store = open();
			const opening = (reading: string) => ({ reading, capture: 'c', json: '{}' });
			store.keepOpenings([opening('a'), opening('b')]);
			store.keepOpenings([opening('a')]);
			expect(store.keptOpenings()).toEqual([opening('a'), opening('b')]);
			expect(store.keptOpenings(opening('a').capture)).toEqual(
				store.keptOpenings().filter(({ capture }) => capture === opening('a').capture),
			);
			expect(store.keptOpenings('none')).toEqual([]);
			store.dropOpenings(['a', 'z']);
			expect(store.keptOpenings()).toEqual([opening('b')]);
			store.close();
		});

		it('D5 work done alone, or in one view, gives its answer and passes on its exception', () => {
			const store = open();
			expect(store.alone(() => store.head().size)).toBe(0);
			expect(store.snapshot(() => store.head().size)).toBe(0);
			const fail = () => {
				throw new Error('on purpose');
			};
			expect(() => store.alone(fail)).toThrow('on purpose');
			expect(() => store.snapshot(fail)).toThrow('on purpose');
			expect(store.commit(batchOf(store, 1))).toBe('committed');
			store.close();
		});
	});
}
