/**
 * What a report says of a contest beyond its figures (V82–V88): how far certificates have come, what was declared, who disagreed, what was recorded outside the gate, objections with their times, orders. Each is
 * read from the rows that the replay has made; lists name the newest, counts count all.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { actsOf, contestRow, objectionsOf, ordersOf } from '@matokeo/core/rules/chains.ts';
import { collationRow } from '@matokeo/core/rules/collations.ts';
import { groundOf } from '@matokeo/core/rules/objections.ts';
import type { ActRow, ContestRow, ObjectionRow, OrderRow } from '@matokeo/core/rules/recordRows.ts';
import { startFor, type TimedEntry, timed, untimed } from '@matokeo/core/standings/timed.ts';
import { PROCEEDINGS_NAMED_MAX } from '../check/limits.ts';
import { type Run, standingOf } from '../check/run.ts';
import type { Claimed } from './book.ts';
import { type ShownDeclaration, shownDeclaration } from './declaration.ts';
import { areasDue } from './ways.ts';

/** One step of the contest's collation, from the top down. */
export interface ShownStep {
	readonly level: string;
	/** Areas in which anything is due, and those of them with a certificate in force. */
	readonly areas: number;
	readonly certified: number;
}

export interface ShownAct {
	readonly statement: StatementId;
	readonly by: readonly string[];
	readonly said: TimedEntry;
}

export interface ShownDissent extends ShownAct {
	/** The declaration or record that it is from. */
	readonly of: StatementId;
}

export interface ShownRecord extends ShownAct, Partial<Claimed> {
	/** Conditions of the gate that it did not meet. */
	readonly unmet: readonly string[];
	readonly held: 'held' | 'withheld' | 'not held';
}

export interface ShownObjection
	extends Pick<ObjectionRow, 'ground' | 'standing' | 'state' | 'target' | 'station' | 'to'> {
	readonly statement: StatementId;
	readonly by: string;
	readonly lodged: TimedEntry;
	readonly answers: readonly TimedEntry[];
}

export interface ShownOrder extends Pick<OrderRow, 'court' | 'state' | 'order' | 'until'> {
	readonly statement: StatementId;
	readonly by: readonly string[];
	readonly said: TimedEntry;
}

export interface ContestProceedings {
	readonly steps: readonly ShownStep[];
	readonly declaration?: ShownDeclaration;
	/** Declarations that a later one has superseded. */
	readonly superseded: number;
	readonly annulled?: StatementId;
	readonly replaced?: NonNullable<ContestRow['replaced']>;
	readonly stays: readonly StatementId[];
	readonly dissents: readonly ShownDissent[];
	readonly records: readonly ShownRecord[];
	readonly objections: Readonly<Record<ObjectionRow['state'], number>> & { readonly list: readonly ShownObjection[] };
	readonly orders: readonly ShownOrder[];
}

/** `undefined` for a contest of which nothing has been said beyond its forms and which is neither certified nor declared. */
export function contestProceedings(run: Run, contest: Contest): ContestProceedings | undefined {
	const { rows } = run;
	const row = contestRow(rows, contest.id);
	if (
		rows.get('contest', contest.id) === undefined &&
		contest.collation.length + (contest.declaration === undefined ? 0 : 1) === 0
	)
		return undefined;
	const acts = [...actsOf(rows, contest.id)];
	const declaration = shownDeclaration(run, contest);
	const dissents = acts.flatMap(({ id, row: act }): ShownDissent[] =>
		act.kind === 'dissent' ? [{ ...shownAct(run, id, act), of: act.of ?? '' }] : [],
	);
	const records = acts.flatMap(({ id, row: act }): ShownRecord[] =>
		act.kind === 'record' ? [shownRecord(run, id, act)] : [],
	);
	return {
		steps: contest.collation.map(({ level }) => stepOf(run, contest, level)),
		...(declaration === undefined ? {} : { declaration }),
		superseded: acts.filter(({ row: act }) => act.kind === 'declaration' && act.until !== undefined).length,
		...(row.annulled === undefined ? {} : { annulled: row.annulled }),
		...(row.replaced === undefined ? {} : { replaced: row.replaced }),
		stays: row.stays ?? [],
		dissents: dissents.slice(0, PROCEEDINGS_NAMED_MAX),
		records: records.slice(0, PROCEEDINGS_NAMED_MAX),
		objections: objectionsIn(run, contest),
		orders: [...ordersOf(rows, contest.id)]
			.slice(0, PROCEEDINGS_NAMED_MAX)
			.map(({ id, row: order }) => shownOrder(run, id, order)),
	};
}

function stepOf(run: Run, contest: Contest, level: string): ShownStep {
	const areas = areasDue(standingOf(run), contest, level);
	const certified = areas.filter((area) => collationRow(run.rows, contest.id, area).certificate !== undefined);
	return { level, areas: areas.length, certified: certified.length };
}

function shownAct({ rows }: Run, statement: StatementId, { by, index, time }: ActRow): ShownAct {
	return { statement, by, said: untimed(rows, { index, time }) };
}

function shownRecord(run: Run, id: StatementId, act: ActRow): ShownRecord {
	const claimed = run.proceedings.claimed(id);
	const document = claimed === undefined ? undefined : run.rows.get('blob', claimed.document);
	const held = document?.withheld !== undefined ? 'withheld' : document?.held === undefined ? 'not held' : 'held';
	return { ...shownAct(run, id, act), ...claimed, unmet: act.unmet ?? [], held };
}

function objectionsIn(run: Run, contest: Contest): ContestProceedings['objections'] {
	const counts = { open: 0, referred: 0, upheld: 0, dismissed: 0 };
	const list: ShownObjection[] = [];
	for (const { id, row } of objectionsOf(run.rows, contest.id)) {
		counts[row.state]++;
		if (list.length < PROCEEDINGS_NAMED_MAX) list.push(shownObjection(run, contest, id, row));
	}
	return { ...counts, list };
}

function shownObjection(run: Run, contest: Contest, statement: StatementId, row: ObjectionRow): ShownObjection {
	const { rows, context } = run;
	const { by, ground, standing, state, target, station, to, index, time } = row;
	const law = groundOf(context.election, ground);
	const answers = run.proceedings.answers(statement);
	const start = startFor(rows, contest, row, answers[0]);
	const within = (clock: string | undefined) => (clock === undefined || clock === '' ? [] : [clock]);
	return {
		statement,
		by,
		ground,
		standing,
		state,
		target,
		...(station === undefined ? {} : { station }),
		...(to === undefined ? {} : { to }),
		lodged: timed(rows, context.election, { index, time }, within(law?.within), start),
		answers: answers.map((answer) => timed(rows, context.election, answer, within(law?.answerWithin), start)),
	};
}

function shownOrder({ rows }: Run, statement: StatementId, row: OrderRow): ShownOrder {
	const { court, state, order, until, by, index, time } = row;
	return {
		statement,
		by,
		court,
		state,
		order,
		...(until === undefined ? {} : { until }),
		said: untimed(rows, { index, time }),
	};
}
