/**
 * The site as a server answers it: each page made when it is asked for, at the record as it stands, kept until the record grows. Tables of the whole election are made in slices, at most so often,
 * and one at a time, so that nobody's download holds up a statement.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { MirrorNotice } from '../pages/context.ts';
import type { RecordReader } from '../record.ts';
import { areaRows, stationRows } from '../site/csv.ts';
import { dataPackage, firstPage, tablePath } from '../site/fixed.ts';
import { dataPath } from '../site/paths.ts';
import { REPORT_FORMATS, reportPath, reportPieces } from '../site/reports.ts';
import { siteOf } from '../site/site.ts';
import { pastView } from '../views/past.ts';
import { liveCounts } from './liveCounts.ts';
import { livePapers } from './livePapers.ts';
import { type Patience, patiently } from './patience.ts';
import type { PortalPort, SiteFile } from './portalPort.ts';
import { siteAssets } from './siteAssets.ts';
import { slicer } from './slicer.ts';

/** Files kept while the log does not grow: what a crowd asks for in the same second. About 50 MB at the most. */
const KEPT_MAX = 1_000;
/** How long a table stands before somebody's wish makes it again. Milliseconds. */
const TABLE_MS = 30_000;
/** Totals at past sizes: they never change. */
const PAST_MAX = 1_000;

interface Table {
	readonly path: string;
	readonly rows: () => Iterable<string>;
}

export interface LiveOptions {
	/** Milliseconds of any steady clock. */
	readonly nowMs?: () => number;
	/** How readers wait for comparisons. */
	readonly patience?: Patience;
	/** What a mirror says on every page. */
	readonly mirror?: () => MirrorNotice;
}

export function livePortal(
	record: RecordReader,
	{ nowMs = () => performance.now(), patience = patiently, mirror }: LiveOptions = {},
): PortalPort {
	const assets = siteAssets();
	const counts = liveCounts(record, nowMs, patience);
	const site = siteOf(record, {
		comparisons: counts.desk.known,
		live: mirror === undefined,
		moving: true,
		assets: assets.paths,
		...(mirror === undefined ? {} : { mirror }),
	});
	const tables = new Map(tablesOf(record).map((table) => [table.path, keptTable(table, nowMs)]));
	const paper = livePapers(record, assets.paths);
	const files = new Map<string, SiteFile | undefined>();
	const past = new Map<string, string>();
	let stamp = '';

	const made = (path: string): SiteFile | undefined => {
		if (path === '' || path === 'index.html') return typed(firstPage(record, assets.paths).body, 'index.html');
		if (path === 'data/datapackage.json') return typed(dataPackage(record).body, path);
		const file = site.at(path);
		return file === undefined ? undefined : typed(file.body, path);
	};
	const kept = (path: string): SiteFile | undefined => {
		const now = `${record.head().size} ${counts.desk.made()} ${JSON.stringify([mirror?.(), record.witnessing?.()])}`;
		if (now !== stamp) files.clear();
		stamp = now;
		if (files.has(path)) return files.get(path);
		const file = made(path);
		if (files.size < KEPT_MAX) files.set(path, file);
		return file;
	};

	return {
		file: async (path) => {
			const asset = assets.files.get(path);
			if (asset !== undefined) return { body: asset.bytes, type: asset.type };
			if (path.startsWith('papers/')) return paper(path);
			const passing = await counts.bring(path);
			const csv = counts.csv(path);
			const table = tables.get(path);
			const file = csv !== undefined ? typed(csv, path) : table === undefined ? kept(path) : typed(await table(), path);
			return file !== undefined && passing ? { ...file, passing } : file;
		},
		find: (language, number) => {
			const found = site.find(language, number);
			return 'page' in found ? found : typed(found.body, found.path);
		},
		data: (address) => {
			const file = kept(dataPath(address));
			return file === undefined ? undefined : String(file.body);
		},
		contestAt: (id, at) => {
			const key = `${at} ${id}`;
			const contest = record.election.contests.get(id);
			const view = contest === undefined || past.has(key) ? undefined : pastView(record, contest, at);
			if (view !== undefined && past.size >= PAST_MAX) past.clear();
			if (view !== undefined) past.set(key, `${JSON.stringify(view)}\n`);
			return past.get(key);
		},
	};
}

const TYPES: Readonly<Record<string, string>> = {
	html: 'text/html; charset=utf-8',
	json: 'application/json; charset=utf-8',
	csv: 'text/csv; charset=utf-8; header=present',
	atom: 'application/atom+xml; charset=utf-8',
	xml: 'application/xml; charset=utf-8',
};

function typed(body: string | Uint8Array, path: string): SiteFile {
	return { body, type: TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'application/octet-stream' };
}

function tablesOf(record: RecordReader): readonly Table[] {
	const of = (contest: Contest): readonly Table[] => [
		{ path: tablePath(contest.id, 'areas'), rows: () => areaRows(record, contest) },
		{ path: tablePath(contest.id, 'stations'), rows: () => stationRows(record, contest) },
		...REPORT_FORMATS.map((format) => ({
			path: reportPath(contest.id, format),
			rows: () => reportPieces(record, contest, format),
		})),
	];
	return [...record.election.contests.values()].flatMap(of);
}

/** The table's text; whoever asks while it is being made waits for the same one. */
function keptTable({ rows }: Table, nowMs: () => number): () => Promise<string> {
	let text: Promise<string> | undefined;
	let madeMs = 0;
	const make = async (): Promise<string> => {
		const slice = slicer();
		const lines: string[] = [];
		for (const row of rows()) {
			lines.push(row);
			await slice();
		}
		return lines.join('');
	};
	return () => {
		if (text !== undefined && nowMs() - madeMs < TABLE_MS) return text;
		madeMs = nowMs();
		const fresh = make();
		text = fresh;
		fresh.catch(() => {
			// Whoever waited has the exception; the next one tries again.
			if (text === fresh) text = undefined;
		});
		return fresh;
	};
}
