/**
 * What replay may not depend on: where it was interrupted (T17), the order in which independent returns arrive (T17), and leaves that are void. Each
 * property is shown, on a planted fault, that it can fail.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Statement } from '../../src/record/statement.ts';
import { chanceOf } from '../rules/support/chance.ts';
import { openedWorld } from '../rules/support/history.ts';
import { type Contents, memoryRows } from '../rules/support/memory.ts';
import { newPlayer, playOne } from '../rules/support/player.ts';
import { bringUnsigned, sayUnsigned, type World } from '../rules/support/world.ts';

const SEEDS = fc.integer({ min: 1, max: 1_000_000 });

interface Leaf {
	readonly bytes: Uint8Array;
	readonly accepted: boolean;
	readonly statement: Statement;
}

function historyOf(
	seed: number,
	steps: number,
	places?: Parameters<typeof newPlayer>[1],
): { readonly leaves: readonly Leaf[]; readonly end: Contents } {
	const player = newPlayer(seed, places);
	const leaves = Array.from({ length: steps }, () => {
		const { statement, answer } = playOne(player);
		return { bytes: answer.bytes, accepted: answer.refusal === undefined, statement };
	});
	return { leaves, end: player.world.rows.contents() };
}

/** Rows without what depends on where in the log something stands; totals and everything else as they are. */
function withoutPlaces(contents: Contents): Contents {
	const indexes = new Set(['at', 'held', 'from', 'until']);
	return JSON.parse(
		JSON.stringify(contents, (name, value: unknown) =>
			indexes.has(name) ? (value === undefined ? undefined : 0) : value,
		),
	) as Contents;
}

function replayed(leaves: readonly Leaf[], world: World = openedWorld()): Contents {
	for (const { bytes } of leaves) bringUnsigned(world, bytes);
	return world.rows.contents();
}

describe('replay', () => {
	it('T17 a fold from zero equals one that is stopped, stored as JSON and taken up again', () => {
		fc.assert(
			fc.property(SEEDS, fc.nat(90), (seed, stop) => {
				const { leaves, end } = historyOf(seed, 90);
				const accepted = leaves.filter((leaf) => leaf.accepted);
				const first = openedWorld();
				replayed(accepted.slice(0, stop), first);
				expect(replayed(accepted.slice(stop), { rows: first.rows.copy() })).toEqual(end);
			}),
			{ numRuns: 25 },
		);
	});

	it('T17 sees a stop that loses rows: the clock is missed, lost totals stop everything', () => {
		const { leaves, end } = historyOf(7, 90);
		const first = openedWorld();
		replayed(leaves.slice(0, 60), first);
		const without = (table: string): World => {
			const kept = Object.entries(first.rows.contents()).filter(([key]) => !key.startsWith(`${table} `));
			const hashes = Array.from({ length: first.rows.size() }, () => new Uint8Array(32));
			return { rows: memoryRows({ tables: new Map(kept), ids: new Map(), leaves: hashes, notes: [] }) };
		};
		expect(replayed(leaves.slice(60), without('log'))).not.toEqual(end);
		expect(() => replayed(leaves.slice(60), without('total'))).toThrow('a total left the safe integers');
	});

	it('S8 a void leaf changes nothing but the indexes of what follows', () => {
		fc.assert(
			fc.property(SEEDS, (seed) => {
				const { leaves, end } = historyOf(seed, 90);
				expect(leaves.some(({ accepted }) => !accepted)).toBe(true);
				const world = openedWorld();
				for (const { bytes, accepted } of leaves) {
					const answer = bringUnsigned(world, bytes);
					expect(answer.refusal === undefined).toBe(accepted);
					if (!accepted) world.rows.voided(bytes);
				}
				expect(withoutPlaces(world.rows.contents())).toEqual(withoutPlaces(end));
			}),
			{ numRuns: 25 },
		);
	});

	it('S8 sees a replay in which a void leaf takes effect', () => {
		const { leaves, end } = historyOf(3, 90);
		const world = openedWorld();
		for (const { bytes, accepted } of leaves) {
			if (accepted) bringUnsigned(world, bytes);
			else world.rows.put('log', '', { opened: true, captured: true, time: 1, witnessed: 0 });
		}
		expect(withoutPlaces(world.rows.contents())).not.toEqual(withoutPlaces(end));
	});
});

const PLACES = [
	['president', '002'],
	['president', '004'],
	['president', '007'],
	['council', '005'],
] as const;

/** Statements about one return each that are accepted on their own: no enrolments, amendments or clock, and no image that two of them name. */
function streams(seed: number): readonly (readonly Leaf[])[] {
	const about = /^(form|station|reading)\/|^blob\/held/;
	return PLACES.map((place, i) => {
		const { leaves } = historyOf(seed * 10 + i, 60, [place]);
		const alone = openedWorld();
		return leaves.filter(
			({ bytes, statement }) => about.test(statement.type) && bringUnsigned(alone, bytes).refusal === undefined,
		);
	});
}

function interleaved(lists: readonly (readonly Leaf[])[], seed: number): readonly Leaf[] {
	const chance = chanceOf(seed);
	const left = lists.map((list) => [...list]);
	const merged: Leaf[] = [];
	while (left.some((list) => list.length > 0))
		merged.push(...chance.one(left.filter((list) => list.length > 0)).splice(0, 1));
	return merged;
}

describe('the order of arrival', () => {
	it('T17 of independent returns changes no row and no total', () => {
		fc.assert(
			fc.property(SEEDS, SEEDS, SEEDS, (seed, one, other) => {
				const lists = streams(seed);
				const [a, b] = [interleaved(lists, one), interleaved(lists, other)].map((leaves) => {
					const world = openedWorld();
					for (const { bytes } of leaves) expect(bringUnsigned(world, bytes).refusal).toBe(undefined);
					return withoutPlaces(world.rows.contents());
				});
				expect(a).toEqual(b);
			}),
			{ numRuns: 15 },
		);
	});

	it('T17 of two forms of one return does change what counts: the property can tell', () => {
		const capture = (by: string, votes: number, image: string): Statement => ({
			type: 'form/capture',
			by: [by],
			contest: 'president',
			station: '001',
			kind: 'original',
			poll: 1,
			route: 'own-kit',
			images: [{ kind: 'original', sha256: image.repeat(64), size: 1 }],
			figures: { alba: votes, benta: 0, chidi: 0, valid: votes, rejected: 0, cast: votes },
		});
		const held = (image: string): Statement => ({
			type: 'blob/held',
			by: ['small.example/log'],
			blobs: [{ sha256: image.repeat(64), size: 1 }],
		});
		const one = [capture('po/001', 10, 'a'), held('a')];
		const two = [capture('receiving/1', 20, 'b'), held('b')];
		const [first, second] = [
			[...one, ...two],
			[...two, ...one],
		].map((statements) => {
			const world = openedWorld();
			for (const statement of statements) expect(sayUnsigned(world, statement).refusal).toBe(undefined);
			return withoutPlaces(world.rows.contents());
		});
		expect(first).not.toEqual(second);
	});
});
