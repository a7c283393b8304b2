/**
 * The pages of a mirror in a browser: no wider than a small phone, on screen and on paper, accessible by the rules that can be checked (axe, WCAG 2.2 AA) in both colour schemes, and without a word of complaint; while all is
 * well, and when the log has signed two histories.
 */
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { removeFolders as removePublished } from '@matokeo/verifier/testing/publish.ts';
import { tick } from '@matokeo/verifier/testing/smallLog.ts';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeMirrors, host, mirroring, until } from '../security/lib/mirrors.ts';
import { forged, type Played, played, removeFolders } from '../security/lib/played.ts';
import { INSTALL_MS, openChromium } from './lib/chromium.ts';
import { watchedPage } from './lib/watched.ts';

const BY = 'محطة <b>Radio</b> Ærøskøbing, with-a-name-that-has-no-place-to-break-it-and-goes-on-and-on-and-on';
const PAGES = ['mirror.html', 'pending.html', 'en/index.html', 'sw/about.html', 'es/about.html'];

/** CSS pixels; the last is A4 with its margins. */
const WIDTHS = [
	['screen', 320],
	['screen', 360],
	['screen', 1280],
	['print', 680],
] as const;

let browser: Browser;
let of: Played;

beforeAll(async () => {
	browser = await openChromium();
	of = await played();
}, INSTALL_MS);

afterAll(async () => {
	await browser?.close();
	await closeMirrors();
	removeFolders();
	removePublished();
});

async function look(url: string, path: string, words: RegExp): Promise<void> {
	const { page, complaints } = await watchedPage(browser, url);
	for (const colorScheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme });
		await page.goto(`${url}/${path}?${colorScheme}`);
		expect(await page.locator('body').innerText()).toMatch(words);
		const axe = new AxeBuilder({ page }).setLegacyMode().withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']);
		const { violations } = await axe.analyze();
		expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
	}
	for (const [media, width] of WIDTHS) {
		await page.emulateMedia({ media });
		await page.setViewportSize({ width, height: 900 });
		const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
		expect({ media, width, wide: wide > width }).toEqual({ media, width, wide: false });
	}
	expect(complaints()).toEqual([]);
	await page.context().close();
}

describe('the pages of a mirror', () => {
	it('M40 while all is well', async () => {
		const mirror = await mirroring(await host(join(of.dir, 'public')), { by: BY });
		await until(mirror.status, ({ state, size }) => state.kind === 'follows' && size > 0);
		for (const path of PAGES) await look(mirror.url, path, /Mirror|Kioo|Espejo/i);
	});

	it('M40 when the log has signed two histories', async () => {
		const one = forged([...of.notes, tick(10)], { witnesses: [] });
		const other = forged([...of.notes, tick(11), tick(12)], { witnesses: [] });
		const mirror = await mirroring(await host(one.dir), { by: BY, also: [(await host(other.dir)).url] });
		await until(mirror.status, ({ state }) => state.kind === 'security');
		for (const path of PAGES) await look(mirror.url, path, /SECURITY|evidence|ushahidi|pruebas/i);
	});
});
