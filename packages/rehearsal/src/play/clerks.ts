/**
 * The clerks of a rehearsal: two for each form, never the same person twice, each reading what the form says. With `misreads` a clerk now and then takes a
 * 1 for a 7, so that third readings are rehearsed too.
 */
import type { Contest } from '@matokeo/core/election/types.ts';
import { commitmentOf, type Transcription } from '@matokeo/core/record/commitment.ts';
import type { StatementId } from '@matokeo/core/record/said.ts';
import type { Figure } from '@matokeo/core/record/statement.ts';
import type { Suite } from '@matokeo/core/std/suite.ts';
import type { Chance } from './chance.ts';
import type { People, Person } from './people.ts';
import type { Say, Spoken } from './speaking.ts';
import type { FormFigures } from './tables.ts';

export interface Read {
	readonly clerk: Person;
	readonly transcription: Transcription;
	readonly spoken: Spoken;
	/** Whether the figures are those of the form. */
	readonly right: boolean;
}

export interface ReadingRoom {
	readonly suite: Suite;
	readonly people: People;
	readonly chance: Chance;
	readonly say: Say;
	/** Of a thousand forms, how many are misread by one of the two first clerks. */
	readonly misreads: number;
}

/** Readings of a form without a ruling (S28): so many other clerks must be left for the next document. */
const READINGS_OF_A_SHEET = 3;

/** The clerk who makes the reading with this number (from 0) of this form; nobody who has read another sheet of the same return (S28). */
function clerkFor({ people, chance }: ReadingRoom, form: FormFigures, reading: number): Person {
	const { contest, station, sheet = 1 } = form;
	const { clerks } = people;
	const number = (sheet - 1) * READINGS_OF_A_SHEET + reading;
	if (number >= clerks.length)
		throw new Error(
			`document ${sheet} of ${contest} at ${station} needs a clerk who has not read another one: ${clerks.length} clerks are too few`,
		);
	const first = chance.below(clerks.length, 'clerk', contest, station);
	const step = 1 + chance.below(Math.max(1, clerks.length - 1), 'step', contest, station);
	const clerk = clerks[(first + number * coprime(step, clerks.length)) % clerks.length];
	if (clerk === undefined) throw new Error('a rehearsal needs at least three clerks');
	return clerk;
}

export function readForm(
	room: ReadingRoom,
	contest: Contest,
	form: FormFigures,
	capture: StatementId,
	number: number,
): Read {
	const { suite, chance, say, misreads } = room;
	const clerk = clerkFor(room, form, number);
	const slips = misreader(chance, form, misreads) === number;
	const figures = slips ? slip(contest, form, chance) : form.figures;
	const transcription: Transcription = {
		attributes: { serial: 'yes', stamp: 'yes' },
		figures: Object.fromEntries(contest.fields.map(({ id }, place) => [id, figures[place] ?? 'blank'])),
		legibility: 'good',
		salt: chance.salt(
			form.contest,
			form.station,
			String(number),
			...(form.sheet === undefined ? [] : [String(form.sheet)]),
		),
	};
	const commitment = commitmentOf(suite, capture, clerk.key.name, transcription);
	return { clerk, transcription, spoken: say({ type: 'form/reading', capture, commitment }, clerk.key), right: !slips };
}

/** Which of the two first clerks misreads this form, if one does; never both. */
function misreader(chance: Chance, { contest, station }: FormFigures, misreads: number): number | undefined {
	if (chance.below(1000, 'slip', contest, station) >= misreads) return undefined;
	return chance.below(2, 'who', contest, station);
}

/** One counted number with its last digit misread. */
function slip(contest: Contest, { contest: id, station, figures }: FormFigures, chance: Chance): readonly Figure[] {
	const numbers = contest.fields.flatMap((field, place) =>
		field.counted && typeof figures[place] === 'number' ? [place] : [],
	);
	const at = numbers[chance.below(Math.max(1, numbers.length), 'slip at', id, station)];
	return figures.map((figure, place) => (place === at && typeof figure === 'number' ? misread(figure) : figure));
}

function misread(figure: number): number {
	const last = figure % 10;
	const seen = last === 1 ? 7 : last === 7 ? 1 : (last + 3) % 10;
	return figure - last + seen;
}

/** The least step from `step` on that goes through all clerks before it comes back. */
function coprime(step: number, count: number): number {
	let candidate = step;
	while (divisor(candidate, count) !== 1) candidate++;
	return candidate;
}

function divisor(a: number, b: number): number {
	return b === 0 ? a : divisor(b, a % b);
}
