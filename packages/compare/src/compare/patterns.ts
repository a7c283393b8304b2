/**
 * With which slips the difference between two rows is consistent (K6). A pattern is a description of two rows of numbers: it does not say what happened, and several may describe the same two rows.
 * Every one of them is the same when the rows change sides. What needs other rows is in `neighbours.ts`.
 */
import type { Pattern } from '../comparison.ts';
import { isFactorOfTen, isOneDigit, isTransposed, powerBetween } from './digits.ts';
import { NOT_GIVEN } from './lay.ts';
import type { Shape } from './shape.ts';

/** The numbers of one row by compared field; `NOT_GIVEN` where there is none. */
export type Numbers = Float64Array;

type Test = (x: Numbers, y: Numbers, shape: Shape) => boolean;

/** Patterns that two rows show by themselves. */
const TESTS: Readonly<Record<Exclude<Pattern, 'neighbouring_row'>, Test>> = {
	blank_or_zero: isBlankOrZero,
	filled_later: isFilledLater,
	exchanged_fields: isExchanged,
	column_slip: isColumnSlip,
	total_as_candidate: isTotalAsCandidate,
	factor_of_ten: (x, y, shape) => isOneNumber(x, y, shape, isFactorOfTen) || isRowScaled(x, y),
	transposed_digits: (x, y, shape) => isOneNumber(x, y, shape, isTransposed),
	one_digit: (x, y, shape) => isOneNumber(x, y, shape, isOneDigit),
};

export type RowPattern = keyof typeof TESTS;

export function shows(pattern: RowPattern, x: Numbers, y: Numbers, shape: Shape): boolean {
	return TESTS[pattern](x, y, shape);
}

/** The votes of a row: whether any is above zero. */
export function hasVotes(numbers: Numbers, { votes }: Shape): boolean {
	return votes.some((field) => (numbers[field] ?? 0) > 0);
}

export function sameVotes(x: Numbers, y: Numbers, { votes }: Shape): boolean {
	return votes.every((field) => x[field] === y[field]);
}

/** K6.0: wherever they differ, one side says zero and the other nothing. */
function isBlankOrZero(x: Numbers, y: Numbers): boolean {
	return x.every(
		(one, field) => one === y[field] || (Math.max(one, y[field] ?? 0) === 0 && Math.min(one, y[field] ?? 0) < 0),
	);
}

/** K6.1: on one side no vote is above zero, on the other one is. */
function isFilledLater(x: Numbers, y: Numbers, shape: Shape): boolean {
	return hasVotes(x, shape) !== hasVotes(y, shape);
}

function differing(x: Numbers, y: Numbers, among: readonly number[]): readonly number[] {
	return among.filter((field) => x[field] !== y[field]);
}

/** K6.3: exactly two fields differ, no total among them, and each has the other’s number. */
function isExchanged(x: Numbers, y: Numbers, { counted, totals }: Shape): boolean {
	const [first, second, ...more] = differing(x, y, counted);
	if (first === undefined || second === undefined || more.length > 0) return false;
	if (x[first] === NOT_GIVEN || x[second] === NOT_GIVEN) return false;
	return x[first] === y[second] && x[second] === y[first] && differing(x, y, totals).length === 0;
}

/** K6.4: from the first to the last field that differs every number stands one place further on. */
function isColumnSlip(x: Numbers, y: Numbers, { counted }: Shape): boolean {
	const first = counted.findIndex((field) => x[field] !== y[field]);
	const last = counted.findLastIndex((field) => x[field] !== y[field]);
	if (first < 0) return false;
	const run = counted.slice(first, last + 1);
	return slips(x, y, run) || slips(y, x, run);
}

/** Of the numbers that have moved at least two are above zero and differ. */
function slips(from: Numbers, to: Numbers, run: readonly number[]): boolean {
	const moved = new Set<number>();
	for (let place = 1; place < run.length; place++) {
		const number = from[run[place - 1] ?? 0] ?? NOT_GIVEN;
		if (to[run[place] ?? 0] !== number) return false;
		if (number > 0) moved.add(number);
	}
	return moved.size > 1;
}

/** K6.5: a candidate who differs has on one side the sum of all candidates of the other, or a total that the other states. */
function isTotalAsCandidate(x: Numbers, y: Numbers, shape: Shape): boolean {
	return hasTotal(x, y, shape) || hasTotal(y, x, shape);
}

function hasTotal(x: Numbers, y: Numbers, { candidates, totals }: Shape): boolean {
	const above = candidates.filter((field) => (y[field] ?? 0) > 0);
	if (above.length < 2) return false;
	const sum = above.reduce((all, field) => all + (y[field] ?? 0), 0);
	return differing(x, y, candidates).some(
		(field) => x[field] === sum || totals.some((total) => (y[total] ?? 0) > 0 && x[field] === y[total]),
	);
}

/** One field differs, both sides give it, and every total that differs does so by as much. Where only totals differ, exactly one does. */
function isOneNumber(
	x: Numbers,
	y: Numbers,
	{ counted, totals }: Shape,
	holds: (one: number, other: number) => boolean,
): boolean {
	const own = differing(x, y, counted);
	const sums = differing(x, y, totals);
	const [field, ...more] = own.length === 0 ? sums : own;
	if (field === undefined || more.length > 0) return false;
	const [one = NOT_GIVEN, other = NOT_GIVEN] = [x[field], y[field]];
	if (one === NOT_GIVEN || other === NOT_GIVEN) return false;
	const follow = sums.every((sum) => {
		const [left = NOT_GIVEN, right = NOT_GIVEN] = [x[sum], y[sum]];
		return left !== NOT_GIVEN && right !== NOT_GIVEN && right - left === other - one;
	});
	return follow && holds(one, other);
}

/** All numbers that differ, two at least, do so by the same power of ten. */
function isRowScaled(x: Numbers, y: Numbers): boolean {
	let [power, fields]: [number | undefined, number] = [undefined, 0];
	for (let field = 0; field < x.length; field++) {
		const [one = NOT_GIVEN, other = NOT_GIVEN] = [x[field], y[field]];
		if (one === other) continue;
		if (one === NOT_GIVEN || other === NOT_GIVEN) return false;
		const here = powerBetween(one, other);
		if (here === undefined || (power !== undefined && here !== power)) return false;
		power = here;
		fields++;
	}
	return fields > 1;
}
