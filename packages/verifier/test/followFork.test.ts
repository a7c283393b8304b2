/** A log that contradicts itself while it is followed (V65, V66): put back, or with two histories; and what is said when nothing proves which. */
import { afterAll, describe, expect, it } from 'vitest';
import { judgeEvidence } from '../src/evidence/judge.ts';
import { accusedOf } from '../src/follow/disagreement.ts';
import type { Follower } from '../src/follow/follower.ts';
import { following, grow, seedFolder, steps } from './support/following.ts';
import { publish, removeFolders } from './support/publish.ts';
import { smallLog, suite, tick } from './support/smallLog.ts';

const log = smallLog();
afterAll(removeFolders);

describe('following: a log that contradicts itself', () => {
	const other = [...log.slice(0, 250), tick(9_000), ...log.slice(251)];

	async function at(size: number): Promise<{ dir: string; one: Follower }> {
		const dir = seedFolder(log);
		const one = await following(dir);
		await steps(dir, one, log, [size]);
		return { dir, one };
	}

	it('V65 a smaller checkpoint of our own past is told, with both notes', async () => {
		const { one } = await at(300);
		const { checkpoint } = publish(log.slice(0, 120));
		const step = await one.advance(checkpoint);
		expect(step).toMatchObject({ kind: 'smaller', size: 120, misbehaviour: { kind: 'rollback', served: checkpoint } });
		expect(one.size()).toBe(300);
	});

	it.each([
		['of one size', 300, 300, 'fork'],
		['of a larger size, in whose tree our past is another', 260, 300, 'rewritten'],
		['of a larger size, from a whole tile on', 256, 300, 'rewritten'],
		['of a smaller size, which our tree never had', 300, 270, 'rewritten'],
	] as const)('V66 a second history %s is a fork, and the evidence stands by itself', async (_, own, theirs, kind) => {
		const { dir, one } = await at(own);
		const { checkpoint } = grow(dir, other.slice(0, theirs));
		const step = await one.advance(checkpoint);
		if (step.kind !== 'fork') throw new Error(step.kind);
		expect(step.misbehaviour.kind).toBe(kind);
		const file = { ...accusedOf(one.context), reporter: 'a test', time: 0, ...step.misbehaviour };
		expect(judgeEvidence(suite, file).strength).toBe('proved');
		expect(one.size()).toBe(own);
		grow(dir, log);
		expect(await one.advance(publish(log).checkpoint)).toMatchObject({ kind: 'ok' });
	});

	it('V66 without tiles that show it, a second history is files in question and no more', async () => {
		const { dir, one } = await at(260);
		const { checkpoint } = publish(other);
		grow(dir, log);
		expect(await one.advance(checkpoint)).toMatchObject({ kind: 'wrong-root' });
		grow(dir, log);
		expect(await one.advance(publish(log).checkpoint)).toMatchObject({ kind: 'ok', size: 300 });
	});
});
