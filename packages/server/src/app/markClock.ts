/**
 * Ticks for marks that wait for witnesses (S43; `spec/storage.md`, D30): the gate counts the timeout of silent witnesses in the log's own ticks, and a log to which nobody says anything has none. So when a mark
 * has waited long enough and the log does not know it yet, the log says the time.
 */
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { coverageOf } from '@matokeo/core/rules/coverage.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import type { RowReader } from '@matokeo/core/rules/rows.ts';
import type { Store } from '../ports/store.ts';
import type { Appender } from './append.ts';
import type { LogVoice } from './logVoice.ts';

export interface MarkClockParts {
	readonly context: Context;
	readonly store: Store;
	readonly voice: LogVoice;
	readonly log: Appender;
	/** UTC seconds. */
	readonly clock: () => number;
}

export interface MarkClock {
	/** A mark was logged. */
	readonly marked: (mark: StatementId) => void;
	/** Says the time in the log if a mark has waited long enough; in how many seconds the next one will have, `undefined` when none waits. */
	readonly tick: () => number | undefined;
}

export function markClock({ context, store, voice, log, clock }: MarkClockParts): MarkClock {
	const timeout = context.election.proceedings.witnessTimeout;
	const waiting = new Set<StatementId>();
	if (timeout !== undefined)
		for (const { key } of store.rowsOf('collation')) {
			const { mark } = store.get('collation', key) ?? {};
			if (mark !== undefined) waiting.add(mark);
		}

	/** When each mark that waits will have waited long enough, UTC seconds; the others are forgotten. */
	const due = (rows: RowReader, seconds: number): readonly number[] => {
		const { time } = logRow(rows);
		return [...waiting].flatMap((id) => {
			const mark = rows.get('mark', id);
			const passed = mark !== undefined && time - mark.time >= seconds;
			if (mark !== undefined && !passed && !coverageOf(context, rows, mark.index).met) return [mark.time + seconds];
			waiting.delete(id);
			return [];
		});
	};

	return {
		marked: (mark) => {
			if (timeout !== undefined) waiting.add(mark);
		},
		tick: () => {
			if (timeout === undefined || waiting.size === 0) return undefined;
			const now = clock();
			if (due(log.rows(), timeout).some((at) => at <= now)) log.append([voice.say({ type: 'clock/tick', time: now })]);
			const left = due(log.rows(), timeout);
			return left.length === 0 ? undefined : Math.max(1, Math.min(...left) - now);
		},
	};
}
