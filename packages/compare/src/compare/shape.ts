/** Which of the compared fields a pattern looks at (K6): the votes of a row, its totals, and the fields between which numbers can slip. */
import type { LaidField } from './lay.ts';

export interface Shape {
	readonly size: number;
	/** Candidates; where fewer than two are compared, every field. A row's votes are its numbers in these. */
	readonly votes: readonly number[];
	readonly candidates: readonly number[];
	/** Sums that the sources state. */
	readonly totals: readonly number[];
	/** All others, in the order of the base. */
	readonly counted: readonly number[];
}

export function shapeOf(fields: readonly LaidField[]): Shape {
	const places = (is: (kind: string) => boolean) =>
		fields.flatMap(({ field }, place) => (is(field.kind) ? [place] : []));
	const candidates = places((kind) => kind === 'candidate');
	return {
		size: fields.length,
		votes: candidates.length < 2 ? fields.map((_, place) => place) : candidates,
		candidates,
		totals: places((kind) => kind === 'total'),
		counted: places((kind) => kind !== 'total'),
	};
}
