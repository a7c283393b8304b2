/**
 * How often unrelated numbers would show the same pattern (K8), so that nobody reads a coincidence as an explanation. No randomness: pairs are taken by a fixed rule, the same on every machine.
 */
import { PATTERNS, type Pattern } from '../comparison.ts';
import { type Laid, NOT_GIVEN } from './lay.ts';
import { isBeside, type Neighbourhood } from './neighbours.ts';
import { type Numbers, type RowPattern, sameVotes, shows } from './patterns.ts';
import type { Shape } from './shape.ts';
import { evenly, THRESHOLDS } from './thresholds.ts';

export interface Chance {
	readonly shown: number;
	readonly pairs: number;
}

/** Patterns of whole rows, or of one number beside a whole row, are looked for in rows that do not belong together; all others in rows whose differing numbers were replaced. */
const WHOLE_ROWS: readonly Pattern[] = ['filled_later', 'neighbouring_row', 'total_as_candidate'];

/** `differing`: the pairs that differ, in the order of the codes. */
export function chancesOf(
	laid: Laid,
	shape: Shape,
	near: Neighbourhood,
	differing: readonly number[],
): Readonly<Record<Pattern, Chance>> {
	const whole = wholeRowChances(laid, shape, near);
	const numbers = numberChances(laid, shape, differing);
	const chance = (pattern: Pattern): Chance => {
		const { shown, pairs } = WHOLE_ROWS.includes(pattern) ? whole : numbers;
		return { shown: shown.get(pattern) ?? 0, pairs };
	};
	return {
		blank_or_zero: chance('blank_or_zero'),
		filled_later: chance('filled_later'),
		neighbouring_row: chance('neighbouring_row'),
		exchanged_fields: chance('exchanged_fields'),
		column_slip: chance('column_slip'),
		total_as_candidate: chance('total_as_candidate'),
		factor_of_ten: chance('factor_of_ten'),
		transposed_digits: chance('transposed_digits'),
		one_digit: chance('one_digit'),
	};
}

interface Shown {
	readonly shown: Map<Pattern, number>;
	readonly pairs: number;
}

function count(shown: Map<Pattern, number>, pattern: Pattern): void {
	shown.set(pattern, (shown.get(pattern) ?? 0) + 1);
}

export function rowAt(table: Float64Array, pair: number, size: number): Numbers {
	return table.subarray(pair * size, (pair + 1) * size);
}

/** Each row of the sample with the other side’s row half of all matched pairs further on, in both directions. */
function wholeRowChances({ x, y, matched, rowA, rowB }: Laid, shape: Shape, near: Neighbourhood): Shown {
	const shown = new Map<Pattern, number>();
	const half = Math.floor(matched / 2);
	if (half === 0) return { shown, pairs: 0 };
	const sample = evenly(matched, THRESHOLDS.sampleMost);
	for (const pair of sample) {
		const other = (pair + half) % matched;
		for (const [own, far, side, row] of [
			[x, y, 'b', rowB[other] ?? 0],
			[y, x, 'a', rowA[other] ?? 0],
		] as const) {
			const [numbers, there] = [rowAt(own, pair, shape.size), rowAt(far, other, shape.size)];
			for (const pattern of ['filled_later', 'total_as_candidate'] as const)
				if (shows(pattern, numbers, there, shape)) count(shown, pattern);
			if (!sameVotes(numbers, there, shape) && isBeside(numbers, near, side, row)) count(shown, 'neighbouring_row');
		}
	}
	return { shown, pairs: 2 * sample.length };
}

/** Each differing row with, in place of the numbers that differ, those of the other side’s row so many pairs further on, in both directions. */
function numberChances({ x, y, matched }: Laid, shape: Shape, differing: readonly number[]): Shown {
	const shown = new Map<Pattern, number>();
	const sample = evenly(differing.length, THRESHOLDS.sampleMost).map((place) => differing[place] ?? 0);
	const rounds = Math.min(Math.ceil(THRESHOLDS.pairsAimed / Math.max(1, sample.length)), matched - 1);
	const patterns = PATTERNS.filter((pattern): pattern is RowPattern => !WHOLE_ROWS.includes(pattern));
	const replaced = new Float64Array(shape.size);
	for (let round = 1; round <= rounds; round++) {
		const further = Math.floor((matched * round) / (rounds + 1));
		for (const pair of sample) {
			const other = (pair + further) % matched;
			for (const [own, far] of [
				[x, y],
				[y, x],
			] as const) {
				const numbers = rowAt(own, pair, shape.size);
				replaceDiffering(replaced, numbers, rowAt(far, pair, shape.size), rowAt(far, other, shape.size));
				for (const pattern of patterns) if (shows(pattern, numbers, replaced, shape)) count(shown, pattern);
			}
		}
	}
	return { shown, pairs: 2 * sample.length * Math.max(0, rounds) };
}

function replaceDiffering(into: Numbers, own: Numbers, other: Numbers, unrelated: Numbers): void {
	for (let field = 0; field < into.length; field++) {
		const number = own[field] ?? NOT_GIVEN;
		into[field] = number === other[field] ? number : (unrelated[field] ?? NOT_GIVEN);
	}
}
