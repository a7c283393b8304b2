/**
 * The site as a whole: publishing only what events have touched gives, after every step of histories drawn at random, the same files as making all of them anew (W6); addresses and paths are
 * inverse (W4); tables hold the figures of the views (W8).
 */

import { resultsOfArea } from '@matokeo/core/standings/results.ts';
import { newPlayer, playOne } from '@matokeo/core/testing/rules/player.ts';
import { newProceeding, proceedOne } from '@matokeo/core/testing/rules/playerProceedings.ts';
import { describe, expect, it } from 'vitest';
import { areaRows, csvRow, stationRows } from '../src/site/csv.ts';
import { dataPackage } from '../src/site/fixed.ts';
import { parseCountCsvPath, parseDataPath, parsePagePath } from '../src/site/parsePath.ts';
import {
	countCsvPath,
	type DataAddress,
	dataPath,
	type PageAddress,
	pagePath,
	relativePath,
} from '../src/site/paths.ts';
import { type Site, siteOf } from '../src/site/site.ts';
import { allTopics, type Topic } from '../src/site/topics.ts';
import { touchedTopics } from '../src/site/touched.ts';
import { pastView } from '../src/views/past.ts';
import { type MemoryRecord, memoryRecord } from './support/memoryRecord.ts';

/** The record, with a head that stands still: pages say at which size they were made, which is not what is compared here. */
function stillRecord(record: MemoryRecord): MemoryRecord {
	const head = { ...record.head(), time: 0 };
	return { ...record, head: () => head };
}

const ASSETS = { css: 'assets/site.css', js: 'assets/site.js', icon: 'assets/icon.svg' };

function siteFiles(site: Site, topics: Iterable<Topic>): ReadonlyMap<string, string> {
	const files = new Map<string, string>();
	for (const topic of topics) for (const { path, body } of site.files(topic)) files.set(path, body);
	return files;
}

interface Played {
	readonly begin: typeof newPlayer;
	readonly play: typeof playOne;
}

const COUNTING: Played = { begin: newPlayer, play: playOne };
/** From when most forms are counted: marks, certificates, declarations, objections, notices, orders. */
const PROCEEDING: Played = { begin: newProceeding, play: proceedOne };

/** Plays a history; answers with the first file that was not written although it changed. */
function staleIn(
	seed: number,
	steps: number,
	touch: typeof touchedTopics = touchedTopics,
	{ begin, play }: Played = COUNTING,
): string {
	const player = begin(seed);
	const record = memoryRecord();
	for (const note of player.world.rows.notes()) record.take(note);
	const still = stillRecord(record);
	const site = siteOf(still, { live: true, assets: ASSETS });
	const kept = new Map(siteFiles(site, allTopics(still)));
	for (let step = 0; step < steps; step++) {
		const { answer, statement } = play(player);
		if (answer.refusal !== undefined) continue;
		const { size } = record.head();
		record.take(answer.bytes);
		for (const [path, body] of siteFiles(site, touch(still, record.events(size, size + 1)))) kept.set(path, body);
		for (const [path, body] of siteFiles(site, allTopics(still)))
			if (kept.get(path) !== body) return `${path} after step ${step} of seed ${seed}, ${statement.type}`;
	}
	return '';
}

describe('publishing what was touched', () => {
	it.each([1, 2, 3, 4, 5, 6])(
		'W6 gives the same files as publishing everything, after every step of history %i',
		(seed) => {
			expect(staleIn(seed, 60)).toBe('');
		},
	);

	it.each([1, 2, 3, 4])(
		'W6 gives the same files as publishing everything, after every step of what follows counting, history %i',
		(seed) => {
			expect(staleIn(seed, 60, touchedTopics, PROCEEDING)).toBe('');
		},
	);

	it('W6 forgetting the areas, or the changes, of what was touched is seen', () => {
		const without =
			(kind: Topic['topic']): typeof touchedTopics =>
			(reader, events) =>
				[...touchedTopics(reader, events)].filter(({ topic }) => topic !== kind);
		for (const kind of ['area', 'changes', 'station', 'missing', 'contest', 'feed', 'statement'] as const)
			expect([kind, staleIn(1, 60, without(kind))]).not.toEqual([kind, '']);
		for (const kind of [
			'collations',
			'collation',
			'declaration',
			'proceedings',
			'objections',
			'objection',
			'order',
			'counts',
			'count',
			'feed',
			'statement',
		] as const)
			expect([kind, staleIn(2, 60, without(kind), PROCEEDING)]).not.toEqual([kind, '']);
	});
});

describe('addresses', () => {
	const pages: readonly PageAddress[] = [
		{ page: 'home' },
		{ page: 'data' },
		{ page: 'about' },
		{ page: 'find' },
		{ page: 'contest', contest: 'a/b.c' },
		{ page: 'area', contest: 'president', area: 'x/y/z' },
		{ page: 'missing', contest: 'president' },
		{ page: 'missing', contest: 'president', area: '01' },
		{ page: 'changes', contest: 'president' },
		{ page: 'changes', contest: 'president', number: 17 },
		{ page: 'station', station: '0331.77/2' },
		{ page: 'feed' },
		{ page: 'feed', contest: 'a/b' },
		{ page: 'counts', contest: 'a/b' },
		{ page: 'count', id: 'ab'.repeat(32) },
		{ page: 'statement', id: 'ab'.repeat(32) },
	];
	it.each(pages)('W4 pages: %o', (address) => {
		const path = pagePath('sw', address);
		expect(parsePagePath(path)).toEqual({ language: 'sw', address });
	});

	const data: readonly DataAddress[] = [
		{ data: 'home' },
		{ data: 'about' },
		{ data: 'contest', contest: 'a/b' },
		{ data: 'pulse', contest: 'c' },
		{ data: 'area', contest: 'c', area: 'x/y' },
		{ data: 'missing', contest: 'c' },
		{ data: 'missing', contest: 'c', area: 'x' },
		{ data: 'changes', contest: 'c', number: 0 },
		{ data: 'station', station: '1/2' },
		{ data: 'counts', contest: 'c' },
		{ data: 'count', id: 'ab'.repeat(32) },
		{ data: 'statement', id: 'ab'.repeat(32) },
	];
	it.each(data)('W4 data: %o', (address) => {
		expect(parseDataPath(dataPath(address))).toEqual(address);
	});

	it.each([
		'',
		'en',
		'en/',
		'fr/index.html',
		'en/../index.html',
		'en/station/../../x.html',
		'en/station/A.html',
		'en/station/.html',
		'en/contest/c/changes/01.html',
		'data/contest/c/changes/-1.json',
		'en/station/a\\b.html',
		'en/station/a%2fb.html',
		`en/station/${'a'.repeat(65)}.html`,
		`en/count/${'A'.repeat(64)}.html`,
		'en/count/1.html',
		'fr/feed.atom',
		'en/feed.atom/',
		'en/contest/c/feed.html',
	])('W4 refuses the path %j', (path) => {
		expect(parsePagePath(path)).toBeUndefined();
		expect(parseDataPath(path)).toBeUndefined();
	});

	it('W4 the tables of a count', () => {
		const path = countCsvPath('ab'.repeat(32), 'reported');
		expect(parseCountCsvPath(path)).toEqual({ id: 'ab'.repeat(32), stage: 'reported' });
		for (const other of [path.replace('reported', 'other'), path.replace('ab', 'AB'), `${path}x`])
			expect(parseCountCsvPath(other)).toBeUndefined();
	});

	it('W4 links lead from each file to each other, under any prefix', () => {
		expect(relativePath('en/index.html', 'en/about.html')).toBe('about.html');
		expect(relativePath('en/station/1.html', 'sw/station/1.html')).toBe('../../sw/station/1.html');
		expect(relativePath('en/contest/c/area/a.html', 'checkpoint')).toBe('../../../../checkpoint');
		expect(relativePath('index.html', 'en/index.html')).toBe('en/index.html');
	});
});

describe('tables', () => {
	it('W8 have a row for every area and station, as many cells as columns, and every column described', () => {
		const record = memoryRecord();
		const player = newPlayer(3);
		for (let step = 0; step < 80; step++) playOne(player);
		for (const note of player.world.rows.notes()) record.take(note);
		const { resources } = JSON.parse(dataPackage(record).body);
		for (const contest of record.election.contests.values()) {
			for (const [table, rows] of [
				['areas', areaRows(record, contest)],
				['stations', stationRows(record, contest)],
			] as const) {
				const [head = '', ...body] = [...rows];
				const columns = head.trimEnd().split(',');
				expect(body.length).toBeGreaterThan(1);
				expect(columns[1]).toBe('mode');
				expect(body.every((row) => row.split(',')[1] === record.election.mode)).toBe(true);
				for (const row of body) expect(row.trimEnd().split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/).length).toBe(columns.length);
				const described = resources.find(({ path }: { path: string }) => path === `contest/${contest.id}/${table}.csv`);
				expect(described.schema.fields.map(({ name }: { name: string }) => name)).toEqual(columns);
			}
		}
	});

	it('W8 a formula is text, quotes and line ends stay inside their cell', () => {
		expect(csvRow(['=1+1', '+2', '-3', '@x', 'a,b', 'say "x"', 'a\nb', undefined, 0])).toBe(
			`'=1+1,'+2,'-3,'@x,"a,b","say ""x""","a\nb",,0\n`,
		);
		expect(csvRow(['\t=1', '\r=1'])).toBe(`'\t=1,"'\r=1"\n`);
	});
});

describe('as it stood', () => {
	it('W10 the stages at every past size, summed from either end, are those that stood there then', () => {
		const seen = new Set<string>();
		for (const seed of [1, 2, 3, 4, 5]) {
			const { record, contest, notes } = played(seed, 120);
			const then: unknown[] = [];
			for (const note of notes) {
				const { stages } = resultsOfArea(record, contest, contest.scope);
				then.push(
					[stages.reported, stages.verified].map(({ stations, votes, categories }) => ({
						stations,
						votes: { ...votes, ...categories },
					})),
				);
				record.take(note);
			}
			const past = then.map((_, size) => pastView(record, contest, size)?.stages);
			expect(past.map((stages) => [stages?.reported, stages?.verified])).toEqual(then);
			for (const stages of then) seen.add(JSON.stringify(stages));
			expect(pastView(record, contest, record.head().size + 1)).toBeUndefined();
		}
		expect(seen.size).toBeGreaterThan(8);
	});
});

function played(seed: number, steps: number) {
	const record = memoryRecord();
	const player = newPlayer(seed);
	for (let step = 0; step < steps; step++) playOne(player);
	const contest = record.election.contests.get('president');
	if (contest === undefined) throw new Error('the small election has a president');
	return { record, contest, notes: player.world.rows.notes() };
}
