/**
 * What a keyboard can reach, as programs that run in a page: each answers with the names of elements by what they say and where they lead. Kept as text, since nothing here but a browser knows what a document is.
 */
import type { Page } from 'playwright-core';

const NAME = `(one) => [one.localName, one.getAttribute('href') ?? one.getAttribute('aria-label') ?? one.textContent.trim().slice(0, 60)].join(' ')`;

/** Everything on the page that is to be reached, in the order in which it stands. */
const reachable = `
	[...document.querySelectorAll('a[href], button, summary, input, [tabindex="0"]')]
		.filter((one) => one.checkVisibility() && !one.disabled && one.type !== 'hidden')
		.map(${NAME})`;

/** What is reached now, and whether it is to be seen that it is: outlined, and inside the window. */
const focusedNow = `
	(() => {
		const one = document.activeElement;
		const { outlineStyle, outlineWidth } = getComputedStyle(one);
		const { top, bottom, left, right } = one.getBoundingClientRect();
		const inside = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
		const seen = inside && outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2;
		return (${NAME})(one) + (seen ? ' seen' : ' UNSEEN');
	})()`;

/** What is to be reached, and what the tab key has reached, one after the other. */
export async function tabbedThrough(
	page: Page,
): Promise<{ readonly wanted: readonly string[]; readonly reached: readonly string[] }> {
	const wanted = await page.evaluate<readonly string[]>(reachable);
	const reached: string[] = [];
	for (const _ of wanted) {
		await page.keyboard.press('Tab');
		reached.push(await page.evaluate<string>(focusedNow));
	}
	return { wanted, reached };
}
