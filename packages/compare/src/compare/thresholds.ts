/**
 * Every number on which a verdict or a list of a comparison turns (K4–K8), with its reason. Fractions are parts and wholes, so that no rounding decides.
 */
export interface Part {
	readonly part: number;
	readonly whole: number;
}

export const THRESHOLDS = {
	/** Below half of the smaller side’s keys known to the other, what matches may be chance: codes of another list share their short numbers. */
	keysLeast: { part: 1, whole: 2 },
	/** Most rows: a shift or exchange in a part of a file is a pattern of its stations, not a fault of the file. */
	most: { part: 1, whole: 2 },
	/** Nearly everywhere, but for the differences that two counts may well have. */
	nearly: { part: 9, whole: 10 },
	/** Nearly nowhere. */
	hardly: { part: 1, whole: 10 },
	/** Two numbers are near when they lie apart by no more than this part of the larger. */
	near: { part: 1, whole: 20 },
	/** Fewer matched rows prove nothing about a file as a whole. */
	rowsLeast: 20,
	/** A shift by more rows has not been seen; each further one is another chance to be wrong. */
	shiftMost: 3,
	/** ×1,000 and less; more has not been seen. */
	powerMost: 3,
	/** Rows on which a verdict and chances are measured, evenly spaced: more change no digit that is shown. */
	sampleMost: 10_000,
	/** Cells that the search for exchanged fields looks at: a table of a thousand columns takes no longer than one of a hundred. */
	agreementsMost: 100_000_000,
	/** By so much rounded percentages of many candidates miss a hundred together. */
	hundredBut: 3,
	/** Unrelated pairs for which at least is aimed when few stations differ. */
	pairsAimed: 1_000,
	/** Digits at which a prefix or suffix of codes ends to be tried. */
	affixMost: 40,
	/** Keys on which a remedy for codes is tried before it is counted on all. */
	remedySample: 1_000,
	/** Rows in one list of a comparison: a reader who has more differences than this has another problem first, and JSON of it fits into memory. */
	listedMost: 100_000,
} as const;

export function atLeast(part: number, whole: number, threshold: Part): boolean {
	return part * threshold.whole >= whole * threshold.part;
}

/** Places of at most `most` out of `whole`, evenly spaced, the first among them. */
export function evenly(whole: number, most: number): Int32Array {
	const places = new Int32Array(Math.min(whole, most));
	for (let place = 0; place < places.length; place++) places[place] = Math.floor((place * whole) / places.length);
	return places;
}
