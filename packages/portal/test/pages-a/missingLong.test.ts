/** The list of missing stations of a whole country: on the first evening nearly every station is in it, and whoever sends a form waits while a page is written. */
import { describe, expect, it } from 'vitest';
import { pageContext } from '../../src/pages/context.ts';
import { missingPage } from '../../src/pages/missing.ts';
import { MISSING_AREA_VIEW, PUBLICATION } from '../support/fixtures.ts';

describe('what is missing in a whole country', () => {
	it('takes time in proportion to its stations', () => {
		const context = pageContext(PUBLICATION, 'en', { page: 'missing', contest: 'president', area: 'area3' });
		const lost = MISSING_AREA_VIEW.stations.slice(0, 1);
		const timeOf = (count: number): number => {
			const stations = Array.from({ length: count }, () => lost).flat();
			const began = performance.now();
			missingPage(context, { ...MISSING_AREA_VIEW, stations });
			return performance.now() - began;
		};
		timeOf(4_000);
		const few = Math.min(timeOf(4_000), timeOf(4_000), timeOf(4_000));
		expect(timeOf(40_000) / few).toBeLessThan(40);
	});
});
