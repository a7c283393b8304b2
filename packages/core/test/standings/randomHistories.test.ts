/**
 * Histories drawn at random, every state reached: after each step the totals of every area are the sums of their stations (T17), counts keep their
 * identity (T13), nothing is negative and no invariant throws. The auditor is itself shown a faulty contribution.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReturnRow } from '../../src/rules/rows.ts';
import { contributionOf } from '../../src/standings/contribution.ts';
import { returnViewOf } from '../../src/standings/returnView.ts';
import { audit, type ContributionOf, stationIds } from '../rules/support/auditor.ts';
import { ALL, note, type Reached } from '../rules/support/coverage.ts';
import { newPlayer, playOne } from '../rules/support/player.ts';
import { type ViewOf, viewProblems } from '../rules/support/viewAuditor.ts';

const STEPS = 120;

/** Plays a history and answers with the first step after which something does not hold. */
function problemIn(
	seed: number,
	steps: number,
	reached: Reached,
	contribution: ContributionOf = contributionOf,
	viewOf: ViewOf = returnViewOf,
): string {
	const player = newPlayer(seed);
	for (let step = 0; step < steps; step++) {
		const { statement, answer } = playOne(player);
		note(reached, player, statement, answer);
		const { rows } = player.world;
		const [problem] = [...audit(rows, contribution), ...viewProblems(rows, stationIds(rows), viewOf)];
		if (problem !== undefined) return `step ${step} of seed ${seed}, ${statement.type}: ${problem}`;
	}
	return '';
}

function without(member: 'quarantine' | 'disregard', row: ReturnRow = { captures: [] }): ReturnRow {
	const { quarantine, disregard, ...rest } = row;
	if (member === 'quarantine') return disregard === undefined ? rest : { ...rest, disregard };
	return quarantine === undefined ? rest : { ...rest, quarantine };
}

describe('histories at random', () => {
	it('T13 T17 hold after every step of fixed histories, which reach every type, decision, state and refusal', () => {
		const reached: Reached = new Map();
		for (let seed = 1; seed <= 60; seed++) expect(problemIn(seed, STEPS, reached)).toBe('');
		expect(ALL.filter((name) => !reached.has(name))).toEqual([]);
	});

	it('T13 T17 hold after every step of other histories', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1000, max: 1_000_000 }), (seed) => {
				expect(problemIn(seed, STEPS, new Map())).toBe('');
			}),
			{ numRuns: 25 },
		);
	});

	const wrongViews: readonly (readonly [string, ViewOf])[] = [
		[
			'calls a quarantined return verified',
			(contest, unit, row, merged) => returnViewOf(contest, unit, without('quarantine', row), merged),
		],
		['forgets that a station is merged away', (contest, unit, row) => returnViewOf(contest, unit, row, false)],
		['never says that documents differ', (...of) => ({ ...returnViewOf(...of), differs: 'no' })],
	];
	it.each(wrongViews)('T20 the auditor sees a view that %s', (_name, faulty) => {
		const seen = Array.from({ length: 30 }, (_, seed) => problemIn(seed + 1, STEPS, new Map(), contributionOf, faulty));
		expect(seen.some((problem) => problem.includes('T20'))).toBe(true);
	});

	const faults: readonly (readonly [string, ContributionOf])[] = [
		[
			'counts quarantined votes in the stages',
			(at, unit, row, merged) => contributionOf(at, unit, without('quarantine', row), merged),
		],
		[
			'counts disregarded votes',
			(at, unit, row, merged) => contributionOf(at, unit, without('disregard', row), merged),
		],
		['counts stations that are merged away', (at, unit, row) => contributionOf(at, unit, row)],
		[
			'counts postponed returns',
			(at, unit, row, merged) =>
				contributionOf(at, unit.status === 'postponed' ? { ...unit, status: 'open' } : unit, row, merged),
		],
		[
			'forgets that a form fails its checks',
			(at, unit, row, merged) =>
				contributionOf(at, unit, row === undefined ? row : { ...row, asWritten: true }, merged),
		],
	];
	it.each(faults)('the auditor sees a contribution that %s', (_name, faulty) => {
		const seen = Array.from({ length: 30 }, (_, seed) => problemIn(seed + 1, STEPS, new Map(), faulty));
		expect(seen.some((problem) => problem.includes('T17'))).toBe(true);
	});
});
