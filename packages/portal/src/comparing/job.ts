/**
 * One comparison of a lodged count with the log as data that a thread of its own can be given, and what comes of it (W18): pure, the same for a server, a mirror and static pages. A is the log, B the count.
 */
import { compareCounts } from '@matokeo/compare/compare/compareCounts.ts';
import type { ComparedArea, Comparison } from '@matokeo/compare/comparison.ts';
import type { Count } from '@matokeo/compare/count.ts';
import { effectOf } from '@matokeo/compare/effect/effectOf.ts';
import type { EffectLaw } from '@matokeo/compare/effect/law.ts';
import { type Lodged, parseLodged } from '@matokeo/compare/lodged/lodged.ts';
import { reportCsv } from '@matokeo/compare/report/reportCsv.ts';
import type { Contest, Mode } from '@matokeo/core/election/types.ts';
import { concat, utf8Encode } from '@matokeo/core/std/bytes.ts';
import { pagePath } from '../site/paths.ts';
import type { ComparedStage, CountCompared, StageCompared } from '../views/countTypes.ts';

export interface ComparisonJob {
	readonly table: Uint8Array;
	readonly lodged: Lodged;
	readonly contest: Contest;
	readonly mode: Mode;
	/** Of the log when its figures were taken: they are of some moment between the two. */
	readonly size: number;
	readonly until: number;
	readonly time: number;
	readonly log: Readonly<Record<ComparedStage, Count>>;
	readonly law: PackedLaw;
}

/** The law without its function: the areas of each key, most of which share theirs. */
export interface PackedLaw extends Omit<EffectLaw, 'areasOf' | 'contest'> {
	readonly keys: readonly string[];
	readonly chains: readonly (readonly string[])[];
	/** For each key the place of its chain. */
	readonly of: Int32Array;
}

export interface ComparisonDone {
	readonly compared: CountCompared;
	/** Everything that differs or is in one of the two only, in UTF-8: made once, and never a string of the thread that serves; absent where nothing was compared. */
	readonly csv?: Readonly<Record<ComparedStage, Uint8Array<ArrayBuffer>>>;
}

/** Rows in a list of a page and its data; the CSV has all. */
const LISTED = 100;
export function compareLodged(job: ComparisonJob): ComparisonDone {
	const { contest, size, until, time } = job;
	const count = parseLodged(job.table, contest, job.lodged);
	if (!count.ok) return { compared: { state: 'unreadable', ...count.error } };
	const law = unpacked(contest, job.law);
	const verified = compareStage(job, 'verified', count.value, law);
	const reported = compareStage(job, 'reported', count.value, law);
	const stages = { verified: verified.stage, reported: reported.stage };
	return {
		compared: { state: 'compared', size, until, time, stages },
		csv: { verified: verified.csv, reported: reported.csv },
	};
}

function compareStage(
	job: ComparisonJob,
	stage: ComparedStage,
	count: Count,
	law: EffectLaw,
): { readonly stage: StageCompared; readonly csv: Uint8Array<ArrayBuffer> } {
	const log = job.log[stage];
	const options = { base: 'a' } as const;
	const comparison = compareCounts(log, count, options);
	const effect = effectOf(log, count, options, law);
	const known = new Set(comparison.level === 'station' ? log.keys : []);
	const { title, digest } = job.lodged;
	const csv = reportCsv({
		comparison,
		effect,
		sources: {
			a: {
				kind: 'log',
				name: log.title,
				digest: log.source.digest,
				size: job.size,
				stage,
				mode: job.mode,
				anchored: true,
			},
			b: { kind: 'file', name: title, digest, bytes: job.table.length, columns: [], unused: [] },
		},
		command: '',
		form: (key) => (known.has(key) ? { path: pagePath('en', { page: 'station', station: key }) } : undefined),
	});
	return { stage: { comparison: cut(comparison), effect }, csv: textBytes(csv) };
}

/** Rows at a time that are one string: a table of a country is longer than a string can be. */
const ROWS_AT_ONCE = 10_000;

function textBytes(rows: Iterable<string>): Uint8Array<ArrayBuffer> {
	const parts: Uint8Array[] = [];
	let waiting: string[] = [];
	for (const row of rows) {
		waiting.push(row);
		if (waiting.length < ROWS_AT_ONCE) continue;
		parts.push(utf8Encode(waiting.join('')));
		waiting = [];
	}
	parts.push(utf8Encode(waiting.join('')));
	return concat(...parts);
}

function cut(comparison: Comparison): Comparison {
	const { stations, only, levels, a, b } = comparison;
	return {
		...comparison,
		a: { ...a, left_out_rows: a.left_out_rows.slice(0, LISTED) },
		b: { ...b, left_out_rows: b.left_out_rows.slice(0, LISTED) },
		stations: stations.slice(0, LISTED),
		only: { a: only.a.slice(0, LISTED), b: only.b.slice(0, LISTED) },
		listed_max: LISTED,
		levels: levels.map((level) => ({ ...level, areas: level.areas.filter(isOther) })),
	};
}

function isOther({ differing, only_in_a, only_in_b }: ComparedArea): boolean {
	return differing + only_in_a + only_in_b > 0;
}

function unpacked(contest: Contest, { keys, chains, of, ...law }: PackedLaw): EffectLaw {
	const places = new Map(keys.map((key, place) => [key, of[place] ?? -1]));
	return { ...law, contest, areasOf: (key) => chains[places.get(key) ?? -1] ?? [] };
}
