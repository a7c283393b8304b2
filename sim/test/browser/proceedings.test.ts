/**
 * Pages of everything that follows counting, in a browser: no wider than a small phone in any language, on screen and on paper, accessible by the rules that can be checked (axe, WCAG 2.2 AA) in both
 * colour schemes, all of it within reach of a keyboard, and without a word of complaint. The record is played at random, so that lists, states and orders are there that nobody arranged.
 */
import { createServer } from 'node:http';
import { extname } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { STRICT_HEADERS } from '@matokeo/portal/live/headers.ts';
import { siteAssets } from '@matokeo/portal/live/siteAssets.ts';
import { parsePagePath } from '@matokeo/portal/site/parsePath.ts';
import { LANGUAGES } from '@matokeo/portal/site/paths.ts';
import { HOSTILE } from '@matokeo/portal/testing/fixtures.ts';
import { lawfulRecord } from '@matokeo/portal/testing/lawfulSite.ts';
import { alteredTable, comparedSite, lodge } from '@matokeo/portal/testing/lodgedCounts.ts';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { INSTALL_MS, openChromium } from './lib/chromium.ts';
import type { Host } from './lib/host.ts';
import { tabbedThrough } from './lib/keyboard.ts';
import { type Watched, watchedPage } from './lib/watched.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'];
/** CSS pixels; the last is A4 within its margins. */
const WIDTHS = [
	['screen', 320],
	['screen', 360],
	['screen', 1280],
	['print', 680],
] as const;

const KINDS = [
	'collations',
	'collation',
	'declaration',
	'proceedings',
	'objections',
	'objection',
	'orders',
	'order',
	'notices',
	'notice',
	'counts',
	'count',
	'statement',
] as const;

const TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json; charset=utf-8',
	'.svg': 'image/svg+xml',
};

let browser: Browser;
let host: Host;
let watched: Watched;
/** Kind → the longest page of it, without its language. */
const places = new Map<string, string>();

async function serve(files: ReadonlyMap<string, string | Uint8Array>): Promise<Host> {
	const server = createServer((request, response) => {
		const path = new URL(request.url ?? '/', 'http://host').pathname.slice(1);
		const body = files.get(path);
		response.writeHead(body === undefined ? 404 : 200, {
			'content-security-policy': STRICT_HEADERS['content-security-policy'] ?? '',
			'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
		});
		response.end(body);
	});
	await new Promise<void>((resolve) => {
		server.listen(0, '127.0.0.1', resolve);
	});
	const address = server.address();
	const port = typeof address === 'object' && address !== null ? address.port : 0;
	const close = async (): Promise<void> => {
		server.closeAllConnections();
		await new Promise((resolve) => {
			server.close(resolve);
		});
	};
	return { url: `http://127.0.0.1:${port}/`, close };
}

beforeAll(async () => {
	browser = await openChromium();
	const assets = siteAssets();
	const files = new Map<string, string | Uint8Array>([...assets.files].map(([path, { bytes }]) => [path, bytes]));
	for (const seed of [3, 2]) {
		const record = lawfulRecord(seed, 260);
		const table = alteredTable(record);
		const words = `${HOSTILE.script}\n${HOSTILE.override}\n${HOSTILE.long}`;
		lodge(record, { table: table.bytes, rows: table.rows, words });
		for (const [path, body] of await comparedSite(record, assets.paths)) {
			files.set(path, body);
			if (path.endsWith('.json')) continue;
			const parsed = parsePagePath(path);
			const kind = parsed?.address.page ?? '';
			const rest = path.slice(2);
			if (parsed?.language !== 'en') continue;
			if (body.length > `${files.get(`en${places.get(kind) ?? ''}`) ?? ''}`.length) places.set(kind, rest);
		}
		for (const contest of record.election.contests.keys())
			files.set(`data/contest/${contest}/pulse.json`, '{"size":0}');
	}
	host = await serve(files);
	watched = await watchedPage(browser, host.url);
}, INSTALL_MS);

afterEach(async () => {
	await watched.page.emulateMedia({ media: null, colorScheme: null });
});

afterAll(async () => {
	await browser?.close();
	await host?.close();
});

function pathOf(kind: string, language: string): string {
	const place = places.get(kind);
	if (place === undefined) throw new Error(`the record has a page of the kind ${kind}`);
	return `${language}${place}`;
}

describe.each(KINDS)('the page: %s', (kind) => {
	it.each(LANGUAGES)(
		'in %s fits every window and sheet, and the browser has nothing to complain of',
		async (language) => {
			const { page, complaints } = watched;
			complaints();
			await page.goto(pathOf(kind, language));
			for (const [media, width] of WIDTHS) {
				await page.emulateMedia({ media });
				await page.setViewportSize({ width, height: 800 });
				const wide = await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
				expect({ media, width, wide: Math.max(0, wide) }).toEqual({ media, width, wide: 0 });
			}
			expect(await page.locator('main h1').count()).toBe(1);
			expect(complaints()).toEqual([]);
		},
	);

	it('is accessible, and legible in both schemes', async () => {
		const { page } = watched;
		await page.setViewportSize({ width: 1280, height: 800 });
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.goto(pathOf(kind, 'en'));
			const axe = new AxeBuilder({ page }).setLegacyMode();
			const { violations } = await (colorScheme === 'light'
				? axe.withTags(RULES)
				: axe.withRules(['color-contrast'])
			).analyze();
			expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)).toEqual([]);
		}
	});
});

describe('by keyboard', () => {
	it.each(['collation', 'declaration', 'objection', 'count'])(
		'%s: tab reaches all there is, in its order',
		async (kind) => {
			const { page } = watched;
			await page.setViewportSize({ width: 360, height: 800 });
			await page.goto(pathOf(kind, 'en'));
			const { wanted, reached } = await tabbedThrough(page);
			expect(wanted.length).toBeGreaterThan(8);
			expect(reached).toEqual(wanted.map((one) => `${one} seen`));
		},
	);
});
