/** Counts lodged in a small record, with their tables and texts kept, and comparisons of them made in this thread: some figures of the log changed, rows left out, rows that nobody knows. */
import type { Count } from '@matokeo/compare/count.ts';
import { printLodged } from '@matokeo/compare/lodged/lodged.ts';
import { stationCount } from '@matokeo/compare/log/logCount.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Statement } from '@matokeo/core/record/statement.ts';
import { utf8Encode } from '@matokeo/core/std/bytes.ts';
import { portableSuite } from '@matokeo/core/std/portable.ts';
import { unsignedNote } from '@matokeo/core/testing/rules/world.ts';
import { type CountDesk, countDesk } from '../../src/comparing/desk.ts';
import { compareLodged } from '../../src/comparing/job.ts';
import { siteOf } from '../../src/site/site.ts';
import { allTopics } from '../../src/site/topics.ts';
import { countIds } from '../../src/views/counts.ts';
import type { MemoryRecord } from './memoryRecord.ts';

const LOG = 'small.example/log';
const LODGER = 'party/sun/root';

/** What a record says is taken as it is: whether it may be said is the business of the rules. */
export function take(record: MemoryRecord, statement: Statement): StatementId {
	const note = unsignedNote(statement);
	const leaf = parseLeaf(portableSuite, note);
	if (!leaf.ok) throw new Error(leaf.error.why);
	record.take(note);
	if (record.rows.indexOf(leaf.value.id) === undefined) throw new Error(`${statement.type} was refused`);
	return leaf.value.id;
}

export interface Lodging {
	readonly table: Uint8Array;
	readonly words?: string;
	readonly rows?: number;
	readonly seen?: StatementId;
	readonly level?: string;
	readonly contest?: string;
	/** Says that the files are held, and keeps them; without it only their digests are known. */
	readonly held?: boolean;
}

export function lodge(record: MemoryRecord, lodging: Lodging): StatementId {
	const { table, words = 'Counted at the stations.', rows = 3, contest = 'president', held = true, level } = lodging;
	const text = utf8Encode(`${'5a'.repeat(32)}\n${words}`);
	const files = [table, text].map((bytes) => ({ sha256: portableSuite.sha256Hex(bytes), size: bytes.length }));
	const holder = record.context.packageKeys.get(LODGER)?.holder ?? '';
	const last = record.rows.get('lodger', `${contest}|${holder}`)?.last;
	const seen = lodging.seen ?? last;
	const id = take(record, {
		type: 'count/lodge',
		by: [LODGER],
		at: 1_790_000_000,
		contest,
		...(level === undefined ? {} : { level }),
		obtained: 'posted-forms',
		rows,
		...(seen === undefined ? {} : { seen }),
		table: files[0]?.sha256 ?? '',
		text: files[1]?.sha256 ?? '',
	});
	if (!held) return id;
	for (const bytes of [table, text]) record.keep(bytes);
	const fresh = files.filter(({ sha256 }) => record.rows.get('blob', sha256)?.held === undefined);
	if (fresh.length > 0)
		take(record, { type: 'blob/held', by: [LOG], blobs: fresh.sort((a, b) => (a.sha256 < b.sha256 ? -1 : 1)) });
	return id;
}

export interface Altered {
	readonly bytes: Uint8Array;
	readonly rows: number;
	/** Stations of the log that the table leaves out, and codes that it has and the log does not. */
	readonly dropped: readonly string[];
	readonly added: readonly string[];
	readonly changed: readonly string[];
}

/** The verified figures with the first station's first number 7 larger, the second station left out and an unknown one added. */
export function alteredTable(record: MemoryRecord, contest = 'president'): Altered {
	const known = record.election.contests.get(contest);
	if (known === undefined) throw new Error('no such contest');
	const log = stationCount({ ...record, checkpoint: 'c'.repeat(64), title: 'log' }, known, 'verified');
	const width = log.fields.length;
	const [first = '', second = ''] = log.keys;
	const keys = [...log.keys.filter((key) => key !== second), 'zz-1'];
	const values = keys.flatMap((key) => {
		const row = log.keys.indexOf(key);
		return Array.from({ length: width }, (_, at) => {
			const own = row < 0 ? 5 : (log.values[row * width + at] ?? 0);
			return key === first && at === 0 ? own + 7 : own;
		});
	});
	const count: Count = { ...log, keys, values: Float64Array.from(values) };
	const printed = printLodged(count, known);
	if (!printed.ok) throw new Error(String(printed.error));
	return { bytes: printed.value, rows: keys.length, dropped: [second], added: ['zz-1'], changed: [first] };
}

/** As in a thread, what is handed over is a copy. */
export function deskOf(record: MemoryRecord): CountDesk {
	return countDesk(record, { compare: (job) => Promise.resolve(structuredClone(compareLodged(structuredClone(job)))) });
}

/** Path → the text of the page or data file, with every comparison made. */
export async function comparedSite(
	record: MemoryRecord,
	assets = { css: 'assets/site.css', js: 'assets/site.js', icon: 'assets/icon.svg' },
): Promise<ReadonlyMap<string, string>> {
	const desk = deskOf(record);
	for (const contest of record.election.contests.keys())
		for (const id of countIds(record, contest)) await desk.bring(id);
	const site = siteOf(record, { live: false, assets, comparisons: desk.known });
	const files = new Map<string, string>();
	for (const topic of allTopics(record)) for (const { path, body } of site.files(topic)) files.set(path, body);
	return files;
}
