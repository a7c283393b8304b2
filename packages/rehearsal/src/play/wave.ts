/**
 * One wave of forms through the whole pipeline: image, capture, *held*, two blind readings, opening, a third reading where two differ, rulings. Every statement is
 * said by the person whose task it is and goes into the log through the same door as on election night.
 */
import type { Contest, Election } from '@matokeo/core/election/types.ts';
import type { FormCapture, StatementId } from '@matokeo/core/record/statement.ts';
import { agree, countedNumbers } from '@matokeo/core/rules/figures.ts';
import { failedChecks } from '@matokeo/core/rules/returns.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import { type Read, type ReadingRoom, readForm } from './clerks.ts';
import { serialOf } from './images.ts';
import type { RehearsalLog } from './port.ts';
import type { Spoken } from './speaking.ts';
import type { FormFigures } from './tables.ts';
import type { Variations } from './variations.ts';

export interface Stage {
	readonly suite: Suite;
	readonly election: Election;
	readonly log: RehearsalLog;
	readonly room: ReadingRoom;
	/** Absent: nobody errs. */
	readonly variations?: Variations;
	/** The station that an officer may take for this one. */
	readonly neighbour?: (contest: Contest, station: string) => string | undefined;
}

/** A form on its way: what the paper says and, where there is one, what the officer reported. */
export interface Arriving {
	readonly paper: FormFigures;
	readonly reported: FormFigures | undefined;
}

export interface WaveTally {
	readonly captures: number;
	readonly withoutFigures: number;
	readonly readings: number;
	readonly thirdReadings: number;
	readonly rulings: number;
	readonly imageBytes: number;
}

interface Lying extends Arriving {
	readonly contest: Contest;
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
	const { log } = stage;
	await log.hold(images);
	const spoken = arriving.map((form, i) => ({ form, ...capture(stage, form, images[i] ?? new Uint8Array()) }));
	await log.mistake(arriving.flatMap((form, i) => mistaken(stage, form, images[i] ?? new Uint8Array())));
	await log.append(spoken.map(({ bytes }) => bytes));
	await log.append(arriving.flatMap((form, i) => again(stage, form, images[i] ?? new Uint8Array())));
	await log.announce();
	const lying = spoken.map(
		({ form, id }): Lying => ({ ...form, contest: contestOf(stage.election, form), capture: id, last: id, reads: [] }),
	);
	await read(stage, lying, 0, 1);
	const third = lying.filter(({ reads }) => !same(reads));
	await read(stage, third, 2);
	const rulings = lying.flatMap((form) => ruling(stage, form));
	await log.append(rulings.map(({ bytes }) => bytes));
	return {
		captures: lying.length,
		withoutFigures: lying.filter(({ reported }) => reported === undefined).length,
		readings: lying.reduce((sum, { reads }) => sum + reads.length, 0),
		thirdReadings: third.length,
		rulings: rulings.length,
		imageBytes: images.reduce((sum, { length }) => sum + length, 0),
	};
}

function contestOf(election: Election, { paper }: Arriving): Contest {
	const contest = election.contests.get(paper.contest);
	if (contest === undefined) throw new Error(`the package has no contest ${paper.contest}`);
	return contest;
}

/** The officer names the neighbouring station, where this key does not reach. */
function mistaken(stage: Stage, form: Arriving, image: Uint8Array): readonly Uint8Array[] {
	const { contest, station } = form.paper;
	if (form.reported === undefined || stage.variations?.wrongStation(contest, station) !== true) return [];
	const other = stage.neighbour?.(contestOf(stage.election, form), station);
	return other === undefined ? [] : [capture(stage, form, image, { station: other }).bytes];
}

/** A receiving officer captures the same sheet with the same figures. */
function again(stage: Stage, form: Arriving, image: Uint8Array): readonly Uint8Array[] {
	const { contest, station } = form.paper;
	if (form.reported === undefined || stage.variations?.secondDevice(contest, station) !== true) return [];
	return [capture(stage, form, image, { secondDevice: true }).bytes];
}

function capture(
	{ suite, election, room }: Stage,
	form: Arriving,
	image: Uint8Array,
	{ secondDevice = false, station: named }: { readonly secondDevice?: boolean; readonly station?: string } = {},
): Spoken {
	const { contest } = form.paper;
	const station = named ?? form.paper.station;
	const record = election.stations.get(form.paper.station);
	if (record === undefined) throw new Error(`the package has no station ${form.paper.station}`);
	const { presiding, receiving, officeOf } = room.people;
	const officer =
		form.reported === undefined || secondDevice ? receiving(officeOf(record)) : presiding(form.paper.station);
	const { fields } = contestOf(election, form);
	const figures = form.reported?.figures;
	const statement: Omit<FormCapture, 'by'> = {
		type: 'form/capture',
		contest,
		images: [{ kind: 'facsimile', sha256: suite.sha256Hex(image), size: image.length }],
		kind: 'original',
		poll: 1,
		route: secondDevice ? 'other-kit' : form.reported === undefined ? 'paper' : 'own-kit',
		serial: serialOf(contest, station),
		station,
		...(figures === undefined
			? {}
			: { figures: Object.fromEntries(fields.map(({ id }, place) => [id, figures[place] ?? 'blank'])) }),
	};
	return room.say(statement, officer.key);
}

/** Has each form read by the clerks with these numbers, in one batch, and the readings opened. */
async function read({ log, room }: Stage, forms: readonly Lying[], ...numbers: readonly number[]): Promise<void> {
	if (forms.length === 0) return;
	const fresh = forms.flatMap((form) =>
		numbers.map((number) => ({ form, made: readForm(room, form.contest, form.paper, form.capture, number) })),
	);
	await log.append(fresh.map(({ made }) => made.spoken.bytes));
	for (const { form, made } of fresh) {
		log.deliver(made.spoken.id, form.capture, made.transcription);
		form.reads.push(made);
	}
	const opened = await log.open();
	for (const form of forms) form.last = opened.get(form.capture) ?? form.last;
}

function same(reads: readonly Read[]): boolean {
	return reads.every(({ right }) => right);
}

/** What a returning officer does about this form, if anything. */
function ruling(
	{ election, room }: Stage,
	form: Lying,
): readonly { readonly id: string; readonly bytes: Uint8Array }[] {
	const { contest, paper, reported } = form;
	const station = election.stations.get(paper.station);
	if (station === undefined) return [];
	const [first, second] = room.people.returning(room.people.officeOf(station));
	const about = { type: 'form/ruling', contest: contest.id, poll: 1, station: station.id } as const;
	const reason = election.codes.quarantine[0]?.id;
	if (countedNumbers(contest, paper.figures) === undefined) {
		if (reason === undefined) return [];
		const decision = { kind: 'quarantine', agents: 'notified', reason, review: 0 } as const;
		return [room.say({ ...about, decision, seen: form.last }, first.key)];
	}
	const rulings: { readonly id: string; readonly bytes: Uint8Array }[] = [];
	const right = form.reads.find((one) => one.right);
	if (reported !== undefined && right !== undefined && !agree(contest, reported.figures, paper.figures)) {
		rulings.push(
			room.say(
				{ ...about, decision: { kind: 'accept-reading', reading: right.spoken.id }, seen: form.last },
				first.key,
			),
		);
	}
	if (failedChecks({ contest, station }, paper.figures).length > 0) {
		const seen = rulings.at(-1)?.id ?? form.last;
		rulings.push(room.say({ ...about, decision: { kind: 'accept-as-written' }, seen }, first.key, second.key));
	}
	return rulings;
}
