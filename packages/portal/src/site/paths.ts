/**
 * Where every page and file of the site lies, as paths relative to its root (spec/site.md): the same behind a server, on any static host and under any prefix. Pages link relatively, so
 * the site may be moved. Pages and data of the site lie beside the log's own files (`checkpoint`, `tile/`, `blob/`, `package/`, `results/`), whose names they never take.
 */
import { parseSize } from '@matokeo/core/log/decimal.ts';
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
	| { readonly page: FilingPage; readonly id: StatementId }
	| { readonly page: 'data' }
	| { readonly page: 'about' }
	| { readonly page: 'find' };

/** Pages of a contest that it has once. */
const CONTEST_PAGES = ['collations', 'declaration', 'proceedings'] as const;
type ContestPage = (typeof CONTEST_PAGES)[number];
const FILING_KINDS = ['objections', 'orders', 'notices'] as const satisfies readonly FilingKind[];
/** One filing, by the id of its statement. */
const FILING_PAGES = ['objection', 'order', 'notice'] as const;
export type FilingPage = (typeof FILING_PAGES)[number];

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
	| { readonly data: FilingPage; readonly id: StatementId }
	| { readonly data: 'about' }
	| { readonly data: 'witnesses' };

/** Ids have no `~` (P25), and file systems no `/` in a name. */
export function fileName(id: string): string {
	return id.replaceAll('/', '~');
}

function idOf(file: string): string {
	return file.replaceAll('~', '/');
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
			return `${language}/${address.page}/${address.id}.html`;
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
			return `data/${address.data}/${address.id}.json`;
		default:
			return `data/${address.data}.json`;
	}
}

const ID = '([a-z0-9][a-z0-9._~-]{0,63})';
const NUMBER = '(0|[1-9][0-9]{0,8})';

/** The address that a path spells, or `undefined`: the inverse of `pagePath`, for a server. Whether such a contest, area or station exists is for the views to say. */
export function parsePagePath(
	path: string,
): { readonly language: Language; readonly address: PageAddress } | undefined {
	const slash = path.indexOf('/');
	const language = LANGUAGES.find((one) => one === path.slice(0, slash));
	const address = language === undefined ? undefined : pageAddress(path.slice(slash + 1));
	return language === undefined || address === undefined ? undefined : { language, address };
}

function pageAddress(rest: string): PageAddress | undefined {
	if (rest === 'index.html') return { page: 'home' };
	for (const page of ['data', 'about', 'find'] as const) if (rest === `${page}.html`) return { page };
	const station = match(`station/${ID}\\.html`, rest);
	if (station !== undefined) return { page: 'station', station: idOf(station[0] ?? '') };
	const filing = filingAt(rest, 'html');
	if (filing !== undefined) return { page: filing.kind, id: filing.id };
	const listed = listAt(rest, 'html');
	if (listed !== undefined) return { page: listed.kind, ...numbered(listed.number) };
	const [contest, inside] = match(`contest/${ID}/(.*)`, rest) ?? [];
	if (contest === undefined || inside === undefined) return undefined;
	return contestAddress(idOf(contest), inside);
}

function contestAddress(contest: string, inside: string): PageAddress | undefined {
	if (inside === 'index.html') return { page: 'contest', contest };
	if (inside === 'missing.html') return { page: 'missing', contest };
	if (inside === 'changes.html') return { page: 'changes', contest };
	for (const page of CONTEST_PAGES) if (inside === `${page}.html`) return { page, contest };
	const collation = match(`collation/${ID}(?:/${NUMBER})?\\.html`, inside);
	if (collation !== undefined) return collationAddress(contest, collation);
	const listed = listAt(inside, 'html');
	if (listed !== undefined) return { page: listed.kind, contest, ...numbered(listed.number) };
	const area = match(`area/${ID}\\.html`, inside)?.[0];
	if (area !== undefined) return { page: 'area', contest, area: idOf(area) };
	const missing = match(`missing/${ID}\\.html`, inside)?.[0];
	if (missing !== undefined) return { page: 'missing', contest, area: idOf(missing) };
	const changes = match(`changes/${NUMBER}\\.html`, inside)?.[0];
	const number = changes === undefined ? undefined : parseSize(changes);
	return number === undefined ? undefined : { page: 'changes', contest, number };
}

function collationAddress(
	contest: string,
	[area = '', number]: readonly (string | undefined)[],
): PageAddress | undefined {
	const part = number === undefined ? undefined : parseSize(number);
	if (part !== undefined && part < 2) return undefined;
	return { page: 'collation', contest, area: idOf(area), ...(part === undefined ? {} : { part }) };
}

function numbered(number: number | undefined): { readonly number?: number } {
	return number === undefined ? {} : { number };
}

/** `objections.html`, `orders/3.html`. */
function listAt(
	path: string,
	type: 'html' | 'json',
): { readonly kind: FilingKind; readonly number: number | undefined } | undefined {
	for (const kind of FILING_KINDS) {
		const found = match(`${kind}(?:/${NUMBER})?\\.${type}`, path);
		const [number] = found ?? [];
		if (found !== undefined) return { kind, number: number === undefined ? undefined : parseSize(number) };
	}
	return undefined;
}

function filingAt(
	path: string,
	type: 'html' | 'json',
): { readonly kind: FilingPage; readonly id: StatementId } | undefined {
	for (const kind of FILING_PAGES) {
		const [id] = match(`${kind}/([0-9a-f]{64})\\.${type}`, path) ?? [];
		if (id !== undefined) return { kind, id };
	}
	return undefined;
}

/** Inverse of `dataPath`. */
export function parseDataPath(path: string): DataAddress | undefined {
	for (const data of ['home', 'about', 'witnesses'] as const) if (path === `data/${data}.json`) return { data };
	const station = match(`data/station/${ID}\\.json`, path)?.[0];
	if (station !== undefined) return { data: 'station', station: idOf(station) };
	const filing = filingAt(path.slice('data/'.length), 'json');
	if (filing !== undefined && path.startsWith('data/')) return { data: filing.kind, id: filing.id };
	const listed = listAt(path.slice('data/'.length), 'json');
	if (listed?.number !== undefined && path.startsWith('data/')) return { data: listed.kind, number: listed.number };
	const [file, inside] = match(`data/contest/${ID}/(.*)`, path) ?? [];
	if (file === undefined || inside === undefined) return undefined;
	const contest = idOf(file);
	for (const data of ['contest', 'pulse', 'missing', ...CONTEST_PAGES] as const)
		if (inside === `${data}.json`) return { data, contest };
	const collation = match(`collation/${ID}\\.json`, inside)?.[0];
	if (collation !== undefined) return { data: 'collation', contest, area: idOf(collation) };
	const filed = listAt(inside, 'json');
	if (filed?.number !== undefined) return { data: filed.kind, contest, number: filed.number };
	const area = match(`area/${ID}\\.json`, inside)?.[0];
	if (area !== undefined) return { data: 'area', contest, area: idOf(area) };
	const missing = match(`missing/${ID}\\.json`, inside)?.[0];
	if (missing !== undefined) return { data: 'missing', contest, area: idOf(missing) };
	const changes = match(`changes/${NUMBER}\\.json`, inside)?.[0];
	const number = changes === undefined ? undefined : parseSize(changes);
	return number === undefined ? undefined : { data: 'changes', contest, number };
}

function match(pattern: string, text: string): readonly (string | undefined)[] | undefined {
	return new RegExp(`^${pattern}$`).exec(text)?.slice(1);
}

/** Where the paper of a certificate or declaration lies: to print, or as a document; a long one has further parts, from 2. */
export function paperPath(language: Language, id: StatementId, type: 'html' | 'pdf', part = 1): string {
	return `papers/${language}/${id}${part === 1 ? '' : `-${part}`}.${type}`;
}

/** What marks, behind the id of a declaration, the certificate that goes with it. */
export const CERTIFICATE = '-certificate';
const PAPER = `(en|sw|es)/(([0-9a-f]{64})(?:${CERTIFICATE})?)(?:-([2-9]|[1-9][0-9]{1,3}))?\\.(html|pdf)`;

export interface PaperName {
	readonly language: Language;
	/** The act's id, and what marks the certificate that goes with a declaration. */
	readonly name: string;
	readonly id: string;
	readonly type: 'html' | 'pdf';
	readonly part: number;
}

/** What the path of a paper names: the inverse of `paperPath`. */
export function parsePaperPath(path: string): PaperName | undefined {
	const [tag, name, id, number = '1', ending] = match(`papers/${PAPER}`, path) ?? [];
	const part = parseSize(number);
	const language = LANGUAGES.find((one) => one === tag);
	if (language === undefined || name === undefined || id === undefined || part === undefined) return undefined;
	return { language, name, id, type: ending === 'pdf' ? 'pdf' : 'html', part };
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
