/**
 * One wave of forms through the whole pipeline: image, capture, *held*, two blind readings, opening, a third reading where two differ, rulings. Every statement is
 * said by the person whose task it is and goes into the log through the same door as on election night.
 */
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Decision } from '@matokeo/core/record/statement.ts';
import { countedNumbers } from '@matokeo/core/rules/figures.ts';
import { again, capture, mistaken } from './capturing.ts';
import { type Read, readForm } from './clerks.ts';
import { decisionsOn, rulingsOn } from './ruling.ts';
import { type Arriving, contestIn, type Documents, returnName, type Stage } from './stage.ts';

export interface WaveTally {
	readonly captures: number;
	readonly withoutFigures: number;
	readonly readings: number;
	readonly thirdReadings: number;
	readonly rulings: number;
	/** Of courts. */
	readonly orders: number;
	readonly imageBytes: number;
}

export const NOTHING_PLAYED: WaveTally = {
	captures: 0,
	withoutFigures: 0,
	readings: 0,
	thirdReadings: 0,
	rulings: 0,
	orders: 0,
	imageBytes: 0,
};

export interface Lying {
	readonly form: Arriving;
	readonly capture: StatementId;
	/** The last statement on the return: what a ruling must have seen. */
	last: StatementId;
	readonly reads: Read[];
}

/** `images` are the facsimiles of the forms, in their order. */
export async function playWave(
	stage: Stage,
	arriving: readonly Arriving[],
	images: readonly Uint8Array[],
): Promise<WaveTally> {
	const { lying, tally } = await captureAndRead(stage, arriving, images);
	const rulings = lying.flatMap((one) => {
		const decisions = decisionsOn(stage, one.form, one.reads);
		const said = rulingsOn(stage, one.form.paper, one.last, decisions);
		one.last = said.at(-1)?.id ?? one.last;
		stage.last?.set(returnName(one.form.paper), one.last);
		stage.documents?.set(returnName(one.form.paper), documentsOf(stage, one, decisions));
		return said;
	});
	await stage.log.append(rulings.map(({ bytes }) => bytes));
	return { ...tally, rulings: rulings.length };
}

/** The reading that is accepted: the one that a ruling names, else the first in the log that says what the form says. */
function documentsOf(
	{ election, log }: Stage,
	{ form, capture: id, reads }: Lying,
	decisions: readonly Decision[],
): Documents {
	const right = reads.flatMap((one) => (one.right ? [one.spoken.id] : []));
	const ruled = decisions.find((one) => one.kind === 'accept-reading');
	const reading = ruled?.reading ?? log.readingsOf(id)?.find((one) => right.includes(one)) ?? right[0];
	const contest = contestIn(election, form.paper.contest);
	const stands = form.exception === undefined && countedNumbers(contest, form.paper.figures) !== undefined;
	return { capture: id, stands, ...(reading === undefined ? {} : { reading }) };
}

/** Everything before somebody has to decide. */
export async function captureAndRead(
	stage: Stage,
	arriving: readonly Arriving[],
	images: readonly Uint8Array[],
): Promise<{ readonly lying: readonly Lying[]; readonly tally: WaveTally }> {
	const { log } = stage;
	await log.hold(images);
	const spoken = arriving.map((form, i) => ({ form, ...capture(stage, form, images[i] ?? new Uint8Array()) }));
	await log.mistake(arriving.flatMap((form, i) => mistaken(stage, form, images[i] ?? new Uint8Array())));
	await log.append(spoken.map(({ bytes }) => bytes));
	await log.append(arriving.flatMap((form, i) => again(stage, form, images[i] ?? new Uint8Array())));
	await log.announce();
	const lying = spoken.map(({ form, id }): Lying => ({ form, capture: id, last: id, reads: [] }));
	await read(stage, lying, 0, 1);
	const third = lying.filter(({ reads }) => !reads.every(({ right }) => right));
	await read(stage, third, 2);
	const tally: WaveTally = {
		captures: lying.length,
		withoutFigures: arriving.filter(({ reported }) => reported === undefined).length,
		readings: lying.reduce((sum, { reads }) => sum + reads.length, 0),
		thirdReadings: third.length,
		rulings: 0,
		orders: 0,
		imageBytes: images.reduce((sum, { length }) => sum + length, 0),
	};
	return { lying, tally };
}

/** Has each form read by the clerks with these numbers, in one batch, and the readings opened. */
async function read(
	{ log, room, election }: Stage,
	lying: readonly Lying[],
	...numbers: readonly number[]
): Promise<void> {
	if (lying.length === 0) return;
	const fresh = lying.flatMap((one) => {
		const { paper } = one.form;
		const contest = contestIn(election, paper.contest);
		return numbers.map((number) => ({ one, made: readForm(room, contest, paper, one.capture, number) }));
	});
	await log.append(fresh.map(({ made }) => made.spoken.bytes));
	for (const { one, made } of fresh) {
		log.deliver(made.spoken.id, one.capture, made.transcription);
		one.reads.push(made);
	}
	const opened = await log.open();
	for (const one of lying) one.last = opened.get(one.capture) ?? one.last;
}

export function added(a: WaveTally, b: WaveTally): WaveTally {
	return {
		captures: a.captures + b.captures,
		withoutFigures: a.withoutFigures + b.withoutFigures,
		readings: a.readings + b.readings,
		thirdReadings: a.thirdReadings + b.thirdReadings,
		rulings: a.rulings + b.rulings,
		orders: a.orders + b.orders,
		imageBytes: a.imageBytes + b.imageBytes,
	};
}
