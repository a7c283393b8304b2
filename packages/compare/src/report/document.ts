/**
 * A report as a small document: sections of lines, lists and tables, in one language, made of nothing but text. Printers turn it into plain text, HTML or what else may come. What strangers
 * wrote (names, codes, headings of their tables) is marked as such, so that every printer can keep it harmless.
 */

/** Text of ours, or of a stranger: with a place where more of it is. */
export type Span = string | { readonly foreign: string; readonly href?: string };

export type Line = readonly Span[];

export interface TableColumn {
	readonly label: string;
	/** Numbers stand under one another by their last digit. */
	readonly numbers?: true;
}

export type Block =
	| { readonly kind: 'line'; readonly line: Line; readonly weight?: 'strong' | 'small' }
	| { readonly kind: 'list'; readonly items: readonly Line[] }
	| { readonly kind: 'table'; readonly columns: readonly TableColumn[]; readonly rows: readonly (readonly Line[])[] };

export interface Section {
	/** Made of letters: where a page can point. */
	readonly id: string;
	readonly heading: Line;
	readonly blocks: readonly Block[];
}

export interface ReportDocument {
	readonly title: Line;
	readonly sections: readonly Section[];
}

export function foreign(text: string, href?: string): Span {
	return href === undefined ? { foreign: text } : { foreign: text, href };
}

export function paragraph(line: Line, weight?: 'strong' | 'small'): Block {
	return weight === undefined ? { kind: 'line', line } : { kind: 'line', line, weight };
}
