/** Pages of everything that follows counting, of records played at random: sound, in every language, leading only to what there is, and telling the figures of the rows. */
import type { Mode } from '@matokeo/core/election/types.ts';
import { describe, expect, it } from 'vitest';
import { pageContext } from '../../src/pages/context.ts';
import { declarationPage } from '../../src/pages/declaration.ts';
import { parseDataPath, parsePagePath } from '../../src/site/parsePath.ts';
import { LANGUAGES, type Language, pagePath } from '../../src/site/paths.ts';
import type { DeclarationView } from '../../src/views/collationTypes.ts';
import { declarationView } from '../../src/views/declaration.ts';
import { filingIds } from '../../src/views/filings.ts';
import { ELECTION, PUBLICATION } from '../support/fixtures.ts';
import { lawfulRecord, wholeSite } from '../support/lawfulSite.ts';
import { problemsOf } from '../support/markup.ts';

const RECORDS = [2, 4].map((seed) => {
	const record = lawfulRecord(seed, 260);
	return { seed, record, files: wholeSite(record) };
});

const KINDS = ['collations', 'collation', 'declaration', 'proceedings', 'objections', 'objection', 'orders', 'order'];

/** Files of the log, and papers that whoever publishes makes beside the pages. */
const BESIDE = /^(checkpoint|assets\/|blob\/|tile\/|papers\/|results\/|package\/|log\.vkey|openapi\.json|api\/)/;

function addressesIn(path: string, text: string): readonly string[] {
	return [...text.matchAll(/ (?:href|src|data-pulse)="([^"]*)"/g)].map(([, address = '']) =>
		new URL(address.replaceAll('&amp;', '&'), `site:///${path}`).href.slice(8),
	);
}

describe.each(RECORDS)('every page of record $seed', ({ files, record }) => {
	const pages = [...files].filter(([path]) => path.endsWith('.html'));

	it('there are pages of every kind, in every language', () => {
		const kinds = new Set(pages.map(([path]) => parsePagePath(path)?.address.page));
		for (const kind of KINDS) expect(kinds).toContain(kind);
		for (const language of LANGUAGES)
			expect(pages.filter(([path]) => path.startsWith(`${language}/`)).length).toBe(pages.length / LANGUAGES.length);
	});

	it('is sound HTML, and says nothing that is no word', () => {
		for (const [path, text] of pages) {
			expect([path, problemsOf(text)]).toEqual([path, []]);
			expect([path, /\bundefined\b|\bNaN\b|\[object|\{[a-z]+\}/.exec(text)?.[0]]).toEqual([path, undefined]);
		}
	});

	it('leads only to pages, anchors and data that there are', () => {
		const ids = new Map(
			pages.map(([path, text]) => [path, new Set([...text.matchAll(/ id="([^"]*)"/g)].map(([, id = '']) => id))]),
		);
		const dead = pages.flatMap(([path, text]) =>
			addressesIn(path, text).flatMap((address) => {
				const [to = '', anchor] = address.split('#');
				if (
					BESIDE.test(to) ||
					to.endsWith('pulse.json') ||
					to === 'data/datapackage.json' ||
					to.endsWith('.csv') ||
					to.startsWith('nist/')
				)
					return [];
				if (!files.has(to)) return [`${path} → ${to}`];
				return anchor === undefined || ids.get(to)?.has(anchor) === true ? [] : [`${path} → ${to}#${anchor}`];
			}),
		);
		expect(dead).toEqual([]);
	});

	it('W4 lies at a path that parses, and so does its data', () => {
		for (const path of files.keys())
			expect([path, parsePagePath(path) !== undefined || parseDataPath(path) !== undefined]).toEqual([path, true]);
	});

	it('every filing has a page, and stands in its list', () => {
		let filed = 0;
		for (const contest of ['', ...record.election.contests.keys()])
			for (const [kind, one] of [
				['objections', 'objection'],
				['orders', 'order'],
				['notices', 'notice'],
			] as const)
				for (const id of filingIds(record, contest, kind)) {
					filed++;
					expect(files.has(pagePath('en', { page: one, id }))).toBe(true);
					const lists = pages.filter(([path]) => parsePagePath(path)?.address.page === kind);
					expect(lists.some(([, text]) => text.includes(`${one}/${id}.html`))).toBe(true);
				}
		expect(filed).toBeGreaterThan(10);
	});
});

describe('the page of a declaration', () => {
	it.each(RECORDS)('shows what was frozen beside what stands now, record $seed', ({ record, files }) => {
		for (const contest of record.election.contests.values()) {
			const { declared, since } = declarationView(record, contest);
			if (declared === undefined || since === undefined) continue;
			const mark = record.rows.get('mark', declared.mark.id);
			const now = record.rows.get('total', `${contest.id}|${contest.scope}`);
			expect(declared.mark.totals).toEqual(mark?.totals);
			const stage = contest.declaration?.requires ?? 'verified';
			expect(since.now.totals).toEqual(now?.[stage]);
			const text = files.get(pagePath('en', { page: 'declaration', contest: contest.id })) ?? '';
			const compared = /<section id="since">.*?<tbody>(.*?)<\/tbody>/s.exec(text)?.[1] ?? '';
			const shown = [...compared.matchAll(/data-value="([0-9]+)"/g)].map(([, value]) => Number(value));
			expect(shown).toEqual(declared.mark.totals.flatMap((votes, place) => [votes, since.now.totals[place] ?? 0]));
		}
	});

	it('was seen with a declaration at all', () => {
		const declared = RECORDS.flatMap(({ record }) =>
			[...record.election.contests.values()].filter(
				(contest) => declarationView(record, contest).declared !== undefined,
			),
		);
		expect(declared.length).toBeGreaterThan(1);
	});

	it('every number of the text leads to a page that is there', () => {
		const [, { files } = { files: new Map<string, string>() }] = RECORDS;
		const text = files.get('en/contest/president/declaration.html') ?? '';
		const declared = /<div class="declared-text">(.*?)<\/div><p class="small">/s.exec(text)?.[1] ?? '';
		const bare = declared
			.replace(/<a class="source".*?<\/a>/gs, '')
			.replace(/<bdi>.*?<\/bdi>/gs, '')
			.replace(/<[^>]*>/g, '');
		expect(declared).toContain('class="source"');
		expect(bare).not.toMatch(/[0-9]/);
	});
});

/** Sentences that would say, of a rehearsal or a parallel count, that something was declared. */
const DECLARED =
	/Declared on|The result is declared: declaration|Matokeo yalitangazwa|Matokeo yametangazwa: tangazo|Proclamado el|Se proclama el resultado/;

describe('the word declared', () => {
	const views = RECORDS.flatMap(({ record }) =>
		[...record.election.contests.values()].flatMap((contest) => {
			const view = declarationView(record, contest);
			return view.declared === undefined ? [] : [view];
		}),
	);
	const pageIn = (mode: Mode, language: Language, view: DeclarationView): string => {
		const publication = { ...PUBLICATION, election: { ...ELECTION, mode } };
		const address = { page: 'declaration', contest: view.contest.id } as const;
		return declarationPage(pageContext(publication, language, address), view);
	};

	it.each(LANGUAGES)('stands in an official election in %s, and in no parallel count', (language) => {
		for (const view of views) {
			expect(DECLARED.test(pageIn('official', language, view))).toBe(true);
			const parallel = pageIn('parallel', language, view);
			expect(DECLARED.test(parallel)).toBe(false);
			expect(/<h1>(.*?)<\/h1>/.exec(parallel)?.[1]).toMatch(/Parallel count|Hesabu sambamba|Conteo paralelo/);
		}
	});

	it('never stands alone in a rehearsal', () => {
		for (const { files } of RECORDS)
			for (const [path, text] of files)
				if (path.endsWith('.html')) expect([path, DECLARED.exec(text)?.[0]]).toEqual([path, undefined]);
	});
});
