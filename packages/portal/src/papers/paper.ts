/**
 * A paper as plain data: what is on it, in order, without saying how it looks. `paperHtml.ts` and `paperPdf.ts` render the same paper, so that what is printed from a page and what is
 * filed as a document say the same. It knows nothing of elections.
 */
import type { Text } from '@matokeo/core/election/types.ts';
import type { Language } from '../site/paths.ts';

/** Text that others wrote: a name, an id, a text of the package; with its language where that is another than the paper's. */
export interface Foreign {
	readonly foreign: string;
	readonly lang?: string;
}

/** What stands in a line or a cell: words of ours, what others wrote, or both in turn. */
export type Said = string | Foreign | readonly (string | Foreign)[];

export interface PaperColumn {
	readonly label: Said;
	readonly align: 'text' | 'number';
	/** Share of the width beside the other columns. */
	readonly width: number;
}

export interface PaperTable {
	readonly kind: 'table';
	/** What the table is called, for those who hear it and where it goes on over a page. */
	readonly caption: string;
	readonly columns: readonly PaperColumn[];
	readonly rows: readonly (readonly Said[])[];
	/** Rows that sum up the others. */
	readonly sums?: readonly (readonly Said[])[];
}

export type PaperBlock =
	| { readonly kind: 'title' | 'heading' | 'paragraph' | 'note'; readonly text: Said }
	| { readonly kind: 'facts'; readonly items: readonly PaperFact[] }
	| PaperTable;

export interface PaperFact {
	readonly label: string;
	readonly value: Said;
}

export interface Paper {
	readonly language: Language;
	/** The document's title, plain. */
	readonly title: string;
	/** What kind of count it is, where it is no official election; stands across every page. */
	readonly mode?: { readonly label: string; readonly text: string };
	readonly blocks: readonly PaperBlock[];
	/** At the foot of every page: the log and how far it went, and the digest of what the paper shows. */
	readonly foot: { readonly log: string; readonly digest: string };
	/** UTC seconds in the log: the only date that the paper has. */
	readonly time: number;
}

/** One part of a paper that is too long for one page of the web, or for one PDF. */
export interface PaperPart {
	readonly paper: Paper;
	/** From 1. */
	readonly part: number;
	readonly parts: number;
}

/** Rows of all tables in one part: a page of the web of some 300 kB; a PDF of some 60 pages, which is written within some 200 MB of memory. */
export const PART_ROWS_MAX = { html: 1000, pdf: 2000 } as const;

/** The paper in parts: each begins where the one before stopped, also within a table; the first has everything that is not a table of its own. */
export function partsOf(paper: Paper, rowsMax: number): readonly PaperPart[] {
	const parts: PaperBlock[][] = [[]];
	let room = rowsMax;
	for (const block of paper.blocks) {
		if (block.kind !== 'table') {
			parts.at(-1)?.push(block);
			continue;
		}
		let from = 0;
		do {
			if (room === 0) {
				parts.push([]);
				room = rowsMax;
			}
			const rows = block.rows.slice(from, from + room);
			from += rows.length;
			room -= rows.length;
			const { sums, ...rest } = block;
			const isLast = from >= block.rows.length;
			parts.at(-1)?.push({ ...rest, rows, ...(isLast && sums !== undefined ? { sums } : {}) });
		} while (from < block.rows.length);
	}
	return parts.map((blocks, place) => ({ paper: { ...paper, blocks }, part: place + 1, parts: parts.length }));
}

/** Whether the heading just above a table, or its first column, says what its caption says, which then need not be shown twice. */
export function isTitled(blocks: readonly PaperBlock[], place: number): boolean {
	const [before, block] = [blocks[place - 1], blocks[place]];
	if (block?.kind !== 'table') return false;
	const [first] = block.columns;
	if (first !== undefined && plainOf(first.label) === block.caption) return true;
	return before?.kind === 'heading' && plainOf(before.text) === block.caption;
}

/** A text of the package in the paper's language where there is one, else in English, else in the first there is. */
export function textIn(language: Language, text: Text): Foreign {
	const tag = text[language] !== undefined ? language : text['en'] === undefined ? Object.keys(text)[0] : 'en';
	const foreign = text[tag ?? ''] ?? '';
	return tag === undefined || tag === language ? { foreign } : { foreign, lang: tag };
}

/** The pieces of a line in order. */
export function piecesOf(said: Said): readonly (string | Foreign)[] {
	return typeof said === 'string' || 'foreign' in said ? [said] : said;
}

export function plainOf(said: Said): string {
	return piecesOf(said)
		.map((piece) => (typeof piece === 'string' ? piece : piece.foreign))
		.join('');
}
