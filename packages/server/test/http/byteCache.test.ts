/** What is kept for the next reader (A13): bounded, and bytes that are the same object are hashed and compressed once even where they are too long or too passing to be kept. */
import { describe, expect, it } from 'vitest';
import { byteCache } from '../../src/http/byteCache.ts';

const TYPE = 'text/csv; charset=utf-8';

describe('A13 bytes for the next reader', () => {
	it('A13 the same bytes have one tag and one compressed form, whatever the stamp and however long they are', async () => {
		const cache = byteCache(100);
		const table = new TextEncoder().encode('station,alba\n'.repeat(1_000));
		const first = cache.put('table', 'passing 1', table, TYPE);
		const second = cache.put('table', 'passing 2', table, TYPE);
		expect(second).toBe(first);
		expect(await second.encoded('br')).toBe(await first.encoded('br'));
		expect(cache.get('table', 'passing 2')).toBe(undefined);
		expect(cache.put('table', '3', table.slice(), TYPE)).not.toBe(first);
		expect(cache.put('table', '4', table, 'application/json').type).toBe('application/json');
	});

	it('A13 what is kept is good for its stamp, and the oldest goes where there is no room', () => {
		const cache = byteCache(100);
		const put = (name: string) => cache.put(name, '1', new Uint8Array(40), TYPE);
		const [a, b] = [put('a'), put('b')];
		expect([cache.get('a', '1'), cache.get('a', '2')]).toEqual([a, undefined]);
		put('c');
		expect([cache.get('a', '1'), cache.get('b', '1')]).toEqual([a, undefined]);
		expect(b.tag).toBe(a.tag);
	});
});
