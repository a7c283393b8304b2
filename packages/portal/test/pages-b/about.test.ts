/** The pages of the election, of downloads and of finding a station; and the rule language in words. */
import { describe, expect, it } from 'vitest';
import { aboutPage } from '../../src/pages/about.ts';
import { type Publication, pageContext } from '../../src/pages/context.ts';
import { dataPage } from '../../src/pages/data.ts';
import { findPage } from '../../src/pages/find.ts';
import { rulesInWords } from '../../src/pages/rulesInWords.ts';
import { LANGUAGES, type Language } from '../../src/site/paths.ts';
import type { AboutView } from '../../src/views/aboutTypes.ts';
import { wordsOf } from '../../src/words/words.ts';
import { sharedRules, sharedRulesPresent } from '../sentenceReports.ts';
import { CONTEST, ELECTION, HOSTILE, PUBLICATION, STAMP } from '../support/fixtures.ts';
import { ABOUT_VIEW, BOLIVIA, rulesOf } from '../support/fixturesAbout.ts';
import { FORM } from '../support/fixturesForms.ts';
import { problemsOf } from '../support/markup.ts';

const STATIC: Publication = { ...PUBLICATION, live: false };
const EMPTY: Publication = { ...PUBLICATION, election: { ...ELECTION, contests: [] } };

const about = (view: Partial<AboutView> = {}, language: Language = 'en'): string =>
	aboutPage(pageContext(PUBLICATION, language, { page: 'about' }), { ...ABOUT_VIEW, ...view });
const data = (publication = PUBLICATION, language: Language = 'en', contests = [CONTEST]): string =>
	dataPage(pageContext(publication, language, { page: 'data' }), { stamp: STAMP, contests });
const find = (publication = PUBLICATION, language: Language = 'en'): string =>
	findPage(pageContext(publication, language, { page: 'find' }));

describe('about this election', () => {
	it.each(LANGUAGES)('is sound in %s', (language) => {
		expect(problemsOf(about({}, language))).toEqual([]);
	});

	it('shows the anchor, every key, every code with its source, and every file with its digest', () => {
		const text = about();
		expect(text).toContain(`<code class="digest">${ELECTION.digest}</code>`);
		for (const name of ['authority/3', 'registrar/2', 'party/cc/root', 'bo-2019-rehearsal/spare'])
			expect(text).toContain(`${name}+d52dbc43+`);
		expect(text).toContain('Authority: 2 of 3 must sign together');
		expect(text).toContain('assumption: a list for the rehearsal');
		expect(text).toContain('href="../package/stations.csv"');
		expect(text).toContain('The package lists none.');
	});

	it('says what an empty package lacks', () => {
		const text = about({
			public_images: [],
			witnesses: { source: '', run_by: {} },
			codes: {},
			contests: [],
			files: [],
		});
		expect(problemsOf(text)).toEqual([]);
		expect(text).toContain('The package names no witnesses.');
		expect(text).toContain('No images are published');
	});

	it.each(Object.values(HOSTILE))('shows hostile texts as text: %#', (name) => {
		const text = { en: name };
		const view: Partial<AboutView> = {
			levels: [{ id: 'x', text }],
			parties: [{ id: 'x', name: text, roots: ABOUT_VIEW.registrars }],
			codes: { amend: [{ id: 'x', text, citation: name }] },
			witnesses: { source: name, run_by: { [name]: name } },
			contests: [
				{ ...rulesOf(BOLIVIA), contest: { ...FORM, title: text }, form: { id: 'x', title: text, ceiling: [] } },
			],
		};
		expect(problemsOf(about(view))).toEqual([]);
		expect(about(view)).not.toContain('<script>alert');
	});
});

describe('the rule in words', () => {
	const inWords = (rule: unknown, language: Language = 'en'): string =>
		rulesInWords(wordsOf(language), rulesOf(rule).rule, FORM)
			.text.replace(/<[^>]*>/g, ' ')
			.replace(/\s+/g, ' ');

	it('says Bolivia’s rule, and which round is counted', () => {
		const text = inWords(BOLIVIA);
		expect(text).toContain('Round 1, the one that is counted here');
		expect(text).toContain('more than half – that is, more than 50 % of valid votes');
		expect(text).toContain('at least 40 % of valid votes');
		expect(text).toContain('a lead of at least 10 points of valid votes');
		expect(text).toContain('the 2 candidates with the most votes go on');
		expect(text).toContain('With equal votes the election is held again.');
	});

	const quarter = { share: { gte: '1/4', of: 'cast' } };
	const cases: readonly (readonly [string, unknown, string])[] = [
		['rank', { rank: 1 }, 'the most votes'],
		['a fraction that is not round', { share: { gt: '1/3', of: 'cast' } }, 'more than 1/3 of votes cast'],
		['any lead', { lead: { gt: '0/1', of: 'valid' } }, 'more votes than every rival'],
		['turnout', { turnout: { gte: '1/2' } }, 'a turnout of at least 50 % of registered voters'],
		['one area', { area: { id: 'capital', where: quarter } }, 'at least 25 % of votes cast in capital'],
		[
			'areas by number',
			{ areas: { level: 'department', where: quarter, count: { gte: 24 } } },
			'at least 25 % of votes cast in at least 24 areas of level Department',
		],
		[
			'areas by share, without one, of a universe',
			{
				areas: {
					level: 'department',
					where: { any: [quarter, { rank: 1 }] },
					count: { gt: '2/3' },
					exclude: ['a', 'b'],
					universe: 'the nine',
				},
			},
			'(at least 25 % of votes cast or the most votes) in more than 2/3 of areas of level Department , without a and b (counted among: the nine )',
		],
		[
			'electors',
			{ electors: { level: 'department', allocate: 'winner-take-all', need: { gt: '1/2' } } },
			'more than 50 % of the electors; whoever has strictly the most votes in an area of level Department',
		],
	];
	it.each(cases)('says %s', (_, elect, expected) => {
		const squeezed = (text: string): string => text.replace(/\s+/g, '');
		expect(squeezed(inWords({ rounds: [{ elect }] }))).toContain(squeezed(expected));
	});

	const others: readonly (readonly [unknown, string])[] = [
		[undefined, 'nobody is elected'],
		[{ advance: { top: 3 } }, 'the 3 candidates'],
		[{ advance: { leader: true, plus: 'most-states', level: 'department' } }, 'carries the most areas of level'],
		[{ refer: 'congress' }, 'the decision goes to: congress'],
		[{ special: 'art-9' }, 'calls “ art-9 ”'],
		[{ rerun: true }, 'the election is held again'],
	];
	it.each(others)('says what follows when nobody is elected: %o', (otherwise, expected) => {
		const round = { elect: { rank: 1 }, ...(otherwise === undefined ? {} : { else: otherwise }) };
		expect(inWords({ rounds: [round] })).toContain(expected);
	});

	it.each(['lots', 'older', 'rerun', undefined])('says what settles a tie: %s', (tie) => {
		const round = { elect: { rank: 1 }, ...(tie === undefined ? {} : { tie }) };
		const texts = LANGUAGES.map((language) => inWords({ rounds: [round] }, language));
		expect(new Set(texts).size).toBe(LANGUAGES.length);
	});

	it.skipIf(!sharedRulesPresent)('says all shared rules (skipped where the shared data is absent)', () => {
		for (const rule of sharedRules())
			for (const language of LANGUAGES)
				expect(rulesInWords(wordsOf(language), rule, FORM).text).not.toMatch(/undefined|NaN|\[object/);
	});
});

describe('downloads', () => {
	it.each(LANGUAGES)('are sound in %s, behind a server and on a static host', (language) => {
		expect(problemsOf(data(PUBLICATION, language))).toEqual([]);
		expect(problemsOf(data(STATIC, language))).toEqual([]);
		expect(problemsOf(data(STATIC, language, []))).toEqual([]);
	});

	it('offers every table, the log and one command with the anchor', () => {
		const text = data();
		for (const path of [
			'data/contest/president/areas.csv',
			'data/contest/president/stations.csv',
			'data/datapackage.json',
			'results/president.json',
			'data/contest/president/missing.json',
			'checkpoint',
			'log.vkey',
		])
			expect(text).toContain(`href="../${path}"`);
		expect(text).toContain(`matokeo verify FOLDER --anchor ${ELECTION.digest}`);
	});

	it('R3 says at which size and root it stands, and links the past only where something answers', () => {
		expect(data()).toContain(`href="../api/v1/contests/president/at/${STAMP.size}"`);
		expect(data()).toContain(STAMP.root);
		expect(data(STATIC)).not.toContain('api/v1');
		expect(data(STATIC)).toContain('A static copy has no results of past sizes');
	});
});

describe('finding a station', () => {
	it.each(LANGUAGES)('is sound in %s, behind a server and on a static host', (language) => {
		for (const publication of [PUBLICATION, STATIC, EMPTY]) expect(problemsOf(find(publication, language))).toEqual([]);
	});

	it('asks the server without a script, and shows no form where nothing answers before the script does', () => {
		expect(find()).toContain('action="find.html" method="get"');
		expect(find()).toContain('name="station"');
		expect(find()).not.toContain(' hidden');
		expect(find(STATIC)).toMatch(/<form[^>]* hidden/);
		expect(find(STATIC)).toContain('station/NUMBER.html');
		expect(find(EMPTY)).toContain('There is nothing to browse');
	});
});
