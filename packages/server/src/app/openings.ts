/**
 * Clerks' openings (`spec/storage.md`, D17; S28, S29): kept in confidence until the readings of a capture are all in, then opened together by a statement of the log. An
 * opening that does not fit its commitment is refused to the clerk at once, when something can still be done about it.
 */
import { commitmentOf, type Transcription } from '@matokeo/core/record/commitment.ts';
import { parseLeaf } from '@matokeo/core/record/leaf.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Opening } from '@matokeo/core/record/statement.ts';
import type { Context } from '@matokeo/core/rules/context.ts';
import { fieldsRefusal } from '@matokeo/core/rules/figures.ts';
import { type Refusal, refuse } from '@matokeo/core/rules/refusal.ts';
import { type CaptureRow, type RowReader, returnKey } from '@matokeo/core/rules/rows.ts';
import { printCanonical } from '@matokeo/core/std/canonical.ts';
import { assert, err, ok, type Result } from '@matokeo/core/std/result.ts';
import type { KeptOpening, Store } from '../ports/store.ts';
import { parseTranscription } from '../storage/rowText.ts';
import type { Delivery } from './openedLog.ts';

export interface Openable {
	readonly capture: StatementId;
	readonly openings: readonly Opening[];
}

const READINGS_BLIND = 2;

/** An opening that fits its commitment. */
export interface Checked extends KeptOpening {
	/** The log has opened it already: there is nothing left to keep. */
	readonly isOpen: boolean;
}

/** What the clerk may be told now: it fits, and here it is as it will be kept; or why not. */
export function checkDelivery(
	context: Context,
	store: Store,
	rows: RowReader,
	{ reading, transcription }: Delivery,
): Result<Checked, Refusal> {
	const capture = captureOf(context, store, reading);
	const row = capture === undefined ? undefined : captureRow(rows, capture);
	const committed = row?.readings.find(({ id }) => id === reading);
	const ref = capture === undefined ? undefined : rows.get('capture', capture);
	if (capture === undefined || committed === undefined || ref === undefined)
		return err(refuse('S28', `there is no reading ${reading} in this log; commit to it first`));
	const contest = context.election.contests.get(ref.contest);
	assert(contest !== undefined, 'a capture was decided for a contest of this election');
	const { attributes, figures, legibility, salt } = transcription;
	const read: Transcription = { attributes, figures, legibility, salt };
	if (commitmentOf(context.suite, capture, committed.clerk, read) !== committed.commitment) {
		return err(
			refuse(
				'S29',
				'this opening does not match the commitment: send exactly what was committed to, with the same salt',
			),
		);
	}
	const refusal = fieldsRefusal('S29', contest, figures);
	const isOpen = committed.figures !== undefined;
	return refusal === undefined ? ok({ reading, capture, json: printCanonical(read), isOpen }) : err(refusal);
}

/** Every capture whose committed readings can all be opened now, with its openings in the order of the log; and openings that are public already. */
export function openable(
	rows: RowReader,
	kept: readonly KeptOpening[],
): { readonly ready: readonly Openable[]; readonly spent: readonly StatementId[] } {
	const byReading = new Map(kept.map((opening) => [opening.reading, opening.json]));
	const ready: Openable[] = [];
	const spent: StatementId[] = [];
	for (const capture of [...new Set(kept.map((opening) => opening.capture))].sort(compare)) {
		const readings = captureRow(rows, capture)?.readings ?? [];
		const closed = readings.filter(({ figures }) => figures === undefined);
		spent.push(...readings.filter(({ id, figures }) => figures !== undefined && byReading.has(id)).map(({ id }) => id));
		if (readings.length < READINGS_BLIND || closed.length === 0) continue;
		const openings = closed.flatMap(({ id }) => {
			const json = byReading.get(id);
			return json === undefined ? [] : [{ ...parseTranscription(id, json), reading: id }];
		});
		if (openings.length === closed.length) ready.push({ capture, openings });
	}
	return { ready, spent };
}

function captureRow(rows: RowReader, capture: StatementId): CaptureRow | undefined {
	const ref = rows.get('capture', capture);
	if (ref === undefined) return undefined;
	return rows.get('return', returnKey(ref.contest, ref.station, ref.poll))?.captures.find(({ id }) => id === capture);
}

function captureOf({ suite }: Context, store: Store, reading: StatementId): StatementId | undefined {
	const index = /^[0-9a-f]{64}$/.test(reading) ? store.indexOf(reading) : undefined;
	const [logged] = index === undefined ? [] : store.statements(index, index + 1);
	const leaf = logged === undefined ? undefined : parseLeaf(suite, logged.note);
	return leaf?.ok === true && leaf.value.statement.type === 'form/reading' ? leaf.value.statement.capture : undefined;
}

function compare(a: string, b: string): number {
	return a < b ? -1 : 1;
}
