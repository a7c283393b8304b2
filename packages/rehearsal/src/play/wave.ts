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
import type { FormFigures } from './tables.ts';

export interface Stage {
	readonly suite: Suite;
	readonly election: Election;
	readonly log: RehearsalLog;
	readonly room: ReadingRoom;
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
	log.append(spoken.map(({ bytes }) => bytes));
	log.announce();
	const lying = spoken.map(
		({ form, id }): Lying => ({ ...form, contest: contestOf(stage.election, form), capture: id, last: id, reads: [] }),
	);
	read(stage, lying, 0, 1);
	const third = lying.filter(({ reads }) => !same(reads));
	read(stage, third, 2);
	const rulings = lying.flatMap((form) => ruling(stage, form));
	log.append(rulings.map(({ bytes }) => bytes));
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

function capture(
	{ suite, election, room }: Stage,
	form: Arriving,
	image: Uint8Array,
): { readonly id: string; readonly bytes: Uint8Array } {
	const { contest, station } = form.paper;
	const record = election.stations.get(station);
	if (record === undefined) throw new Error(`the package has no station ${station}`);
	const { presiding, receiving, officeOf } = room.people;
	const officer = form.reported === undefined ? receiving(officeOf(record)) : presiding(station);
	const { fields } = contestOf(election, form);
	const figures = form.reported?.figures;
	const statement: Omit<FormCapture, 'by'> = {
		type: 'form/capture',
		contest,
		images: [{ kind: 'facsimile', sha256: suite.sha256Hex(image), size: image.length }],
		kind: 'original',
		poll: 1,
		route: form.reported === undefined ? 'paper' : 'own-kit',
		serial: serialOf(contest, station),
		station,
		...(figures === undefined
			? {}
			: { figures: Object.fromEntries(fields.map(({ id }, place) => [id, figures[place] ?? 'blank'])) }),
	};
	return room.say(statement, officer.key);
}

/** Has each form read by the clerks with these numbers, in one batch, and the readings opened. */
function read({ log, room }: Stage, forms: readonly Lying[], ...numbers: readonly number[]): void {
	if (forms.length === 0) return;
	const fresh = forms.flatMap((form) =>
		numbers.map((number) => ({ form, made: readForm(room, form.contest, form.paper, form.capture, number) })),
	);
	log.append(fresh.map(({ made }) => made.spoken.bytes));
	for (const { form, made } of fresh) {
		log.deliver(made.spoken.id, made.transcription);
		form.reads.push(made);
	}
	const opened = log.open();
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
