/**
 * The page that `matokeo compare --html` writes, opened from a disk: no wider than a small phone, accessible by the rules that can be checked (axe, WCAG 2.2 AA) in both colour schemes and three languages, with hostile
 * names in it, and without a word of complaint.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { REPORT_LANGUAGES } from '@matokeo/compare/report/words.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csv, HEADINGS, TRUE_ROWS, tables } from '../compare/lib/tables.ts';
import { INSTALL_MS, openChromium } from './lib/chromium.ts';
import { watchedPage } from './lib/watched.ts';

const { folder, put, compare } = tables();
let browser: Browser;
beforeAll(async () => {
	browser = await openChromium();
}, INSTALL_MS);
afterAll(async () => {
	await browser?.close();
	rmSync(folder, { recursive: true, force: true });
});

const NAMES = ['محكمة <b>x</b>', '\u202e<script>alert(1)</script>', 'a-very-long-name-'.repeat(20)];
const rows = TRUE_ROWS.map((row, at) => row.with(1, NAMES[at % NAMES.length] ?? ''));
const headings = HEADINGS.with(2, 'Achieng’ <i>“A”</i>');
const others = rows.slice(0, -9).map((row, at) => (at % 4 === 0 ? row.with(3, String(Number(row[3]) + 90)) : row));

describe('the page of a comparison', () => {
	it.each(REPORT_LANGUAGES)(
		'K41, K44 can be read by anybody, in %s',
		async (language) => {
			const html = join(folder, `${language}.html`);
			const a = put(`a-${'long-'.repeat(20)}.csv`, csv(headings, others));
			const said = await compare(a, put('b.csv', csv(headings, rows)), { html, language });
			expect(said.code, said.stderr).toBe(1);
			const address = pathToFileURL(html).href;
			const { page, complaints, close } = await watchedPage(browser, address);
			for (const colorScheme of ['light', 'dark'] as const) {
				await page.emulateMedia({ colorScheme });
				await page.goto(address);
				const axe = new AxeBuilder({ page })
					.setLegacyMode()
					.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']);
				const { violations } = await axe.analyze();
				expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
			}
			for (const width of [320, 360, 1280]) {
				await page.setViewportSize({ width, height: 900 });
				expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
			}
			expect(await page.locator('script, b, i').count()).toBe(0);
			expect(await page.locator('main').innerText()).toContain('<script>alert(1)</script>');
			expect(complaints()).toEqual([]);
			await close();
		},
		60_000,
	);
});
