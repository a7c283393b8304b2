/**
 * Names that others wrote: isolated in `<bdi>`, so that their direction stays their own, and cut where they would push everything else off the page. What is cut stands in full
 * on the page of the thing itself (`wholeName`).
 */
import { type Html, html } from './html.ts';

const LIMITS = {
	/** Characters of a name in a table or a sentence: longer than any real name of a polling station (about 80). */
	nameMax: 120,
	/** Characters of a name as a heading; the rest follows as a paragraph. */
	headingMax: 200,
} as const;

/** A name in a list, a table or a sentence. */
export function foreign(name: string): Html {
	return html`<bdi>${cut(name, LIMITS.nameMax)}</bdi>`;
}

/** A name as plain text, for the document's title and for attributes. */
export function plainName(name: string): string {
	return cut(name, LIMITS.nameMax);
}

/** The heading of a thing's own page: an over-long name follows in full below it. */
export function wholeName(name: string): Html {
	if (name.length <= LIMITS.headingMax) return html`<h1><bdi>${name}</bdi></h1>`;
	return html`<h1>${foreign(name)}</h1><p class="whole"><bdi>${name}</bdi></p>`;
}

/** Cuts between characters, never inside a surrogate pair. */
function cut(name: string, max: number): string {
	if (name.length <= max) return name;
	const last = name.charCodeAt(max - 1);
	const isHalf = last >= 0xd800 && last <= 0xdbff;
	return `${name.slice(0, isHalf ? max - 1 : max)}…`;
}
