/**
 * What returning officers of a rehearsal decide about a return once it is read: accept what the paper says where the officer reported something else, quarantine, accept as written. Two of
 * each office, since some rulings take both (S30).
 */
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Decision } from '@matokeo/core/record/statement.ts';
import { agree, countedNumbers } from '@matokeo/core/rules/figures.ts';
import { failedChecks } from '@matokeo/core/rules/returns.ts';
import type { Read } from './clerks.ts';
import type { Spoken } from './speaking.ts';
import { type Arriving, contestIn, type Stage, stationIn } from './stage.ts';
import type { FormFigures } from './tables.ts';

/** Decisions on one return, one after the other: each has seen the one before it (S32). */
export function rulingsOn(
	{ election, room }: Stage,
	{ contest, station }: Pick<FormFigures, 'contest' | 'station'>,
	last: StatementId,
	decisions: readonly Decision[],
): readonly Spoken[] {
	const [first, second] = room.people.returning(room.people.officeOf(stationIn(election, station)));
	const rulings: Spoken[] = [];
	for (const decision of decisions) {
		const signers = takesTwo(decision) ? [first.key, second.key] : [first.key];
		const seen = rulings.at(-1)?.id ?? last;
		rulings.push(room.say({ type: 'form/ruling', contest, poll: 1, station, decision, seen }, ...signers));
	}
	return rulings;
}

function takesTwo({ kind }: Decision): boolean {
	return kind === 'accept-as-written' || kind === 'disregard';
}

/** What a form needs by itself. One with an exception is only read and put aside: whether its figures stand is decided later. */
export function decisionsOn(
	{ election }: Stage,
	{ paper, reported, exception }: Arriving,
	reads: readonly Read[],
): readonly Decision[] {
	const contest = contestIn(election, paper.contest);
	const readable = countedNumbers(contest, paper.figures) !== undefined;
	const reason = exception ?? (readable ? undefined : election.codes.quarantine[0]?.id);
	const decisions: Decision[] = [];
	const right = reads.find((one) => one.right);
	if (readable && reported !== undefined && right !== undefined && !agree(contest, reported.figures, paper.figures))
		decisions.push({ kind: 'accept-reading', reading: right.spoken.id });
	if (reason !== undefined) decisions.push({ kind: 'quarantine', agents: 'notified', reason, review: 0 });
	else if (readable && failedChecks({ contest, station: stationIn(election, paper.station) }, paper.figures).length > 0)
		decisions.push({ kind: 'accept-as-written' });
	return decisions;
}
