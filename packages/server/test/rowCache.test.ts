/** Rows remembered between appends (D7): what is not there is known without asking once the keys were learnt, and never longer than that is true. */
import { describe, expect, it } from 'vitest';
import { rowCache } from '../src/app/rowCache.ts';

function cacheOf(rows: Readonly<Record<string, string>>) {
	const asked: string[] = [];
	const there = new Map(Object.entries(rows));
	const cache = rowCache((_table, key) => {
		asked.push(key);
		return undefined;
	});
	return { cache, asked, learn: () => cache.learnKeys(['unit'], () => [...there.keys()]), there };
}

const UNIT = { poll: 1, status: 'open', reason: '' } as const;

describe('D7 remembered rows', () => {
	it('D7 are asked for once each', () => {
		const { cache, asked } = cacheOf({});
		cache.get('unit', 'a');
		cache.get('unit', 'a');
		expect(asked).toEqual(['a']);
	});

	it('D7 that are not there are not asked for when the keys are known; those that are, and those of other tables, are', () => {
		const { cache, asked, learn } = cacheOf({ a: '' });
		learn();
		for (const key of ['a', 'b', 'c']) cache.get('unit', key);
		cache.get('station', 'b');
		expect(asked).toEqual(['a', 'b']);
	});

	it('D7 that are put are there from then on; after another process has written, nothing is known any more', () => {
		const { cache, asked, learn, there } = cacheOf({});
		learn();
		expect(cache.get('unit', 'b')).toBeUndefined();
		cache.put('unit', 'b', UNIT);
		expect(cache.get('unit', 'b')).toEqual(UNIT);
		cache.clear();
		there.set('d', '');
		cache.get('unit', 'b');
		expect(asked).toEqual(['b']);
		learn();
		cache.get('unit', 'd');
		cache.get('unit', 'e');
		expect(asked).toEqual(['b', 'd']);
	});
});
