/** Papers in Chromium (and, printed, in poppler): as wide as the window, accessible by the rules that can be checked, without a script or a complaint, and on paper with the head of a table and the number of the page on every sheet. */
import { createServer, type Server } from 'node:http';
import { AxeBuilder } from '@axe-core/playwright';
import { declarationDocument } from '@matokeo/core/collation/declarationText.ts';
import { siteIcon, siteStyle } from '@matokeo/portal/design/assets.ts';
import { STRICT_HEADERS } from '@matokeo/portal/live/headers.ts';
import { declarationPaper } from '@matokeo/portal/papers/declarationPaper.ts';
import { PART_ROWS_MAX, type Paper, partsOf } from '@matokeo/portal/papers/paper.ts';
import { paperHtml } from '@matokeo/portal/papers/paperHtml.ts';
import { sheetPaper } from '@matokeo/portal/papers/sheetPaper.ts';
import {
	certificateOf,
	contestOf,
	districtSheet,
	electionIn,
	FACTS,
	LIST,
	longSheet,
} from '@matokeo/portal/testing/papers.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INSTALL_MS, openChromium } from '../browser/lib/chromium.ts';
import { type Watched, watchedPage } from '../browser/lib/watched.ts';
import { needPoppler, pagesIn } from './lib/poppler.ts';

const ELECTION = electionIn('rehearsal');
const WIDTHS = [320, 412, 1280];
const TYPES: Readonly<Record<string, string>> = { '.css': 'text/css', '.svg': 'image/svg+xml' };

function papers(): Readonly<Record<string, Paper>> {
	const document = declarationDocument(ELECTION, contestOf(ELECTION, 'president'), FACTS, 'es');
	return {
		'a sheet': sheetPaper(ELECTION, { sheet: districtSheet(), list: LIST }, certificateOf(), 'sw'),
		'a declaration': declarationPaper(ELECTION, document, { mark: FACTS.mark, digest: LIST }, certificateOf()),
		'a long sheet': sheetPaper(ELECTION, { sheet: longSheet(2500, 12), list: LIST }, undefined, 'en'),
	};
}

let browser: Browser;
let watched: Watched;
let server: Server;
let host: string;

beforeAll(async () => {
	needPoppler();
	browser = await openChromium();
	const files = new Map([
		['/site.css', siteStyle()],
		['/icon.svg', siteIcon()],
	]);
	for (const [name, paper] of Object.entries(papers())) {
		for (const part of partsOf(paper, PART_ROWS_MAX.html)) {
			const page = paperHtml(part, { css: 'site.css', icon: 'icon.svg', part: (one) => fileOf(name, one) });
			files.set(`/${fileOf(name, part.part)}`, page);
		}
	}
	server = createServer(({ url = '' }, answer) => {
		const type = TYPES[url.slice(url.lastIndexOf('.'))] ?? 'text/html; charset=utf-8';
		answer.writeHead(files.has(url) ? 200 : 404, { ...STRICT_HEADERS, 'content-type': type }).end(files.get(url));
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	host = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
	watched = await watchedPage(browser, host);
}, INSTALL_MS);

afterAll(async () => {
	await browser?.close();
	server?.close();
});

function fileOf(name: string, part: number): string {
	return `${name.replaceAll(' ', '-')}-${part}.html`;
}

async function open(name: string, part = 1): Promise<void> {
	await watched.page.goto(fileOf(name, part));
}

describe('a paper in a browser', () => {
	it.each(Object.keys(papers()))(
		'%s fits every window, is accessible, and there is nothing to complain of',
		async (name) => {
			const { page, complaints } = watched;
			// Of the long one the last part: its rows are alike, and each is looked at.
			await open(name, name === 'a long sheet' ? 3 : 1);
			for (const width of WIDTHS) {
				await page.setViewportSize({ width, height: 900 });
				expect(await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')).toBe(0);
			}
			const { violations } = await new AxeBuilder({ page })
				.setLegacyMode()
				.withTags(['wcag2a', 'wcag2aa', 'wcag22aa'])
				.analyze();
			expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
			expect(await page.locator('h1').count()).toBe(1);
			expect(await page.locator('script').count()).toBe(0);
			expect(complaints()).toEqual([]);
		},
	);

	// Twelve classes, twelve fields, twenty-five missing and 2,475 counted: 524 are left for the third part.
	it('links its parts', async () => {
		const { page } = watched;
		await open('a long sheet');
		expect(await page.locator('nav a').count()).toBe(2);
		await page.locator('nav a').last().click();
		expect(await page.locator('nav [aria-current=page]').textContent()).toBe('3');
		expect(await page.locator('tbody tr').count()).toBe(524);
	});

	it('says on every printed sheet what the columns are, which sheet it is and what kind of count', async () => {
		const { page } = watched;
		await open('a long sheet', 2);
		const pages = pagesIn(await page.pdf({ format: 'A4', preferCSSPageSize: true }));
		expect(pages.length).toBeGreaterThan(10);
		for (const [place, text] of pages.entries()) {
			expect(text).toContain(`${place + 1} / ${pages.length}`);
			expect(text).toContain('Rehearsal');
			expect(text).toMatch(/Station 1 2 3 4 5 6 7 8 9 10 11 12/);
		}
		expect(pages.join(' ').match(/\b00[0-9]{4}\b/g)).toHaveLength(1000);
	});
});
