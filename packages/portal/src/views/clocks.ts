/** The time limits of the law (R23): what each runs from, its end by the log's own clock and by witnesses, and whether it is over at the time at which the view stands. */
import type { Clock, Contest } from '@matokeo/core/election/types.ts';
import { contestRow } from '@matokeo/core/rules/chains.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import { deadlineOf, type Entry, intervalOf } from '@matokeo/core/standings/lateness.ts';
import type { RecordReader } from '../record.ts';
import type { ClockView } from './proceedTypes.ts';

export function clockView(reader: RecordReader, clock: Clock, start: Entry | undefined): ClockView {
	const { id, text, citation, starts, seconds } = clock;
	const { rows } = reader;
	const deadline = deadlineOf(rows, clock, start);
	const over = deadline !== undefined && reader.head().time > deadline.byLog;
	return {
		id,
		text,
		citation,
		starts,
		seconds,
		...(start === undefined
			? {}
			: { from: { index: start.index, time: start.time, said: intervalOf(rows, start.index) } }),
		...(deadline === undefined ? {} : { deadline }),
		state: deadline === undefined ? 'waiting' : over ? 'over' : 'running',
	};
}

/** Clocks that run for a contest as a whole: from a fixed time, from its declaration in force, or from the certificate of its scope. Those of one objection stand with it. */
export function contestClocks(reader: RecordReader, contest: Contest): readonly ClockView[] {
	const { rows, election } = reader;
	const at = (id: string | undefined): Entry | undefined => (id === undefined ? undefined : rows.get('act', id));
	const declared = at(contestRow(rows, contest.id).declaration);
	const certified = at(collationRow(rows, contest.id, contest.scope).certificate);
	return election.proceedings.clocks.map((clock) => {
		if ('at' in clock.starts) return clockView(reader, clock, undefined);
		const start = { declaration: declared, certification: certified, objection: undefined, answer: undefined };
		return clockView(reader, clock, start[clock.starts.on]);
	});
}
