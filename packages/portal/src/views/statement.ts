/**
 * One statement of the log by its id (W17): what it says, who said it and when, what it did to returns, and the note byte for byte. For whoever finds its id in a report, a bundle or a feed; the pages of
 * what it is about say more.
 */
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { LoggedEvent } from '@matokeo/core/standings/events.ts';
import { utf8Decode } from '@matokeo/core/std/bytes.ts';
import type { RecordReader } from '../record.ts';
import { contestHead, stampOf } from './heads.ts';
import { historyEntry } from './history.ts';
import { leafAt } from './leaves.ts';
import { effectsAt } from './objections.ts';
import type { EffectView, Reference, SaidView } from './proceedTypes.ts';
import { namedContest, referenceTo, saidView } from './said.ts';
import type { ContestHead, ContestName, HistoryEntry, Stamp } from './types.ts';

export interface StatementView {
	readonly stamp: Stamp;
	readonly said: SaidView;
	/** Absent where it concerns the election as a whole. */
	readonly contest?: ContestName;
	readonly head?: ContestHead;
	readonly entry: HistoryEntry;
	/** Where it is shown. */
	readonly reference: Reference;
	readonly effects: readonly EffectView[];
	/** The note as it lies in the log: three lines of text, an empty one, a signature for each name. */
	readonly note: string;
}

/** `undefined` when the log has no such statement as far as it is shown. */
export function statementView(reader: RecordReader, id: StatementId): StatementView | undefined {
	const index = reader.rows.indexOf(id);
	const leaf = index === undefined ? undefined : leafAt(reader, index);
	const note = index === undefined ? undefined : reader.note(index);
	if (index === undefined || leaf === undefined || note === undefined) return undefined;
	const [first] = reader.events(index, index + 1);
	const event = first ?? withoutEvent(reader, index, leaf.statement.type);
	const { contest: of, station, poll, type, time } = event;
	const entry = historyEntry(reader, { index, contest: of, station, poll, type, time });
	const text = utf8Decode(note);
	if (entry === undefined || text === undefined) return undefined;
	const reference = referenceTo(reader, id);
	const contest = reader.election.contests.get(of === '' ? (reference.contest ?? '') : of);
	return {
		stamp: stampOf(reader),
		said: saidView(reader, id, { index, time, by: leaf.statement.by }),
		...(contest === undefined ? {} : { contest: namedContest(reader, contest.id), head: contestHead(reader, contest) }),
		entry,
		reference,
		effects: effectsAt(reader, [index]),
		note: text,
	};
}

/** Leaves looked at for the tick before an entry: a batch has fewer. */
const TICK_LEAVES_MAX = 4_096;

function withoutEvent(reader: RecordReader, index: number, type: LoggedEvent['type']): LoggedEvent {
	return { index, contest: '', station: '', poll: 0, type, time: tickBefore(reader, index) };
}

/** The log's own clock then; 0 before its first tick. */
function tickBefore(reader: RecordReader, index: number): number {
	for (let at = index; at >= Math.max(0, index - TICK_LEAVES_MAX); at--) {
		const statement = leafAt(reader, at)?.statement;
		if (statement?.type === 'clock/tick') return statement.time;
	}
	return 0;
}
