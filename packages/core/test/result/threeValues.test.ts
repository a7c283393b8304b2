/** RS9: three-valued results against every completion of small elections. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decidedOutcome, type State, stateFor } from '../../src/result/certain.ts';
import { finalOutcome, type IndexOutcome } from '../../src/result/final.ts';
import { holds } from '../../src/result/holds.ts';
import type { Condition, Otherwise, Round } from '../../src/result/rule.ts';
import type { World } from '../../src/result/tally.ts';
import { completions, small } from './small.ts';
import { isExact, joint, LEVEL } from './smallRules.ts';

const RUNS = 2500;
const BUDGET = 700;

function bruteState(condition: Condition, candidate: number, worlds: readonly World[]): State {
	const met = worlds.filter((world) => holds(condition, candidate, world)).length;
	return met === worlds.length ? 'met' : met === 0 ? 'cannot' : 'open';
}

function spelled(outcome: IndexOutcome): string {
	const sorted = outcome.kind === 'runoff' ? { ...outcome, candidates: [...outcome.candidates].sort() } : outcome;
	return JSON.stringify(sorted);
}

describe('RS9 three values', () => {
	it('RS9 equals all completions in the exact class, is sound outside it', () => {
		const tally = { exact: 0, sound: 0, loose: 0, met: 0, cannot: 0, open: 0 };
		fc.assert(
			fc.property(small(BUDGET), ({ world, condition }) => {
				const worlds = [...completions(world)];
				const exact = isExact(condition, world);
				for (let candidate = 0; candidate < world.eligible.length; candidate++) {
					const ours = stateFor(condition, candidate, world);
					const truth = bruteState(condition, candidate, worlds);
					if (exact || ours !== 'open') expect(ours).toBe(truth);
					tally[exact ? 'exact' : ours === truth ? 'sound' : 'loose']++;
					tally[ours]++;
				}
			}),
			{ numRuns: RUNS },
		);
		expect(tally.exact).toBeGreaterThan(RUNS);
		for (const state of ['met', 'cannot', 'open'] as const) expect(tally[state]).toBeGreaterThan(RUNS / 10);
	}, 120_000);

	it('RS9 a turnout of valid votes leaves room for blank ones, which keep a candidate below a share', () => {
		const third = { op: 'gt' as const, value: { num: 1n, den: 3n } };
		const half = { op: 'gt' as const, value: { num: 1n, den: 2n } };
		const nothing = { op: 'gt' as const, value: { num: 0n, den: 1n } };
		const where: Condition = {
			kind: 'all',
			parts: [
				{ kind: 'share', threshold: third, of: 'cast' },
				{ kind: 'lead', threshold: nothing, of: 'cast' },
			],
		};
		const condition: Condition = {
			kind: 'any',
			parts: [
				{ kind: 'turnout', threshold: half, cast: 'valid', of: 'registered' },
				{ kind: 'area', area: 'A', where },
				{ kind: 'share', threshold: half, of: 'cast' },
			],
		};
		const figures = { votes: [1n, 3n], categories: { blank: 2n }, registered: 8n, room: 3n };
		const world: World = {
			eligible: [true, true],
			denominators: {
				cast: { candidates: true, categories: ['blank'] },
				valid: { candidates: true, categories: [] },
				registered: 'registered',
			},
			total: { votes: [2n, 3n], categories: { blank: 2n }, registered: 10n, room: 3n },
			areas: new Map([[LEVEL, [{ id: 'A', figures, electors: 0n }]]]),
		};
		// Three blank ballots: 3 of 9 in the area are no more than a third, 3 of 10 no half, and 5 valid votes of 10 no more than half.
		expect(stateFor(condition, 1, world)).toBe('open');
	});

	it('RS9 equals all completions where conditions compete for the same ballots', () => {
		const tally = { exact: 0, met: 0 };
		fc.assert(
			fc.property(small(BUDGET, 3, joint), ({ world, condition }) => {
				const worlds = [...completions(world)];
				const exact = isExact(condition, world);
				for (const candidate of [0, 1]) {
					const ours = stateFor(condition, candidate, world);
					if (exact || ours !== 'open') expect(ours).toBe(bruteState(condition, candidate, worlds));
					if (exact) tally.exact++;
					if (ours === 'met') tally.met++;
				}
			}),
			{ numRuns: 2 * RUNS },
		);
		expect(Math.min(tally.exact, tally.met)).toBeGreaterThan(RUNS / 2);
	}, 120_000);

	it('RS9 stays sound when units have no ceiling: what is certain holds however many ballots come', () => {
		let certain = 0;
		fc.assert(
			fc.property(small(BUDGET, 3), fc.array(fc.boolean(), { minLength: 3 }), ({ world, condition }, endless) => {
				const areas = (world.areas.get(LEVEL) ?? []).map((area, index) =>
					endless[index] === true ? { ...area, figures: { ...area.figures, room: undefined } } : area,
				);
				const total = { ...world.total, room: undefined };
				const worlds = [...completions(world)];
				for (let candidate = 0; candidate < world.eligible.length; candidate++) {
					const ours = stateFor(condition, candidate, { ...world, total, areas: new Map([[LEVEL, areas]]) });
					if (ours === 'open') continue;
					certain++;
					expect(ours).toBe(bruteState(condition, candidate, worlds));
				}
			}),
			{ numRuns: RUNS },
		);
		expect(certain).toBeGreaterThan(RUNS / 10);
	}, 120_000);

	it('RS9 decides an outcome exactly when every completion has it', () => {
		const otherwise = fc.option(
			fc.constantFrom<Otherwise>(
				{ kind: 'top', places: 2 },
				{ kind: 'top', places: 2 },
				{ kind: 'top', places: 3 },
				{ kind: 'most-areas', level: LEVEL },
				{ kind: 'refer', to: 'x' },
			),
			{ nil: undefined, freq: 8 },
		);
		let decided = 0;
		fc.assert(
			fc.property(small(BUDGET, 9), otherwise, fc.boolean(), ({ world, condition: drawn }, next, hopeless) => {
				const condition: Condition = hopeless
					? { kind: 'share', of: 'cast', threshold: { op: 'gte', value: { num: 1n, den: 1n } } }
					: drawn;
				const round: Round = next === undefined ? { elect: condition } : { elect: condition, otherwise: next };
				const outcomes = new Set([...completions(world)].map((one) => spelled(finalOutcome(round, one))));
				const ours = decidedOutcome(round, world);
				if (ours !== undefined) {
					decided++;
					expect([...outcomes]).toEqual([spelled(ours)]);
				} else if (isExact(condition, world) && next?.kind !== 'most-areas') {
					expect(outcomes.size).toBeGreaterThan(1);
				}
			}),
			{ numRuns: RUNS },
		);
		expect(decided).toBeGreaterThan(RUNS / 10);
	}, 120_000);
});
