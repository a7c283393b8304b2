/**
 * Figures of one form as a list in the form's printed order, and when two of them say the same (S29): only counted fields are
 * compared; *blank* is zero only where the form says so; *illegible*, *struck* and a number beyond nine digits are no number and agree with nothing.
 */
import type { Contest } from '../election/types.ts';
import { VOTES_MAX } from '../record/limits.ts';
import type { Figure, Figures } from '../record/statement.ts';
import { type Refusal, type RuleId, refuse } from './refusal.ts';

/** Figures in the form's order; a refusal unless they name exactly the form's fields. */
export function listFigures(contest: Contest, figures: Figures): readonly Figure[] | undefined {
	const list: Figure[] = [];
	for (const field of contest.fields) {
		const figure = Object.hasOwn(figures, field.id) ? figures[field.id] : undefined;
		if (figure === undefined) return undefined;
		list.push(figure);
	}
	return Object.keys(figures).length === list.length ? list : undefined;
}

export function fieldsRefusal(rule: RuleId, contest: Contest, figures: Figures): Refusal | undefined {
	if (listFigures(contest, figures) !== undefined) return undefined;
	const expected = contest.fields.map(({ id }) => id);
	const missing = expected.filter((id) => !Object.hasOwn(figures, id));
	const unknown = Object.keys(figures).filter((id) => !expected.includes(id));
	return refuse(
		rule,
		`figures must name exactly the fields of form ${contest.form.id}; missing: ${missing.join(', ') || 'none'}; unknown: ${unknown.join(', ') || 'none'}`,
	);
}

/** The number that a field says, or `undefined` where it says none. */
export function numberAt(contest: Contest, figures: readonly Figure[], place: number): number | undefined {
	const figure = figures[place];
	if (typeof figure === 'number') return figure <= VOTES_MAX ? figure : undefined;
	return figure === 'blank' && contest.fields[place]?.blankIsZero === true ? 0 : undefined;
}

/** The counted figures as numbers, in printed order; `undefined` unless each of them is one. */
export function countedNumbers(contest: Contest, figures: readonly Figure[]): readonly number[] | undefined {
	const numbers: number[] = [];
	for (let place = 0; place < contest.fields.length; place++) {
		if (contest.fields[place]?.counted !== true) continue;
		const number = numberAt(contest, figures, place);
		if (number === undefined) return undefined;
		numbers.push(number);
	}
	return numbers;
}

/** Whether both are numbers in every counted field, and the same ones. */
export function agree(contest: Contest, a: readonly Figure[], b: readonly Figure[]): boolean {
	for (let place = 0; place < contest.fields.length; place++) {
		if (contest.fields[place]?.counted !== true) continue;
		const number = numberAt(contest, a, place);
		if (number === undefined || number !== numberAt(contest, b, place)) return false;
	}
	return true;
}

/** Ballots by counted field, in printed order, as an object of field ids. */
export function sumsOf(contest: Contest, votes: readonly number[]): Readonly<Record<string, number>> {
	const counted = contest.fields.filter((field) => field.counted);
	return Object.fromEntries(counted.map(({ id }, place) => [id, votes[place] ?? 0]));
}
