/**
 * A replayed log as the portal reads it, for the few pages of a bundle: rows and statements of the whole log, and of the events only those that such pages show. What the pages of other things would ask for is not kept, so that a country takes no
 * more memory than verifying it.
 */
import { TILE_WIDTH } from '@matokeo/core/log/limits.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { baselineOf } from '@matokeo/core/standings/baseline.ts';
import { isChange, type LoggedEvent } from '@matokeo/core/standings/events.ts';
import type { LogHead, RecordReader } from '@matokeo/portal/record.ts';
import type { Run } from '@matokeo/verifier/check/run.ts';
import { readBundle } from '@matokeo/verifier/jobs/readBundle.ts';

/** The newest changes of a contest that a page of a declaration shows, and some. */
const CHANGES_KEPT_MAX = 2_000;

export interface KeptEvents {
	readonly observe: (event: LoggedEvent) => void;
	readonly eventsOf: RecordReader['eventsOf'];
	readonly events: RecordReader['events'];
	readonly changes: RecordReader['changes'];
	readonly changeCount: RecordReader['changeCount'];
	readonly latestChanges: RecordReader['latestChanges'];
}

interface Changes {
	count: number;
	/** The last of them. */
	readonly last: LoggedEvent[];
}

const IN_EVERY_CONTEST = '';
/** Of these the pages of filings show the times and what they changed. */
const FILED = /^(objection|notice|authority|result|collation|count)\//;

/** `station`: the one whose history a page shows. */
export function keptEvents(station: string | undefined): KeptEvents {
	const history: LoggedEvent[] = [];
	const filed = new Map<number, LoggedEvent[]>();
	const changes = new Map<string, Changes>();
	const note = (contest: string, event: LoggedEvent): void => {
		const known = changes.get(contest) ?? { count: 0, last: [] };
		changes.set(contest, known);
		known.count++;
		known.last.push(event);
		if (known.last.length > 2 * CHANGES_KEPT_MAX) known.last.splice(0, CHANGES_KEPT_MAX);
	};
	/** Changes of a contest are those of the election as a whole too. */
	const ofContest = (contest: string): Changes => {
		const [own, all] = [contest, IN_EVERY_CONTEST].map((key) => changes.get(key) ?? { count: 0, last: [] });
		const last = [...(own?.last ?? []), ...(all?.last ?? [])].sort((a, b) => a.index - b.index);
		return { count: (own?.count ?? 0) + (all?.count ?? 0), last };
	};
	return {
		observe: (event) => {
			if (event.station !== '' && event.station === station) history.push(event);
			if (FILED.test(event.type)) filed.set(event.index, [...(filed.get(event.index) ?? []), event]);
			if (isChange(event)) note(event.contest, event);
		},
		eventsOf: (asked) => (asked === station ? history : []),
		events: (from, to) => {
			const found: LoggedEvent[] = [];
			for (let index = from; index < to; index++) found.push(...(filed.get(index) ?? []));
			return found;
		},
		changes: (contest, from, count) => {
			const { count: all, last } = ofContest(contest);
			const first = all - last.length;
			return last.slice(Math.max(0, from - first), Math.max(0, from - first + count));
		},
		changeCount: (contest) => ofContest(contest).count,
		latestChanges: () => [],
	};
}

export interface LogParts {
	readonly run: Run;
	/** Where its files lie. */
	readonly folder: string;
	readonly packageFiles: ReadonlyMap<string, Uint8Array>;
	readonly checkpoint: Uint8Array;
	/** 32 bytes: the root that the checkpoint signs. */
	readonly root: Uint8Array;
	/** A file that filings name, out of what lies in the folder. */
	readonly file: RecordReader['file'];
}

export function recordOf(
	{ run, packageFiles, checkpoint, root, folder, file }: LogParts,
	events: KeptEvents,
): RecordReader {
	const { context, rows } = run;
	const head: LogHead = { size: run.size, root, time: logRow(rows).time, checkpoint };
	return {
		context,
		election: context.election,
		baseline: run.baseline ?? baselineOf(context.election),
		packageFiles,
		head: () => head,
		rows: { get: rows.peek, indexOf: rows.indexOf, rootAt: rows.rootAt },
		amendedStations: () => Array.from(rows.entries('station'), ([id]) => id),
		note: noteReader(folder, run.size),
		eventsOf: events.eventsOf,
		events: events.events,
		changes: events.changes,
		changeCount: events.changeCount,
		latestChanges: events.latestChanges,
		arrivals: () => [],
		file,
	};
}

/** The bundle that was read last is kept: statements are mostly asked for in order. */
function noteReader(folder: string, size: number): (index: number) => Uint8Array | undefined {
	let kept: { readonly tile: number; readonly read: ReturnType<typeof readBundle> } | undefined;
	return (index) => {
		if (index < 0 || index >= size) return undefined;
		const tile = Math.floor(index / TILE_WIDTH);
		if (kept?.tile !== tile)
			kept = { tile, read: readBundle(folder, { index: tile, width: Math.min(TILE_WIDTH, size - tile * TILE_WIDTH) }) };
		const { bytes, spans } = kept.read;
		const place = 2 * (index % TILE_WIDTH);
		return place + 1 < spans.length ? bytes.slice(spans[place], spans[place + 1]) : undefined;
	};
}
