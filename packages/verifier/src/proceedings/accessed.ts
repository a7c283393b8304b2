/** For which periods the log has said the digests of the server's books (V90, S45), and for which it has not. The books are not here; whoever is shown them compares them with these. */
import type { AccessBook } from '@matokeo/core/record/access.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import { saidPeriods } from '../books/saidPeriods.ts';
import type { Run } from '../check/run.ts';

export interface ShownAccess {
	readonly periods: number;
	/** UTC seconds, of the first and the last; between them there is no gap. */
	readonly from: number;
	readonly until: number;
	/** How many periods name each book. */
	readonly books: Readonly<Record<AccessBook, number>>;
	/** Seconds of the log's own time of which nothing is said: before the first period, and since the last. */
	readonly before: number;
	readonly since: number;
}

/** `undefined` where the log has said nothing of them. */
export function shownAccess({ rows, proceedings }: Run): ShownAccess | undefined {
	const said = saidPeriods(rows);
	const [first] = said;
	const last = said.at(-1);
	if (first === undefined || last === undefined) return undefined;
	const naming = (book: AccessBook) => said.filter(({ files }) => files.some((file) => file.book === book)).length;
	return {
		periods: said.length,
		from: first.from,
		until: last.until,
		books: { requests: naming('requests'), operations: naming('operations') },
		before: Math.max(0, first.from - (proceedings.began() ?? first.from)),
		since: Math.max(0, logRow(rows).time - last.until),
	};
}
