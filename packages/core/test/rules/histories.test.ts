/** Every history of `vectors/histories/`: what is accepted, what is refused and by which rule, and what stands in rows and totals at the end (S5–S45, T1–T27). */
import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { SHAPES } from '../../src/record/shapes.ts';
import { RULES } from '../../src/rules/refusal.ts';
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
	const steps = files.flatMap(({ history }) => history.cases.flatMap((one) => one.steps));
	const refused = steps.filter(({ refused: rule }) => rule !== undefined);

	it('refuse by every rule from S5 on and accept every type of statement', () => {
		const rules = new Set(refused.flatMap(({ refused: rule }) => rule ?? []));
		const said = new Set(steps.filter(({ refused: rule }) => rule === undefined).map(({ say }) => say?.['type']));
		const asked = Object.keys(RULES).filter((rule) => !['S1', 'S2', 'S3', 'S4'].includes(rule));
		expect(asked.filter((rule) => !rules.has(rule))).toEqual([]);
		expect(Object.keys(SHAPES).filter((type) => !said.has(type))).toEqual([]);
	});

	it('refuse somebody in the wrong office for every type, and at the gate for every condition', () => {
		const offices = new Set(refused.filter(({ refused: rule }) => rule === 'S10').map(({ say }) => say?.['type']));
		expect(Object.keys(SHAPES).filter((type) => !offices.has(type))).toEqual([]);
		const reasons = refused.filter(({ refused: rule }) => rule === 'S43').map(({ because = '' }) => because);
		const conditions = ['mark', 'number', 'totals', 'counts', 'list', 'outcome', 'texts', 'open-outcome'];
		for (const condition of [...conditions, 'named', 'witnesses', 'stay', 'annulled'])
			expect(reasons.filter((because) => because.startsWith(`${condition}: `))).not.toEqual([]);
	});
});
