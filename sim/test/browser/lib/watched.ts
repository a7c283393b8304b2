/** A page that is watched: whatever the browser has to complain about, and whatever it asks of anybody but the site's own host, ends the test. */
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

export interface Watched {
	readonly page: Page;
	/** What was complained about since it was asked last. */
	readonly complaints: () => readonly string[];
	readonly close: () => Promise<void>;
}

/** `host`: the address under which everything lies that may be asked for. */
export async function watchedPage(
	browser: Browser,
	host: string,
	options: BrowserContextOptions = {},
): Promise<Watched> {
	const context = await browser.newContext({ baseURL: host, viewport: { width: 1280, height: 900 }, ...options });
	const page = await context.newPage();
	const heard: string[] = [];
	page.on('console', (message) => {
		if (['error', 'warning'].includes(message.type())) heard.push(`console ${message.type()}: ${message.text()}`);
	});
	page.on('pageerror', (error) => heard.push(`exception: ${error.message}`));
	page.on('request', (request) => {
		if (!request.url().startsWith(host)) heard.push(`asked elsewhere: ${request.url().slice(0, 200)}`);
	});
	page.on('response', (response) => {
		if (response.status() >= 400) heard.push(`${response.status()}: ${response.url().slice(0, 200)}`);
	});
	return { page, complaints: () => heard.splice(0), close: () => context.close() };
}
