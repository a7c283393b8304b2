/**
 * Proceedings drawn at random (S33–S45, T22–T26): the diagrams of `spec/proceedings.md` are walked until every state and every refusal is reached, and after each step the auditors recompute what must hold. Then
 * the auditors are themselves shown rows that are wrong.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FILINGS, filesNamedBy } from '../../src/record/filesNamed.ts';
import { audit, stationIds } from '../rules/support/auditor.ts';
import { strayChanges } from '../rules/support/countsAuditor.ts';
import type { Reached } from '../rules/support/coverage.ts';
import { ALL_PROCEEDINGS, noteProceeding } from '../rules/support/coverageActs.ts';
import { drawNext, newProceeding } from '../rules/support/playerProceedings.ts';
import { newLedger, proceedingProblems } from '../rules/support/proceedingsAuditor.ts';
import { viewProblems } from '../rules/support/viewAuditor.ts';
import { sayUnsigned } from '../rules/support/world.ts';

const STEPS = 150;

/** Plays proceedings and answers with the first step after which something does not hold. */
function problemIn(seed: number, reached: Reached): string {
	const player = newProceeding(seed);
	const ledger = newLedger();
	for (let step = 0; step < STEPS; step++) {
		const statement = drawNext(player);
		const beside = statement.type === 'count/lodge' || statement.type === 'access/digest';
		const before = beside ? player.world.rows.contents() : {};
		const answer = sayUnsigned(player.world, statement);
		noteProceeding(reached, player, statement, answer);
		if (answer.refusal !== undefined) continue;
		const { rows } = player.world;
		if (filesNamedBy(statement).some((digest) => rows.get('blob', digest) === undefined))
			return `step ${step} of seed ${seed}: S26: a file that ${statement.type} names has no row`;
		if (filesNamedBy(statement).length > 0 && !FILINGS.has(statement.type))
			return `step ${step} of seed ${seed}: ${statement.type} names files and is not among the filings`;
		const [problem] = [
			...(beside ? strayChanges(before, rows.contents()) : []),
			...audit(rows),
			...viewProblems(rows, stationIds(rows)),
			...proceedingProblems(player.world, ledger),
		];
		if (problem !== undefined) return `step ${step} of seed ${seed}, ${statement.type}: ${problem}`;
	}
	return '';
}

describe('proceedings at random', () => {
	it('S33–S43 fixed ones reach every state, kind and refusal, and everything holds after each step', () => {
		const reached: Reached = new Map();
		for (let seed = 1; seed <= 40; seed++) expect(problemIn(seed, reached)).toBe('');
		expect(ALL_PROCEEDINGS.filter((name) => !reached.has(name))).toEqual([]);
	});

	it('S33–S43 everything holds after each step of other ones', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1000, max: 1_000_000 }), (seed) => {
				expect(problemIn(seed, new Map())).toBe('');
			}),
			{ numRuns: 15 },
		);
	});
});
