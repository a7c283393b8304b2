/** Text on a line of a given width: what may stand on paper at all, and where a line is broken. Only widths of words are measured, each once, since a sheet says the same words thousands of times. */

/** Control characters and those that turn the direction of what follows, as in `html/html.ts`; what a reader sees instead says that something was there. */
const UNSAFE = /[\p{Cc}\p{Bidi_Control}\u2028\u2029\ufeff\ufff9-\ufffb]/gu;
const SHOWN = '\ufffd';
/** Says where a word may be divided; a font would draw it as a hyphen. */
const SOFT_HYPHEN = /\u00ad/g;

export function safeText(text: string): string {
	return text
		.replace(SOFT_HYPHEN, '')
		.replace(/[\t\n\r]+/g, ' ')
		.replace(UNSAFE, SHOWN);
}

export type Measure = (text: string) => number;

/** Remembers what it has measured. A sheet has some thousand different words. */
export function measuredOnce(measure: Measure): Measure {
	const known = new Map<string, number>();
	return (text) => {
		const width = known.get(text) ?? measure(text);
		known.set(text, width);
		return width;
	};
}

/** The lines of a text, at least one: words are kept together, and a word wider than the line is broken where it must be. */
export function linesOf(text: string, width: number, measure: Measure): readonly string[] {
	const space = measure(' ');
	const lines: string[] = [];
	let line = '';
	let used = 0;
	for (const word of text.split(' ')) {
		const own = measure(word);
		if (line !== '' && used + space + own <= width) {
			line += ` ${word}`;
			used += space + own;
			continue;
		}
		if (line !== '') lines.push(line);
		const pieces = own <= width ? [word] : broken(word, width, measure);
		lines.push(...pieces.slice(0, -1));
		line = pieces.at(-1) ?? '';
		used = measure(line);
	}
	lines.push(line);
	return lines;
}

function broken(word: string, width: number, measure: Measure): readonly string[] {
	const pieces: string[] = [];
	let piece = '';
	let used = 0;
	for (const one of word) {
		const own = measure(one);
		if (piece !== '' && used + own > width) {
			pieces.push(piece);
			piece = '';
			used = 0;
		}
		piece += one;
		used += own;
	}
	return [...pieces, piece];
}
