/** Every history of `vectors/histories/`: what is accepted, what is refused and by which rule, and what stands in rows and totals at the end (S5–S32, T1–T18). */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { endRowProblems } from './support/endRows.ts';
import { endProblems } from './support/endState.ts';
import { type HistoryFile, playCase, readVectors } from './support/history.ts';

const names = readdirSync(new URL('../../../../vectors/histories/', import.meta.url)).filter((name) =>
	name.endsWith('.json'),
);
const files = names.map((name) => ({ name, history: readVectors<HistoryFile>(`histories/${name}`) }));

for (const { name, history } of files) {
	describe(`vectors/histories/${name}: ${history.about.split('.')[0] ?? ''}`, () => {
		it.each(history.cases)('$name', (one) => {
			const played = playCase(history, one);
			expect(played.problems).toEqual([]);
			expect([...endProblems(played, one), ...endRowProblems(played, one)]).toEqual([]);
		});
	});
}

describe('the histories', () => {
	it('refuse by every rule from S5 on and accept every type of statement', () => {
		const steps = files.flatMap(({ history }) => history.cases.flatMap((one) => one.steps));
		const refused = new Set(steps.flatMap(({ refused: rule }) => rule ?? []));
		const said = new Set(steps.filter(({ refused: rule }) => rule === undefined).map(({ say }) => say?.['type']));
		expect([...refused].toSorted()).toEqual(
			expect.arrayContaining(
				['S5', 'S6', 'S7', 'S8', 'S9', 'S10', ...Array.from({ length: 13 }, (_, i) => `S${20 + i}`)].toSorted(),
			),
		);
		expect(said.size).toBeGreaterThanOrEqual(13);
	});
});
