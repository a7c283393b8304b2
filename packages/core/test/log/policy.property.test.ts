/** Whether two quorums can be without a common witness (L38): group by group, against every way to deal the witnesses to two sides. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifierKey } from '../../src/log/keys.ts';
import { canBeSplit, evaluateQuorum, type Policy, type PolicyGroup } from '../../src/log/policy.ts';
import { portableSuite as suite } from '../../src/std/portable.ts';

const witnessOf = (name: string) => ({ name, key: verifierKey(suite, name, 4, new Uint8Array(32)) });

/** Witnesses a, b, c …; groups are made of what is in no group yet, the last of them is the quorum. */
const policies: fc.Arbitrary<Policy> = fc
	.record({
		count: fc.integer({ min: 1, max: 6 }),
		groups: fc.array(fc.record({ take: fc.integer({ min: 1, max: 6 }), threshold: fc.integer({ min: 1, max: 6 }) }), {
			minLength: 1,
			maxLength: 4,
		}),
	})
	.map(({ count, groups }) => {
		const names = Array.from({ length: count }, (_, i) => String.fromCharCode(97 + i));
		const free = [...names];
		const made: PolicyGroup[] = [];
		for (const [i, { take, threshold }] of groups.entries()) {
			const members = free.splice(0, Math.min(take, free.length));
			if (members.length === 0) break;
			const name = `g${i}`;
			made.push({ name, threshold: Math.min(threshold, members.length), members });
			free.push(name);
		}
		return { logs: [], witnesses: names.map(witnessOf), groups: made, quorum: made.at(-1)?.name ?? names[0] ?? 'none' };
	});

function isSplitByHand(policy: Policy): boolean {
	const names = policy.witnesses.map(({ name }) => name);
	for (let dealt = 0; dealt < 2 ** names.length; dealt++) {
		const one = names.filter((_, i) => Math.floor(dealt / 2 ** i) % 2 === 1);
		const other = names.filter((name) => !one.includes(name));
		if (evaluateQuorum(policy, new Set(one)).met && evaluateQuorum(policy, new Set(other)).met) return true;
	}
	return false;
}

const named = (threshold: PolicyGroup['threshold'], ...names: readonly string[]): Policy => ({
	logs: [],
	witnesses: names.map(witnessOf),
	groups: [{ name: 'all', threshold, members: names }],
	quorum: 'all',
});

describe('L38 policies that can be split', () => {
	it('L38 agrees with dealing the witnesses to two sides in every way', () => {
		const seen = { split: 0, whole: 0 };
		fc.assert(
			fc.property(policies, (policy) => {
				const is = canBeSplit(policy);
				expect(is).toBe(isSplitByHand(policy));
				if (is) seen.split++;
				else seen.whole++;
			}),
			{ numRuns: 1500 },
		);
		expect(Math.min(seen.split, seen.whole)).toBeGreaterThan(200);
	});

	it('L38 two of four can be split, three of four cannot, nor all; any, and none, can', () => {
		const four = ['a', 'b', 'c', 'd'];
		expect(
			[2, 3, 'all', 'any'].map((k) => canBeSplit(named(k === 2 || k === 3 ? k : k === 'all' ? 'all' : 'any', ...four))),
		).toEqual([true, false, false, true]);
		expect(canBeSplit({ ...named(2, ...four), quorum: 'none' })).toBe(true);
		expect(canBeSplit({ ...named(2, ...four), quorum: 'a' })).toBe(false);
	});
});
