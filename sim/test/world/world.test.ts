/**
 * The simulated world (docs/world.md): kept seeds in which everything must be as the table of disasters says, the same seed the same evening, and bugs planted on purpose, each of which the world must find. `npm run
 * soak` plays thousands more.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { chanceOf } from '../../src/world/chance.ts';
import { DISASTERS } from '../../src/world/disasters.ts';
import { PLANTED, type PlantedName } from '../../src/world/planted.ts';
import { play } from '../../src/world/play.ts';

/** A seed and a sentence to a line. */
const KEPT = readFileSync(new URL('./seeds.txt', import.meta.url), 'utf8')
	.trimEnd()
	.split('\n')
	.map((line) => line.split(/ (.*)/));

describe('the simulated world', () => {
	it.each(KEPT)(
		'seed %s: %s',
		async (seed = '') => {
			const played = await play(seed);
			expect({ again: `npm run soak -- --seed ${seed} --trace`, failures: played.failures }).toMatchObject({
				failures: [],
			});
			expect(played.happened.length).toBeGreaterThan(5);
			expect(played.receipts).toBeGreaterThan(30);
		},
		60_000,
	);

	it('the same seed plays the same evening to the last message, and another seed another', async () => {
		const quick = { trace: true, only: ['restarted', 'bad-network', 'image-withheld', 'void-statement-logged'] };
		const [one, again, other] = [await play('same', quick), await play('same', quick), await play('other', quick)];
		expect(one.trace.length).toBeGreaterThan(1_000);
		expect(again.trace).toEqual(one.trace);
		expect(other.trace).not.toEqual(one.trace);
	}, 60_000);

	it('every disaster has a name of its own, and says what must come of it', () => {
		expect(new Set(DISASTERS.map(({ id }) => id)).size).toBe(DISASTERS.length);
		for (const one of DISASTERS) {
			if (one.expect === 'undetectable') expect(one.because.length).toBeGreaterThan(40);
			if (one.expect === 'detected') expect(one.reveals.length * one.within).toBeGreaterThan(0);
		}
	});

	it('streams of chance follow from the seed and the name alone', () => {
		const draw = (name: string) =>
			Array.from(
				{ length: 5 },
				(
					(stream) => () =>
						stream.below(1_000)
				)(chanceOf('s').stream(name)),
			);
		expect(draw('a')).toEqual(draw('a'));
		expect(draw('a')).not.toEqual(draw('b'));
	});
});

/** Name, the disasters that show it, seeds that may be needed, and what is said. */
const BUGS: readonly (readonly [PlantedName, readonly string[] | undefined, number, RegExp])[] = [
	['server-answers-early', undefined, 1, /receipt is none|acknowledged/],
	['server-commits-late', undefined, 1, /the database holds 0|acknowledged/],
	['checkpoint-before-tiles', undefined, 1, /the tiles beside it do not give its root/],
	['links-are-forgotten', undefined, 1, /image-missing/],
	['witness-answers-early', ['witness-killed'], 3, /remembers/],
	['start-asks-nobody', ['machine-restored'], 3, /halted|rollback|fork|rewritten|receipt-broken/],
	['collector-believes-claims', ['witness-lies'], 5, /has been well for a while|unwitnessed/],
	['monitor-skips-equal-sizes', ['log-key-stolen'], 8, /log-key-stolen: nobody has seen it/],
];

describe('a planted bug is found', () => {
	it('and none is forgotten here', () => {
		expect(BUGS.map(([name]) => name).sort()).toEqual(Object.keys(PLANTED).sort());
	});

	it.each(BUGS)(
		'%s',
		async (name, only, seeds, complaint) => {
			const found: string[] = [];
			for (let seed = 1; seed <= seeds && found.length === 0; seed++)
				found.push(
					...(await play(`${seed}`, { planted: PLANTED[name], ...(only === undefined ? {} : { only }) })).failures,
				);
			expect(found[0]).toMatch(complaint);
		},
		120_000,
	);
});
