/** The book of requests by itself: memory is bounded when nothing can be written, and what was given up is told in the book (Y5). */
import { describe, expect, it } from 'vitest';
import { type BookedRequest, requestBook, sourceOf } from '../../src/books/requests.ts';
import { START } from '../lib/world.ts';

const REQUEST: BookedRequest = {
	method: 'POST',
	route: '/api/v1/statements',
	status: 200,
	ms: 3,
	bytes: 900,
	address: '203.0.113.9',
	keys: ['po/001'],
};

describe('Y5 the book of requests', () => {
	it('Y5 keeps at most 16 MiB while nothing can be written, then writes what it kept and how many lines it lost', () => {
		const book = requestBook(
			() => START,
			() => 'secret',
		);
		const requested = 120_000;
		const full = () => {
			throw new Error('the disk is full');
		};
		for (let i = 0; i < requested; i++) book.request(REQUEST);
		expect(() => book.flush(full)).toThrow('the disk is full');
		expect(book.waiting()).toBeLessThanOrEqual(16_777_216);
		expect(book.lost()).toBeGreaterThan(0);
		let written = '';
		book.flush((text) => {
			written += text;
		});
		const lines = written.trimEnd().split('\n');
		expect(JSON.parse(lines.at(-1) ?? '')).toEqual({ kind: 'lost', lines: book.lost(), time: START });
		expect(lines.length - 1 + book.lost()).toBe(requested);
		expect(book.waiting()).toBe(0);
		book.flush((text) => expect.unreachable(`nothing is told twice: ${text}`));
	});

	it('Y5 counts reads by the minute, in a line when it is over', () => {
		let now = START;
		const book = requestBook(
			() => now,
			() => 'secret',
		);
		book.read('/checkpoint', 200);
		book.read('/checkpoint', 200);
		book.read('/checkpoint', 404);
		let written = '';
		const write = (text: string) => {
			written += text;
		};
		book.flush(write);
		expect(written).toBe('');
		now += 60;
		book.flush(write);
		expect(JSON.parse(written)).toEqual({
			kind: 'minute',
			reads: [
				{ count: 2, route: '/checkpoint', status: 200 },
				{ count: 1, route: '/checkpoint', status: 404 },
			],
			time: START - (START % 60),
		});
	});

	it('Y5 a source is one address under one secret, and another under the next', () => {
		expect(sourceOf('a', '203.0.113.9')).toBe(sourceOf('a', '203.0.113.9'));
		expect(sourceOf('a', '203.0.113.9')).not.toBe(sourceOf('a', '203.0.113.8'));
		expect(sourceOf('a', '203.0.113.9')).not.toBe(sourceOf('b', '203.0.113.9'));
		expect(sourceOf('a', '203.0.113.9')).toMatch(/^[0-9a-f]{16}$/);
	});
});
