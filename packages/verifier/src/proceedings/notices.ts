/**
 * Notices, and whether an attempt that is said to have failed did (V87): a notice of an incident names checks between two sizes of the log, this verification has made checks of that kind over all of it, and what it
 * found there stands beside what the notice says. A notice shows nothing by itself.
 */
import type { CheckShown, Notice } from '@matokeo/core/record/filings.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { contestRow, noticesOf } from '@matokeo/core/rules/chains.ts';
import type { NoticeRow } from '@matokeo/core/rules/recordRows.ts';
import { type TimedEntry, untimed } from '@matokeo/core/standings/timed.ts';
import { PROCEEDINGS_NAMED_MAX } from '../check/limits.ts';
import type { Check, CheckName, Problem } from '../check/problem.ts';
import type { Run } from '../check/run.ts';

/** What this verification says of a check that a notice names. */
export interface RepeatedCheck extends CheckShown {
	/** `not made`: nothing of that kind could be looked at here. */
	readonly found: 'nothing wrong' | 'wrong' | 'not made';
	/** Where, the first of them: statement, file or index. */
	readonly where: readonly string[];
}

export interface ShownIncident {
	readonly surface: string;
	readonly attempted: string;
	readonly outcome: Extract<Notice, { kind: 'incident' }>['outcome'];
	/** UTC seconds, as the notice says. */
	readonly from: number;
	readonly until?: number;
	readonly touched: readonly StatementId[];
	readonly checks: readonly RepeatedCheck[];
}

export interface ShownNotice {
	readonly statement: StatementId;
	readonly kind: string;
	/** '' for the election as a whole. */
	readonly contest: string;
	readonly by: readonly string[];
	readonly said: TimedEntry;
	/** Of a pause: what ended it; `undefined` while it is in force. */
	readonly resumed?: StatementId;
	readonly incident?: ShownIncident;
}

export interface ShownNotices {
	readonly count: number;
	/** Pauses in force. */
	readonly paused: readonly StatementId[];
	/** The newest of each contest and of the whole. */
	readonly list: readonly ShownNotice[];
}

const CHECKED_BY: Readonly<Record<CheckShown['check'], readonly CheckName[]>> = {
	replay: ['spelling', 'signatures', 'rules'],
	consistency: ['checkpoint', 'tiles', 'against'],
	results: ['results'],
	images: ['blobs'],
	anchor: ['anchor'],
	witnesses: ['cosignatures', 'clock'],
};
const WHERE_NAMED_MAX = 3;

export function shownNotices(run: Run): ShownNotices {
	const { rows, context, findings } = run;
	const checks = findings.checks();
	let count = 0;
	const list: ShownNotice[] = [];
	for (const contest of ['', ...context.election.contests.keys()]) {
		let named = 0;
		for (const { id, row } of noticesOf(rows, contest)) {
			count++;
			if (named++ < PROCEEDINGS_NAMED_MAX) list.push(shownNotice(run, id, row, checks));
		}
	}
	return { count, paused: contestRow(rows, '').pauses ?? [], list };
}

function shownNotice(run: Run, statement: StatementId, row: NoticeRow, checks: readonly Check[]): ShownNotice {
	const { kind, contest, by, index, time, resumed } = row;
	const notice = run.proceedings.notice(statement);
	return {
		statement,
		kind,
		contest,
		by,
		said: untimed(run.rows, { index, time }),
		...(resumed === undefined ? {} : { resumed }),
		...(notice?.kind === 'incident' ? { incident: shownIncident(notice, checks) } : {}),
	};
}

function shownIncident(notice: Extract<Notice, { kind: 'incident' }>, checks: readonly Check[]): ShownIncident {
	const { surface, attempted, outcome, from, until, touched } = notice;
	return {
		surface,
		attempted,
		outcome,
		from,
		...(until === undefined ? {} : { until }),
		touched,
		checks: notice.checks.map((one) => repeated(one, checks)),
	};
}

function repeated(shown: CheckShown, checks: readonly Check[]): RepeatedCheck {
	const names = CHECKED_BY[shown.check];
	const own = checks.filter(({ name }) => names.includes(name));
	const problems = own.flatMap((check) => check.problems).filter((problem) => isWithin(shown, problem));
	if (problems.length > 0) return { ...shown, found: 'wrong', where: problems.slice(0, WHERE_NAMED_MAX).map(whereOf) };
	const made = own.some(({ checked }) => checked > 0);
	return { ...shown, found: made ? 'nothing wrong' : 'not made', where: [] };
}

/** What is wrong with a file is wrong now, whatever the sizes; what is wrong with a statement, where it stands. */
function isWithin({ from, to }: CheckShown, { index }: Problem): boolean {
	return index === undefined || (index >= from && index < to);
}

function whereOf({ file, statement, index, check }: Problem): string {
	// Of an image it is the image that is wrong, and not the statement that names it.
	if (statement !== undefined && check !== 'blobs') return `statement ${statement}`;
	return file ?? (index === undefined ? check : `index ${index}`);
}
