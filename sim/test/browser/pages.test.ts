/**
 * What every page must be in a browser, whatever the names in it: no wider than a small phone in any language, without a word of complaint and without a question to anybody else; accessible by the rules that can be checked
 * (axe, WCAG 2.2 AA) in both colour schemes; whole on paper; whole without its script; all of it within reach of a keyboard.
 */
import { AxeBuilder } from '@axe-core/playwright';
import { LANGUAGES, type Language } from '@matokeo/portal/site/paths.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { INSTALL_MS, openChromium } from './lib/chromium.ts';
import { type Host, newNight, removeFolders, serveNight } from './lib/host.ts';
import { tabbedThrough } from './lib/keyboard.ts';
import { PLACES, pathOf } from './lib/places.ts';
import { STATION } from './lib/stations.ts';
import { type Watched, watchedPage } from './lib/watched.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
const WIDTHS = [320, 360, 1280];
/** The pixels of a sheet of A4 within its margins. */
const PAPER = { width: 680, height: 1000 };
const SCHEMES = ['light', 'dark'] as const;

interface Looked {
	readonly name: string;
	readonly language: Language;
}

/** In English every kind of page; the words of other languages are longer, and stand in a language of their own, on those with the most of them. */
const LOOKED_AT = [
	'home',
	'contest',
	'area with stations',
	'what is missing in an area',
	'what changed',
	'station with two forms, one sealed',
	'find',
	'data',
	'about',
].map((name): Looked => ({ name, language: 'en' }));
const TRANSLATED: readonly Looked[] = [
	{ name: 'contest', language: 'sw' },
	{ name: 'station with two forms, one sealed', language: 'es' },
];

let browser: Browser;
let host: Host;
let watched: Watched;

beforeAll(async () => {
	browser = await openChromium();
	host = await serveNight(await newNight());
	watched = await watchedPage(browser, host.url);
}, INSTALL_MS);

afterEach(async () => {
	await watched.page.emulateMedia({ media: null, colorScheme: null });
	watched.complaints();
});

afterAll(async () => {
	await browser?.close();
	await host?.close();
	removeFolders();
});

/** Each problem with the first element that has it. */
async function problemsOf(page: Page, rules?: readonly string[]): Promise<readonly string[]> {
	const axe = new AxeBuilder({ page }).setLegacyMode();
	const { violations } = await (rules === undefined ? axe.withTags(RULES) : axe.withRules([...rules])).analyze();
	return violations.map(({ id, nodes }) => `${id}: ${nodes.length} × ${nodes[0]?.html.slice(0, 200)}`);
}

/** Pixels by which the page is wider than each window. */
async function overflows(page: Page): Promise<readonly number[]> {
	const wide: number[] = [];
	for (const width of WIDTHS) {
		await page.setViewportSize({ width, height: 800 });
		wide.push(await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth'));
	}
	return wide;
}

describe.each(LANGUAGES)('every page in %s', (language) => {
	it.each(Object.keys(PLACES))('%s fits every window, and the browser has nothing to complain of', async (name) => {
		const { page, complaints } = watched;
		await page.goto(pathOf(name, language));
		expect(await overflows(page)).toEqual([0, 0, 0]);
		expect(await page.title()).not.toBe('stolen');
		expect(await page.locator('main h1').count()).toBe(1);
		expect(complaints()).toEqual([]);
	});
});

describe('pages for everybody', () => {
	it.each([...LOOKED_AT, ...TRANSLATED])(
		'$name in $language is accessible, and legible in both schemes',
		async ({ name, language }) => {
			const { page } = watched;
			await page.setViewportSize({ width: 1280, height: 800 });
			const [first, second] = name.length % 2 === 0 ? SCHEMES : SCHEMES.toReversed();
			await page.emulateMedia({ colorScheme: first ?? 'light' });
			await page.goto(pathOf(name, language));
			expect(await problemsOf(page)).toEqual([]);
			await page.emulateMedia({ colorScheme: second ?? 'dark' });
			expect(await problemsOf(page, ['color-contrast'])).toEqual([]);
		},
	);

	it('a fault would be found: grey on grey, a field and an image without a name', async () => {
		const { page } = watched;
		await page.goto(pathOf('find', 'en'));
		await page.evaluate(`
			document.querySelector('h1').style.color = 'var(--line)';
			document.querySelector('label').remove();
			document.querySelector('main').append(document.createElement('img'));
			document.querySelector('main').append('x'.repeat(9000));
			document.querySelector('main').style.whiteSpace = 'nowrap';
			document.querySelector('main').style.overflowWrap = 'normal';
		`);
		const found = (await problemsOf(page)).map((problem) => problem.replace(/:.*/s, ''));
		expect(found.sort()).toEqual(['color-contrast', 'image-alt', 'label']);
		expect((await overflows(page)).every((pixels) => pixels > 0)).toBe(true);
	});

	it.each(['contest', 'what is missing', 'about'])(
		'%s is whole on paper: nothing stays folded, nothing is cut off',
		async (name) => {
			const { page } = watched;
			await page.setViewportSize(PAPER);
			await page.goto(pathOf(name, 'en'));
			const hidden = () =>
				page.evaluate<readonly string[]>(`
				[...document.querySelectorAll('main details')].flatMap((one) =>
					[...one.children].filter((part) => part.localName !== 'summary' && !part.checkVisibility()).map((part) => part.textContent.slice(0, 80)))`);
			expect((await hidden()).length).toBeGreaterThan(0);
			await page.emulateMedia({ media: 'print' });
			expect(await hidden()).toEqual([]);
			expect(await page.locator('nav:visible').count()).toBe(0);
			expect(await page.locator('.mode:visible').count()).toBe(1);
			expect(await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')).toBe(0);
		},
	);

	it('a form stands beside its figures on paper too', async () => {
		const { page } = watched;
		await page.setViewportSize(PAPER);
		await page.goto(pathOf('station that is verified', 'en'));
		await page.emulateMedia({ media: 'print' });
		const image = await page.locator('main img').first().boundingBox();
		const figures = await page.locator('table.figures').first().boundingBox();
		if (image === null || figures === null) throw new Error('a station has an image and figures');
		expect(image.x).toBeGreaterThanOrEqual(figures.x + figures.width);
		expect(image.y).toBeLessThan(figures.y + figures.height);
		expect(image.x + image.width).toBeLessThanOrEqual(PAPER.width);
	});
});

describe('pages without their script', () => {
	it('show all there is, and lead to a station by its number', async () => {
		const plain = await watchedPage(browser, host.url, { javaScriptEnabled: false });
		const { page, complaints } = plain;
		await page.goto('');
		await page.waitForURL('**/en/index.html');
		await page.getByRole('link', { name: 'President' }).first().click();
		expect(await page.getByRole('heading', { name: 'What the law asks' }).isVisible()).toBe(true);
		expect(await page.locator('table.areas tbody tr').count()).toBe(2);
		await page.getByRole('link', { name: 'Kiswahili' }).click();
		await page.getByRole('link', { name: 'Tafuta kituo' }).click();
		await page.getByRole('textbox').fill(` ${STATION.plain} `);
		await page.keyboard.press('Enter');
		await page.waitForURL(`**/sw/station/${STATION.plain}.html`);
		expect(await page.evaluate<number>(`document.querySelector('main img').naturalWidth`)).toBeGreaterThan(300);
		expect(complaints()).toEqual([]);
		await page.goto(pathOf('find', 'en'));
		await page.getByRole('textbox').fill('999999');
		await page.getByRole('button', { name: 'Find' }).click();
		expect(await page.getByRole('alert').textContent()).toContain(
			'There is no polling station with the number 999999.',
		);
		await plain.close();
	});
});

describe('pages by keyboard', () => {
	it.each(['contest', 'area with stations', 'find'])(
		'%s: tab reaches everything there is to press or to scroll, in its order, and shows where it is',
		async (name) => {
			const { page } = watched;
			await page.setViewportSize({ width: 360, height: 800 });
			await page.goto(pathOf(name, 'en'));
			const { wanted, reached } = await tabbedThrough(page);
			expect(wanted.length).toBeGreaterThan(8);
			expect(reached).toEqual(wanted.map((one) => `${one} seen`));
		},
	);

	it('the first stop leads past the navigation', async () => {
		const { page } = watched;
		await page.goto(pathOf('contest', 'en'));
		await page.keyboard.press('Tab');
		expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
		expect(await page.locator(':focus').boundingBox()).toMatchObject({ y: expect.any(Number) });
		await page.keyboard.press('Enter');
		await page.keyboard.press('Tab');
		expect(await page.evaluate<boolean>(`document.activeElement.closest('main') !== null`)).toBe(true);
	});
});
