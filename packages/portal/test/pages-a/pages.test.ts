/** The pages of home, contest, area and missing: what each must say whatever the figures, and what no name can make of it. */
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { siteScript, siteStyle } from '../../src/design/assets.ts';
import { areaPage } from '../../src/pages/area.ts';
import { contestPage } from '../../src/pages/contest.ts';
import { type Publication, pageContext } from '../../src/pages/context.ts';
import { homePage } from '../../src/pages/home.ts';
import { missingPage } from '../../src/pages/missing.ts';
import { parseDataPath, parsePagePath } from '../../src/site/parsePath.ts';
import { LANGUAGES, type Language, type PageAddress } from '../../src/site/paths.ts';
import type { ContestView, MissingView } from '../../src/views/types.ts';
import {
	AREA_VIEW,
	areaLines,
	CONTEST,
	CONTEST_VIEW,
	ELECTION,
	HOME_VIEW,
	HOSTILE,
	MISSING_AREA_VIEW,
	MISSING_VIEW,
	PUBLICATION,
	resultsOf,
	withOutcome,
} from '../support/fixtures.ts';
import { problemsOf } from '../support/markup.ts';

type Made = (publication: Publication, language: Language) => { readonly path: string; readonly text: string };

function page<View>(
	address: PageAddress,
	write: (context: ReturnType<typeof pageContext>, view: View) => string,
	view: View,
): Made {
	return (publication, language) => {
		const context = pageContext(publication, language, address);
		return { path: context.path, text: write(context, view) };
	};
}

const PAGES: Readonly<Record<string, Made>> = {
	home: page({ page: 'home' }, homePage, HOME_VIEW),
	contest: page({ page: 'contest', contest: 'president' }, contestPage, CONTEST_VIEW),
	area: page({ page: 'area', contest: 'president', area: 'area3' }, areaPage, AREA_VIEW),
	missing: page({ page: 'missing', contest: 'president' }, missingPage, MISSING_VIEW),
	'missing of an area': page({ page: 'missing', contest: 'president', area: 'area3' }, missingPage, MISSING_AREA_VIEW),
};
const ALL = Object.entries(PAGES).flatMap(([name, made]) => LANGUAGES.map((language) => ({ name, language, made })));

const official: Publication = { ...PUBLICATION, election: { ...ELECTION, mode: 'official', notice: {} } };
const parallel: Publication = { ...PUBLICATION, election: { ...ELECTION, mode: 'parallel' } };

function contestText(view: Partial<ContestView>, language: Language = 'en'): string {
	const context = pageContext(PUBLICATION, language, { page: 'contest', contest: 'president' });
	return contestPage(context, { ...CONTEST_VIEW, ...view });
}

/** Every address that a page names, as a path from the site's root. */
function addressesIn(path: string, text: string): readonly string[] {
	const found = [...text.matchAll(/ (?:href|src|data-pulse)="([^"]*)"/g)].map(([, address = '']) => address);
	return found
		.filter((address) => !address.startsWith('#'))
		.map((address) => new URL(address, `site:///${path}`).href.slice(8).replace(/#.*$/, ''));
}

describe.each(ALL)('$name in $language', ({ language, made }) => {
	const { path, text } = made(PUBLICATION, language);

	it('is sound HTML without anything that the policy forbids', () => {
		expect(problemsOf(text)).toEqual([]);
		expect(text).toContain(`<html lang="${language}"`);
		expect(text).not.toMatch(/\bundefined\b|\bNaN\b|\[object/);
	});

	it('names no address outside the site, and none that the site does not have', () => {
		const addresses = addressesIn(path, text);
		const known = (one: string): boolean =>
			parsePagePath(one) !== undefined ||
			parseDataPath(one) !== undefined ||
			one === 'checkpoint' ||
			one.startsWith('assets/');
		expect(addresses.length).toBeGreaterThan(8);
		expect(addresses.filter((one) => !known(one))).toEqual([]);
	});

	it('says what kind of count it is, at which state of the log, and the notice in full', () => {
		expect(text).toMatch(/<aside class="mode"/);
		expect(text).toContain(ELECTION.notice[language]);
		expect(text).toMatch(/173[.,]402/);
		expect(text).toContain('<time datetime="2019-10-20T21:40:00Z">');
		expect(made(official, language).text).not.toMatch(/class="mode"|data-mode|id="notice"/);
		expect(made(parallel, language).text).not.toBe(text);
	});
});

describe('every page', () => {
	it.each(['home', 'contest'])('%s says that nothing is declared', (name) => {
		expect(PAGES[name]?.(official, 'en').text).toContain('Not declared.');
		expect(PAGES[name]?.(official, 'sw').text).toMatch(/[Hh]ayajatangazwa/);
	});

	it('of a static copy says how to check instead', () => {
		expect(PAGES['contest']?.({ ...PUBLICATION, live: false }, 'en').text).toContain('copy on a static host');
		expect(PAGES['contest']?.(PUBLICATION, 'en').text).not.toContain('copy on a static host');
	});

	it('shows hostile names as text', () => {
		const text = PAGES['area']?.(PUBLICATION, 'en').text ?? '';
		expect(text).toContain('&lt;script&gt;alert(1)');
		expect(text).toContain('&quot; autofocus onfocus=');
		expect(text).toContain('&amp;lt;b&amp;gt;');
		expect(text).not.toContain(HOSTILE.long);
		expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069]/);
	});

	it('is sound when an area, a candidate and the election have such names too', () => {
		const names = Object.values(HOSTILE);
		const candidates = CONTEST.candidates.map((one, place) => ({
			...one,
			name: names[place] ?? one.name,
			party: names[0] ?? '',
		}));
		const contest = { ...CONTEST, candidates, title: { en: HOSTILE.attribute } };
		const election = { ...ELECTION, title: { en: HOSTILE.script }, notice: { en: HOSTILE.attribute } };
		const context = pageContext({ ...PUBLICATION, election }, 'es', { page: 'contest', contest: 'president' });
		expect(problemsOf(contestPage(context, { ...CONTEST_VIEW, contest, areas: areaLines(names) }))).toEqual([]);
		const area = { ...AREA_VIEW, contest, area: { ...AREA_VIEW.area, name: HOSTILE.long } };
		const written = areaPage(context, area);
		expect(problemsOf(written)).toEqual([]);
		expect(written).toContain(HOSTILE.long);
	});

	it('weighs little: the contest with style and script is under 60 kB, and no script over 15 kB', () => {
		const text = PAGES['contest']?.(PUBLICATION, 'es').text ?? '';
		expect(gzipSync(text).length + gzipSync(siteStyle()).length + gzipSync(siteScript()).length).toBeLessThan(60_000);
	});
});

describe('the contest', () => {
	it('says how far it is in words', () => {
		expect(contestText({})).toContain('Provisional: 29,640 of 34,555 stations verified.');
		expect(contestText({ results: withOutcome(resultsOf(10, 10)) })).toContain('All stations verified: 10 of 10.');
		expect(contestText({ results: withOutcome(resultsOf(10, 9, { disregarded: 1 })) })).toContain(
			'9 of 10 stations verified, 1 kept out by ruling.',
		);
		expect(contestText({ results: withOutcome(resultsOf(0, 0)) })).toContain('No station is due.');
	});

	it('gives shares with what they are of, and none of votes that the law makes void', () => {
		expect(contestText({})).toContain('votes, % of valid votes');
		const candidates = CONTEST.candidates.map((one) =>
			one.id === 'mas-ipsp' ? ({ ...one, status: 'disqualified', votes: 'void' } as const) : one,
		);
		const text = contestText({ contest: { ...CONTEST, candidates } });
		expect(text).toContain('<small>votes do not count</small>');
		expect(text).toMatch(/2,456,832 <small>–<\/small>/);
		expect(text).toContain('<td class="n">2,789,443</td>');
	});

	it('takes shares of the sum that the rule asks a share of, by its name, with a row of its own where it is more than votes for candidates', () => {
		const cast = { id: 'cast', register: false, candidates: true, categories: ['blank', 'null'] };
		const contest = { ...CONTEST, denominators: [...CONTEST.denominators, cast], share_of: 'cast' };
		const results = withOutcome(resultsOf(10, 10));
		const text = contestText({ contest, results });
		expect(text).toContain('votes, % of votes cast');
		expect(text).toMatch(/MAS - IPSP.*?>828 <small>44\.61%</s);
		expect(text).toMatch(/votes cast<\/th><td class="n">1,856<.*All counted<\/th><td class="n">1,856</s);
		expect(contestText({ results })).toMatch(/MAS - IPSP.*?>828 <small>46\.91%</s);
		const { share_of: _, ...ranking } = CONTEST;
		expect(contestText({ contest: ranking, results })).toContain('% of candidates&#39; votes');
	});

	it('calls a party by its name where the package gives it one, and not twice', () => {
		const [first, ...others] = CONTEST.candidates;
		if (first === undefined) throw new Error('there are candidates');
		const of = (party: string, name: string) =>
			contestText({ contest: { ...CONTEST, candidates: [{ ...first, party, party_name: { es: name } }, ...others] } });
		expect(of('cc', 'Comunidad Ciudadana')).toContain('<bdi>CC</bdi> <small><bdi>Comunidad Ciudadana</bdi></small>');
		expect(of('other', '')).toContain('<bdi>CC</bdi> <small><bdi>other</bdi></small>');
		expect(of('cc', 'CC')).toContain('<bdi>CC</bdi></th>');
	});

	it('shows quarantine beside the totals, and no such column without any', () => {
		expect(contestText({})).toContain('in quarantine, in no total');
		expect(contestText({ results: withOutcome(resultsOf(10, 9)) })).not.toContain('in quarantine, in no total');
	});

	it('gives each condition its state, its distance, and whether what is outstanding could matter', () => {
		const text = contestText({});
		expect(text.match(/<article class="condition">/g)).toHaveLength(3);
		expect(text).toContain('Arithmetic on the verified stations, not a declaration.');
		expect(text).toContain('1,837 switched ballots would turn it over');
		expect(text).toContain('<td>too few, whatever is found</td>');
		expect(text).toContain('<td>enough to matter</td>');
	});

	it.each(['sw', 'es'] as const)('describes in %s a condition for which the package has no text', (language) => {
		const rule = contestText({}, language).match(/<section class="rule".*?<section id="stations">/s)?.[0] ?? '';
		expect(rule).toContain(language === 'es' ? '<h3>La regla completa</h3>' : '<h3>Kanuni nzima</h3>');
		expect(rule).not.toContain('lang="en"');
		expect(rule).not.toMatch(/more than|at least|valid votes/);
	});

	it('says what the rule makes of a count that is complete', () => {
		const text = contestText({ results: withOutcome(resultsOf(10, 10)) });
		expect(text).toContain('By the rule: <bdi>MAS - IPSP</bdi> has what the rule asks for election.');
		expect(text).not.toContain('Could it matter?');
	});

	it('shows no outcome before the time that the package names', () => {
		const text = contestText({ results: { ...CONTEST_VIEW.results, outcome: { hidden_until: 1_571_700_000 } } });
		expect(text).toContain('no outcome be shown before <time datetime="2019-10-21T23:20:00Z">');
		expect(text).not.toContain('class="condition"');
		expect(text).not.toContain('switched');
		expect(text).toContain('2,456,832');
	});

	it('says so when nothing has come', () => {
		const empty = {
			...resultsOf(10, 0),
			missing: 10,
			stages: resultsOf(0, 0).stages,
		};
		const text = contestText({ results: withOutcome(empty), arrivals: [], areas: [], changes: 0 });
		expect(text).toContain('Nothing is counted at any stage so far.');
		expect(text).toContain('Nothing that was known has changed.');
		expect(text).not.toMatch(/id="arrivals"|id="areas"/);
	});

	it('offers sorting by value where the script is at hand', () => {
		expect(contestText({})).toMatch(/data-sort="number" class="n">.*data-value="2456832"/s);
	});
});

describe('the area', () => {
	const text = PAGES['area']?.(PUBLICATION, 'en').text ?? '';

	it('groups its stations by what is known of them, what needs looking at first, each group with an address', () => {
		const ids = [...text.matchAll(/<section id="([a-z-]+)"><h3>/g)].map(([, id]) => id);
		expect(ids).toEqual(['quarantined', 'no-form-seen', 'missing', 'received', 'verified', 'postponed']);
		for (const id of ids) expect(text).toContain(`href="#${id}"`);
	});

	it('says of votes that are only reported that they are in no verified total', () => {
		expect(text).toContain('Reported votes, not in the verified total');
	});

	it('leads up again', () => {
		expect(text).toMatch(/class="crumbs".*<a href="\.\.\/index\.html">.*<li aria-current="page"><span><bdi>Oruro/);
	});
});

describe('what is missing', () => {
	it('counts by reason and leads to the areas that miss something', () => {
		const text = PAGES['missing']?.(PUBLICATION, 'en').text ?? '';
		expect(text).toContain('4,223 of 34,555 stations without a form that counts.');
		expect(text).toMatch(/Nothing has come<\/th><td class="n" data-value="4211">/);
		expect(text).toContain('href="missing/area3.html"');
	});

	it('lists the stations of an area by reason, with the listed one where somebody gave it', () => {
		const text = PAGES['missing of an area']?.(PUBLICATION, 'en').text ?? '';
		expect(text).toContain('Missing: 2 stations');
		expect(text).toContain('Postponed: Flood: 1 station');
		const [, , lost] = MISSING_AREA_VIEW.stations;
		if (lost === undefined) throw new Error('there are stations');
		const view: MissingView = { ...MISSING_AREA_VIEW, stations: [{ ...lost, status: 'return-lost' }] };
		const context = pageContext(PUBLICATION, 'en', { page: 'missing', contest: 'president', area: 'area3' });
		expect(missingPage(context, view)).toContain('Missing: the form was lost: 1 station');
	});

	it('says so when nothing is', () => {
		const context = pageContext(PUBLICATION, 'en', { page: 'missing', contest: 'president' });
		const text = missingPage(context, { ...MISSING_VIEW, results: resultsOf(10, 10), areas: [], arrivals: [] });
		expect(text).toContain('Nothing is missing: a form counts for each of 10 stations.');
		expect(text).not.toContain('id="reasons"');
	});
});

describe('home', () => {
	it('gives many contests a table', () => {
		const [one] = HOME_VIEW.contests;
		const contests =
			one === undefined
				? []
				: Array.from({ length: 9 }, (_, n) => ({ ...one, contest: { ...one.contest, id: `c${n}` } }));
		const context = pageContext(PUBLICATION, 'en', { page: 'home' });
		expect(homePage(context, { ...HOME_VIEW, contests })).toContain('<table class="areas sortable">');
		expect(homePage(context, HOME_VIEW)).not.toContain('<table');
		expect(problemsOf(homePage(context, { ...HOME_VIEW, contests: [] }))).toEqual([]);
	});
});
