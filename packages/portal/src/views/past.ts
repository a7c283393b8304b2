/**
 * The stages of a contest as they stood at an earlier size of the log (spec/site.md, W10): every event says what one return added before and after it, so the sum of all events below a size is the
 * total at that size. Whichever side of the size holds fewer entries is summed.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import { resultsOfArea } from '@matokeo/core/standings/results.ts';
import type { ReturnView } from '@matokeo/core/standings/returnView.ts';
import type { StageResult } from '@matokeo/core/standings/stage.ts';
import type { RecordReader } from '../record.ts';

export interface PastStage {
	readonly stations: number;
	/** Counted field → votes. */
	readonly votes: Readonly<Record<string, number>>;
}

export interface PastView {
	readonly contest: string;
	readonly size: number;
	/** UTC seconds of the last event of the contest below that size; 0 where there is none. */
	readonly time: number;
	readonly stages: { readonly reported: PastStage; readonly verified: PastStage };
}

interface Sum {
	stations: number;
	readonly votes: number[];
}

/** Events read at a time. */
const CHUNK = 8_192;

/** `undefined` when the log is smaller than that. */
export function pastView(reader: RecordReader, contest: Contest, size: number): PastView | undefined {
	const head = reader.head().size;
	if (size > head) return undefined;
	const fields = contest.fields.filter(({ counted }) => counted).map(({ id }) => id);
	const fromStart = size <= head / 2;
	const now = resultsOfArea(reader, contest, contest.scope).stages;
	const sums = fromStart
		? { reported: nothing(fields), verified: nothing(fields) }
		: { reported: sumOf(now.reported, fields), verified: sumOf(now.verified, fields) };
	const [from, to] = fromStart ? [0, size] : [size, head];
	for (const event of eventsOf(reader, contest.id, from, to)) {
		shift(sums.reported, event, fromStart ? 1 : -1, reportedIn);
		shift(sums.verified, event, fromStart ? 1 : -1, verifiedIn);
	}
	const stage = ({ stations, votes }: Sum): PastStage => ({
		stations,
		votes: Object.fromEntries(fields.map((id, place) => [id, votes[place] ?? 0])),
	});
	const stages = { reported: stage(sums.reported), verified: stage(sums.verified) };
	return { contest: contest.id, size, time: timeAt(reader, contest.id, size), stages };
}

function* eventsOf(reader: RecordReader, contest: string, from: number, to: number): Generator<LoggedEvent> {
	for (let at = from; at < to; at += CHUNK)
		for (const event of reader.events(at, Math.min(to, at + CHUNK))) if (event.contest === contest) yield event;
}

function nothing(fields: readonly string[]): Sum {
	return { stations: 0, votes: fields.map(() => 0) };
}

function sumOf({ stations, votes, categories }: StageResult, fields: readonly string[]): Sum {
	return { stations, votes: fields.map((id) => votes[id] ?? categories[id] ?? 0) };
}

function shift(
	sum: Sum,
	{ before, after }: LoggedEvent,
	sign: 1 | -1,
	figures: (view: ReturnView) => readonly number[] | undefined,
): void {
	const add = (view: ReturnView | undefined, by: 1 | -1): void => {
		const votes = view === undefined ? undefined : figures(view);
		if (votes === undefined) return;
		sum.stations += by;
		for (const [place, vote] of votes.entries()) sum.votes[place] = (sum.votes[place] ?? 0) + by * vote;
	};
	add(after, sign);
	add(before, sign === 1 ? -1 : 1);
}

/** What the return adds to the stage (T12). */
function reportedIn({ state, reported }: ReturnView): readonly number[] | undefined {
	return state === 'received' || state === 'verified' ? reported : undefined;
}

function verifiedIn({ state, verified }: ReturnView): readonly number[] | undefined {
	return state === 'verified' ? verified : undefined;
}

function timeAt(reader: RecordReader, contest: string, size: number): number {
	for (let to = size; to > 0; to -= CHUNK) {
		const last = reader.events(Math.max(0, to - CHUNK), to).findLast((event) => event.contest === contest);
		if (last !== undefined) return last.time;
	}
	return 0;
}
