/**
 * What a path of the site names (spec/site.md, W4), for whoever serves it: the inverse of `paths.ts`. It accepts one spelling of each, and does not know whether such a contest, area or station
 * exists.
 */
import { parseSize } from '@matokeo/core/log/decimal.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { FilingKind } from '../views/proceedTypes.ts';
import {
	CERTIFICATE,
	CONTEST_PAGES,
	type DataAddress,
	FILING_KINDS,
	ID_PAGES,
	type IdPage,
	LANGUAGES,
	type Language,
	type PageAddress,
	type PaperName,
} from './paths.ts';

const ID = '([a-z0-9][a-z0-9._~-]{0,63})';
const NUMBER = '(0|[1-9][0-9]{0,8})';

/** Inverse of `pagePath`. */
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
	if (rest === 'feed.atom') return { page: 'feed' };
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
	if (inside === 'feed.atom') return { page: 'feed', contest };
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
): { readonly kind: IdPage; readonly id: StatementId } | undefined {
	for (const kind of ID_PAGES) {
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

/** Inverse of `countCsvPath`. */
export function parseCountCsvPath(
	path: string,
): { readonly id: StatementId; readonly stage: 'verified' | 'reported' } | undefined {
	const [id, stage] = match('data/count/([0-9a-f]{64})/(verified|reported)\\.csv', path) ?? [];
	return id === undefined ? undefined : { id, stage: stage === 'verified' ? 'verified' : 'reported' };
}

function match(pattern: string, text: string): readonly (string | undefined)[] | undefined {
	return new RegExp(`^${pattern}$`).exec(text)?.slice(1);
}

function idOf(file: string): string {
	return file.replaceAll('~', '/');
}

const PAPER = `(en|sw|es)/(([0-9a-f]{64})(?:${CERTIFICATE})?)(?:-([2-9]|[1-9][0-9]{1,3}))?\\.(html|pdf)`;

/** What the path of a paper names: the inverse of `paperPath`. */
export function parsePaperPath(path: string): PaperName | undefined {
	const [tag, name, id, number = '1', ending] = match(`papers/${PAPER}`, path) ?? [];
	const part = parseSize(number);
	const language = LANGUAGES.find((one) => one === tag);
	if (language === undefined || name === undefined || id === undefined || part === undefined) return undefined;
	return { language, name, id, type: ending === 'pdf' ? 'pdf' : 'html', part };
}
