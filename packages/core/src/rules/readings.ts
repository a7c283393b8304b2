/**
 * Independent readings (S28, S29): a clerk commits to a transcription without seeing any other; when two (then each further one) are in, the
 * log's key opens them all at once. A reading that is not needed, or by somebody who has touched the form, is refused.
 */
import { commitmentOf } from '../record/commitment.ts';
import type { FormReading, Opening, ReadingOpen } from '../record/statement.ts';
import { assert, err, ok, type Result } from '../std/result.ts';
import type { Context } from './context.ts';
import { fieldsRefusal, listFigures } from './figures.ts';
import { firstOf, type Refusal, refuse } from './refusal.ts';
import { agreedReading, isReceived, type Place, settle, touched } from './returns.ts';
import {
	type CaptureRefRow,
	type CaptureRow,
	type ReadingRow,
	type ReturnRow,
	type RowReader,
	returnKey,
} from './rows.ts';
import type { Saying } from './saying.ts';
import { onlySigner, reaches } from './signers.ts';
import { contestAt, returnOf } from './stations.ts';

/** Readings that are admitted without a ruling: two, and a third when they differ. */
const READINGS_FREE = 3;
const READINGS_BLIND = 2;

interface Found {
	readonly at: Place;
	readonly ref: CaptureRefRow;
	readonly row: ReturnRow;
	readonly capture: CaptureRow;
}

export const formReading: Saying<FormReading> = {
	decide: (context, rows, { statement, signers }) => {
		const signer = onlySigner(signers, 'clerk');
		if (!signer.ok) return signer.error;
		const found = findCapture(context, rows, statement.capture, 'S28');
		if (!found.ok) return found.error;
		const { at, row, capture } = found.value;
		return firstOf(
			() => reaches(context, signer.value, at.contest, at.station),
			() =>
				touched(row, signer.value.holder)
					? refuse(
							'S28',
							`the holder of "${signer.value.name}" has touched this form before: another clerk must read it`,
						)
					: undefined,
			() =>
				isReceived(capture)
					? undefined
					: refuse('S28', 'only an official capture whose image is held can be read: wait for blob/held'),
			() =>
				capture.readings.some(({ commitment }) => commitment === statement.commitment)
					? refuse('S28', 'this commitment is a copy of another clerk’s: read the form and commit to your own figures')
					: undefined,
			() => readingNeeded(at, capture),
		);
	},
	evolve: (context, rows, { id, statement, signers }) => {
		const found = findCapture(context, rows, statement.capture, 'S28');
		const [signer] = signers;
		assert(found.ok && signer !== undefined, 'a reading was decided before it is evolved');
		const reading = { id, clerk: signer.name, holder: signer.holder, commitment: statement.commitment };
		const { ref, row, capture } = found.value;
		const captures = replace(row, { ...capture, readings: [...capture.readings, reading] });
		rows.put('return', returnKey(ref.contest, ref.station, ref.poll), { ...row, captures, last: id });
	},
};

export const readingOpen: Saying<ReadingOpen> = {
	decide: (context, rows, { statement, signers }) => {
		const signer = onlySigner(signers, 'log');
		if (!signer.ok) return signer.error;
		const found = findCapture(context, rows, statement.capture, 'S29');
		if (!found.ok) return found.error;
		const { at, capture } = found.value;
		return firstOf(
			() => complete(capture, statement),
			() => {
				for (const opening of statement.openings) {
					const refusal = opens(context, at, capture, opening);
					if (refusal !== undefined) return refusal;
				}
				return undefined;
			},
		);
	},
	evolve: (context, rows, { id, statement }) => {
		const found = findCapture(context, rows, statement.capture, 'S29');
		assert(found.ok, 'an opening was decided before it is evolved');
		const { at, ref, row, capture } = found.value;
		const readings = capture.readings.map((reading): ReadingRow => {
			const opening = statement.openings.find((other) => other.reading === reading.id);
			const figures = opening === undefined ? undefined : listFigures(at.contest, opening.figures);
			return figures === undefined ? reading : { ...reading, figures };
		});
		const captures = replace(row, { ...capture, readings });
		rows.put('return', returnKey(ref.contest, ref.station, ref.poll), settle(at, { ...row, captures, last: id }));
	},
};

function findCapture(context: Context, rows: RowReader, id: string, rule: 'S28' | 'S29'): Result<Found, Refusal> {
	const ref = rows.get('capture', id);
	if (ref === undefined)
		return err(refuse(rule, `there is no capture ${id} of a station's form in this log: check its id`));
	const at = contestAt(context, rows, ref.contest, ref.station);
	if (!at.ok) return at;
	const row = returnOf(rows, ref.contest, ref.station, ref.poll);
	const capture = row.captures.find((other) => other.id === id);
	assert(capture !== undefined, 'a capture lies on its return');
	return ok({ at: at.value, ref, row, capture });
}

/** Two readings; a third when they do not agree; a fourth and a fifth when a ruling asks for them. */
function readingNeeded({ contest }: Place, capture: CaptureRow): Refusal | undefined {
	const { readings } = capture;
	if (readings.length < READINGS_BLIND) return undefined;
	if (readings.some(({ figures }) => figures === undefined))
		return refuse('S28', 'the readings that are in have not been opened yet: wait for reading/open');
	if (agreedReading(contest, capture) !== undefined || capture.accepted !== undefined)
		return refuse('S28', 'this form has a reading that agrees or is accepted: no further one is needed');
	if (readings.length < Math.max(READINGS_FREE, capture.admitted ?? 0)) return undefined;
	return refuse('S28', `${readings.length} readings are in: a further one needs a ruling "one-more-reading"`);
}

/** Exactly the readings that are committed and not opened, once there are two in all. */
function complete({ readings }: CaptureRow, { openings }: ReadingOpen): Refusal | undefined {
	const closed = readings.filter(({ figures }) => figures === undefined);
	if (readings.length < READINGS_BLIND || closed.length === 0)
		return refuse('S29', 'readings are opened when two, then each further one, are in: none is to be opened now');
	const same = closed.length === openings.length && closed.every(({ id }, i) => openings[i]?.reading === id);
	return same
		? undefined
		: refuse(
				'S29',
				`the openings must be exactly those of the readings not yet opened (${closed.length}), in the order of the log`,
			);
}

function opens({ suite }: Context, { contest }: Place, capture: CaptureRow, opening: Opening): Refusal | undefined {
	const reading = capture.readings.find(({ id }) => id === opening.reading);
	assert(reading !== undefined, 'the openings name the readings of this capture');
	if (commitmentOf(suite, capture.id, reading.clerk, opening) !== reading.commitment) {
		return refuse(
			'S29',
			`the opening of reading ${opening.reading} does not match the commitment of "${reading.clerk}"`,
		);
	}
	return fieldsRefusal('S29', contest, opening.figures);
}

function replace({ captures }: ReturnRow, changed: CaptureRow): readonly CaptureRow[] {
	return captures.map((capture) => (capture.id === changed.id ? changed : capture));
}
