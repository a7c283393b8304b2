/** When something was said, in words (V85): by its witnesses between two moments, beside that what the log's own clock says, and against a deadline whether that is shown. */
import type { Interval, Timed } from '@matokeo/core/standings/lateness.ts';
import type { TimedEntry } from '@matokeo/core/standings/timed.ts';
import { utc } from './date.ts';

export function intervalWords({ after, before }: Interval): string {
	if (after === undefined && before === undefined) return 'no quorum of witnesses bounds the time';
	if (after !== undefined && after === before) return `by witnesses at ${utc(after)}`;
	const from = after === undefined ? '' : `after ${utc(after)}`;
	const until = before === undefined ? 'no quorum has seen it yet' : `before ${utc(before)}`;
	return from === '' ? `by witnesses ${until}` : `by witnesses ${from} and ${until}`;
}

/** “at 2026-… by the log's clock, by witnesses after … and before …; clock petition: in time …”. */
export function entryWords({ time, said, clocks }: TimedEntry): string {
	const judged = clocks.map(({ clock, ...timed }) => `; clock ${clock}: ${clockWords(timed)}`);
	return `at ${utc(time)} by the log's clock, ${intervalWords(said)}${judged.join('')}`;
}

const PROVEN: Readonly<Record<Timed['provable'], string>> = {
	'in-time': 'in time',
	late: 'late',
	'not-provable': 'not provable',
};

function clockWords({ provable, by_log: byLog, deadline, deadline_by_log: end }: Timed): string {
	const own = byLog === 'in-time' ? 'in time' : 'late';
	const ends =
		deadline.after === deadline.before
			? `the time ended at ${utc(end)}`
			: `the time ended at ${utc(end)} by the log's clock, ${intervalWords(deadline)}`;
	return `${PROVEN[provable]} (by the log's own clock ${own}; ${ends})`;
}
