/** RS10 area by area: each area's distance beside what its returns in question can hold, and whether that is enough, whatever the rule and the figures. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html } from '../../src/html/html.ts';
import { pageContext } from '../../src/pages/context.ts';
import type { Names } from '../../src/pages/names.ts';
import { nearAreas } from '../../src/pages/nearAreas.ts';
import { reported } from '../sentenceReports.ts';
import { PUBLICATION } from '../support/fixtures.ts';
import { problemsOf } from '../support/markup.ts';

const ids: Names = { candidate: (id) => id, area: (id) => id, level: (id) => id };
const context = pageContext(PUBLICATION, 'en', { page: 'contest', contest: 'president' });

const VERDICTS = {
	true: 'enough to matter',
	false: 'too few, whatever is found',
	undefined: 'cannot be said',
} as const;

describe('RS10 area by area', () => {
	it('has a row for every area that a condition counts, with its distance and its verdict', () => {
		let rows = 0;
		fc.assert(
			fc.property(reported, ({ report }) => {
				const { text } = html`${nearAreas(context, 'president', report.facts, ids)}`;
				expect(problemsOf(text)).toEqual([]);
				const tables = text.split('<details class="near">').slice(1);
				const seen = new Set<string>();
				for (const fact of report.facts) {
					if ((fact.kind !== 'areas' && fact.kind !== 'electors') || seen.has(JSON.stringify(fact))) continue;
					const shown = tables[seen.size] ?? '';
					seen.add(JSON.stringify(fact));
					for (const { area, distance_switched: switched, stakes = [], stakes_together: together } of fact.areas) {
						const row =
							new RegExp(`<tr><th scope="row"><a href="[^"]*/${area}\\.html">.*?</tr>`, 's').exec(shown)?.[0] ?? '';
						rows++;
						expect(row).toContain(switched === 'none' ? 'none would' : `data-value="${switched}"`);
						const concerned = stakes.some(({ stations }) => stations > 0);
						const verdict = VERDICTS[`${together?.enough}`];
						expect([row.includes(verdict), concerned]).toEqual([concerned, concerned]);
					}
				}
				expect(tables.length).toBe(seen.size);
			}),
			{ numRuns: 300 },
		);
		expect(rows).toBeGreaterThan(50);
	});
});
