/**
 * What was said in time (T27, V85): each objection and answer against the clock that its ground names, a declaration against the clocks that no ground names. Times are intervals by the log's witnesses; beside
 * them what the log's own ticks say. What a clock runs from is looked up here.
 */
import type { Clock, Contest, Election } from '../election/types.ts';
import { actsOf } from '../rules/chains.ts';
import { collationRow } from '../rules/collations.ts';
import type { ActRow, ObjectionRow } from '../rules/recordRows.ts';
import type { RowReader } from '../rules/rows.ts';
import { clockOf, type Entry, type Interval, intervalOf, type Timed, timelinessOf } from './lateness.ts';

/** An entry, when it came to be, and whether that was in time. */
export interface TimedEntry extends Entry {
	readonly said: Interval;
	readonly clocks: readonly (Timed & { readonly clock: string })[];
}

export function untimed(rows: RowReader, entry: Entry): TimedEntry {
	return { ...entry, said: intervalOf(rows, entry.index), clocks: [] };
}

export function timed(
	rows: RowReader,
	election: Election,
	entry: Entry,
	clocks: readonly string[],
	startOf: (clock: Clock) => Entry | undefined,
): TimedEntry {
	const judged = clocks.flatMap((id) => {
		const clock = clockOf(election, id);
		const found = clock === undefined ? undefined : timelinessOf(rows, clock, entry, startOf(clock));
		return found === undefined ? [] : [{ clock: id, ...found }];
	});
	return { ...untimed(rows, entry), clocks: judged };
}

/** What a clock of an objection runs from: the declaration or certificate that was the latest when it was lodged, the objection itself, or an answer to it. */
export function startFor(
	rows: RowReader,
	contest: Contest,
	objection: ObjectionRow,
	answer: Entry | undefined,
): (clock: Clock) => Entry | undefined {
	return ({ starts }) => {
		if ('at' in starts) return undefined;
		switch (starts.on) {
			case 'objection':
				return entryOf(objection);
			case 'answer':
				return answer;
			case 'declaration':
				return latestAct(rows, contest, objection.index, ({ kind }) => kind === 'declaration');
			case 'certification':
				return certificationFor(rows, contest, objection);
		}
	};
}

/** The clocks that no ground of an objection names: those that a declaration is held to. */
export function clocksOfDeclaring({ proceedings: { clocks, grounds } }: Election): readonly string[] {
	const named = new Set(grounds.flatMap(({ within, answerWithin }) => [within, answerWithin]));
	return clocks.flatMap(({ id, starts }) =>
		named.has(id) || ('on' in starts && starts.on !== 'certification') ? [] : [id],
	);
}

/** The certificate of the contest's scope that was the latest before a declaration. */
export function startForDeclaring(
	rows: RowReader,
	contest: Contest,
	declared: Entry,
): (clock: Clock) => Entry | undefined {
	return () =>
		latestAct(rows, contest, declared.index, ({ kind, area }) => kind === 'certificate' && area === contest.scope);
}

function certificationFor(rows: RowReader, contest: Contest, objection: ObjectionRow): Entry | undefined {
	const { target, index } = objection;
	if (target.kind === 'statement') {
		const act = rows.get('act', target.statement);
		if (act?.kind === 'certificate') return entryOf(act);
	}
	const area = target.kind === 'area' ? target.area : contest.scope;
	const inForce = rows.get('act', collationRow(rows, contest.id, area).certificate ?? '');
	if (inForce !== undefined && inForce.index < index) return entryOf(inForce);
	return latestAct(rows, contest, index, (act) => act.kind === 'certificate' && act.area === area);
}

function latestAct(
	rows: RowReader,
	contest: Contest,
	before: number,
	fits: (act: ActRow) => boolean,
): Entry | undefined {
	for (const { row } of actsOf(rows, contest.id)) if (row.index < before && fits(row)) return entryOf(row);
	return undefined;
}

function entryOf({ index, time }: Entry): Entry {
	return { index, time };
}
