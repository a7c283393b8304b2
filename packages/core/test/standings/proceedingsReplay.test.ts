/**
 * What replay of proceedings may not depend on: where it was interrupted (T17), and the order in which statements about different returns come — originals, objections, answers and orders on
 * returns among them. Both are shown that they can fail.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Statement } from '../../src/record/statement.ts';
import { chanceOf } from '../rules/support/chance.ts';
import { countedWorld } from '../rules/support/history.ts';
import type { Contents } from '../rules/support/memory.ts';
import { newPlayer } from '../rules/support/player.ts';
import { newProceeding, proceedOne } from '../rules/support/playerProceedings.ts';
import type { Player } from '../rules/support/seat.ts';
import { bringUnsigned, unsignedNote } from '../rules/support/world.ts';

const SEEDS = fc.integer({ min: 1, max: 1_000_000 });

interface Leaf {
	readonly bytes: Uint8Array;
	readonly statement: Statement;
}

function accepted(player: Player, steps: number): readonly Leaf[] {
	return Array.from({ length: steps }, () => proceedOne(player)).flatMap(({ statement, answer }) =>
		answer.refusal === undefined ? [{ bytes: answer.bytes, statement }] : [],
	);
}

describe('replay of proceedings', () => {
	it('T17 a fold from zero equals one that is stopped, stored as JSON and taken up again, marks and sheets too', () => {
		fc.assert(
			fc.property(SEEDS, fc.nat(80), (seed, stop) => {
				const player = newProceeding(seed);
				const leaves = accepted(player, 120);
				const first = countedWorld();
				for (const { bytes } of leaves.slice(0, stop)) bringUnsigned(first, bytes);
				const second = { rows: first.rows.copy() };
				for (const { bytes } of leaves.slice(stop)) expect(bringUnsigned(second, bytes).refusal).toBe(undefined);
				expect(second.rows.contents()).toEqual(player.world.rows.contents());
			}),
			{ numRuns: 8 },
		);
	});
});

const PLACES = [
	['president', '002'],
	['president', '006'],
	['council', '001'],
	['council', '005'],
] as const;

const ON_RETURNS = new Set(['recount', 'admit', 'set-aside', 'substitute', 're-poll', 'lift', 'reinstate']);

function isAboutReturns(statement: Statement): boolean {
	if (/^(form|station|reading)\/|^blob\/held|^objection\/answer/.test(statement.type)) return true;
	if (statement.type === 'objection/lodge') return statement.target.kind === 'return';
	return statement.type === 'authority/order' && ON_RETURNS.has(statement.order.kind);
}

/** Statements about one return each that are accepted on their own. */
function streams(seed: number): readonly (readonly Leaf[])[] {
	return PLACES.map((place, i) => {
		const alone = countedWorld();
		return accepted(newPlayer(seed * 10 + i, [place], countedWorld()), 90).filter(
			({ bytes, statement }) => isAboutReturns(statement) && bringUnsigned(alone, bytes).refusal === undefined,
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

/** Returns, units and totals, without what depends on where in the log something stands. */
function endOf(leaves: readonly Leaf[]): Contents {
	const world = countedWorld();
	for (const { bytes } of leaves) expect(bringUnsigned(world, bytes).refusal).toBe(undefined);
	const kept = Object.entries(world.rows.contents()).filter(([key]) => /^(return|unit|total) /.test(key));
	const indexes = new Set(['at', 'held']);
	return JSON.parse(
		JSON.stringify(Object.fromEntries(kept), (name, value: unknown) => (indexes.has(name) ? 0 : value)),
	) as Contents;
}

describe('the order of proceedings', () => {
	it('T17 about different returns changes no return and no total', () => {
		const types = new Set<string>();
		fc.assert(
			fc.property(SEEDS, SEEDS, SEEDS, (seed, one, other) => {
				const lists = streams(seed);
				for (const { statement } of lists.flat()) types.add(statement.type);
				expect(endOf(interleaved(lists, one))).toEqual(endOf(interleaved(lists, other)));
			}),
			{ numRuns: 10 },
		);
		for (const type of ['form/original', 'objection/lodge', 'objection/answer', 'authority/order'])
			expect(types).toContain(type);
	});

	it('T17 about one return does change it: the property can tell', () => {
		const original = (by: string, differs: readonly string[]): Statement => ({
			type: 'form/original',
			by: [by],
			contest: 'president',
			custody: { from: 'courier', seal: 'intact' },
			differs,
			poll: 1,
			station: '001',
		});
		const [one, two] = [original('receiving/1', []), original('receiving/2', ['alba'])];
		const leaves = (statements: readonly Statement[]) =>
			statements.map((statement) => ({ statement, bytes: unsignedNote(statement) }));
		expect(endOf(leaves([one, two]))).not.toEqual(endOf(leaves([two, one])));
	});
});
