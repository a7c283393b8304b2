/**
 * Captures of a rehearsal: a sheet as an officer photographs it, with the figures that the officer types or without any; and what goes wrong beside it, the same sheet from a second device, a
 * neighbouring station named in its place.
 */
import type { FormCapture } from '@matokeo/core/record/statement.ts';
import { serialOf } from './images.ts';
import type { Spoken } from './speaking.ts';
import { type Arriving, contestIn, type Stage, stationIn } from './stage.ts';

/** The officer names the neighbouring station, where this key does not reach. */
export function mistaken(stage: Stage, form: Arriving, image: Uint8Array): readonly Uint8Array[] {
	const { contest, station } = form.paper;
	if (form.reported === undefined || stage.variations?.wrongStation(contest, station) !== true) return [];
	const other = stage.neighbour?.(contestIn(stage.election, contest), station);
	return other === undefined ? [] : [capture(stage, form, image, { station: other }).bytes];
}

/** A receiving officer captures the same sheet with the same figures. */
export function again(stage: Stage, form: Arriving, image: Uint8Array): readonly Uint8Array[] {
	const { contest, station } = form.paper;
	if (form.reported === undefined || stage.variations?.secondDevice(contest, station) !== true) return [];
	return [capture(stage, form, image, { secondDevice: true }).bytes];
}

interface Unusual {
	readonly secondDevice?: boolean;
	/** Named in place of the form's own. */
	readonly station?: string;
}

export function capture(
	{ suite, election, room }: Stage,
	form: Arriving,
	image: Uint8Array,
	{ secondDevice = false, station: named = form.paper.station }: Unusual = {},
): Spoken {
	const { paper, reported, document } = form;
	const { presiding, receiving, officeOf } = room.people;
	const atOffice = reported === undefined || secondDevice || document !== undefined;
	const officer = atOffice ? receiving(officeOf(stationIn(election, paper.station))) : presiding(paper.station);
	const { fields } = contestIn(election, paper.contest);
	const figures = reported?.figures;
	const statement: Omit<FormCapture, 'by'> = {
		type: 'form/capture',
		contest: paper.contest,
		images: [{ kind: 'facsimile', sha256: suite.sha256Hex(image), size: image.length }],
		kind: document?.kind ?? 'original',
		poll: 1,
		route: document?.route ?? (secondDevice ? 'other-kit' : reported === undefined ? 'paper' : 'own-kit'),
		serial: serialOf({ ...paper, station: named }),
		station: named,
		...(figures === undefined
			? {}
			: { figures: Object.fromEntries(fields.map(({ id }, place) => [id, figures[place] ?? 'blank'])) }),
	};
	return room.say(statement, officer.key);
}
