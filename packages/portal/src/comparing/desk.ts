/**
 * Comparisons of lodged counts as whoever makes pages needs them (W18): one at a time, in a thread of their own, each kept until the log's figures have moved, and then for a while longer where many ask.
 * What is not held, or was withheld, needs no thread. It does not know pages.
 */
import type { StatementId } from '@matokeo/core/record/said.ts';
import { resultsOfArea } from '@matokeo/core/standings/results.ts';
import { PortalBusy } from '../live/portalPort.ts';
import { slicer } from '../live/slicer.ts';
import type { RecordReader } from '../record.ts';
import { type Comparisons, heldFile } from '../views/counts.ts';
import type { ComparedStage, CountCompared } from '../views/countTypes.ts';
import { statementOf } from '../views/said.ts';
import { compareAside } from './aside.ts';
import type { ComparisonDone } from './job.ts';
import { takeJob } from './take.ts';

/** One that could not be made is not tried again before that, whoever asks: what fails has cost as much as what does not. Milliseconds. */
const FAILED_REST_MS = 60_000;
/** Comparisons that wait to be made: at some seconds each the last is there within half a minute, and nobody can pile up more. */
const WAITING_MAX = 10;
/** Bytes of what is kept, together: comparisons with counts in which everything differs have long tables. */
const KEPT_BYTES_MAX = 128_000_000;

export interface CountDesk {
	/** How many were made: pages that show them are others after that. */
	readonly made: () => number;
	/** As far as it was made. */
	readonly known: Comparisons;
	/** Everything that differs, as a table; made together with the comparison. */
	readonly csv: (id: StatementId, stage: ComparedStage) => Uint8Array | undefined;
	/** Whether the comparison would be another now. */
	readonly isDue: (id: StatementId) => boolean;
	/** Makes the comparison if it is due and none was made for so long. Throws `PortalBusy`, and once in a minute what kept it from being made. */
	readonly bring: (id: StatementId) => Promise<void>;
}

export interface CountDeskOptions {
	/** Milliseconds of any steady clock. */
	readonly nowMs?: () => number;
	/** How long a comparison stands although the log has moved. */
	readonly restMs?: number;
	readonly compare?: typeof compareAside;
}

interface Kept {
	readonly state: string;
	readonly madeMs: number;
	readonly done: ComparisonDone;
	readonly bytes: number;
}

export function countDesk(record: RecordReader, options: CountDeskOptions = {}): CountDesk {
	const { nowMs = () => performance.now(), restMs = 0, compare = compareAside } = options;
	const kept = new Map<StatementId, Kept>();
	/** When each failed last. */
	const failed = new Map<StatementId, number>();
	const making = new Map<StatementId, Promise<void>>();
	let last: Promise<unknown> = Promise.resolve();
	let made = 0;

	const make = async (id: StatementId): Promise<void> => {
		const state = stateOf(record, id);
		const asked = askedOf(record, id);
		if (state === undefined || asked === undefined) return;
		const { contest, lodged, table } = asked;
		const done =
			table === undefined ? NOT_HELD : await compare(await takeJob(record, contest, lodged, table, slicer()));
		// Where the bytes are missing they may come at any moment: such an answer is of no state.
		keep(id, { state: table === undefined ? '' : state, madeMs: nowMs(), done, bytes: bytesOf(done) });
	};
	const attempt = async (id: StatementId): Promise<void> => {
		try {
			await make(id);
			failed.delete(id);
		} catch (error) {
			failed.set(id, nowMs());
			throw error;
		}
	};
	const rests = (id: StatementId): boolean => {
		const since = (ms: number | undefined): number => (ms === undefined ? Number.POSITIVE_INFINITY : nowMs() - ms);
		return since(kept.get(id)?.madeMs) < restMs || since(failed.get(id)) < FAILED_REST_MS;
	};
	const keep = (id: StatementId, fresh: Kept): void => {
		kept.delete(id);
		kept.set(id, fresh);
		made++;
		let bytes = 0;
		for (const one of kept.values()) bytes += one.bytes;
		for (const [oldest, one] of kept) {
			if (bytes <= KEPT_BYTES_MAX || oldest === id) break;
			bytes -= one.bytes;
			kept.delete(oldest);
		}
	};
	const isDue = (id: StatementId): boolean => {
		const state = stateOf(record, id);
		return state !== undefined && kept.get(id)?.state !== state;
	};
	return {
		made: () => made,
		known: (id) => unheld(record, id) ?? kept.get(id)?.done.compared,
		csv: (id, stage) => (unheld(record, id) === undefined ? kept.get(id)?.done.csv?.[stage] : undefined),
		isDue,
		bring: (id) => {
			if (!isDue(id) || rests(id)) return Promise.resolve();
			const running = making.get(id);
			if (running !== undefined) return running;
			if (making.size >= WAITING_MAX)
				return Promise.reject(new PortalBusy(`${making.size} comparisons are being made`));
			const fresh = last.then(() => attempt(id)).finally(() => making.delete(id));
			making.set(id, fresh);
			// Whoever waited has the exception.
			last = fresh.catch(() => undefined);
			return fresh;
		},
	};
}

/** All that a comparison depends on: the table, and what moves the figures of the contest. Nothing where no table can be compared. */
function stateOf(record: RecordReader, id: StatementId): string | undefined {
	const row = record.rows.get('count', id);
	const contest = row === undefined ? undefined : record.election.contests.get(row.contest);
	if (row === undefined || contest === undefined || unheld(record, id) !== undefined) return undefined;
	const { due, stages } = resultsOfArea(record, contest, contest.scope);
	return JSON.stringify([row.table, due, stages.reported, stages.verified, record.changeCount(contest.id)]);
}

function askedOf(record: RecordReader, id: StatementId) {
	const statement = statementOf(record, id);
	if (statement?.type !== 'count/lodge') return undefined;
	const contest = record.election.contests.get(statement.contest);
	if (contest === undefined) return undefined;
	const bytes = heldFile(record, statement.table);
	const isIt = bytes !== undefined && record.context.suite.sha256Hex(bytes) === statement.table;
	const title = statement.by.join(' ');
	const level = statement.level === undefined ? {} : { level: statement.level };
	return { contest, table: isIt ? bytes : undefined, lodged: { title, digest: statement.table, ...level } };
}

const NOT_HELD: ComparisonDone = { compared: { state: 'not-held' } };

/** What the log itself says needs no comparison. */
function unheld({ rows }: RecordReader, id: StatementId): CountCompared | undefined {
	const row = rows.get('count', id);
	if (row === undefined) return undefined;
	const blob = rows.get('blob', row.table);
	if (blob?.withheld !== undefined) return { state: 'withheld' };
	return blob?.held === undefined ? { state: 'not-held' } : undefined;
}

/** About as long as its JSON; a rule's rationals stand as text there. */
function bytesOf({ compared, csv }: ComparisonDone): number {
	return (
		JSON.stringify(compared, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)).length +
		(csv?.verified.length ?? 0) +
		(csv?.reported.length ?? 0)
	);
}
