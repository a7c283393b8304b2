/**
 * The facsimile of each form: what a photograph of the paper would show, with a watermark that nobody can overlook. The layout of a contest is prepared
 * once; a form's image follows from its figures and the seed.
 */
import { areaOf, GEOGRAPHIC, upwards } from '@matokeo/core/election/geography.ts';
import type { Contest, Election, Text } from '@matokeo/core/election/types.ts';
import type { FilledForm } from '../facsimile/draw.ts';
import type { DesignedForm } from '../facsimile/drawingRoom.ts';
import { ENGLISH, type FormDesign, REHEARSAL_WATERMARK } from '../facsimile/layout.ts';
import type { FormFigures } from './tables.ts';

/** As long as S4 has it. */
const SERIAL_MAX = 32;

export type DesignForm = (form: FormFigures) => DesignedForm;

const LANGUAGE = 'en';
const NOTICE = ['Facsimile made for a rehearsal. Not a form of any authority.'];

/** The serial that is printed on the sheet; a further document about the same return has its number after a stroke. */
export function serialOf({ contest, station, sheet }: Pick<FormFigures, 'contest' | 'station' | 'sheet'>): string {
	const serial = `R-${contest}-${station}`.replaceAll(/[^A-Za-z0-9./-]/g, '-');
	const number = sheet === undefined ? '' : `/${sheet}`;
	return `${serial.slice(0, SERIAL_MAX - number.length)}${number}`;
}

export function formDesigner(election: Election, forms: Iterable<FormFigures>, seed: string): DesignForm {
	const boxes = widest(forms);
	const designs = new Map<string, FormDesign>();
	return (form) => {
		const contest = election.contests.get(form.contest);
		if (contest === undefined) throw new Error(`the package has no contest ${form.contest}`);
		const design = designs.get(contest.id) ?? designOf(contest, boxes);
		designs.set(contest.id, design);
		return { id: contest.id, design, filled: filled(election, contest, form, seed) };
	};
}

function designOf(contest: Contest, boxes: number): FormDesign {
	const names = new Map(contest.candidates.map(({ id, name }) => [id, name]));
	return {
		title: said(contest.form.title),
		notice: NOTICE,
		watermark: REHEARSAL_WATERMARK,
		fields: contest.fields.map(({ id, label }) => ({ id, label: names.get(id) ?? said(label) })),
		boxes,
		words: ENGLISH,
	};
}

function filled(election: Election, contest: Contest, form: FormFigures, seed: string): FilledForm {
	const station = election.stations.get(form.station);
	if (station === undefined) throw new Error(`the package has no station ${form.station}`);
	const path = upwards(election.areas, GEOGRAPHIC, areaOf(station, GEOGRAPHIC));
	return {
		stationId: station.id,
		stationName: station.name,
		areaPath: [...path].reverse().map((id) => election.areas.get(id)?.name ?? id),
		serial: serialOf(form),
		poll: 1,
		figures: Object.fromEntries(contest.fields.map(({ id }, place) => [id, form.figures[place] ?? 'blank'])),
		seed: `${seed} ${contest.id} ${station.id}${form.sheet === undefined ? '' : ` ${form.sheet}`}`,
	};
}

function widest(forms: Iterable<FormFigures>): number {
	let boxes = 3;
	for (const { figures } of forms) {
		for (const figure of figures) if (typeof figure === 'number') boxes = Math.max(boxes, String(figure).length);
	}
	return boxes;
}

function said(text: Text): string {
	return text[LANGUAGE] ?? Object.values(text)[0] ?? '';
}
