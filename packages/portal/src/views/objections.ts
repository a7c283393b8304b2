/** Objections (S39, S40): what is objected to and why, whether in time and with standing, every answer, and what each statement did to the return. */
import { ceilingOf } from '@matokeo/core/election/geography.ts';
import type { Contest, Ground } from '@matokeo/core/election/types.ts';
import type { ObjectionAnswer, Target } from '@matokeo/core/record/filings.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import { groundOf } from '@matokeo/core/rules/objections.ts';
import type { ObjectionRow } from '@matokeo/core/rules/recordRows.ts';
import { stationOf } from '@matokeo/core/rules/stations.ts';
import { clockOf, type Entry } from '@matokeo/core/standings/lateness.ts';
import { startFor, type TimedEntry, timed } from '@matokeo/core/standings/timed.ts';
import type { RecordReader } from '../record.ts';
import { clockView } from './clocks.ts';
import { codeIn, codeView, contestHead, namedArea, stampOf } from './heads.ts';
import { historyEntry } from './history.ts';
import { leafAt } from './leaves.ts';
import { contestArea } from './places.ts';
import type { AnswerView, EffectView, ObjectionLine, ObjectionView } from './proceedTypes.ts';
import { answeringView, fileView, namedContest, namedStation, referenceTo, saidView, statementOf } from './said.ts';
import type { HistoryEntry, Named } from './types.ts';

export function objectionLine(reader: RecordReader, id: StatementId): ObjectionLine | undefined {
	const row = reader.rows.get('objection', id);
	const contest = row === undefined ? undefined : reader.election.contests.get(row.contest);
	return row === undefined || contest === undefined ? undefined : lineOf(reader, contest, id, row);
}

function lineOf(reader: RecordReader, contest: Contest, id: StatementId, row: ObjectionRow): ObjectionLine {
	const { target, standing, state, behalf, to } = row;
	const place = placeOf(reader, target, row.station);
	return {
		...saidView(reader, id, row),
		contest: row.contest,
		ground: codeIn(reader.election.proceedings.grounds, row.ground),
		target,
		...(place === undefined ? {} : { place }),
		standing,
		state,
		...(behalf === undefined ? {} : { behalf }),
		...(to === undefined ? {} : { to: answeringView(reader, to) }),
		clocks: clocksFor(reader, contest, row, row, groundOf(reader.election, row.ground)?.within ?? ''),
	};
}

function placeOf(reader: RecordReader, target: Target, station: string | undefined): Named | undefined {
	if (station !== undefined) return namedStation(reader, station);
	return target.kind === 'area' ? namedArea(reader.election, target.area) : undefined;
}

/** Whether an entry was in time by the clock with this id; empty where there is none, or where it does not run. */
function clocksFor(
	{ rows, election }: RecordReader,
	contest: Contest,
	objection: ObjectionRow,
	entry: Entry,
	clock: string,
	answer?: Entry,
): TimedEntry['clocks'] {
	const at = { index: entry.index, time: entry.time };
	return timed(rows, election, at, clock === '' ? [] : [clock], startFor(rows, contest, objection, answer)).clocks;
}

export function objectionView(reader: RecordReader, id: StatementId): ObjectionView | undefined {
	const { rows, election } = reader;
	const row = rows.get('objection', id);
	const contest = row === undefined ? undefined : election.contests.get(row.contest);
	const statement = statementOf(reader, id);
	if (row === undefined || contest === undefined || statement?.type !== 'objection/lodge') return undefined;
	const { target, text, evidence = [], behalf } = statement;
	const ground = groundOf(election, row.ground);
	const answers = answersOf(reader, contest, id, row);
	const waiting = row.state === 'open' || row.state === 'referred';
	const clock = waiting && ground !== undefined ? clockOf(election, ground.answerWithin) : undefined;
	const indexes = [row.index, ...answers.map(({ index }) => index)];
	return {
		stamp: stampOf(reader),
		contest: namedContest(reader, row.contest),
		head: contestHead(reader, contest),
		objection: lineOf(reader, contest, id, row),
		on: ground?.on ?? [],
		grounds: { standing: ground?.standing ?? [], answered_by: ground?.answeredBy ?? [] },
		...(behalf === undefined ? {} : { behalf: behalf.office, received: behalf.received }),
		clocks: clocksOf(reader, ground),
		...(target.kind === 'statement' ? { target: referenceTo(reader, target.statement) } : {}),
		...ceilingAt(reader, contest, row.station),
		tallied: target.kind === 'area' && contestArea(reader, contest, target.area) !== undefined,
		...(text === undefined ? {} : { text: fileView(reader, text) }),
		evidence: evidence.map((sha256) => fileView(reader, sha256)),
		answers,
		...(clock === undefined
			? {}
			: { due: clockView(reader, clock, startFor(rows, contest, row, answers.at(-1))(clock)) }),
		effects: effectsAt(reader, indexes),
		history: entriesAt(reader, indexes),
	};
}

function ceilingAt(
	{ context, rows }: RecordReader,
	contest: Contest,
	id: string | undefined,
): Pick<ObjectionView, 'ceiling'> {
	const station = id === undefined ? undefined : stationOf(context, rows, id);
	const ceiling = station === undefined ? undefined : ceilingOf(contest, station);
	return ceiling === undefined ? {} : { ceiling };
}

function clocksOf({ election }: RecordReader, ground: Ground | undefined): ObjectionView['clocks'] {
	const ids = new Set([ground?.within, ground?.answerWithin]);
	return election.proceedings.clocks.flatMap(({ id, text }) => (ids.has(id) ? [{ id, text }] : []));
}

/** Oldest first: each answer names the one before it as seen. */
function answersOf(reader: RecordReader, contest: Contest, id: StatementId, row: ObjectionRow): readonly AnswerView[] {
	const found: { readonly id: StatementId; readonly index: number; readonly said: ObjectionAnswer }[] = [];
	for (let at = row.last; at !== id; ) {
		const index = reader.rows.indexOf(at);
		const said = index === undefined ? undefined : leafAt(reader, index)?.statement;
		if (index === undefined || said?.type !== 'objection/answer') break;
		found.push({ id: at, index, said });
		at = said.seen;
	}
	const within = groundOf(reader.election, row.ground)?.answerWithin ?? '';
	let before: Entry | undefined;
	return found.reverse().map(({ id: answer, index, said }) => {
		const { outcome, reason, to, text } = said;
		const entry = { index, time: timeAt(reader, index) };
		const clocks = clocksFor(reader, contest, row, entry, within, before);
		before = entry;
		return {
			...saidView(reader, answer, { ...entry, by: said.by }),
			outcome,
			reason: codeView(reader.election.codes, 'answer', reason),
			...(to === undefined ? {} : { to: answeringView(reader, to) }),
			...(text === undefined ? {} : { text: fileView(reader, text) }),
			clocks,
		};
	});
}

/** Every answer has an event, on the return or on the contest as a whole. */
function timeAt(reader: RecordReader, index: number): number {
	return reader.events(index, index + 1)[0]?.time ?? 0;
}

/** What the statements at these indexes did to returns. */
export function effectsAt(reader: RecordReader, indexes: readonly number[]): readonly EffectView[] {
	return indexes.flatMap((index) =>
		reader.events(index, index + 1).flatMap(({ station, before, after }) => {
			if (before === undefined || after === undefined) return [];
			return [{ index, station: namedStation(reader, station), before, after }];
		}),
	);
}

/** The statements at these indexes, each once. */
export function entriesAt(reader: RecordReader, indexes: readonly number[]): readonly HistoryEntry[] {
	return indexes.flatMap((index) => {
		const [event] = reader.events(index, index + 1);
		return event === undefined ? [] : (historyEntry(reader, event) ?? []);
	});
}
