/**
 * Every way from every page leads somewhere, behind the server and on a host of files under a prefix; and a page says the same on both but for what a host of files cannot do. No browser: pages are read as they are sent.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Crawled, crawl, deadIn } from './lib/crawl.ts';
import { type Host, hostStatic, newNight, removeFolders, serveNight } from './lib/host.ts';

let live: Host;
let files: Host;
let crawled: { readonly live: Crawled; readonly files: Crawled };

beforeAll(async () => {
	const night = await newNight();
	files = await hostStatic(night);
	live = await serveNight(night);
	crawled = { live: await crawl(live.url), files: await crawl(files.url) };
});

afterAll(async () => {
	await live?.close();
	await files?.close();
	removeFolders();
});

const pagesOf = ({ pages }: Crawled): readonly string[] =>
	[...pages.keys()].filter((path) => path.endsWith('.html')).sort();

describe('ways between pages', () => {
	it.each(['live', 'files'] as const)('%s: all lead to something, and every anchor to a place on its page', (which) => {
		const { pages, answers } = crawled[which];
		expect(pagesOf(crawled[which]).length).toBeGreaterThan(200);
		expect([...answers].filter(([, { status }]) => status !== 200)).toEqual([]);
		expect(deadIn(pages)).toEqual([]);
	});

	it('lead from the first page to the same pages and files on both', () => {
		const only = (own: Crawled, other: Crawled) =>
			[...own.answers.keys()].filter((path) => !other.answers.has(path)).sort();
		expect(only(crawled.files, crawled.live)).toEqual([]);
		const api = only(crawled.live, crawled.files);
		expect(api.filter((path) => path !== 'openapi.json' && !path.startsWith('api/v1/'))).toEqual([]);
		expect(api).toContain('openapi.json');
	});

	it('a dead way and a dead anchor would be found', () => {
		const pages = new Map([
			['en/a.html', '<a href="b.html#there"></a><a href="#here"></a><a href="b.html#gone"></a><a href="#gone"></a>'],
			['en/b.html', '<p id="there"></p>'],
		]);
		expect(deadIn(pages)).toEqual(
			['en/a.html → en/b.html#gone', 'en/a.html → en/a.html#here', 'en/a.html → en/a.html#gone'].sort(),
		);
	});
});

/** What a host of files says otherwise: how to check, that it answers no questions, nothing of the API, and of witnesses only what lies in files (W11). */
function alike(path: string, text: string): string {
	if (path === 'data/witnesses.json') return '';
	const plain = text
		.replace(/(<a href="[^"]*checkpoint">.*?<\/a><\/p>)\n<p>.*?<\/p><\/section>\n<\/footer>/s, '$1</footer>')
		.replace(/<p class="witnessed[^>]*>.*?<\/p>/, '');
	if (path.endsWith('/about.html')) return plain.replace(/<section id="witnesses">.*?<\/section>/s, '');
	if (path.endsWith('/find.html'))
		return plain.replace(/\s*(?:<p>[^<]*<code>[^<]*<\/code>[^<]*<\/p>\s*)?<form class="find"[^>]*>/, '<form>');
	if (path.includes('/station/'))
		return plain.replace(
			/<table class="proofs"><thead>.*?<\/thead>|<td><a href="[^"]*api\/v1\/proofs\/[0-9]+">[^<]*<\/a><\/td>/g,
			'',
		);
	if (path.endsWith('/data.html')) return plain.replace(/<section id="(?:api|permanence)">.*?<\/section>/gs, '');
	return plain;
}

describe('a copy on a host of files', () => {
	it('says what the server says, on every page and in every file', () => {
		const differing = [...crawled.files.pages].flatMap(([path, text]) => {
			const other = crawled.live.pages.get(path) ?? '';
			return alike(path, text) === alike(path, other) ? [] : [path];
		});
		expect(differing).toEqual([]);
	});

	it('says on every page that it is one', () => {
		for (const path of pagesOf(crawled.files).filter((one) => one.startsWith('en/'))) {
			expect([path, crawled.files.pages.get(path)?.includes('This is a copy on a static host.')]).toEqual([path, true]);
			expect(crawled.live.pages.get(path)).not.toContain('This is a copy on a static host.');
		}
	});
});
