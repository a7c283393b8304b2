/** Purses and addresses (A16, A18): what a wait says is true, and nobody counts as somebody else. */

import { addressGroup, isLoopback, shortAddress } from '@matokeo/portal/live/address.ts';
import { tokenBuckets } from '@matokeo/portal/live/tokenBuckets.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

describe('A16 purses', () => {
	it('A16 whoever waits as long as told is let pass, and a second earlier is not', () => {
		const rate = fc.record({ perSecond: fc.integer({ min: 1, max: 50 }), burst: fc.integer({ min: 1, max: 100 }) });
		const costs = fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 30 });
		fc.assert(
			fc.property(rate, costs, (given, spent) => {
				let ms = 0;
				const purses = tokenBuckets(given, 10, () => ms);
				for (const cost of spent) {
					const seconds = purses.take('a', cost);
					if (seconds === undefined) continue;
					ms += (seconds - 1) * 1_000;
					expect(purses.ask('a', cost)).toBe(1);
					ms += 1_000;
					expect(purses.take('a', cost)).toBeUndefined();
				}
			}),
		);
	});

	it('A16 never more is spent than the burst and what came back', () => {
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 10 }))), (steps) => {
				let ms = 0;
				let spent = 0;
				const purses = tokenBuckets({ perSecond: 3, burst: 10 }, 10, () => ms);
				for (const [pause, cost] of steps) {
					ms += pause;
					if (purses.take('a', cost) === undefined) spent += cost;
					expect(spent).toBeLessThanOrEqual(10 + (ms / 1_000) * 3 + 1e-6);
				}
			}),
		);
	});

	it('A16 so many names are remembered, the one not heard of longest is forgotten first', () => {
		const purses = tokenBuckets({ perSecond: 1, burst: 1 }, 2, () => 0);
		for (const name of ['a', 'b', 'c']) expect(purses.take(name, 1)).toBeUndefined();
		expect([purses.ask('b', 1), purses.ask('c', 1)]).toEqual([1, 1]);
		expect(purses.ask('a', 1)).toBeUndefined();
	});

	it('A16 a debt has an end', () => {
		let ms = 0;
		const purses = tokenBuckets({ perSecond: 1, burst: 5 }, 10, () => ms);
		for (let i = 0; i < 100; i++) purses.charge('a', 1);
		ms += 6_000;
		expect(purses.take('a', 1)).toBeUndefined();
	});
});

describe('A16 addresses', () => {
	it.each([
		['192.0.2.77', '192.0.2.77', '192.0.2.0/24'],
		['::ffff:192.0.2.77', '192.0.2.77', '192.0.2.0/24'],
		['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64', '2001:db8:1::/48'],
		['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64', '2001:db8:1::/48'],
		['2001:db8::1', '2001:db8:0:0::/64', '2001:db8:0::/48'],
		['fe80::1%eth0', 'fe80:0:0:0::/64', 'fe80:0:0::/48'],
		['::1', '0:0:0:0::/64', '0:0:0::/48'],
	])('A16 %s counts as %s and is written down as %s', (ip, group, short) => {
		expect([addressGroup(ip), shortAddress(ip)]).toEqual([group, short]);
	});

	it('A18 only the machine itself is near', () => {
		const all = ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '192.0.2.1', '::2', '::ffff:192.0.2.1', ''];
		expect(all.map(isLoopback)).toEqual([true, true, true, true, false, false, false, false]);
	});
});
