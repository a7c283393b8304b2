/**
 * What a replay remembers of proceedings beside the rows (V80–V90): when the log began, when each objection was answered, what each act named as open and who was silent, and how the figures of a record stood to the log at
 * its own index. Rows do not keep it, because no rule asks for it.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { Proceed, ResultRecord, Sums } from '@matokeo/core/record/acts.ts';
import type { CountLodge, Notice } from '@matokeo/core/record/filings.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Context, Said } from '@matokeo/core/rules/context.ts';
import { logRow } from '@matokeo/core/rules/opening.ts';
import type { Entry } from '@matokeo/core/standings/lateness.ts';
import { COUNTS_KEPT_MAX, NOTICES_KEPT_MAX, RECORDS_COMPARED_MAX } from '../check/limits.ts';
import type { ReplayRows } from '../replay/memoryRows.ts';
import { totalsWithin } from '../replay/totals.ts';
import { type FieldWays, waysAtMark, waysNow } from './ways.ts';

/** What a certificate or declaration named as open. */
export interface Named {
	readonly proceed: Proceed;
	/** Witnesses that had not seen the mark. */
	readonly unwitnessed: readonly string[];
}

/** A declaration outside the gate, as its statement has it. */
export interface Claimed {
	readonly document: string;
	readonly when: number;
	/** Claimed totals that differ from the mark that it names, or where it names none from what stood then. */
	readonly differs: readonly FieldWays[];
	/** Against what the claimed totals were held. */
	readonly against: 'mark' | 'then' | 'nothing';
}

export interface ProceedingsBook {
	/** A statement that was admitted and has taken effect. */
	readonly said: (said: Said) => void;
	/** Answers to an objection, in the order of the log. */
	readonly answers: (objection: StatementId) => readonly Entry[];
	/** `undefined` where an act named nothing. */
	readonly named: (act: StatementId) => Named | undefined;
	readonly claimed: (record: StatementId) => Claimed | undefined;
	/** What a notice says; the first of them are kept. */
	readonly notice: (notice: StatementId) => Notice | undefined;
	/** What a lodged count says; the first of them are kept. */
	readonly lodged: (count: StatementId) => CountLodge | undefined;
	/** UTC seconds of the first tick. */
	readonly began: () => number | undefined;
}

export function proceedingsBook(context: Context, rows: ReplayRows): ProceedingsBook {
	const answers = new Map<StatementId, readonly Entry[]>();
	const named = new Map<StatementId, Named>();
	const claimed = new Map<StatementId, Claimed>();
	const notices = new Map<StatementId, Notice>();
	const lodged = new Map<StatementId, CountLodge>();
	let began: number | undefined;
	let compared = 0;
	return {
		said: ({ id, index, statement }) => {
			switch (statement.type) {
				case 'objection/answer': {
					const { objection } = statement;
					answers.set(objection, [...(answers.get(objection) ?? []), { index, time: logRow(rows).time }]);
					return;
				}
				case 'collation/certify':
				case 'result/declare': {
					const { proceed = {}, unwitnessed = [] } = statement;
					if (Object.keys(proceed).length + unwitnessed.length > 0) named.set(id, { proceed, unwitnessed });
					return;
				}
				case 'notice/file':
					if (notices.size < NOTICES_KEPT_MAX) notices.set(id, statement.notice);
					return;
				case 'count/lodge':
					if (lodged.size < COUNTS_KEPT_MAX) lodged.set(id, statement);
					return;
				case 'clock/tick':
					began ??= statement.time;
					return;
				case 'result/record':
					if (++compared <= RECORDS_COMPARED_MAX) claimed.set(id, claimOf(context, rows, statement));
					return;
				default:
					return;
			}
		},
		answers: (objection) => answers.get(objection) ?? [],
		named: (act) => named.get(act),
		claimed: (record) => claimed.get(record),
		notice: (notice) => notices.get(notice),
		lodged: (count) => lodged.get(count),
		began: () => began,
	};
}

function claimOf(context: Context, rows: ReplayRows, statement: ResultRecord): Claimed {
	const { document, when, mark, claimed } = statement;
	const contest = context.election.contests.get(statement.contest);
	const nothing: Claimed = { document, when, differs: [], against: 'nothing' };
	if (contest === undefined || claimed?.totals === undefined) return nothing;
	const named = mark === undefined ? undefined : rows.get('mark', mark);
	// Figures of another contest, or of a part of this one, are nothing that the claim could agree with.
	const fits = named?.contest === contest.id && named.area === contest.scope;
	const atMark = mark === undefined || !fits ? undefined : waysAtMark(rows, mark, claimed.totals);
	if (atMark !== undefined) return { ...nothing, differs: atMark, against: 'mark' };
	return { ...nothing, differs: then(context, rows, contest, claimed.totals), against: 'then' };
}

/** Against the sum of the stations at this index, added up for this once. */
function then(context: Context, rows: ReplayRows, contest: Contest, claimed: Sums): readonly FieldWays[] {
	const baseline = totalsWithin(context, rows, contest, contest.scope);
	return waysNow({ election: context.election, baseline, rows: { ...rows, get: rows.peek } }, contest, claimed);
}
