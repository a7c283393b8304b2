/**
 * HTML as values: the tag `html` makes `Html`, and whatever is put into it that is not `Html` is text and becomes harmless text, between tags as well as inside a
 * double-quoted attribute. There is no way from a string to `Html` but this, so no name in a package can become an element. It does not look at addresses: what stands in `href`
 * and `src` comes from `site/paths.ts`, never from a package.
 */

/** Finished HTML. Only `html` and `joined` make it. */
export class Html {
	readonly text: string;
	constructor(text: string, key: symbol) {
		if (key !== KEY) throw new Error('Html is made by the tag html and by nothing else');
		this.text = text;
	}
	toString(): string {
		return this.text;
	}
}

const KEY = Symbol('html');

/** What may stand in a template. `undefined` and `false` are nothing; a list is one after the other. */
export type Part = Html | string | number | undefined | false | readonly Part[];

export const NOTHING = new Html('', KEY);

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
	let text = strings[0] ?? '';
	for (let place = 0; place < parts.length; place++) text += written(parts[place]) + (strings[place + 1] ?? '');
	return new Html(text, KEY);
}

/** Parts one after the other with nothing between them. */
export function joined(parts: readonly Part[]): Html {
	return new Html(written(parts), KEY);
}

function written(part: Part): string {
	if (typeof part === 'string') return escaped(part);
	if (part instanceof Html) return part.text;
	if (part === undefined || part === false) return '';
	if (typeof part === 'number') return String(part);
	let text = '';
	for (const one of part) text += written(one);
	return text;
}

/**
 * Everything that is not itself in HTML text or could make text look like something it is not: the five characters of HTML, what no HTML or XML may contain (control characters, halves of pairs), and
 * characters that turn the direction of what follows. Names need no turning characters of their own, since `foreign` isolates them.
 */
const UNSAFE = /[[&<>"'\p{Cc}\p{Cs}\p{Bidi_Control}\u2028\u2029\ufeff\ufff9-\ufffb\ufffe\uffff]--[\t\n]]/v;
const EACH_UNSAFE = new RegExp(UNSAFE.source, 'gv');

/** What a reader sees where such a character was: a sign that something was there. */
const SHOWN = '\ufffd';

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
	'\u2028': ' ',
	'\u2029': ' ',
};

/** Text that is safe between tags and in double quotes. */
export function escaped(text: string): string {
	return UNSAFE.test(text) ? text.replace(EACH_UNSAFE, (one) => ENTITIES[one] ?? SHOWN) : text;
}

const CHARACTERS: Readonly<Record<string, string>> = {
	'&amp;': '&',
	'&lt;': '<',
	'&gt;': '>',
	'&quot;': '"',
	'&#39;': "'",
};

/** What somebody reads of it where there is no markup: a title, a list of names. Templates close every tag, and no text has a bare `<` or `>`, so that nothing but tags goes. */
export function plainText(part: Part): string {
	return written(part)
		.replace(/<[^>]*>/g, '')
		.replace(/&(?:amp|lt|gt|quot|#39);/g, (one) => CHARACTERS[one] ?? one)
		.replace(/\s+/g, ' ')
		.trim();
}
