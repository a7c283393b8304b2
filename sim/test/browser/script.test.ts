/**
 * What the site's only script does in a browser: it sorts, follows the log without taking anything out of a reader's hands, says when there is no news, and finds a station on a host of files. Time is the test's own: the page's
 * clock is wound on, and nothing waits for a minute to pass.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INSTALL_MS, openChromium } from './lib/chromium.ts';
import { type Host, hostStatic, newNight, removeFolders, serveNight } from './lib/host.ts';
import { playLate } from './lib/late.ts';
import type { Night } from './lib/night.ts';
import { PLACES, pathOf } from './lib/places.ts';
import { STATION } from './lib/stations.ts';
import { type Watched, watchedPage } from './lib/watched.ts';

/** Longer than the script waits between two looks, and less than twice as long. */
const A_LOOK_MS = 19_000;
/** Longer than it waits after any number of failures. */
const LONG_MS = 400_000;

let browser: Browser;
let night: Night;
let live: Awaited<ReturnType<typeof serveNight>>;
let files: Host;

beforeAll(async () => {
	browser = await openChromium();
	night = await newNight();
	files = await hostStatic(night);
	live = await serveNight(night);
}, INSTALL_MS);

afterAll(async () => {
	await browser?.close();
	await live?.close();
	await files?.close();
	removeFolders();
});

/** A page whose clock can be wound on. */
async function onOurTime(name: string): Promise<Watched> {
	const watched = await watchedPage(browser, live.url);
	await watched.page.clock.install();
	await watched.page.goto(pathOf(name, 'en'));
	return watched;
}

/** What is to be seen when so much more time has passed. The script sets its next timer when an answer has come, so a test asks again until it has. */
async function windOn<T>(page: Page, milliseconds: number, look: () => Promise<T>): Promise<T> {
	await page.clock.runFor(milliseconds);
	return look();
}

const headlineOf = (page: Page): Promise<string | null> => page.locator('.headline').first().textContent();

const column = (page: Page, number: number): Promise<readonly string[]> =>
	page.locator(`table.areas tbody:not(.sums) tr > :nth-child(${number})`).allInnerTexts();

describe('sorting', () => {
	it('by a number begins with the most, then turns round, and says so; sums stay below', async () => {
		const { page, complaints, close } = await watchedPage(browser, live.url);
		await page.goto(pathOf('area with areas', 'en'));
		const votes = page.locator('table.votes');
		const values = () =>
			page.evaluate<readonly number[]>(
				`[...document.querySelectorAll('table.votes tbody:not(.sums) td:nth-child(3)')].map((cell) => Number(cell.dataset.value))`,
			);
		const button = votes.getByRole('button', { name: 'Reported' });
		await button.click();
		const down = await values();
		expect(down.length).toBe(5);
		expect(down).toEqual([...down].sort((a, b) => b - a));
		expect(await votes.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('descending');
		await button.press('Enter');
		expect(await values()).toEqual([...down].reverse());
		expect(await votes.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('ascending');
		expect(await votes.locator('tbody').last().getAttribute('class')).toBe('sums');
		expect(complaints()).toEqual([]);
		await close();
	});

	it('by a name begins with the first, and only one column is sorted by at a time', async () => {
		const { page, close } = await watchedPage(browser, live.url);
		await page.goto(pathOf('area with areas', 'en'));
		const before = await column(page, 1);
		await page.locator('table.areas').getByRole('button', { name: 'Missing' }).click();
		await page.locator('table.areas').getByRole('button', { name: 'Area', exact: true }).click();
		const after = await column(page, 1);
		expect(after.length).toBe(3);
		expect([...after].sort()).toEqual([...before].sort());
		expect(after[0]).toContain('Ndoto');
		expect(await page.locator('table.areas th[aria-sort]').count()).toBe(1);
		await close();
	});
});

describe('following the log', () => {
	it('puts new figures in the place of the old, and takes nothing out of anybody’s hands', async () => {
		const { page, complaints, close } = await onOurTime('contest');
		await page.locator('table.areas').getByRole('button', { name: 'Verified' }).click();
		await page.locator('main summary').last().press('Enter');
		const link = page.locator('table.areas tbody a').last();
		await link.focus();
		const held = await link.getAttribute('href');
		await page.evaluate('window.scrollTo(0, 700); window.kept = true');
		const scrollY = await page.evaluate<number>('window.scrollY');
		const headline = await headlineOf(page);

		await playLate(night, live.server.url, STATION.late);
		await expect.poll(() => windOn(page, A_LOOK_MS, () => headlineOf(page))).not.toBe(headline);

		expect(await page.locator(':focus').getAttribute('href')).toBe(held);
		expect(await page.locator('table.areas th[aria-sort="descending"]').count()).toBe(1);
		expect(await page.locator('main details').last().getAttribute('open')).not.toBeNull();
		expect(await page.evaluate<number>('window.scrollY')).toBe(scrollY);
		expect(await page.evaluate<boolean>('window.kept')).toBe(true);
		expect(await page.locator('.live').textContent()).toMatch(/The page now stands at [0-9,]+ log entries\./);
		expect(complaints()).toEqual([]);
		await close();
	});

	it('asks for nothing while nothing has come, and leaves alone who marks something', async () => {
		const { page, close } = await onOurTime('contest');
		const asked: string[] = [];
		page.on('request', (request) => {
			if (request.resourceType() === 'fetch') asked.push(request.url().slice(live.url.length));
		});
		await page.clock.runFor(A_LOOK_MS);
		await expect.poll(() => asked).toEqual(['data/contest/contest-1/pulse.json']);
		await page.evaluate(`getSelection().selectAllChildren(document.querySelector('.headline'))`);
		const headline = await headlineOf(page);
		await playLate(night, live.server.url, STATION.laterStill);
		await expect.poll(() => windOn(page, A_LOOK_MS, async () => asked.length)).toBeGreaterThan(3);
		expect(new Set(asked)).toEqual(new Set(['data/contest/contest-1/pulse.json']));
		expect(await headlineOf(page)).toBe(headline);
		await page.evaluate('getSelection().removeAllRanges()');
		await expect.poll(() => windOn(page, A_LOOK_MS, () => headlineOf(page))).not.toBe(headline);
		await close();
	});

	it('says so when the server is gone, and takes it back when it is there again', async () => {
		const { page, close } = await onOurTime('contest');
		const port = Number(new URL(live.url).port);
		const news = page.locator('.live');
		await live.close();
		await expect
			.poll(() => windOn(page, LONG_MS, () => news.textContent()))
			.toContain('No news could be fetched. The figures are those of the time given below.');
		expect(await page.locator('table.votes').isVisible()).toBe(true);
		live = await serveNight(night, port);
		await expect.poll(() => windOn(page, LONG_MS, () => news.textContent())).toBe('');
		await close();
	});
});

describe('finding a station', () => {
	it.each(['live', 'files'] as const)(
		'%s: leads to its page by its number, and says in words that there is none',
		async (which) => {
			const { page, close } = await watchedPage(browser, which === 'live' ? live.url : files.url);
			await page.goto(pathOf('find', 'es'));
			await page.getByRole('textbox').fill('999999');
			await page.keyboard.press('Enter');
			const words =
				which === 'live'
					? 'No hay ninguna mesa con el número 999999.'
					: 'Ninguna página de esta copia tiene ese número.';
			await page.getByText(words).waitFor();
			await page.getByRole('textbox').fill(STATION.plain);
			await page.keyboard.press('Enter');
			await page.waitForURL(`**/es/station/${STATION.plain}.html`);
			expect(await page.locator('h1').textContent()).toContain(STATION.plain);
			await close();
		},
	);
});

describe('a copy on a host of files', () => {
	it('every kind of page runs there without a complaint', async () => {
		const { page, complaints, close } = await watchedPage(browser, files.url);
		for (const name of Object.keys(PLACES)) {
			await page.goto(pathOf(name, 'en'));
			expect([name, complaints()]).toEqual([name, []]);
		}
		await close();
	});
});

describe('what witnesses have seen, on a host of files (W11)', () => {
	const seen = (quorum: object, size: number) => ({ stamp: {}, quorum, size, time: 0, by: [], witnesses: [] });
	it.each([
		['met', seen({ state: 'met' }, 28_975), 'Witnessed to statement 28,975.', false],
		['away', seen({ state: 'away', since: 1_900_000_000 }, 12), /^No quorum of witnesses since .*2030/, true],
		['not known', 'no JSON at all', 'Whether others have seen the same log:', false],
	] as const)('is put into the page by the script: %s', async (_, body, line, isLoud) => {
		const { page, complaints, close } = await watchedPage(browser, files.url);
		await page.route('**/data/witnesses.json', (route) =>
			route.fulfill({ body: typeof body === 'string' ? body : JSON.stringify(body) }),
		);
		const looked = page.waitForResponse('**/data/witnesses.json');
		await page.goto(pathOf('home', 'en'));
		await looked;
		await expect.poll(() => page.locator('.witnessed span').textContent()).toMatch(line);
		expect(await page.locator('.witnessed').getAttribute('class')).toBe(isLoud ? 'witnessed loud' : 'witnessed');
		expect(complaints()).toEqual([]);
		await close();
	});
});
