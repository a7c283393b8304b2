/**
 * Where every page and file of the site lies, as paths relative to its root (spec/site.md): the same behind a server, on any static host and under any prefix. Pages link relatively, so
 * the site may be moved. Pages and data of the site lie beside the log's own files (`checkpoint`, `tile/`, `blob/`, `package/`, `results/`), whose names they never take.
 */
import type { Digest, StatementId } from '@matokeo/core/record/said.ts';
import type { FilingKind } from '../views/proceedTypes.ts';

/** Languages in which every page exists, in the order in which they are offered. */
export const LANGUAGES = ['en', 'sw', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

export type PageAddress =
	| { readonly page: 'home' }
	| { readonly page: 'contest'; readonly contest: string }
	| { readonly page: 'area'; readonly contest: string; readonly area: string }
	| { readonly page: 'missing'; readonly contest: string; readonly area?: string }
	| { readonly page: 'changes'; readonly contest: string; readonly number?: number }
	| { readonly page: 'station'; readonly station: string }
	| { readonly page: ContestPage; readonly contest: string }
	/** `part`: rows beyond the first thousand, from 2. */
	| { readonly page: 'collation'; readonly contest: string; readonly area: string; readonly part?: number }
	/** Without a contest, of the election as a whole; without a number, the page with the newest. */
	| { readonly page: FilingKind; readonly contest?: string; readonly number?: number }
	| { readonly page: IdPage; readonly id: StatementId }
	/** A feed of changes (W16): of a contest, or of the election. */
	| { readonly page: 'feed'; readonly contest?: string }
	| { readonly page: 'data' }
	| { readonly page: 'about' }
	| { readonly page: 'find' };

/** Pages of a contest that it has once. */
export const CONTEST_PAGES = ['collations', 'declaration', 'proceedings', 'counts'] as const;
type ContestPage = (typeof CONTEST_PAGES)[number];
export const FILING_KINDS = ['objections', 'orders', 'notices'] as const satisfies readonly FilingKind[];
/** One filing, one comparison count, or whatever statement it is, by its id. */
export const ID_PAGES = ['objection', 'order', 'notice', 'count', 'statement'] as const;
export type IdPage = (typeof ID_PAGES)[number];

/** JSON beside the pages: the same views, without a language. */
export type DataAddress =
	| { readonly data: 'home' }
	| { readonly data: 'contest'; readonly contest: string }
	| { readonly data: 'pulse'; readonly contest: string }
	| { readonly data: 'area'; readonly contest: string; readonly area: string }
	| { readonly data: 'missing'; readonly contest: string; readonly area?: string }
	| { readonly data: 'changes'; readonly contest: string; readonly number: number }
	| { readonly data: 'station'; readonly station: string }
	| { readonly data: ContestPage; readonly contest: string }
	| { readonly data: 'collation'; readonly contest: string; readonly area: string }
	| { readonly data: FilingKind; readonly contest?: string; readonly number: number }
	| { readonly data: IdPage; readonly id: StatementId }
	| { readonly data: 'about' }
	| { readonly data: 'witnesses' };

/** Ids have no `~` (P25), and file systems no `/` in a name. */
export function fileName(id: string): string {
	return id.replaceAll('/', '~');
}

export function pagePath(language: Language, address: PageAddress): string {
	switch (address.page) {
		case 'home':
			return `${language}/index.html`;
		case 'contest':
			return `${language}/contest/${fileName(address.contest)}/index.html`;
		case 'area':
			return `${language}/contest/${fileName(address.contest)}/area/${fileName(address.area)}.html`;
		case 'missing':
			return address.area === undefined
				? `${language}/contest/${fileName(address.contest)}/missing.html`
				: `${language}/contest/${fileName(address.contest)}/missing/${fileName(address.area)}.html`;
		case 'changes':
			return address.number === undefined
				? `${language}/contest/${fileName(address.contest)}/changes.html`
				: `${language}/contest/${fileName(address.contest)}/changes/${address.number}.html`;
		case 'station':
			return `${language}/station/${fileName(address.station)}.html`;
		case 'collations':
		case 'declaration':
		case 'proceedings':
		case 'counts':
			return `${language}/contest/${fileName(address.contest)}/${address.page}.html`;
		case 'collation':
			return `${language}/contest/${fileName(address.contest)}/collation/${fileName(address.area)}${address.part === undefined ? '' : `/${address.part}`}.html`;
		case 'objections':
		case 'orders':
		case 'notices':
			return `${language}/${filings(address.page, address)}.html`;
		case 'objection':
		case 'order':
		case 'notice':
		case 'count':
		case 'statement':
			return `${language}/${address.page}/${address.id}.html`;
		case 'feed':
			return address.contest === undefined
				? `${language}/feed.atom`
				: `${language}/contest/${fileName(address.contest)}/feed.atom`;
		default:
			return `${language}/${address.page}.html`;
	}
}

function filings(
	kind: FilingKind,
	{ contest, number }: { readonly contest?: string; readonly number?: number },
): string {
	const inside = number === undefined ? kind : `${kind}/${number}`;
	return contest === undefined ? inside : `contest/${fileName(contest)}/${inside}`;
}

export function dataPath(address: DataAddress): string {
	switch (address.data) {
		case 'contest':
		case 'pulse':
			return `data/contest/${fileName(address.contest)}/${address.data}.json`;
		case 'area':
			return `data/contest/${fileName(address.contest)}/area/${fileName(address.area)}.json`;
		case 'missing':
			return address.area === undefined
				? `data/contest/${fileName(address.contest)}/missing.json`
				: `data/contest/${fileName(address.contest)}/missing/${fileName(address.area)}.json`;
		case 'changes':
			return `data/contest/${fileName(address.contest)}/changes/${address.number}.json`;
		case 'station':
			return `data/station/${fileName(address.station)}.json`;
		case 'collations':
		case 'declaration':
		case 'proceedings':
		case 'counts':
			return `data/contest/${fileName(address.contest)}/${address.data}.json`;
		case 'collation':
			return `data/contest/${fileName(address.contest)}/collation/${fileName(address.area)}.json`;
		case 'objections':
		case 'orders':
		case 'notices':
			return `data/${filings(address.data, address)}.json`;
		case 'objection':
		case 'order':
		case 'notice':
		case 'count':
		case 'statement':
			return `data/${address.data}/${address.id}.json`;
		default:
			return `data/${address.data}.json`;
	}
}

/** Where the paper of a certificate or declaration lies: to print, or as a document; a long one has further parts, from 2. */
export function paperPath(language: Language, id: StatementId, type: 'html' | 'pdf', part = 1): string {
	return `papers/${language}/${id}${part === 1 ? '' : `-${part}`}.${type}`;
}

/** What marks, behind the id of a declaration, the certificate that goes with it. */
export const CERTIFICATE = '-certificate';

export interface PaperName {
	readonly language: Language;
	/** The act's id, and what marks the certificate that goes with a declaration. */
	readonly name: string;
	readonly id: string;
	readonly type: 'html' | 'pdf';
	readonly part: number;
}

/** All differences of a lodged count and the figures of the log at a stage (W18). */
export function countCsvPath(id: StatementId, stage: 'verified' | 'reported'): string {
	return `data/count/${id}/${stage}.csv`;
}

/** Where a published image lies. */
export function blobPath(sha256: Digest): string {
	return `blob/${sha256.slice(0, 2)}/${sha256}`;
}

/** The way from one file of the site to another, both as paths from its root. A page has dozens of links, so it makes no lists. */
export function relativePath(from: string, to: string): string {
	let common = 0;
	for (let at = 0; at < from.length && from[at] === to[at]; at++) if (from[at] === '/') common = at + 1;
	let up = '';
	for (let at = common; at < from.length; at++) if (from[at] === '/') up += '../';
	return up + to.slice(common);
}
