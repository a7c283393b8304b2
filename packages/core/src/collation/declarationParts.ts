/**
 * A generated document as parts (R18): every part is words of ours, a number with the name of what it is taken from, or text that is quoted as it stands
 * (names and formulas of the package, ids, digests). So that no number in a declaration can be typed, and each can be followed to its source. It does not
 * know what a declaration says.
 */
export type Part =
	| { readonly kind: 'words'; readonly text: string }
	/** `of` is a path such as `totals.mas`, `counts.missing`, `share.valid.mas` or `mark.index`. */
	| { readonly kind: 'number'; readonly text: string; readonly of: string }
	| { readonly kind: 'verbatim'; readonly text: string; readonly of: string };

export type Parts = readonly Part[];

export type Block =
	| { readonly kind: 'heading' | 'paragraph'; readonly parts: Parts }
	| { readonly kind: 'table'; readonly head: readonly Parts[]; readonly rows: readonly (readonly Parts[])[] };

/** What stands between the cells of a row in plain text. */
const CELLS = ' | ';

export function words(text: string): Part {
	return { kind: 'words', text };
}

/**
 * A count as plain digits, in every language: the same number has one spelling in the statement, in the sheet and in the three texts, and whoever looks for it
 * finds it. Separators of thousands differ between languages, and within Spanish between countries.
 */
export function count(value: number, of: string): Part {
	return { kind: 'number', text: String(value), of };
}

export function number(text: string, of: string): Part {
	return { kind: 'number', text, of };
}

export function verbatim(text: string, of: string): Part {
	return { kind: 'verbatim', text, of };
}

/** A sentence of ours in which `{name}` stands for parts. A name without parts is a bug of the sentence. */
export function filled(sentence: string, parts: Readonly<Record<string, Parts>> = {}): Parts {
	return sentence.split(/\{([a-z]+)\}/).flatMap((piece, place): Parts => {
		if (place % 2 === 0) return piece === '' ? [] : [words(piece)];
		const given = parts[piece];
		if (given === undefined) throw new Error(`invariant broken: "${sentence}" is given parts for {${piece}}`);
		return given;
	});
}

/** Blocks as plain text: one line each, one line for each row of a table, an empty line between blocks, LF. */
export function printBlocks(blocks: readonly Block[]): string {
	return `${blocks.map(printBlock).join('\n\n')}\n`;
}

function printBlock(block: Block): string {
	if (block.kind !== 'table') return printParts(block.parts);
	return [block.head, ...block.rows].map((row) => row.map(printParts).join(CELLS)).join('\n');
}

function printParts(parts: Parts): string {
	return parts.map(({ text }) => text).join('');
}
