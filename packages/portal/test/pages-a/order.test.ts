/** What stands first: the most that is missing, the newest change, and no title twice. */
import { describe, expect, it } from 'vitest';
import { changesPage } from '../../src/pages/changes.ts';
import { pageContext } from '../../src/pages/context.ts';
import { homePage } from '../../src/pages/home.ts';
import { missingPage } from '../../src/pages/missing.ts';
import { areaLines, HOME_VIEW, MISSING_VIEW, PUBLICATION, resultsOf } from '../support/fixtures.ts';
import { CHANGES_VIEW } from '../support/fixturesHistory.ts';

const at = (page: 'missing' | 'changes') => pageContext(PUBLICATION, 'en', { page, contest: 'president' });

describe('what is missing', () => {
	const lines = areaLines(['Few', 'None', 'Many']).map((line, place) => ({
		...line,
		results: resultsOf(100, 100, { missing: [3, 0, 40][place] ?? 0 }),
	}));

	it('begins with the area that misses the most', () => {
		const text = missingPage(at('missing'), { ...MISSING_VIEW, areas: lines });
		expect([...text.matchAll(/<tr><th scope="row">(?:<a[^>]*>)?<bdi>(\w+)/g)].map(([, name]) => name)).toEqual([
			'Many',
			'Few',
			'None',
		]);
	});

	it('has a column of postponed stations and of forms not seen only where there are some', () => {
		const text = missingPage(at('missing'), { ...MISSING_VIEW, areas: lines });
		expect(text).not.toMatch(/>Postponed<\/th>|>No form seen<\/th>/);
		const [first, ...others] = lines;
		if (first === undefined) throw new Error('there are areas');
		const some = [{ ...first, results: { ...first.results, postponed: 1, no_form_seen: 2 } }, ...others];
		const told = missingPage(at('missing'), { ...MISSING_VIEW, areas: some });
		expect(told).toMatch(/>No form seen<\/th>.*>Postponed<\/th>/s);
	});
});

describe('what changed', () => {
	it('begins with the newest', () => {
		const text = changesPage(at('changes'), CHANGES_VIEW);
		const shown = [...text.matchAll(/ id="e([0-9]+)/g)].map(([, index]) => index);
		const wanted = CHANGES_VIEW.entries.map(({ index }) => String(index)).toReversed();
		expect(shown.length).toBeGreaterThan(1);
		expect(shown).toEqual(wanted);
	});
});

describe('home', () => {
	it('has the election’s title once on the page, where other pages lead back by it', () => {
		const home = homePage(pageContext(PUBLICATION, 'en', { page: 'home' }), HOME_VIEW);
		const body = home.slice(home.indexOf('<body'));
		expect(body.match(/Bolivia, general election of 20 October 2019/g)).toHaveLength(1);
		expect(missingPage(at('missing'), MISSING_VIEW)).toContain('<p class="election">');
	});
});
