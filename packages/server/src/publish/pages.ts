/**
 * The site as static files beside the log (spec/site.md, W5–W9): every page and data file of the topics that were touched since it was published last, and nothing else. It works in short
 * slices, so that a server that also takes statements is never held up by it.
 *
 * Files are put in place whole (written beside, then renamed) and not synced: they follow from the log, and `pages.json` says up to where they do. It is written last; without it, or after
 * another version of the program, everything is written again, and what has the same bytes is left alone.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { CountDeskOptions } from '@matokeo/portal/comparing/desk.ts';
import { siteAssets } from '@matokeo/portal/live/siteAssets.ts';
import { slicer } from '@matokeo/portal/live/slicer.ts';
import { papersOf } from '@matokeo/portal/papers/published.ts';
import type { RecordReader, Witnessing } from '@matokeo/portal/record.ts';
import { areaRows, stationRows } from '@matokeo/portal/site/csv.ts';
import { dataPackage, firstPage, tablePath } from '@matokeo/portal/site/fixed.ts';
import { REPORT_FORMATS, reportPath, reportPieces } from '@matokeo/portal/site/reports.ts';
import { siteOf } from '@matokeo/portal/site/site.ts';
import { allTopics, type Topic } from '@matokeo/portal/site/topics.ts';
import { touchedTopics } from '@matokeo/portal/site/touched.ts';
import { Trouble } from '../ports/trouble.ts';
import { messageOf, readIfThere } from '../storage/disk.ts';
import { countPages } from './countPages.ts';
import { type PageState, parsePageState, printPageState } from './pageState.ts';
import { allPaperActs, paperActs } from './papers.ts';

export interface PagesPublished {
	/** Topics that were made: a view each, with its pages and data. */
	readonly topics: number;
	/** Certificates and declarations whose papers were made. */
	readonly papers: number;
	readonly written: number;
	/** Files that were made and had the same bytes already. */
	readonly same: number;
	/** Size of the log that the pages now stand at, at least. */
	readonly size: number;
	readonly whole: boolean;
}

export interface PagePublisher {
	/**
	 * Brings the pages up to the published checkpoint. `tables`: also what takes time in proportion to the election, the tables of all areas and stations and the lists of every missing station.
	 * One at a time.
	 */
	readonly publish: (options?: { readonly tables?: boolean; readonly whole?: boolean }) => Promise<PagesPublished>;
}

export interface PagePublisherParts {
	readonly record: RecordReader;
	/** The folder that is the site's root: the log's `public/`, or another. */
	readonly dir: string;
	/** Whether the API will answer where these files lie. */
	readonly live: boolean;
	/** How comparisons of lodged counts are made, where not as always. */
	readonly comparing?: CountDeskOptions;
}

/** Events read at a time. */
const EVENTS_CHUNK = 4_096;

export function pagePublisher({ record, dir, live, comparing }: PagePublisherParts): PagePublisher {
	const assets = siteAssets();
	const counts = countPages(record, comparing);
	const site = siteOf(record, { live, assets: assets.paths, comparisons: counts.comparisons });
	const stateFile = join(dir, 'pages.json');
	const version = siteVersion(record.context.suite, live);
	const put = putter(dir);
	let witnessing: Witnessing | undefined;

	const publish = async (
		options: { readonly tables?: boolean; readonly whole?: boolean } = {},
	): Promise<PagesPublished> => {
		const { size } = record.head();
		const state = parsePageState(readIfThere(stateFile));
		const whole = options.whole === true || !fits(state, record, version, size);
		const done = { topics: 0, papers: 0, written: 0, same: 0 };
		const slice = slicer();
		const write = (path: string, body: string | Uint8Array, known: boolean): void => {
			if (put(path, body, known)) done.written++;
			else done.same++;
		};
		if (whole) for (const [path, { bytes }] of assets.files) write(path, bytes, true);
		if (whole)
			for (const file of [firstPage(record, assets.paths), dataPackage(record)]) write(file.path, file.body, true);
		const tables = options.tables === true || whole;
		const topics = whole ? allTopics(record) : await due(record, state, size, tables, slice);
		for (const topic of tables && !whole ? [...topics, ...counts.due()] : topics) {
			done.topics++;
			await counts.ready(topic);
			for (const file of [...site.files(topic), ...counts.tables(topic)]) write(file.path, file.body, whole);
			await slice();
		}
		for (const act of whole ? allPaperActs(record) : paperActs(record, state?.size ?? 0, size)) {
			done.papers++;
			for await (const { path, body } of papersOf(record, act, size, assets.paths)) {
				write(path, body, whole);
				await slice();
			}
		}
		if (tables) await writeTables(record, write, slice);
		for (const file of site.pulses()) write(file.path, file.body, true);
		// Of all pages this one alone says what witnesses have seen: with every other it would be every page, every other second (W11).
		const now = record.witnessing?.();
		if (now !== witnessing) for (const file of site.files({ topic: 'about' })) write(file.path, file.body, true);
		witnessing = now;
		put(
			'pages.json',
			printPageState({ election: record.election.digest, version, size, lists: tables ? size : (state?.lists ?? 0) }),
			true,
		);
		const troubles = counts.troubles();
		if (troubles.length > 0) throw new Trouble(`${troubles.join('; ')}; all else is published, publish again`);
		return { ...done, size, whole };
	};

	let last: Promise<unknown> = Promise.resolve();
	return {
		publish: (options) => {
			const next = last.then(() => publish(options));
			last = next.catch(() => undefined);
			return next;
		},
	};
}

/** Of the site's assets and kind: what another version has written is written anew. */
export function siteVersion({ sha256Hex }: Suite, live: boolean): string {
	return `${sha256Hex(Buffer.from(JSON.stringify(siteAssets().paths)))} ${live ? 'live' : 'static'}`;
}

function fits(state: PageState | undefined, record: RecordReader, version: string, size: number): boolean {
	return state?.election === record.election.digest && state.version === version && state.size <= size;
}

/** A list of every missing station below one area: long, and touched by every form that comes in there. */
function isList(topic: Topic): boolean {
	return topic.topic === 'missing' && topic.area !== undefined;
}

/** What was touched since it was published last; of the lists only when it is their turn. */
async function due(
	record: RecordReader,
	{ size: from, lists }: PageState = NOTHING_PUBLISHED,
	to: number,
	tables: boolean,
	slice: () => Promise<void>,
): Promise<readonly Topic[]> {
	const pages = (await touched(record, from, to, slice)).filter((topic) => !isList(topic));
	return tables ? [...pages, ...(await touched(record, lists, to, slice)).filter(isList)] : pages;
}

const NOTHING_PUBLISHED: PageState = { election: '', version: '', size: 0, lists: 0 };

/** Topics touched by entries of the log from one index up to, but not including, another. */
async function touched(
	record: RecordReader,
	from: number,
	to: number,
	slice: () => Promise<void>,
): Promise<readonly Topic[]> {
	const topics = new Map<string, Topic>();
	for (let at = from; at < to; at += EVENTS_CHUNK) {
		const events = record.events(at, Math.min(to, at + EVENTS_CHUNK));
		for (const topic of touchedTopics(record, events)) topics.set(JSON.stringify(topic), topic);
		await slice();
	}
	return [...topics.values()];
}

async function writeTables(
	record: RecordReader,
	write: (path: string, body: string, known: boolean) => void,
	slice: () => Promise<void>,
): Promise<void> {
	for (const contest of record.election.contests.values()) {
		for (const [path, rows] of [
			[tablePath(contest.id, 'areas'), areaRows(record, contest)],
			[tablePath(contest.id, 'stations'), stationRows(record, contest)],
			...REPORT_FORMATS.map(
				(format) => [reportPath(contest.id, format), reportPieces(record, contest, format)] as const,
			),
		] as const) {
			const lines: string[] = [];
			for (const row of rows) {
				lines.push(row);
				await slice();
			}
			write(path, lines.join(''), true);
		}
	}
}

/** Puts a file in place; `compare`: only if its bytes are others. Answers whether it wrote. */
function putter(dir: string): (path: string, body: string | Uint8Array, compare: boolean) => boolean {
	const folders = new Set<string>();
	const temporary = join(dir, `.pages-${process.pid}`);
	return (path, body, compare) => {
		const target = join(dir, path);
		try {
			if (compare && sameBytes(target, body)) return false;
			const folder = dirname(target);
			if (!folders.has(folder)) mkdirSync(folder, { recursive: true });
			folders.add(folder);
			writeFileSync(temporary, body);
			renameSync(temporary, target);
			return true;
		} catch (error) {
			throw new Trouble(
				`cannot write the page ${target}: ${messageOf(error)}; free the disk or mend it, then publish again`,
			);
		}
	};
}

function sameBytes(path: string, body: string | Uint8Array): boolean {
	try {
		return Buffer.from(body).equals(readFileSync(path));
	} catch {
		// There is none, or it cannot be read: writing it says which.
		return false;
	}
}
